//! Resolves references to other files and reads those files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use url::Url;

use super::Source;
use super::place::{Bounds, Refusal, normalize};
use super::remote::{Remote, RemoteError};
use crate::config::{Config, Limits};
use crate::diag::{Code, Diags, FileId, Pointer};
use crate::percent;

/// The location of a file, which relative references in it start from.
pub(super) struct Base {
    pub path: Option<PathBuf>,
    pub url: Option<Url>,
}

/// Reads the files that are referred to, each once.
pub(super) struct Linker {
    /// Where references may lead on this machine.
    bounds: Bounds,
    /// How files on other hosts are read.
    remote: Remote,
    limits: Limits,
    /// How many bytes were read.
    bytes: u64,
    /// The files that were asked for, by path or URL, and why some of them cannot be read.
    known: BTreeMap<PathBuf, Result<FileId, Problem>>,
    /// A limit was reported, which ends the run, so nothing else is read.
    is_full: bool,
}

/// Why a file cannot be read.
#[derive(Clone)]
struct Problem {
    code: Code,
    /// Whether the run ends. Otherwise what refers to the file is left out.
    is_error: bool,
    message: String,
    help: String,
}

/// What a reference names.
enum Target {
    /// A file on another host.
    Remote(Url),
    /// A file on this machine, by its path.
    Local(PathBuf),
}

impl Linker {
    pub fn new(root: &Source, config: &Config) -> Self {
        let name = root.url.as_ref().map(|url| PathBuf::from(url.as_str()));
        let name = name.or_else(|| root.path.as_deref().map(normalize));
        Self {
            bounds: Bounds::of(root, config),
            remote: Remote::new(root, config),
            limits: config.limits,
            bytes: 0,
            known: name.map(|name| (name, Ok(FileId(0)))).into_iter().collect(),
            is_full: false,
        }
    }

    /// Returns the file that `reference` means; reads it if it is new.
    pub fn link(&mut self, reference: &str, base: &Base, at: &Pointer, diags: &mut Diags) -> Option<FileId> {
        if self.is_full {
            return None;
        }
        let found = target(reference, base).and_then(|target| {
            let key = match &target {
                Target::Remote(url) => PathBuf::from(url.as_str()),
                Target::Local(path) => path.clone(),
            };
            if let Some(known) = self.known.get(&key) {
                return known.clone();
            }
            let read = self.read(reference, &target).map(|source| diags.add_source(source));
            if let (Err(Problem { code: Code::Unreadable, .. }), Target::Local(path)) = (&read, target) {
                diags.add_missing(path);
            }
            self.known.insert(key, read.clone());
            read
        });
        match found {
            Ok(file) => Some(file),
            Err(problem) => {
                self.is_full = problem.code == Code::Limit;
                problem.report(at, diags);
                None
            }
        }
    }

    /// Reads a file, unless that would exceed a limit.
    fn read(&mut self, reference: &str, target: &Target) -> Result<Source, Problem> {
        if self.known.len() > self.limits.files {
            return Err(Problem::limit(format!("more than {} files are referred to", self.limits.files), "files"));
        }
        let source = match target {
            Target::Remote(url) => self.remote.read(url).map_err(|error| Problem::remote(url, &error))?,
            Target::Local(path) => self.read_local(reference, path)?,
        };
        self.bytes = self.bytes.saturating_add(source.text.len() as u64);
        if self.bytes > self.limits.bytes {
            let message = format!("the files that are referred to have more than {} bytes", self.limits.bytes);
            return Err(Problem::limit(message, "bytes"));
        }
        Ok(source)
    }

    /// Reads a file on this machine.
    fn read_local(&self, reference: &str, path: &Path) -> Result<Source, Problem> {
        let outside = |how: &str| Problem {
            code: Code::OutsideReference,
            is_error: true,
            message: format!("`{reference}` {how} the folder of the document"),
            help: match &self.bounds {
                Bounds::Below { folder, .. } => {
                    format!("move the file below `{}`, or use `--allow-outside`", folder.display())
                }
                _ => "move the file below that folder, or use `--allow-outside`".to_owned(),
            },
        };
        let unreadable = |error: &std::io::Error| {
            let message = format!("cannot read `{}`: {error}", path.display());
            Problem::left_out(
                Code::Unreadable,
                message,
                "check the path; it is relative to the file that contains the reference",
            )
        };
        match self.bounds.place(path) {
            Ok(place) => place.read().map_err(|error| unreadable(&error)),
            Err(Refusal::Outside) => Err(outside("is outside")),
            Err(Refusal::Linked) => Err(outside("leads through a symbolic link out of")),
            Err(Refusal::Unreadable(error)) => Err(unreadable(&error)),
        }
    }
}

/// What a reference in a file means (RFC 3986 §5.2). A file on another host never leads to a file on this machine.
fn target(reference: &str, base: &Base) -> Result<Target, Problem> {
    let url = match &base.url {
        Some(base) => Some(base.join(reference)),
        None if reference.starts_with("//") => Some(Url::parse(&format!("https:{reference}"))),
        None if has_scheme(reference) => Some(Url::parse(reference)),
        None => None,
    };
    let help = "write a path relative to the file that contains the reference, or a URL that begins with `https:`";
    let refuse =
        |message: String| Err(Problem { code: Code::Unreadable, is_error: true, message, help: help.to_owned() });
    match url {
        Some(Ok(url)) if matches!(url.scheme(), "http" | "https") => Ok(Target::Remote(url)),
        Some(Ok(url)) => refuse(format!("`{reference}` has the scheme `{}`, which cannot be read", url.scheme())),
        Some(Err(error)) => refuse(format!("`{reference}` is not a URL: {error}")),
        None => {
            let Some(base) = &base.path else {
                return Err(Problem {
                    code: Code::Unreadable,
                    is_error: true,
                    message: format!("cannot resolve the relative reference `{reference}`: the document is not a file"),
                    help: "pass the document as a file instead of standard input".to_owned(),
                });
            };
            let folder = base.parent().unwrap_or(Path::new(""));
            Ok(Target::Local(normalize(&folder.join(percent::decode(reference)))))
        }
    }
}

/// Whether a reference begins with a scheme (RFC 3986 §3.1).
fn has_scheme(reference: &str) -> bool {
    let Some((scheme, _)) = reference.split_once(':') else { return false };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

impl Problem {
    /// A file that cannot be read, which costs what refers to it.
    fn left_out(code: Code, message: String, help: &str) -> Self {
        let message = format!("{message}; what refers to it is left out or becomes free-form JSON");
        Self { code, is_error: false, message, help: help.to_owned() }
    }

    fn limit(message: String, setting: &str) -> Self {
        let help = format!("raise `{setting}` under `[limits]` in `crategen.toml` if this document needs more");
        Self { code: Code::Limit, is_error: true, message, help }
    }

    fn remote(url: &Url, error: &RemoteError) -> Self {
        let message = format!("cannot read `{url}`: {error}");
        match error {
            RemoteError::Changed => Self {
                code: Code::RemoteReference,
                is_error: true,
                message: format!("cannot use `{url}`: {error}"),
                help: "review the changes, then remove the entry of this URL from `crategen.lock`".to_owned(),
            },
            RemoteError::Limit { setting, .. } => Self::limit(message, setting),
            RemoteError::OtherHost(_) => {
                Self::left_out(Code::RemoteReference, message, "if you trust that host, refer to it directly")
            }
            RemoteError::NotAllowed | RemoteError::Failed(_) => Self::left_out(
                Code::RemoteReference,
                message,
                "use `--allow-remote`, or copy the file next to the document and refer to the copy",
            ),
        }
    }

    fn report(&self, at: &Pointer, diags: &mut Diags) {
        let found = if self.is_error {
            diags.error(self.code, at, &self.message)
        } else {
            diags.warn(self.code, at, &self.message)
        };
        found.help(&self.help);
    }
}
