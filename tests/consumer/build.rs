//! Generates APIs into `OUT_DIR`.

use std::path::Path;

use crategen::{Builder, Config, Settings};

/// Documents of cases, with a module each.
const CASES: [&str; 35] = [
    "construction",
    "credentials",
    "defaults",
    "discriminators",
    "equal-types",
    "events",
    "exploded-objects",
    "forms",
    "inheritance",
    "links",
    "media-type-ranges",
    "named-constants",
    "nullable-files",
    "openapi-3-2",
    "operation-servers",
    "pagination",
    "pagination-by-last-item",
    "recursive-unions",
    "request-bodies",
    "response-headers",
    "security",
    "several-media-types",
    "streams",
    "string-enums",
    "successes",
    "swagger-2",
    "swagger-2-forms",
    "text-bodies",
    "unions-within",
    "validation",
    "webhooks",
    "wire-forms",
    "wire-headers",
    "wire-parameters",
    "xml",
];

/// What the tests use of what is off in one file.
const FEATURES: [&str; 5] = ["authorization-code", "blocking", "in-process", "rustls", "tracing"];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    generate(Path::new("../../specs/appwrite-openapi.yaml"), "appwrite")?;
    for case in CASES {
        generate(&Path::new("../cases").join(case).join("spec.yaml"), &case.replace('-', "_"))?;
    }
    Ok(())
}

fn generate(spec: &Path, module: &str) -> Result<(), Box<dyn std::error::Error>> {
    let settings = spec.with_file_name("crategen.toml");
    println!("cargo:rerun-if-changed={}", settings.display());
    let config = if settings.exists() { Settings::read(&settings)?.config } else { Config::default() };
    let builder = Builder::new(spec).config(config);
    let builder = FEATURES.iter().fold(builder, |builder, feature| builder.feature(*feature));
    Ok(builder.emit_to_out_dir(format!("{module}.rs"))?)
}
