//! Programs that call large APIs as people would compile without a warning.
//!
//! The documents come from the corpus, which is not part of the repository.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::Path;

use crategen::{Crates, Source, generate};

/// The documents, each with the program that calls its API.
const PROGRAMS: [(&str, &str); 2] = [
    ("real-world/github-2021.json", include_str!("github.rs")),
    ("real-world/guru-stripe.com-2019-12-03-swagger.yaml", include_str!("stripe.rs")),
];

const MANIFEST: &str = "\
[package]
name = \"calls\"
version = \"0.0.0\"
edition = \"2024\"

[dependencies]
api-client = { path = \"api-client\" }
api-models = { path = \"api-models\" }
tokio = { version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }

[workspace]
";

#[test]
fn programs_that_call_large_apis_compile() {
    if std::env::var_os("CRATEGEN_COMPILE").is_none() {
        println!("skipped: set CRATEGEN_COMPILE=1 to compile the programs");
        return;
    }
    let Some(corpus) = e2e::corpus() else {
        println!("skipped: there is no corpus; set CRATEGEN_CORPUS to a folder with a manifest.tsv");
        return;
    };
    for (document, program) in PROGRAMS {
        let folder = tempfile::tempdir().unwrap();
        let document = corpus.iter().find(|entry| entry.path.ends_with(document)).unwrap();
        write_package(folder.path(), &document.path, program);
        let output = e2e::cargo(folder.path()).args(["check", "--quiet"]).output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && !errors.contains("warning"), "{}: {errors}", document.path.display());
    }
}

fn write_package(folder: &Path, document: &Path, program: &str) {
    let mut config = e2e::config("api");
    config.crates = Crates { server: false, ..config.crates };
    let output =
        generate(Source::file(document).unwrap(), &config).unwrap_or_else(|report| panic!("{}", report.to_text()));
    for (path, text) in output.files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    fs::create_dir_all(folder.join("src")).unwrap();
    fs::write(folder.join("src/main.rs"), program).unwrap();
    fs::write(folder.join("Cargo.toml"), MANIFEST).unwrap();
    fs::copy(e2e::root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
}
