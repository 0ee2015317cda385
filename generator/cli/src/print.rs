//! Prints to the terminal: results to standard output, everything else to standard error.
//!
//! A closed pipe is not an error.

use std::io::{IsTerminal as _, Write as _};

use crategen::diag::{Fold, Report, Style};

use crate::args::{CommonArgs, Format};

/// Prints a result.
pub fn print_result(text: &str) {
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

/// Prints a line about what the command did.
pub fn print_status(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// How diagnostics are printed.
#[derive(Clone, Copy)]
pub struct Diagnostics {
    format: Format,
    verbose: bool,
}

impl Diagnostics {
    /// Reads the flags.
    pub fn of(args: &CommonArgs) -> Self {
        Self { format: args.read.message_format, verbose: args.verbose }
    }

    /// Prints the diagnostics of a run.
    pub fn print(self, report: &Report) {
        if !report.is_empty() {
            let mut stderr = std::io::stderr().lock();
            let text = self.text(report, stderr.is_terminal());
            let _ = stderr.write_all(text.as_bytes());
        }
    }

    fn text(self, report: &Report, is_terminal: bool) -> String {
        if self.format == Format::Json {
            return report.to_json_lines();
        }
        let fold = Fold { most: Fold::MOST, help: "use `--verbose`" };
        let text = report.to_text_with(&Style { colors: is_terminal, fold: (!self.verbose).then_some(fold) });
        match report.diagnostics.first() {
            Some(found) if is_terminal => {
                format!("{text}`crategen explain {}` says what a diagnostic means and what to do\n", found.code)
            }
            _ => text,
        }
    }
}

#[cfg(test)]
mod tests {
    use crategen::{Config, Source};

    use super::*;

    #[test]
    fn a_terminal_gets_one_hint_per_run() {
        let source = Source::text("a.yaml", "openapi: 3.1.0\ninfo: {title: 1, version: 1}\npaths: {}\n");
        let report = crategen::validate(source, &Config::default()).map_or_else(|report| report, |(_, report)| report);
        let text = Diagnostics { format: Format::Text, verbose: false }.text(&report, true);
        assert!(report.warnings() > 1 && text.matches("`crategen explain repaired`").count() == 1, "{text}");
        assert!(
            !Diagnostics { format: Format::Text, verbose: false }.text(&report, false).contains("crategen explain")
        );
        assert!(!Diagnostics { format: Format::Json, verbose: false }.text(&report, true).contains("crategen explain"));
    }
}
