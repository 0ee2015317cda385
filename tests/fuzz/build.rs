//! Generates the API that servers are fuzzed with.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    Ok(crategen::Builder::new("api.yaml").emit_to_out_dir("api.rs")?)
}
