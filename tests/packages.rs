//! What is published: the files of each package, what its manifest says, and the Rust version that it needs.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// The packages that are published, in the order in which they are, with their folders.
const PUBLISHED: [(&str, &str); 3] =
    [("crategen-runtime", "templates"), ("crategen", "generator"), ("crategen-cli", "generator/cli")];

/// What cargo and the manifests add to the sources.
const ADDED: [&str; 6] = ["Cargo.lock", "Cargo.toml", "Cargo.toml.orig", "LICENSE-APACHE", "LICENSE-MIT", "README.md"];

fn cargo(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO")).args(args).current_dir(e2e::root()).output().unwrap();
    assert!(output.status.success(), "cargo {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The packages of the workspace and, if asked for, what they depend on.
fn packages(args: &[&str]) -> Vec<Value> {
    let text = cargo(&[&["metadata", "--format-version", "1", "--locked"], args].concat());
    let metadata: Value = serde_json::from_str(&text).unwrap();
    metadata["packages"].as_array().unwrap().clone()
}

fn own() -> BTreeMap<String, Value> {
    let name = |package: &Value| package["name"].as_str().unwrap().to_owned();
    packages(&["--no-deps"]).into_iter().map(|package| (name(&package), package)).collect()
}

fn manifest(folder: &str) -> toml::Table {
    std::fs::read_to_string(e2e::root().join(folder).join("Cargo.toml")).unwrap().parse().unwrap()
}

/// The files below a folder, relative to another.
fn collect(folder: &Path, root: &Path, paths: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, root, paths);
        } else {
            paths.insert(path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/"));
        }
    }
}

#[test]
fn packages_have_their_sources_and_licenses_and_nothing_else() {
    for (name, folder) in PUBLISHED {
        let root = e2e::root().join(folder);
        let mut expected: BTreeSet<String> = ADDED.into_iter().map(str::to_owned).collect();
        collect(&root.join("src"), &root, &mut expected);
        let listed = cargo(&["package", "--list", "--allow-dirty", "--offline", "--package", name]);
        // Only packages of a repository of git have this file.
        let listed: BTreeSet<String> =
            listed.lines().filter(|path| *path != ".cargo_vcs_info.json").map(|path| path.replace('\\', "/")).collect();
        let (missing, foreign) = (expected.difference(&listed), listed.difference(&expected));
        let wrong: Vec<_> = missing.map(|path| format!("no {path}")).chain(foreign.cloned()).collect();
        assert!(wrong.is_empty(), "{name}: {wrong:?}");
        for license in ["LICENSE-APACHE", "LICENSE-MIT"] {
            let of = |folder: &Path| std::fs::read_to_string(folder.join(license)).unwrap();
            assert!(of(&root) == of(&e2e::root()), "{name} has another {license} than the repository");
        }
    }
}

/// A file outside the folder of its package is there in the repository only.
#[test]
fn sources_include_files_of_their_own_package() {
    let mut found = 0;
    for (name, folder) in PUBLISHED {
        let root = e2e::root().join(folder).canonicalize().unwrap();
        for path in e2e::files(&root.join("src"), &["rs"]) {
            let text = std::fs::read_to_string(&path).unwrap();
            let parts = text.split("include_str!(\"").skip(1).chain(text.split("include_bytes!(\"").skip(1));
            for part in parts.filter_map(|part| part.split('"').next()).filter(|part| part.contains("..")) {
                let target = path.parent().unwrap().join(part).canonicalize().unwrap();
                assert!(target.starts_with(&root), "{name}: {} includes {part}", path.display());
            }
            found += usize::from(text.contains("include_str!("));
        }
    }
    assert!(found > 3, "only {found} files include others");
}

#[test]
fn manifests_say_what_a_registry_shows() {
    let all = own();
    let published: BTreeSet<&str> = PUBLISHED.iter().map(|(name, _)| *name).collect();
    for (name, package) in &all {
        let is_published = package["publish"].is_null();
        assert_eq!(is_published, published.contains(name.as_str()), "`publish` of {name}");
    }
    for name in published {
        let package = &all[name];
        for key in ["description", "license", "repository", "readme", "rust_version"] {
            assert!(package[key].as_str().is_some_and(|text| !text.is_empty()), "{name} has no {key}");
        }
        let count = |key: &str| package[key].as_array().map_or(0, Vec::len);
        // The registry accepts up to five of each.
        assert!((1..=5).contains(&count("keywords")) && (1..=5).contains(&count("categories")), "{name}");
        assert_eq!(package["version"], env!("CARGO_PKG_VERSION"), "{name}");
    }
}

/// A version in a manifest is a triple of numbers; missing ones are zero.
fn version(text: &str) -> Vec<u32> {
    let mut numbers: Vec<u32> = text.split('.').map(|part| part.parse().unwrap()).collect();
    numbers.resize(3, 0);
    numbers
}

/// The minimum Rust version of the workspace.
fn rust_version() -> String {
    manifest("")["workspace"]["package"]["rust-version"].as_str().unwrap().to_owned()
}

#[test]
fn there_is_one_minimum_rust_version() {
    let minimum = rust_version();
    for (name, package) in own() {
        assert_eq!(package["rust_version"], minimum.as_str(), "{name}");
    }
    let tables = [
        "book/examples",
        "generator",
        "generator/cli",
        "tests",
        "tests/appwrite-service",
        "tests/consumer",
        "tests/speed",
    ];
    for folder in tables {
        let is_inherited = manifest(folder)["package"]["rust-version"]["workspace"].as_bool() == Some(true);
        assert!(is_inherited, "{folder}");
    }
}

/// Clippy compares functions of the standard library with `rust-version`, because the compiler of a newer version knows them all.
#[test]
fn newer_functions_of_the_standard_library_are_refused() {
    let lint = manifest("")["workspace"]["lints"]["clippy"]["incompatible_msrv"].clone();
    assert!(matches!(lint.as_str(), Some("warn" | "deny")), "{lint}");
    for (name, folder) in PUBLISHED {
        assert_eq!(manifest(folder)["lints"]["workspace"].as_bool(), Some(true), "{name}");
    }
    for path in PUBLISHED.iter().flat_map(|(_, folder)| e2e::files(&e2e::root().join(folder).join("src"), &["rs"])) {
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(!text.contains("incompatible_msrv"), "{} turns the lint off", path.display());
    }
}

#[test]
fn dependencies_need_no_newer_rust() {
    let minimum = version(&rust_version());
    let all = packages(&[]);
    assert!(all.len() > 100, "only {} packages", all.len());
    let needs = |package: &Value| package["rust_version"].as_str().is_some_and(|needed| version(needed) > minimum);
    let newer: Vec<_> = all.iter().filter(|package| needs(package)).map(|package| &package["id"]).collect();
    assert!(newer.is_empty(), "these need a newer Rust: {newer:?}");
}

/// What the other tests only approach.
#[test]
fn the_minimum_rust_version_compiles_the_packages() {
    if std::env::var_os("CRATEGEN_RUST_VERSION").is_none() {
        println!(
            "skipped: set CRATEGEN_RUST_VERSION=1 to compile with the minimum Rust version, which rustup has to have"
        );
        return;
    }
    let toolchain = rust_version();
    let mut command = Command::new("rustup");
    command.args(["run", &toolchain, "cargo", "check", "--locked", "--all-features"]);
    command.args(PUBLISHED.iter().flat_map(|(name, _)| ["--package", name]));
    let target = e2e::root().join("target/rust-version");
    let status = command.current_dir(e2e::root()).env("CARGO_TARGET_DIR", target).status().unwrap();
    assert!(status.success(), "Rust {toolchain} does not compile the packages");
}

#[test]
fn packages_compile_on_their_own() {
    if std::env::var_os("CRATEGEN_PACKAGE").is_none() {
        println!("skipped: set CRATEGEN_PACKAGE=1 to compile the packages as they are published");
        return;
    }
    let names = PUBLISHED.iter().flat_map(|(name, _)| ["--package", name]);
    let args: Vec<&str> = ["package", "--allow-dirty", "--locked"].into_iter().chain(names).collect();
    cargo(&args);
}
