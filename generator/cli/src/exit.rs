//! Exit codes, and why a command fails.

use std::fmt::Display;
use std::path::Path;
use std::process::ExitCode;

use crategen::SettingsError;
use crategen::diag::Report;

use crate::print::{Diagnostics, print_status};

/// The command succeeded.
const SUCCESS: u8 = 0;
/// The document has errors or breaking changes, the output is stale, or a file cannot be read or written.
const FAILURE: u8 = 1;
/// The flags or the settings are invalid.
const USAGE: u8 = 2;

/// Why a command fails.
pub enum Failure {
    /// The flags or the settings are invalid.
    Usage(String),
    /// A file cannot be read or written.
    File(String),
    /// The document has errors.
    Document(Box<Report>, Diagnostics),
    /// The output is stale, and the stale files were listed.
    Stale,
    /// `diff` found changes of the level of `--fail-on`, and they were listed.
    Changed,
}

impl Failure {
    /// Describes why a file cannot be read.
    pub fn read(path: &Path, error: impl Display) -> Self {
        Self::File(format!("cannot read `{}`: {error}", path.display()))
    }

    /// Describes why a file cannot be written.
    pub fn write(path: &Path, error: impl Display) -> Self {
        Self::File(format!("cannot write `{}`: {error}", path.display()))
    }
}

impl From<SettingsError> for Failure {
    fn from(error: SettingsError) -> Self {
        Self::Usage(error.to_string())
    }
}

/// Prints why a command failed, and returns the exit code of the process.
pub fn code(result: Result<(), Failure>) -> ExitCode {
    ExitCode::from(result.map_or_else(|failure| failure.print(), |()| SUCCESS))
}

impl Failure {
    /// Prints why a command failed, and returns the exit code.
    pub fn print(&self) -> u8 {
        match self {
            Self::Usage(message) => {
                print_status(&format!("error: {message}"));
                USAGE
            }
            Self::File(message) => {
                print_status(&format!("error: {message}"));
                FAILURE
            }
            Self::Document(report, diagnostics) => {
                diagnostics.print(report);
                FAILURE
            }
            Self::Stale | Self::Changed => FAILURE,
        }
    }
}

/// Prints an error in the flags, or the help text that was asked for, and returns the exit code of the process.
pub fn usage(error: &clap::Error) -> ExitCode {
    // If the terminal is gone, nobody can read the text, and the exit code is still right.
    let _ = error.print();
    ExitCode::from(if error.use_stderr() { USAGE } else { SUCCESS })
}
