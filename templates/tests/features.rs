//! The crate compiles without a warning for every combination of features that generated crates use.
//!
//! It takes minutes, so it runs only if `CRATEGEN_FEATURES` is set.

#![allow(clippy::pedantic, missing_docs, clippy::unwrap_used)]

use std::process::Command;

const MANIFEST: &str = include_str!("../Cargo.toml");

/// No feature, each one alone, each one with `client` and with `server`, and all.
fn combinations() -> Vec<String> {
    let manifest: toml::Table = MANIFEST.parse().unwrap();
    let names: Vec<&String> =
        manifest["features"].as_table().unwrap().keys().filter(|name| *name != "default").collect();
    let mut combinations = vec![String::new(), names.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(",")];
    for side in ["", "client,", "server,"] {
        combinations.extend(names.iter().map(|name| format!("{side}{name}")));
    }
    combinations
}

#[test]
fn every_combination_of_features_compiles_without_a_warning() {
    if std::env::var_os("CRATEGEN_FEATURES").is_none() {
        eprintln!("skipped: set CRATEGEN_FEATURES to check every combination of features");
        return;
    }
    let mut failed = Vec::new();
    for features in combinations() {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args([
            "clippy",
            "--quiet",
            "--package",
            "crategen-runtime",
            "--no-default-features",
            "--features",
            &features,
        ]);
        let output = cargo.args(["--", "--deny", "warnings"]).output().unwrap();
        if !output.status.success() {
            eprintln!("--- features `{features}`\n{}", String::from_utf8_lossy(&output.stderr));
            failed.push(features);
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
}
