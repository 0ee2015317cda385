//! The files of one crate on their way to the renderer.

use std::path::{Path, PathBuf};

use super::file::{File, RustFile};

/// Takes a file by its path below the output folder. The second argument makes the file, so that a file that is not wanted costs
/// nothing, and the tokens of only one file are in memory at a time.
pub type TakeFile<'t> = dyn FnMut(PathBuf, Box<dyn FnOnce() -> File + '_>) + 't;

/// The files of one crate; hands on each file as it is added.
pub struct Files<'f> {
    /// The folder of the crate.
    pub(super) folder: PathBuf,
    pub(super) take: &'f mut TakeFile<'f>,
}

impl Files<'_> {
    /// Adds a file by its path inside the crate.
    pub(super) fn insert(&mut self, path: impl AsRef<Path>, file: impl FnOnce() -> File) {
        (self.take)(self.folder.join(path), Box::new(file));
    }

    pub(super) fn rust(&mut self, path: impl AsRef<Path>, file: impl FnOnce() -> RustFile) {
        self.insert(path, || File::Rust(file()));
    }

    pub(super) fn text(&mut self, path: impl AsRef<Path>, text: impl FnOnce() -> String) {
        self.insert(path, || File::Text(text()));
    }
}
