//! `crategen inspect`

use crate::args::{Format, InspectArgs};
use crate::exit::Failure;
use crate::print::{Diagnostics, print_result};
use crate::progress::with_progress;
use crate::settings::{read_settings, read_source};

/// Prints the types and operations of the document, or one type.
pub fn run_inspect(args: &InspectArgs) -> Result<(), Failure> {
    let settings = read_settings(&args.common)?;
    let diagnostics = Diagnostics::of(&args.common);
    let source = read_source(&settings)?;
    let result = with_progress("inspecting", &args.common, || crategen::inspect(source, &settings.config));
    let (inspection, report) = result.map_err(|report| Failure::Document(Box::new(report), diagnostics))?;
    diagnostics.print(&report);
    let (text, json) = match &args.ty {
        Some(name) => {
            let found = inspection.find_type(name).map_err(|error| Failure::Usage(error.to_string()))?;
            (found.to_string(), serde_json::to_string(found))
        }
        None => (inspection.to_string(), serde_json::to_string(&inspection)),
    };
    print_result(&match args.format {
        Format::Text => text,
        Format::Json => {
            json.map_err(|error| Failure::File(format!("cannot print the result as JSON: {error}")))? + "\n"
        }
    });
    Ok(())
}
