//! Runs the generated contract tests, which send sampled values from the client to the server and back: for every case, and with
//! `CRATEGEN_CONTRACT=1` for documents of the corpus.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use std::path::{Path, PathBuf};

use crategen::{Config, Crates, Settings, Source};

/// The folders of the corpus that are tested.
const FOLDERS: [&str; 3] = ["features/", "tutorial/", "appwrite/"];
const DOCUMENTS: [&str; 8] = [
    "real-world/box.json",
    "real-world/guru-amazonaws.com-sagemaker-2017-07-24-openapi.yaml",
    "real-world/guru-trello.com-1.0-swagger.yaml",
    "real-world/intercom-2.10.yaml",
    "real-world/mistral-3.1.yaml",
    "real-world/ory-kratos.json",
    "real-world/qdrant.json",
    "real-world/twilio-conversations.json",
];

fn generate(name: &str, spec: &Path, out: &Path) {
    let folder = spec.parent().unwrap();
    let settings = std::fs::read_to_string(folder.join("crategen.toml")).unwrap_or_default();
    let crates = Crates { contract_tests: true, ..Crates::default() };
    let base = Settings::parse(&settings, folder).unwrap().config;
    let config = Config {
        name: Some(name.to_owned()),
        crates,
        allow_outside: true,
        out: out.join(name),
        runtime: e2e::runtime(),
        ..base
    };
    let Ok(output) = crategen::generate(Source::file(spec).unwrap(), &config) else { return };
    crategen::write(&output, &out.join(name)).unwrap();
}

/// Runs the tests of every crate in a folder. Returns the lines of the tests that fail, and the number of those that pass.
fn run(out: &Path) -> (Vec<String>, usize) {
    let manifest = "[workspace]\nresolver = \"3\"\nmembers = [\"*/*-models\", \"*/*-client\", \"*/*-server\", \"*/*-contract-tests\"]\n";
    std::fs::write(out.join("Cargo.toml"), manifest).unwrap();
    std::fs::copy(e2e::root().join("Cargo.lock"), out.join("Cargo.lock")).unwrap();
    let mut command = e2e::cargo(out);
    command.args(["test", "--no-fail-fast", "--lib"]);
    for entry in std::fs::read_dir(out).unwrap().flatten().filter(|entry| entry.path().is_dir()) {
        command.arg("-p").arg(format!("{}-contract-tests", entry.file_name().to_string_lossy()));
    }
    let output = command.output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let failed: Vec<String> = text.lines().filter(|line| line.ends_with("... FAILED")).map(str::to_owned).collect();
    let passed = text.lines().filter(|line| line.ends_with("... ok")).count();
    assert!(output.status.success() || !failed.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    for line in text.lines().filter(|line| line.contains("is not called")) {
        println!("{line}");
    }
    if !failed.is_empty() {
        println!("{text}");
    }
    (failed, passed)
}

fn folder(name: &str) -> PathBuf {
    let out = e2e::root().join("target").join(name);
    let _ = std::fs::remove_dir_all(&out);
    std::fs::create_dir_all(&out).unwrap();
    out
}

#[test]
fn contract_tests_of_every_case_pass() {
    if std::env::var_os("CRATEGEN_COMPILE").is_none() {
        println!("skipped: set CRATEGEN_COMPILE=1 to compile and run the contract tests of every case");
        return;
    }
    let out = folder("contract-cases");
    for spec in
        e2e::files(&e2e::root().join("tests/cases"), &["yaml"]).iter().filter(|path| path.ends_with("spec.yaml"))
    {
        let name = spec.parent().and_then(Path::file_name).unwrap().to_string_lossy().into_owned();
        // This case uses types that the user provides.
        if name != "type-choices" {
            generate(&name, spec, &out);
        }
    }
    let (failed, passed) = run(&out);
    println!("{passed} operations arrive");
    assert!(failed.is_empty(), "{failed:#?}");
}

#[test]
fn contract_tests_of_the_corpus_pass() {
    if std::env::var_os("CRATEGEN_CONTRACT").is_none() {
        println!("skipped: set CRATEGEN_CONTRACT=1 to compile and run the contract tests of documents of the corpus");
        return;
    }
    let Some(entries) = e2e::corpus() else {
        println!("skipped: there is no corpus; set CRATEGEN_CORPUS to a folder with a manifest.tsv");
        return;
    };
    let wanted = |file: &str| FOLDERS.iter().any(|folder| file.starts_with(folder)) || DOCUMENTS.contains(&file);
    let out = folder("contract-corpus");
    for entry in entries.iter().filter(|entry| wanted(&entry.file)) {
        generate(&format!("x-{}", entry.slug), &entry.path, &out);
    }
    let (failed, passed) = run(&out);
    println!("{passed} operations arrive, {} do not", failed.len());
    assert!(failed.is_empty(), "{failed:#?}");
}
