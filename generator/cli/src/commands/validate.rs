//! `crategen validate`

use crategen::Coverage;

use crate::args::ValidateArgs;
use crate::exit::Failure;
use crate::print::{print_report, print_status};
use crate::report::write_report;
use crate::settings::{read_settings, read_source};

/// Prints the diagnostics of `generate` and how many operations it would generate.
pub fn run_validate(args: &ValidateArgs) -> Result<(), Failure> {
    let settings = read_settings(&args.common)?;
    let format = args.common.message_format;
    match crategen::validate(read_source(&settings)?, &settings.config) {
        Ok((coverage, report)) => {
            write_report(&args.report, coverage, &report)?;
            print_report(&report, format);
            let Coverage { documented, generated } = coverage;
            print_status(&format!("{generated} of {documented} operations can be generated"));
            Ok(())
        }
        Err(report) => {
            write_report(&args.report, Coverage::default(), &report)?;
            Err(Failure::Document(Box::new(report), format))
        }
    }
}
