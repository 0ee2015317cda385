//! Resolves references to other files and reads those files.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use url::Url;

use super::remote::{self, RemoteError};
use super::{Source, percent};
use crate::config::Config;
use crate::diag::{Code, Diags, FileId, Pointer};

/// The location of a file, which relative references in it start from.
pub(super) struct Base {
    pub path: Option<PathBuf>,
    pub url: Option<Url>,
}

/// Reads the files that are referred to, each once.
pub(super) struct Linker {
    /// The folder that references must not leave; `None` if they may point anywhere.
    folder: Option<PathBuf>,
    /// The path of `crategen.lock`; `None` if references to other hosts are not allowed.
    lock: Option<PathBuf>,
    /// The files that were read, by path or URL.
    known: BTreeMap<PathBuf, FileId>,
}

impl Linker {
    pub fn new(root: &Source, config: &Config) -> Self {
        let folder = root.path.as_deref().and_then(Path::parent).map(Path::to_path_buf);
        let name = root.url.as_ref().map(|url| PathBuf::from(url.as_str()));
        let name = name.or_else(|| root.path.as_deref().map(normalize));
        Self {
            folder: folder.filter(|_| !config.allow_outside),
            lock: remote::allowed_lock(root, config),
            known: name.map(|name| (name, FileId(0))).into_iter().collect(),
        }
    }

    /// Returns the file that `reference` means; reads it if it is new.
    pub fn link(&mut self, reference: &str, base: &Base, at: &Pointer, diags: &mut Diags) -> Option<FileId> {
        let remote = match &base.url {
            Some(base) => base.join(reference).ok(),
            None if reference.starts_with("//") => Url::parse(&format!("https:{reference}")).ok(),
            None if reference.contains("://") => Url::parse(reference).ok(),
            None => None,
        };
        match remote.filter(|url| matches!(url.scheme(), "http" | "https")) {
            Some(url) => self.link_remote(&url, at, diags),
            None => self.link_local(reference, base.path.as_deref(), at, diags),
        }
    }

    /// Reads a file on another host.
    fn link_remote(&mut self, url: &Url, at: &Pointer, diags: &mut Diags) -> Option<FileId> {
        let key = PathBuf::from(url.as_str());
        if let Some(file) = self.known.get(&key) {
            return Some(*file);
        }
        match remote::read(url, self.lock.as_deref()) {
            Ok(source) => Some(self.add(key, source, diags)),
            Err(error @ RemoteError::Changed) => {
                diags
                    .error(Code::RemoteReference, at, format!("cannot use `{url}`: {error}"))
                    .help("review the changes, then remove the entry of this URL from `crategen.lock`");
                None
            }
            Err(error) => {
                let message = format!(
                    "cannot read `{url}`: {error}; whatever refers to it is left out or becomes free-form JSON"
                );
                let help = "use `--allow-remote`, or copy the file next to the document and refer to the copy";
                diags.warn(Code::RemoteReference, at, message).help(help);
                None
            }
        }
    }

    /// Reads a file on this machine.
    fn link_local(&mut self, reference: &str, base: Option<&Path>, at: &Pointer, diags: &mut Diags) -> Option<FileId> {
        let Some(base) = base else {
            let message = format!("cannot resolve the relative reference `{reference}`: the document is not a file");
            diags.error(Code::Unreadable, at, message).help("pass the document as a file instead of standard input");
            return None;
        };
        let path = normalize(&base.parent().unwrap_or(Path::new("")).join(percent::decode(reference)));
        if let Some(file) = self.known.get(&path) {
            return Some(*file);
        }
        if let Some(folder) = &self.folder
            && !path.starts_with(normalize(folder))
        {
            diags
                .error(Code::OutsideReference, at, format!("`{reference}` is outside the folder of the document"))
                .help(format!("move the file below `{}`, or use `--allow-outside`", folder.display()));
            return None;
        }
        match Source::file(&path) {
            Ok(source) => Some(self.add(path, source, diags)),
            Err(error) => {
                let message = format!(
                    "cannot read `{}`: {error}; whatever refers to it is left out or becomes free-form JSON",
                    path.display()
                );
                diags
                    .warn(Code::Unreadable, at, message)
                    .help("check the path; it is relative to the file that contains the reference");
                None
            }
        }
    }

    fn add(&mut self, key: PathBuf, source: Source, diags: &mut Diags) -> FileId {
        let file = diags.add_source(source);
        self.known.insert(key, file);
        file
    }
}

/// Turns `a/./b/../c` into `a/c`, without looking at the disk.
fn normalize(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(out.components().next_back(), Some(Component::Normal(_))) => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    out
}
