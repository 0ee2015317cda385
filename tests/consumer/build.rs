//! Generates two APIs into `OUT_DIR`.

fn main() {
    for (spec, file) in
        [("../../specs/appwrite-openapi.yaml", "appwrite.rs"), ("../cases/validation/spec.yaml", "validation.rs")]
    {
        crategen::Builder::new(spec).emit_to_out_dir(file).unwrap_or_else(|error| panic!("{error}"));
    }
}
