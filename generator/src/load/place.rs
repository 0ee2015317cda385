//! Which files on this machine the references of a document may read.

use std::io::{self, Read as _};
use std::path::{Component, Path, PathBuf};

use super::Source;
use super::source::not_a_file;
use crate::config::Config;

/// Where the references of a document may lead.
pub(super) enum Bounds {
    /// Anywhere on this machine (`allow-outside`).
    Anywhere,
    /// Below a folder.
    Below {
        /// Its absolute path.
        folder: PathBuf,
        /// The same after symbolic links.
        real: PathBuf,
    },
    /// Nowhere, because the document is not a file on this machine.
    Nowhere,
}

/// A file that may be read. Files that references name can only be read through this type.
pub(super) struct FilePlace {
    /// The path that diagnostics show.
    shown: PathBuf,
    /// The path without symbolic links.
    real: PathBuf,
}

/// Why a file may not be read.
pub(super) enum Refusal {
    /// It is outside the folder of the document.
    Outside,
    /// A symbolic link leads outside the folder of the document.
    Linked,
    /// It does not exist or cannot be looked at.
    Unreadable(io::Error),
}

impl Bounds {
    /// The bounds of a document: its folder, unless the configuration lifts them.
    pub fn of(root: &Source, config: &Config) -> Self {
        let Some(path) = root.path.as_deref().filter(|_| root.url.is_none()) else { return Self::Nowhere };
        if config.allow_outside {
            return Self::Anywhere;
        }
        // The parent of `openapi.yaml` is an empty path, which means the current folder.
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let Ok(folder) = std::path::absolute(folder) else { return Self::Nowhere };
        let folder = normalize(&folder);
        match folder.canonicalize() {
            Ok(real) => Self::Below { folder, real },
            Err(_) => Self::Nowhere,
        }
    }

    /// The file at a path, if it may be read.
    pub fn place(&self, path: &Path) -> Result<FilePlace, Refusal> {
        // A reference such as `.` leads to the current folder, whose normalized path is empty.
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        let absolute = normalize(&std::path::absolute(path).map_err(Refusal::Unreadable)?);
        // This comes before a look at the disk, so that nobody learns which files exist elsewhere.
        if let Self::Nowhere = self {
            return Err(Refusal::Outside);
        }
        if let Self::Below { folder, .. } = self
            && !absolute.starts_with(folder)
        {
            return Err(Refusal::Outside);
        }
        let real = absolute.canonicalize().map_err(Refusal::Unreadable)?;
        match self {
            Self::Below { real: folder, .. } if !real.starts_with(folder) => Err(Refusal::Linked),
            _ => Ok(FilePlace { shown: path.to_path_buf(), real }),
        }
    }
}

impl FilePlace {
    /// Reads the file. Anything but a regular file is refused, without waiting for it.
    pub fn read(&self) -> io::Result<Source> {
        let file = open(&self.real)?;
        let metadata = file.metadata()?;
        if !metadata.is_file() {
            return Err(not_a_file(&metadata));
        }
        let mut bytes = Vec::new();
        file.take(Source::LIMIT + 1).read_to_end(&mut bytes)?;
        Source::bytes(self.shown.display().to_string(), Some(self.shown.clone()), bytes)
    }
}

/// Opens a file for reading. The flag matters for pipes, which otherwise wait for a writer.
fn open(path: &Path) -> io::Result<std::fs::File> {
    let mut options = std::fs::OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, libc::O_NONBLOCK);
    options.open(path)
}

/// Turns `a/./b/../c` into `a/c`, without looking at the disk.
pub(super) fn normalize(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(out.components().next_back(), Some(Component::Normal(_))) => {
                out.pop();
            }
            // The root is its own parent.
            Component::ParentDir if out.has_root() => {}
            part => out.push(part),
        }
    }
    out
}
