//! `crategen scaffold`

use crate::args::{Scaffold, ScaffoldArgs};
use crate::exit::Failure;
use crate::print::{print_report, print_result};
use crate::settings::{read_settings, read_source};

/// Prints the draft of an implementation.
pub fn run_scaffold(args: &ScaffoldArgs) -> Result<(), Failure> {
    let settings = read_settings(&args.common)?;
    let format = args.common.message_format;
    let draft = match args.what {
        Scaffold::Server => crategen::scaffold_server,
    };
    let (text, report) = draft(read_source(&settings)?, &settings.config)
        .map_err(|report| Failure::Document(Box::new(report), format))?;
    print_report(&report, format);
    print_result(&text);
    Ok(())
}
