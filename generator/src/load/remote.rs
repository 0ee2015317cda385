//! Reads files on other hosts. A file that `crategen.lock` pins is read from disk; any other file is fetched into memory, and only
//! the write stage keeps it and pins it.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use url::Url;

use super::Source;
use super::lock::{Lock, kept_path, sha256};
use crate::config::{Config, Limits};

/// Why a file on another host cannot be read.
#[derive(Debug)]
#[non_exhaustive]
pub enum RemoteError {
    /// The configuration does not allow it.
    NotAllowed,
    /// Its content has changed since `crategen.lock` pinned it.
    Changed,
    /// The host redirects to another host, at this URL.
    OtherHost(String),
    /// A limit on what is fetched is exceeded.
    Limit {
        /// The setting under `[limits]`.
        setting: &'static str,
        /// Its value.
        limit: u64,
    },
    /// It cannot be fetched, or `crategen.lock` cannot be read.
    Failed(String),
}

impl fmt::Display for RemoteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAllowed => f.write_str("it is on another host and `--allow-remote` was not given"),
            Self::Changed => f.write_str("its content has changed since it was pinned in `crategen.lock`"),
            Self::OtherHost(target) => write!(f, "it redirects to `{target}`, which is on another host"),
            Self::Limit { setting: "fetch-seconds", limit } => {
                write!(f, "fetching files takes more than {limit} seconds")
            }
            Self::Limit { limit, .. } => write!(f, "more than {limit} requests to other hosts are necessary"),
            Self::Failed(message) => f.write_str(message),
        }
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

/// Reads the files on other hosts that one run needs, within its limits.
pub(super) struct Remote {
    /// The path of `crategen.lock`; `None` if files on other hosts are not allowed.
    lock: Option<PathBuf>,
    limits: Limits,
    /// How many requests were sent.
    requests: usize,
    /// When the first request was sent.
    start: Option<Instant>,
}

impl Remote {
    /// Unless it is configured, `crategen.lock` is next to the document, or in the current folder if the document is on another host.
    pub fn new(root: &Source, config: &Config) -> Self {
        let folder = root.path.as_deref().filter(|_| root.url.is_none()).and_then(Path::parent);
        let default = || folder.unwrap_or(Path::new("")).join(Lock::FILE);
        let lock = config.allow_remote.then(|| config.lock.clone().unwrap_or_else(default));
        Self { lock, limits: config.limits, requests: 0, start: None }
    }

    /// Reads the file at a URL: the one that is pinned, or else what the host returns.
    pub fn read(&mut self, url: &Url) -> Result<Source, RemoteError> {
        let path = self.lock.clone().ok_or(RemoteError::NotAllowed)?;
        let mut url = url.clone();
        url.set_fragment(None);
        let lock = Lock::read(&path).map_err(failed)?;
        let pinned = lock.digest(url.as_str());
        if let Some(digest) = pinned
            && let Ok(source) = Source::file(&kept_path(&path, digest))
            && sha256(&source.text) == digest
        {
            return Ok(Source { name: url.to_string(), url: Some(url), ..source });
        }
        let text = self.fetch(&url)?;
        let sha256 = sha256(&text);
        if pinned.is_some_and(|pinned| pinned != sha256) {
            return Err(RemoteError::Changed);
        }
        let fetched = Some(Fetched { lock: path, sha256 });
        Ok(Source { url: Some(url.clone()), fetched, ..Source::text(url, text) })
    }

    /// Counts a request, and returns how long it may take.
    #[cfg_attr(not(feature = "remote"), expect(dead_code, reason = "only requests have limits"))]
    fn permit(&mut self) -> Result<Duration, RemoteError> {
        if self.requests >= self.limits.fetches {
            return Err(RemoteError::Limit { setting: "fetches", limit: self.limits.fetches as u64 });
        }
        self.requests += 1;
        let spent = self.start.get_or_insert_with(Instant::now).elapsed();
        let left = Duration::from_secs(self.limits.fetch_seconds).saturating_sub(spent);
        if left.is_zero() {
            return Err(RemoteError::Limit { setting: "fetch-seconds", limit: self.limits.fetch_seconds });
        }
        Ok(left.min(REQUEST_TIMEOUT))
    }

    #[cfg(feature = "remote")]
    fn fetch(&mut self, url: &Url) -> Result<String, RemoteError> {
        use std::io::Read as _;
        let mut at = url.clone();
        for _ in 0..=MAX_REDIRECTS {
            let agent: ureq::Agent = ureq::Agent::config_builder()
                .timeout_global(Some(self.permit()?))
                .max_redirects(0)
                .max_redirects_will_error(false)
                .build()
                .into();
            let response =
                agent.get(at.as_str()).call().map_err(|error| failed(format!("cannot fetch it: {error}")))?;
            if let Some(next) = redirect(&at, &response)? {
                at = next;
                continue;
            }
            let mut bytes = Vec::new();
            let body = response.into_body().into_reader();
            body.take(Source::LIMIT + 1)
                .read_to_end(&mut bytes)
                .map_err(|error| failed(format!("the response ended early: {error}")))?;
            return Ok(Source::bytes(url.to_string(), None, bytes).map_err(failed)?.text);
        }
        Err(failed(format!("more than {MAX_REDIRECTS} redirects")))
    }

    #[cfg(not(feature = "remote"))]
    fn fetch(&mut self, _: &Url) -> Result<String, RemoteError> {
        Err(failed(
            "it is not in `crategen.remote`, and this build of crategen cannot fetch it: enable its feature `remote`",
        ))
    }
}

/// How long one request may take.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(60);
/// How many redirects are followed.
#[cfg(feature = "remote")]
const MAX_REDIRECTS: usize = 5;

/// The URL that a response redirects to. Another host is refused: permission to read one host does not extend to the hosts that it
/// names, and what they return would be pinned under its URL.
#[cfg(feature = "remote")]
fn redirect(from: &Url, response: &ureq::http::Response<ureq::Body>) -> Result<Option<Url>, RemoteError> {
    if !response.status().is_redirection() {
        return Ok(None);
    }
    let location = response.headers().get("location").and_then(|value| value.to_str().ok());
    let location = location.ok_or_else(|| failed(format!("it redirects without a URL ({})", response.status())))?;
    let to = from.join(location).map_err(|error| failed(format!("it redirects to `{location}`: {error}")))?;
    let is_upgrade = from.scheme() == "http" && to.scheme() == "https" && (from.port(), to.port()) == (None, None);
    let is_same = from.scheme() == to.scheme() && from.port_or_known_default() == to.port_or_known_default();
    if from.host() == to.host() && (is_same || is_upgrade) {
        Ok(Some(to))
    } else {
        Err(RemoteError::OtherHost(to.to_string()))
    }
}

fn failed(error: impl fmt::Display) -> RemoteError {
    RemoteError::Failed(error.to_string())
}
