//! Prints to the terminal: results to standard output, everything else to standard error.
//!
//! A closed pipe is not an error.

use std::io::{IsTerminal as _, Write as _};

use crategen::diag::Report;

use crate::args::Format;

/// Prints a result.
pub fn print_result(text: &str) {
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

/// Prints a line about what the command did.
pub fn print_status(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// Prints diagnostics.
pub fn print_report(report: &Report, format: Format) {
    if report.is_empty() {
        return;
    }
    let mut stderr = std::io::stderr().lock();
    let text = match format {
        Format::Json => report.to_json_lines(),
        Format::Text if stderr.is_terminal() => report.to_colored_text(),
        Format::Text => report.to_text(),
    };
    let _ = stderr.write_all(text.as_bytes());
}
