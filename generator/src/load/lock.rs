//! `crategen.lock`: the digests of files on other hosts, whose texts are kept in the folder `crategen.remote` next to it.

use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// The content of `crategen.lock`.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Lock {
    #[serde(default)]
    remote: Vec<Pin>,
}

/// The digest of the file at a URL.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Pin {
    url: String,
    sha256: String,
}

impl Lock {
    /// The file name.
    pub const FILE: &'static str = "crategen.lock";

    /// Reads a lock; a file that does not exist is an empty lock.
    pub fn read(path: &Path) -> io::Result<Self> {
        let failed = |error: &dyn std::fmt::Display| format!("cannot read `{}`: {error}", path.display());
        match std::fs::read_to_string(path) {
            Ok(text) => toml::from_str(&text).map_err(|error| io::Error::other(failed(&error))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(io::Error::new(error.kind(), failed(&error))),
        }
    }

    /// Returns the text of the file.
    pub fn to_text(&self) -> io::Result<String> {
        let pins = toml::to_string(self).map_err(io::Error::other)?;
        Ok(format!("# The digests of files on other hosts. `crategen.remote` contains the files.\n\n{pins}"))
    }

    /// Returns the digest that a URL is pinned to.
    pub fn digest(&self, url: &str) -> Option<&str> {
        let pin = self.remote.iter().find(|pin| pin.url == url);
        // A digest becomes the name of a file, so it must not be a path.
        pin.map(|pin| pin.sha256.as_str()).filter(|digest| digest.bytes().all(|byte| byte.is_ascii_hexdigit()))
    }

    /// Pins a URL that is not pinned yet.
    pub fn pin(&mut self, url: &str, sha256: &str) {
        self.remote.push(Pin { url: url.to_owned(), sha256: sha256.to_owned() });
        self.remote.sort_by(|a, b| a.url.cmp(&b.url));
    }
}

/// Returns the path at which the text with a digest is kept, given the path of the lock.
pub(crate) fn kept_path(lock: &Path, digest: &str) -> PathBuf {
    lock.with_file_name("crategen.remote").join(digest)
}

/// Returns the SHA-256 digest of a text, in hexadecimal.
pub(super) fn sha256(text: &str) -> String {
    let mut out = String::new();
    for byte in Sha256::digest(text.as_bytes()) {
        let _ = write!(out, "{byte:02x}");
    }
    out
}
