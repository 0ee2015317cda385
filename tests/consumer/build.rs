//! Generates APIs into `OUT_DIR`.

fn main() {
    let specs = [
        ("../../specs/appwrite-openapi.yaml", "appwrite.rs"),
        ("../cases/validation/spec.yaml", "validation.rs"),
        ("../cases/forms/spec.yaml", "forms.rs"),
        ("../cases/streams/spec.yaml", "streams.rs"),
        ("../cases/events/spec.yaml", "events.rs"),
        ("../cases/response-headers/spec.yaml", "headers.rs"),
        ("../cases/credentials/spec.yaml", "credentials.rs"),
        ("../cases/security/spec.yaml", "security.rs"),
    ];
    for (spec, file) in specs {
        let builder = crategen::Builder::new(spec).feature("blocking").feature("tracing");
        builder
            .feature("authorization-code")
            .feature("rustls")
            .emit_to_out_dir(file)
            .unwrap_or_else(|error| panic!("{error}"));
    }
}
