//! `--report`: a file that tells tools what happened to the document.

use crategen::diag::Report;
use crategen::{Coverage, Summary};

use crate::args::ReportArgs;
use crate::exit::Failure;

/// Writes the report, if it is wanted.
pub fn write_report(args: &ReportArgs, coverage: Coverage, report: &Report) -> Result<(), Failure> {
    let Some(path) = &args.report else { return Ok(()) };
    let summary = Summary::new(coverage, report);
    let text = serde_json::to_string_pretty(&summary).map_err(|error| Failure::write(path, error))?;
    std::fs::write(path, text + "\n").map_err(|error| Failure::write(path, error))
}
