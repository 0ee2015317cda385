//! `crategen validate`

use crategen::Coverage;

use crate::args::ValidateArgs;
use crate::exit::Failure;
use crate::print::{Diagnostics, print_status};
use crate::progress::with_progress;
use crate::report::write_report;
use crate::settings::{read_settings, read_source};

/// Prints the diagnostics of `generate` and how many operations it would generate.
pub fn run_validate(args: &ValidateArgs) -> Result<(), Failure> {
    let settings = read_settings(&args.common)?;
    let diagnostics = Diagnostics::of(&args.common);
    let source = read_source(&settings)?;
    match with_progress("validating", &args.common, || crategen::validate(source, &settings.config)) {
        Ok((coverage, report)) => {
            write_report(&args.report, coverage, &report)?;
            diagnostics.print(&report);
            let Coverage { documented, generated } = coverage;
            print_status(&format!("{generated} of {documented} operations can be generated"));
            Ok(())
        }
        Err(report) => {
            write_report(&args.report, Coverage::default(), &report)?;
            Err(Failure::Document(Box::new(report), diagnostics))
        }
    }
}
