//! Generates APIs into `OUT_DIR`.

fn main() {
    let specs = [
        ("../../specs/appwrite-openapi.yaml", "appwrite.rs"),
        ("../cases/validation/spec.yaml", "validation.rs"),
        ("../cases/forms/spec.yaml", "forms.rs"),
        ("../cases/streams/spec.yaml", "streams.rs"),
        ("../cases/events/spec.yaml", "events.rs"),
        ("../cases/response-headers/spec.yaml", "headers.rs"),
    ];
    for (spec, file) in specs {
        crategen::Builder::new(spec).emit_to_out_dir(file).unwrap_or_else(|error| panic!("{error}"));
    }
}
