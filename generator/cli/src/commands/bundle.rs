//! `crategen bundle`

use crate::args::BundleArgs;
use crate::exit::Failure;
use crate::print::{Diagnostics, print_result};
use crate::progress::with_progress;
use crate::settings::{read_settings, read_source};

/// Writes the document as one file.
pub fn run_bundle(args: &BundleArgs) -> Result<(), Failure> {
    let settings = read_settings(&args.common)?;
    let diagnostics = Diagnostics::of(&args.common);
    let source = read_source(&settings)?;
    let result = with_progress("bundling", &args.common, || crategen::bundle(source, &settings.config));
    let (bundle, report) = result.map_err(|report| Failure::Document(Box::new(report), diagnostics))?;
    diagnostics.print(&report);
    let Some(path) = &args.out else {
        print_result(&bundle.to_json());
        return Ok(());
    };
    let is_yaml = path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml");
    let text = if is_yaml { bundle.to_yaml() } else { bundle.to_json() };
    std::fs::write(path, text).map_err(|error| Failure::write(path, error))
}
