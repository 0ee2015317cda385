//! A crate of the output.

use super::cx::Cx;
use super::files::Files;

/// One crate of the output.
pub struct Emitter {
    /// Its value on the command line, and the end of the crate's name.
    pub name: &'static str,
    /// Emits the files that other crates do not have.
    pub(super) emit: fn(&Cx<'_>, &mut Files<'_>),
}

/// Keeps formatters away from the generated files, so that `cargo fmt --all` changes none of them.
pub(super) const RUSTFMT: &str = "disable_all_formatting = true\n";

impl Emitter {
    /// Emits every file of the crate.
    pub(super) fn emit_crate(&self, cx: &Cx<'_>, files: &mut Files<'_>) {
        files.text("rustfmt.toml", || RUSTFMT.to_owned());
        (self.emit)(cx, files);
    }
}
