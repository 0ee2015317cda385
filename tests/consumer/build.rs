//! Generates the API into `OUT_DIR`.

fn main() {
    crategen::Builder::new("../../specs/appwrite-openapi.yaml")
        .emit_to_out_dir("appwrite.rs")
        .unwrap_or_else(|error| panic!("{error}"));
}
