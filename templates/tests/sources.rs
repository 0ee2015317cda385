//! The files that crategen writes into projects are those of the crate.

#![cfg(feature = "sources")]
#![allow(clippy::pedantic, missing_docs, clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crategen_runtime::sources::files;

fn folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Adds the paths of the files below `folder`, relative to the folder of the crate.
fn collect(folder_of_files: &Path, paths: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder_of_files).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, paths);
        } else {
            let relative = path.strip_prefix(folder()).unwrap();
            paths.insert(relative.to_str().unwrap().replace('\\', "/"));
        }
    }
}

#[test]
fn every_file_is_listed() {
    let mut expected = BTreeSet::from(["Cargo.toml".to_owned(), "README.md".to_owned()]);
    collect(&folder().join("src"), &mut expected);
    let listed: Vec<&str> = files().map(|(path, _)| path).collect();
    let unique: BTreeSet<String> = listed.iter().map(|path| (*path).to_owned()).collect();
    assert_eq!(unique, expected, "list the files of the crate in `src/sources.rs`");
    assert_eq!(listed.len(), unique.len(), "a file is listed twice");
}

/// The manifest without what only the tests of this repository need.
#[test]
fn the_manifest_is_that_of_the_crate() {
    let mut kept = true;
    let mut is_kept = |line: &&str| {
        if line.starts_with('[') {
            kept = !["[dev-dependencies", "[lints"].iter().any(|section| line.starts_with(section));
        }
        kept
    };
    let expected: String = include_str!("../Cargo.toml").split_inclusive('\n').filter(|line| is_kept(line)).collect();
    let files: BTreeMap<&str, &str> = files().collect();
    let is_same = files["Cargo.toml"].trim_end() == expected.trim_end();
    assert!(is_same, "copy Cargo.toml to src/manifest.toml, without [dev-dependencies] and [lints]");
}

#[test]
fn the_manifest_does_not_depend_on_a_workspace() {
    let files: BTreeMap<&str, &str> = files().collect();
    let manifest: toml::Table = files["Cargo.toml"].parse().unwrap();
    let original: toml::Table = include_str!("../Cargo.toml").parse().unwrap();
    assert!(!files["Cargo.toml"].contains("workspace"));
    assert!(original.contains_key("dev-dependencies") && !manifest.contains_key("dev-dependencies"));
    for section in ["package", "features", "dependencies"] {
        assert_eq!(manifest[section], original[section], "{section}");
    }
}

#[test]
fn the_readme_lists_every_feature() {
    let files: BTreeMap<&str, &str> = files().collect();
    let manifest: toml::Table = files["Cargo.toml"].parse().unwrap();
    for feature in manifest["features"].as_table().unwrap().keys().filter(|feature| *feature != "default") {
        assert!(files["README.md"].contains(&format!("`{feature}`")), "`{feature}` is not in README.md");
    }
}
