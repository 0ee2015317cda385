//! `crategen schema`

use crategen::Settings;

use crate::exit::Failure;
use crate::print::print_result;

/// Prints the JSON Schema of the settings file.
pub fn run_schema() -> Result<(), Failure> {
    print_result(&format!("{:#}\n", Settings::schema()));
    Ok(())
}
