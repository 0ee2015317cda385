//! Generates the API that is measured into `OUT_DIR`.

use crategen::Builder;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    Ok(Builder::new("spec.yaml").emit_to_out_dir("api.rs")?)
}
