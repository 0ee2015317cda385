//! Which files crategen has generated, so that it may replace or delete them.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::guard::Leftover;
use crate::render::header;

/// What is at a path.
pub(super) enum Current {
    Nothing,
    File(Vec<u8>),
    /// A folder, a symbolic link, a pipe or a device.
    Other,
}

impl Current {
    /// The content of a regular file.
    pub fn text(&self) -> Option<&[u8]> {
        if let Self::File(text) = self { Some(text) } else { None }
    }
}

/// Looks at a path. Only regular files are read, because a pipe would wait for a writer.
pub(super) fn read(path: &Path) -> io::Result<Current> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_file() => fs::read(path).map(Current::File),
        Ok(_) => Ok(Current::Other),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Current::Nothing),
        Err(error) => Err(error),
    }
}

/// Decides which files may be replaced.
pub(super) struct Owner<'o> {
    out: &'o Path,
    leftover: &'o Leftover,
    /// Whether the manifest of each crate is generated.
    crates: BTreeMap<PathBuf, bool>,
}

impl<'o> Owner<'o> {
    pub fn new(out: &'o Path, leftover: &'o Leftover) -> Self {
        Self { out, leftover, crates: BTreeMap::new() }
    }

    /// Whether a file of the output may replace what is at its path: nothing, or a generated file.
    ///
    /// Files without comments, such as JSON, have no header. They count as generated beside a generated manifest, and if an
    /// interrupted run was going to write them.
    pub fn may_replace(&mut self, path: &Path, current: &Current) -> bool {
        match current {
            Current::Nothing => true,
            Current::Other => false,
            Current::File(_) if header(path).is_none() => self.leftover.lists(path) || self.is_in_generated_crate(path),
            Current::File(text) => begins_with_header(path, text),
        }
    }

    fn is_in_generated_crate(&mut self, path: &Path) -> bool {
        let Some(krate) = path.components().next() else { return false };
        let manifest = Path::new(krate.as_os_str()).join("Cargo.toml");
        if let Some(known) = self.crates.get(&manifest) {
            return *known;
        }
        let generated = is_generated_file(&self.out.join(&manifest));
        self.crates.insert(manifest, generated);
        generated
    }
}

/// Whether a regular file begins with the header of generated files. Not more of it is read.
pub(super) fn is_generated_file(path: &Path) -> bool {
    let Some(header) = header(path) else { return false };
    if !fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file()) {
        return false;
    }
    let mut start = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(header.len() as u64).read_to_end(&mut start));
    read.is_ok() && start == header.as_bytes()
}

/// Whether a text begins with the header of generated files, in a comment of the language that the path says.
fn begins_with_header(path: &Path, text: &[u8]) -> bool {
    header(path).is_some_and(|header| text.starts_with(header.as_bytes()))
}

/// Whether there is nothing at a path, or a regular file that begins with the header of generated files.
pub(crate) fn is_generated_text(path: &Path) -> io::Result<bool> {
    Ok(match read(path)? {
        Current::Nothing => true,
        Current::File(text) => begins_with_header(path, &text),
        Current::Other => false,
    })
}
