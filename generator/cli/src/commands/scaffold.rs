//! `crategen scaffold`

use crate::args::{Scaffold, ScaffoldArgs};
use crate::exit::Failure;
use crate::print::{Diagnostics, print_result};
use crate::progress::with_progress;
use crate::settings::{read_settings, read_source};

/// Prints the draft of an implementation.
pub fn run_scaffold(args: &ScaffoldArgs) -> Result<(), Failure> {
    let settings = read_settings(&args.common)?;
    let diagnostics = Diagnostics::of(&args.common);
    let source = read_source(&settings)?;
    let draft = match args.what {
        Scaffold::Server => crategen::scaffold_server,
    };
    let result = with_progress("drafting", &args.common, || draft(source, &settings.config));
    let (text, report) = result.map_err(|report| Failure::Document(Box::new(report), diagnostics))?;
    diagnostics.print(&report);
    print_result(&text);
    Ok(())
}
