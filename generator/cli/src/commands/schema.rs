//! `crategen schema`

use crategen::Settings;

use crate::print::print_result;

/// Prints the JSON Schema of the settings file.
pub fn run_schema() {
    print_result(&format!("{:#}\n", Settings::schema()));
}
