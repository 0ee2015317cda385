//! Generates the APIs of the documents into `OUT_DIR`.

use std::error::Error;

// ANCHOR: generate
/// Generates models, client and server of `documents/NAME.yaml` into the file `NAME.rs`.
fn generate(name: &str) -> Result<(), crategen::BuildError> {
    let api = crategen::Builder::new(format!("documents/{name}.yaml"));
    let api = api.feature("in-process").feature("mock").feature("stubs").feature("authorization-code");
    api.emit_to_out_dir(format!("{name}.rs"))
}
// ANCHOR_END: generate

fn main() -> Result<(), Box<dyn Error>> {
    for name in ["albums", "oauth", "pagination", "streams", "uploads", "webhooks"] {
        generate(name)?;
    }
    Ok(())
}
