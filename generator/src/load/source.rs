//! The text of one file.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use url::Url;

use super::remote::{Fetched, Remote, RemoteError};
use crate::config::Config;

/// A text and where it was read from.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// The name that diagnostics show: the path as it was given, the URL, or `<stdin>`.
    pub name: String,
    /// The path of the file. Relative references start here, unless there is a URL.
    pub path: Option<PathBuf>,
    /// The URL of the file. Relative references start here.
    pub url: Option<Url>,
    /// The text, without a byte-order mark.
    pub text: String,
    /// How to keep the text, if it was fetched in this run.
    pub(crate) fetched: Option<Fetched>,
}

impl Source {
    /// The size of the largest file that can be read, in bytes.
    pub const LIMIT: u64 = 64 << 20;

    /// Reads a file, which may be a pipe.
    ///
    /// Fails if the file cannot be read, is a folder, is not UTF-8 or is larger than [`Source::LIMIT`].
    pub fn file(path: &Path) -> io::Result<Self> {
        let mut bytes = Vec::new();
        let file = std::fs::File::open(path)?;
        let metadata = file.metadata()?;
        if metadata.is_dir() {
            return Err(not_a_file(&metadata));
        }
        file.take(Self::LIMIT + 1).read_to_end(&mut bytes)?;
        Self::bytes(path.display().to_string(), Some(path.to_path_buf()), bytes)
    }

    /// Reads standard input; fails like [`Source::file`].
    pub fn stdin() -> io::Result<Self> {
        let mut bytes = Vec::new();
        io::stdin().lock().take(Self::LIMIT + 1).read_to_end(&mut bytes)?;
        Self::bytes("<stdin>".to_owned(), None, bytes)
    }

    /// Reads a file on another host: the one that `crategen.lock` pins, or else what the host returns.
    ///
    /// Writes nothing; [`write()`](crate::write) pins what was fetched. Fails if `url` is not an HTTP URL, if the configuration does
    /// not allow other hosts, if the file cannot be fetched, or if its content is not what is pinned.
    pub fn remote(url: &str, config: &Config) -> Result<Self, RemoteError> {
        let url = Url::parse(url).map_err(|error| RemoteError::Failed(format!("it is not a URL: {error}")))?;
        let root = Self { url: Some(url.clone()), ..Self::default() };
        Remote::new(&root, config).read(&url)
    }

    /// Creates a source from a text in memory and a name, which diagnostics show.
    pub fn text(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        Self { name: name.into(), text, ..Self::default() }
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

/// Why something that is not a regular file cannot be read.
pub(super) fn not_a_file(metadata: &std::fs::Metadata) -> io::Error {
    io::Error::other(if metadata.is_dir() { "it is a folder" } else { "it is not a regular file" })
}
