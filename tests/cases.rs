//! Each folder in `cases/` contains a small document, and snapshots of what is generated from it.
//!
//! Set `CRATEGEN_COMPILE=1` to also compile every case with all features. Warnings are failures, too.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crategen::{Config, Output, Runtime, Settings, Source};
use serde_json::json;

/// The cases: folders with a `spec.yaml`.
fn cases() -> Vec<(String, PathBuf)> {
    let specs = e2e::files(&e2e::root().join("tests/cases"), &["yaml"]);
    let case = |spec: &PathBuf| {
        let folder = spec.parent()?;
        Some((folder.file_name()?.to_str()?.to_owned(), folder.to_path_buf()))
    };
    specs.iter().filter(|spec| spec.ends_with("spec.yaml")).filter_map(case).collect()
}

fn generate(folder: &Path, name: &str) -> Output {
    generate_with(folder, name, e2e::runtime())
}

fn generate_with(folder: &Path, name: &str, runtime: Runtime) -> Output {
    let (source, config) = read(folder, name, runtime);
    crategen::generate(source, &config).unwrap_or_else(|report| panic!("{}", report.to_text()))
}

/// The draft of an implementation, as a program.
fn scaffold(folder: &Path, name: &str) -> String {
    let (source, config) = read(folder, name, e2e::runtime());
    let (text, _) = crategen::scaffold_server(source, &config).unwrap();
    text + "\nfn main() {\n    let _ = Service;\n}\n"
}

fn read(folder: &Path, name: &str, runtime: Runtime) -> (Source, Config) {
    // A relative path, so that messages do not depend on the folder of the repository.
    let spec = folder.strip_prefix(e2e::root().join("tests")).unwrap().join("spec.yaml");
    let mut source = Source::file(&spec).unwrap();
    "spec.yaml".clone_into(&mut source.name);
    let settings = std::fs::read_to_string(folder.join("crategen.toml")).unwrap_or_default();
    let config = Config {
        name: Some(name.to_owned()),
        runtime,
        ..Settings::parse(&settings, spec.parent().unwrap()).unwrap().config
    };
    (source, config)
}

/// Cases that show the READMEs of their crates.
const WITH_READMES: [&str; 2] = ["credentials", "streams"];

/// Cases that show what their mocks return.
const WITH_MOCKS: [&str; 3] = ["samples", "schema-examples", "union-samples"];

/// Whether a file of a case is the same for every document, or only repeats what other files show.
fn is_uninteresting(case: &str, path: &Path) -> bool {
    const NAMES: [&str; 10] = [
        "Cargo.toml",
        "rustfmt.toml",
        "openapi.json",
        "examples/",
        "/mock.",
        "/src/by_tag.rs",
        "client/src/client.rs",
        "client/src/call.rs",
        "client/src/linked.rs",
        "server/src/api.rs",
    ];
    let text = path.to_string_lossy();
    if WITH_MOCKS.contains(&case) && text.ends_with("/mock.json") {
        return false;
    }
    let is_readme = text.ends_with("README.md");
    NAMES.iter().any(|part| text.contains(part))
        || text.ends_with("/lib.rs")
        || is_readme && !WITH_READMES.contains(&case)
}

/// `schemas.rs` names what it exports, so a type that it does not name could not be used.
#[test]
fn every_type_of_a_schema_is_exported() {
    for (name, folder) in cases() {
        let output = generate(&folder, "case");
        let exports = output.files.get(Path::new("case-models/src/schemas.rs")).map_or("", String::as_str);
        let words: BTreeSet<&str> = exports.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
        let files = output.files.iter().filter(|(path, _)| path.starts_with("case-models/src/schemas"));
        for (path, text) in files {
            let declared = text.lines().filter_map(|line| {
                let mut words = line.strip_prefix("pub ")?.split(|c: char| !c.is_alphanumeric() && c != '_');
                ["struct", "enum", "type"].contains(&words.next()?).then(|| words.next()).flatten()
            });
            for item in declared {
                assert!(words.contains(item), "{name}: {item} of {} is not exported", path.display());
            }
        }
    }
}

#[test]
fn every_case_matches_its_snapshots() {
    for (name, folder) in cases() {
        let output = generate(&folder, "case");
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(folder.join("snapshots"));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.set_input_file(Path::new("tests/cases").join(&name).join("spec.yaml"));
        let mut shown = BTreeSet::new();
        settings.bind(|| {
            for (path, text) in output.files.iter().filter(|(path, _)| !is_uninteresting(&name, path)) {
                let name = path.to_string_lossy().replace("case-", "").replace("/src/", "-").replace(".rs", "");
                shown.insert(format!("{}.snap", name.replace('/', "__")));
                insta::assert_snapshot!(name, text);
            }
            if !output.report.is_empty() {
                shown.insert("diagnostics.snap".to_owned());
                insta::assert_snapshot!("diagnostics", output.report.to_text());
            }
        });
        let kept = e2e::files(&folder.join("snapshots"), &["snap"]);
        let kept: BTreeSet<String> =
            kept.iter().filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned())).collect();
        let stale: Vec<&String> = kept.difference(&shown).collect();
        assert!(stale.is_empty(), "{name}: snapshots of files that are no longer generated: {stale:?}");
    }
}

/// The same document gives the same bytes each time.
#[test]
fn generating_twice_gives_the_same_bytes() {
    for (_, folder) in cases() {
        assert_eq!(generate(&folder, "case").files, generate(&folder, "case").files);
    }
}

#[test]
fn every_case_is_small() {
    for (name, folder) in cases() {
        let lines = std::fs::read_to_string(folder.join("spec.yaml")).unwrap().lines().count();
        assert!(lines <= 90, "{name} has {lines} lines: split it");
    }
}

#[test]
fn every_case_compiles_without_a_warning() {
    if std::env::var_os("CRATEGEN_COMPILE").is_none() {
        println!("skipped: set CRATEGEN_COMPILE=1 to compile every case");
        return;
    }
    let folder = e2e::root().join("target/cases");
    let _ = std::fs::remove_dir_all(&folder);
    for (name, case) in cases() {
        let output = generate(&case, &name);
        crategen::write(&output, &folder).unwrap();
        let draft = folder.join(format!("{name}-server/examples/draft.rs"));
        std::fs::write(draft, scaffold(&case, &name)).unwrap();
    }
    crategen::write(&long(), &folder).unwrap();
    std::fs::write(folder.join("Cargo.toml"), "[workspace]\nresolver = \"3\"\nmembers = [\"*-*\"]\n").unwrap();
    std::fs::copy(e2e::root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let cargo = |command: &str, rest: &[&str]| {
        let output = e2e::cargo(&folder).arg(command).arg("--message-format=short").args(rest).output().unwrap();
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success() && !text.contains("warning"), "cargo {command}:\n{text}");
    };
    cargo("clippy", &["--workspace", "--lib", "--examples", "--all-features", "--", "-W", "clippy::pedantic"]);
    let mut names: Vec<String> = cases().into_iter().map(|(name, _)| name).collect();
    names.push("long".to_owned());
    for some in names.chunks(8) {
        // What documentation of many crates has in common is written again for each of them.
        let _ = std::fs::remove_dir_all(e2e::root().join("target/doc"));
        let crates = some.iter().flat_map(|name| ["models", "client", "server"].map(|krate| format!("{name}-{krate}")));
        let selected: Vec<String> = crates.flat_map(|krate| ["-p".to_owned(), krate]).collect();
        let selected: Vec<&str> = selected.iter().map(String::as_str).collect();
        cargo("doc", &[&["--all-features", "--no-deps"], selected.as_slice()].concat());
    }
    for (name, tag) in cases().iter().flat_map(|(name, _)| tags(&folder, name)) {
        let (client, server) = (format!("{name}-client"), format!("{name}-server"));
        cargo("check", &["-p", &client, "-p", &server, "--no-default-features", "--features", &tag]);
    }
}

/// The examples of methods, crate pages and READMEs are doc tests. They are compiled with the crates that they belong to.
#[test]
fn the_examples_of_every_case_compile() {
    if std::env::var_os("CRATEGEN_COMPILE").is_none() {
        println!("skipped: set CRATEGEN_COMPILE=1 to compile the examples of every case");
        return;
    }
    let folder = e2e::root().join("target/examples-of-cases");
    let _ = std::fs::remove_dir_all(&folder);
    for (name, case) in cases() {
        let output = generate(&case, &name);
        crategen::write(&output, &folder).unwrap();
        for krate in ["models", "client", "server"] {
            let lib = folder.join(format!("{name}-{krate}/src/lib.rs"));
            let readme = "\n#[cfg(doctest)]\n#[doc = include_str!(\"../README.md\")]\nstruct Readme;\n";
            let text = std::fs::read_to_string(&lib).unwrap() + readme;
            std::fs::write(lib, text).unwrap();
        }
    }
    std::fs::write(folder.join("Cargo.toml"), "[workspace]\nresolver = \"3\"\nmembers = [\"*-*\"]\n").unwrap();
    std::fs::copy(e2e::root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let arguments = ["test", "--doc", "--workspace", "--all-features", "--no-fail-fast"];
    let output = e2e::cargo(&folder).args(arguments).output().unwrap();
    let (text, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{text}\n{errors}");
    let compiled = text.lines().filter(|line| line.ends_with("compile ... ok")).count();
    assert!(compiled > 300, "only {compiled} examples were compiled");
}

/// An object with very many properties.
fn long() -> Output {
    let properties: serde_json::Map<_, _> =
        (0..2500).map(|index| (format!("p{index}"), json!({ "type": "string" }))).collect();
    let answer = json!({ "description": "", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Long" } } } });
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": "Long", "version": "1" },
        "paths": { "/long": { "get": { "operationId": "long", "responses": { "200": answer } } } },
        "components": { "schemas": { "Long": { "type": "object", "properties": properties } } },
    });
    let config = e2e::config("long");
    crategen::generate(Source::text("long.json", document.to_string()), &config).unwrap()
}

/// The tags of a case, each with the name of the case, if they are features.
fn tags(folder: &Path, name: &str) -> Vec<(String, String)> {
    let manifest = std::fs::read_to_string(folder.join(format!("{name}-client/Cargo.toml"))).unwrap();
    let models = format!("[\"{name}-models/");
    let tag = |line: &str| {
        line.split_once(" = ").filter(|(_, value)| value.starts_with(&models)).map(|(tag, _)| tag.to_owned())
    };
    manifest.lines().filter_map(tag).map(|tag| (name.to_owned(), tag)).collect()
}

/// Cases that need different features of the runtime, each alone: in a workspace with others, features are unified.
const ALONE: [&str; 8] =
    ["objects", "validation", "xml", "forms", "events", "pagination", "credentials", "type-choices-time"];

/// Without `[runtime]`, the runtime is written next to the crates, once for all documents, and compiles with the features that
/// each crate asks for. Formatting changes nothing.
#[test]
fn several_documents_share_a_written_runtime() {
    if std::env::var_os("CRATEGEN_COMPILE").is_none() {
        println!("skipped: set CRATEGEN_COMPILE=1 to compile crates with a written runtime");
        return;
    }
    let folder = e2e::root().join("target/written");
    let _ = std::fs::remove_dir_all(&folder);
    let outputs: Vec<Output> = ALONE
        .iter()
        .map(|name| generate_with(&e2e::root().join("tests/cases").join(name), name, Runtime::Written))
        .collect();
    for output in &outputs {
        crategen::write(output, &folder).unwrap();
    }
    std::fs::write(folder.join("Cargo.toml"), "[workspace]\nresolver = \"3\"\nmembers = [\"*-*\"]\n").unwrap();
    std::fs::copy(e2e::root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let cargo = |arguments: &[&str]| {
        let output = e2e::cargo(&folder).args(arguments).output().unwrap();
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success() && !text.contains("warning"), "cargo {arguments:?}:\n{text}");
    };
    for name in ALONE {
        for krate in ["models", "client", "server"] {
            cargo(&["check", "-p", &format!("{name}-{krate}")]);
        }
    }
    cargo(&["fmt", "--all"]);
    for output in &outputs {
        let changes = crategen::compare(output, &folder).unwrap();
        assert!(changes.stale.is_empty(), "{:?}", changes.stale);
    }
}
