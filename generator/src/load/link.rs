//! Which file a reference to another file means.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use url::Url;

use super::remote::{self, RemoteError};
use super::{Document, Source, percent};
use crate::config::Config;
use crate::diag::{Code, Diags, FileId, Pointer};

/// Where the relative references of a file start.
pub(super) struct Base {
    pub path: Option<PathBuf>,
    pub url: Option<Url>,
}

/// Reads files that are referred to, each once.
pub(super) struct Linker {
    /// References lead nowhere else; `None`: anywhere.
    folder: Option<PathBuf>,
    /// The path of `crategen.lock`; `None`: no references to other hosts.
    lock: Option<PathBuf>,
    /// The files that were read, by their path or URL.
    known: BTreeMap<PathBuf, FileId>,
}

impl Linker {
    pub fn new(root: &Source, config: &Config) -> Self {
        let folder = root.path.as_deref().and_then(Path::parent).map(Path::to_path_buf);
        let beside = remote::lock_beside(root.path.as_deref());
        let name = root.url.as_ref().map(|url| PathBuf::from(url.as_str()));
        let name = name.or_else(|| root.path.as_deref().map(normal));
        Self {
            folder: folder.filter(|_| !config.allow_outside),
            lock: config.allow_remote.then(|| config.lock.clone().unwrap_or(beside)),
            known: name.map(|name| (name, FileId(0))).into_iter().collect(),
        }
    }

    /// The file that `reference` means; reads it if it is new.
    pub fn link(
        &mut self,
        reference: &str,
        base: &Base,
        at: &Pointer,
        document: &mut Document,
        diags: &mut Diags,
    ) -> Option<FileId> {
        let remote = match &base.url {
            Some(base) => base.join(reference).ok(),
            None if reference.starts_with("//") => Url::parse(&format!("https:{reference}")).ok(),
            None if reference.contains("://") => Url::parse(reference).ok(),
            None => None,
        };
        match remote.filter(|url| matches!(url.scheme(), "http" | "https")) {
            Some(url) => self.link_remote(&url, at, document, diags),
            None => self.link_file(reference, base.path.as_deref(), at, document, diags),
        }
    }

    /// A file on another host.
    fn link_remote(&mut self, url: &Url, at: &Pointer, document: &mut Document, diags: &mut Diags) -> Option<FileId> {
        let key = PathBuf::from(url.as_str());
        if let Some(file) = self.known.get(&key) {
            return Some(*file);
        }
        match remote::read(url, self.lock.as_deref()) {
            Ok(source) => Some(self.add(key, source, document)),
            Err(error @ RemoteError::Changed) => {
                diags
                    .error(Code::RemoteReference, at, format!("`{url}`: {error}"))
                    .help("look at what has changed, then remove its entry from `crategen.lock`");
                None
            }
            Err(error) => {
                let message = format!("`{url}`: {error}; what refers to it is left out or becomes free-form JSON");
                let help = "use `--allow-remote`, or copy the file beside the document and refer to the copy";
                diags.warn(Code::RemoteReference, at, message).help(help);
                None
            }
        }
    }

    /// A file on this machine.
    fn link_file(
        &mut self,
        reference: &str,
        base: Option<&Path>,
        at: &Pointer,
        document: &mut Document,
        diags: &mut Diags,
    ) -> Option<FileId> {
        let Some(base) = base else {
            diags
                .error(
                    Code::Unreadable,
                    at,
                    format!("`{reference}` is relative, but the document was not read from a file"),
                )
                .help("give the path of the document instead of its text");
            return None;
        };
        let path = normal(&base.parent().unwrap_or(Path::new("")).join(percent::decode(reference)));
        if let Some(file) = self.known.get(&path) {
            return Some(*file);
        }
        if let Some(folder) = &self.folder
            && !path.starts_with(normal(folder))
        {
            diags
                .error(Code::OutsideReference, at, format!("`{reference}` is outside the folder of the document"))
                .help(format!("move the file below `{}`, or use `--allow-outside`", folder.display()));
            return None;
        }
        match Source::file(&path) {
            Ok(source) => Some(self.add(path, source, document)),
            Err(error) => {
                let message = format!(
                    "cannot read `{}`: {error}; what refers to it is left out or becomes free-form JSON",
                    path.display()
                );
                diags
                    .warn(Code::Unreadable, at, message)
                    .help("the path of a reference is relative to the file that contains it");
                None
            }
        }
    }

    fn add(&mut self, key: PathBuf, source: Source, document: &mut Document) -> FileId {
        let file = FileId(u32::try_from(document.sources.len()).unwrap_or(u32::MAX));
        document.sources.push(source);
        self.known.insert(key, file);
        file
    }
}

/// `a/./b/../c` as `a/c`, without asking the disk.
fn normal(path: &Path) -> PathBuf {
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
