//! Reads files on other hosts. A file that `crategen.lock` pins is read from disk; any other file is fetched into memory, and only
//! the write stage keeps it and pins it.

use std::fmt;
use std::path::{Path, PathBuf};

use url::Url;

use super::Source;
use super::lock::{Lock, kept_path, sha256};
use crate::config::Config;

/// Why a file on another host cannot be read.
#[derive(Debug)]
#[non_exhaustive]
pub enum RemoteError {
    /// The configuration does not allow it.
    NotAllowed,
    /// Its content has changed since `crategen.lock` pinned it.
    Changed,
    /// It cannot be fetched, or `crategen.lock` cannot be read.
    Failed(String),
}

impl fmt::Display for RemoteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotAllowed => "it is on another host and `--allow-remote` was not given",
            Self::Changed => "its content has changed since it was pinned in `crategen.lock`",
            Self::Failed(message) => message,
        })
    }
}

impl std::error::Error for RemoteError {}

/// A file that was fetched and that the write stage must keep.
#[derive(Clone, Debug)]
pub(crate) struct Fetched {
    /// The path of the `crategen.lock` that pins it.
    pub lock: PathBuf,
    /// Its digest.
    pub sha256: String,
}

/// Returns the path of `crategen.lock`; `None` if the configuration does not allow files on other hosts.
///
/// Unless it is configured, the lock is next to the document, or in the current folder if the document is on another host.
pub(super) fn allowed_lock(root: &Source, config: &Config) -> Option<PathBuf> {
    let folder = root.path.as_deref().filter(|_| root.url.is_none()).and_then(Path::parent);
    let default = || folder.unwrap_or(Path::new("")).join(Lock::FILE);
    config.allow_remote.then(|| config.lock.clone().unwrap_or_else(default))
}

/// Reads the file at a URL: the one that is pinned, or else what the host returns.
///
/// `lock` is the path of `crategen.lock`; `None` means that other hosts are not allowed.
pub(super) fn read(url: &Url, lock: Option<&Path>) -> Result<Source, RemoteError> {
    let path = lock.ok_or(RemoteError::NotAllowed)?;
    let mut url = url.clone();
    url.set_fragment(None);
    let lock = Lock::read(path).map_err(failed)?;
    let pinned = lock.digest(url.as_str());
    if let Some(digest) = pinned
        && let Ok(source) = Source::file(&kept_path(path, digest))
        && sha256(&source.text) == digest
    {
        return Ok(Source { name: url.to_string(), url: Some(url), ..source });
    }
    let text = fetch(&url)?;
    let sha256 = sha256(&text);
    if pinned.is_some_and(|pinned| pinned != sha256) {
        return Err(RemoteError::Changed);
    }
    let fetched = Some(Fetched { lock: path.to_path_buf(), sha256 });
    Ok(Source { url: Some(url.clone()), fetched, ..Source::text(url, text) })
}

fn failed(error: impl fmt::Display) -> RemoteError {
    RemoteError::Failed(error.to_string())
}

#[cfg(feature = "remote")]
fn fetch(url: &Url) -> Result<String, RemoteError> {
    use std::io::Read as _;
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_global(Some(std::time::Duration::from_secs(60)))
        .max_redirects(5)
        .build()
        .into();
    let response = agent.get(url.as_str()).call().map_err(|error| failed(format!("cannot fetch it: {error}")))?;
    let mut bytes = Vec::new();
    let body = response.into_body().into_reader();
    body.take(Source::LIMIT + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| failed(format!("the response ended early: {error}")))?;
    let source = Source::bytes(url.to_string(), None, bytes).map_err(failed)?;
    Ok(source.text)
}

#[cfg(not(feature = "remote"))]
fn fetch(_: &Url) -> Result<String, RemoteError> {
    Err(failed(
        "it is not in `crategen.remote`, and this build of crategen cannot fetch it: enable its feature `remote`",
    ))
}
