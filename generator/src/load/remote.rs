//! Files of other hosts: fetched once, kept beside `crategen.lock`, and pinned there by their digest, so that the next run needs no
//! network and reads the same.

use std::fmt::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use url::Url;

use super::Source;

/// What is pinned, as `crategen.lock` has it.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Lock {
    #[serde(default)]
    remote: Vec<Pin>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Pin {
    url: String,
    sha256: String,
}

/// Why a file of another host cannot be read.
#[derive(Debug)]
pub enum RemoteError {
    /// The configuration does not allow it.
    NotAllowed,
    /// It is not what it was when it was pinned.
    Changed,
    /// It cannot be fetched, or not be kept.
    Failed(String),
}

impl fmt::Display for RemoteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAllowed => f.write_str("it is on another host, and `--allow-remote` was not given"),
            Self::Changed => {
                f.write_str("it is not what it was when `crategen.lock` was written; remove its entry to take it")
            }
            Self::Failed(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for RemoteError {}

fn failed(what: impl fmt::Display) -> RemoteError {
    RemoteError::Failed(what.to_string())
}

/// Reads an URL: what is pinned in the lock, or what the host answers, which is pinned then.
///
/// `lock` is the path of `crategen.lock`; `None`: not allowed. The texts are in the folder `crategen.remote` beside it.
pub fn read(url: &Url, lock: Option<&Path>) -> Result<Source, RemoteError> {
    let path = lock.ok_or(RemoteError::NotAllowed)?;
    let mut url = url.clone();
    url.set_fragment(None);
    let mut lock = Lock::read(path)?;
    let pinned = lock.remote.iter().find(|pin| pin.url == url.as_str()).map(|pin| pin.sha256.clone());
    let kept = |digest: &str| path.with_file_name("crategen.remote").join(digest);
    if let Some(digest) = &pinned
        && let Ok(source) = Source::file(&kept(digest))
        && sha256(&source.text) == *digest
    {
        return Ok(named(source, url));
    }
    let text = fetch(&url)?;
    let digest = sha256(&text);
    if pinned.as_ref().is_some_and(|pinned| *pinned != digest) {
        return Err(RemoteError::Changed);
    }
    let file = kept(&digest);
    crate::write::atomically(&file, &text).map_err(failed)?;
    if pinned.is_none() {
        lock.remote.push(Pin { url: url.to_string(), sha256: digest });
        lock.remote.sort_by(|a, b| a.url.cmp(&b.url));
        lock.write(path)?;
    }
    Ok(named(Source { path: Some(file), ..Source::text("", text) }, url))
}

fn named(source: Source, url: Url) -> Source {
    Source { name: url.to_string(), url: Some(url), ..source }
}

fn sha256(text: &str) -> String {
    let mut out = String::new();
    for byte in Sha256::digest(text.as_bytes()) {
        let _ = write!(out, "{byte:02x}");
    }
    out
}

impl Lock {
    fn read(path: &Path) -> Result<Self, RemoteError> {
        match std::fs::read_to_string(path) {
            Ok(text) => toml::from_str(&text).map_err(|error| failed(format!("{}: {error}", path.display()))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(failed(format!("{}: {error}", path.display()))),
        }
    }

    fn write(&self, path: &Path) -> Result<(), RemoteError> {
        let text = toml::to_string(self).map_err(failed)?;
        let text = format!(
            "# Files of other hosts as crategen read them first; the texts are in `crategen.remote`.\n\n{text}"
        );
        crate::write::atomically(path, &text).map_err(failed)
    }
}

/// The path of the lock beside a document or its settings.
pub fn lock_beside(path: Option<&Path>) -> PathBuf {
    path.and_then(Path::parent).unwrap_or(Path::new("")).join("crategen.lock")
}

#[cfg(feature = "remote")]
fn fetch(url: &Url) -> Result<String, RemoteError> {
    use std::io::Read as _;
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_global(Some(std::time::Duration::from_secs(60)))
        .max_redirects(5)
        .build()
        .into();
    let answer = agent.get(url.as_str()).call().map_err(|error| failed(format!("cannot fetch it: {error}")))?;
    let mut bytes = Vec::new();
    let body = answer.into_body().into_reader();
    body.take(Source::LIMIT + 1).read_to_end(&mut bytes).map_err(|error| failed(format!("it broke off: {error}")))?;
    let source = Source::bytes(url.to_string(), None, bytes).map_err(failed)?;
    Ok(source.text)
}

#[cfg(not(feature = "remote"))]
fn fetch(_: &Url) -> Result<String, RemoteError> {
    Err(failed("it is not in `crategen.remote`, and this crategen was built without its feature `remote`"))
}
