//! The text of one file.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use url::Url;

use super::remote::{self, RemoteError};

/// A text and where it came from.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// How diagnostics call it: the path as it was given, or `<stdin>`.
    pub name: String,
    /// Where it was read from; relative references start here.
    pub path: Option<PathBuf>,
    /// The URL that it was fetched from; relative references start there then.
    pub url: Option<Url>,
    /// The text, without a byte-order mark.
    pub text: String,
}

impl Source {
    /// Largest file that is read, in bytes.
    pub const LIMIT: u64 = 64 << 20;

    /// Reads a file as UTF-8.
    ///
    /// Fails if it cannot be read, is not UTF-8, or is larger than [`Source::LIMIT`].
    pub fn file(path: &Path) -> io::Result<Self> {
        let mut bytes = Vec::new();
        std::fs::File::open(path)?.take(Self::LIMIT + 1).read_to_end(&mut bytes)?;
        Self::bytes(path.display().to_string(), Some(path.to_path_buf()), bytes)
    }

    /// Reads standard input as UTF-8; fails as [`Source::file`] does.
    pub fn stdin() -> io::Result<Self> {
        let mut bytes = Vec::new();
        io::stdin().lock().take(Self::LIMIT + 1).read_to_end(&mut bytes)?;
        Self::bytes("<stdin>".to_owned(), None, bytes)
    }

    /// Reads a file of another host, which is fetched once and pinned in `crategen.lock`.
    ///
    /// Fails if `text` is no URL of http or https, if `lock`, the path of `crategen.lock`, is `None`, or if it cannot be fetched.
    pub fn remote(text: &str, lock: Option<&Path>) -> Result<Self, RemoteError> {
        let url = Url::parse(text).map_err(|error| RemoteError::Failed(error.to_string()))?;
        remote::read(&url, lock)
    }

    /// A text that is in memory already, under the name that diagnostics show.
    pub fn text(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        Self { name: name.into(), path: None, url: None, text }
    }

    pub(super) fn bytes(name: String, path: Option<PathBuf>, bytes: Vec<u8>) -> io::Result<Self> {
        if bytes.len() as u64 > Self::LIMIT {
            return Err(io::Error::other(format!("larger than {} MiB", Self::LIMIT >> 20)));
        }
        let text = String::from_utf8(bytes).map_err(|error| {
            io::Error::new(
                io::ErrorKind::InvalidData,
                format!("not UTF-8: invalid byte at offset {}", error.utf8_error().valid_up_to()),
            )
        })?;
        Ok(Self { path, ..Self::text(name, text) })
    }
}
