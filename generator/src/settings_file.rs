//! The text of a settings file, for diagnostics that point into it.

use std::path::PathBuf;

use crate::diag::Pointer;

/// The settings file that a configuration was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsFile {
    /// The name that diagnostics show.
    pub(crate) name: String,
    /// The path, if it was read from a file.
    pub(crate) path: Option<PathBuf>,
    pub(crate) text: String,
    /// The keys that do not exist, in the order of the text.
    pub(crate) unknown: Vec<UnknownSetting>,
}

/// A key that does not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct UnknownSetting {
    /// The offset in the text.
    pub start: usize,
    pub at: Pointer,
    pub message: String,
    pub help: String,
}

impl SettingsFile {
    /// Returns a sentence for each unknown key.
    pub(crate) fn hints(&self) -> impl Iterator<Item = String> + '_ {
        self.unknown.iter().map(|UnknownSetting { message, help, .. }| format!("{message}; {help}"))
    }
}
