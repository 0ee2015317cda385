//! The same API, written in different dialects, gives the same crates byte by byte. Only the document in the server differs.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;
use std::path::PathBuf;

use crategen::{Config, Source};

fn generate(source: Source) -> BTreeMap<PathBuf, String> {
    let config = e2e::config("x");
    let mut files = crategen::generate(source, &config).unwrap().files;
    files.retain(|path, _| path.file_name().is_none_or(|name| name != "openapi.json"));
    files
}

fn differing(a: &BTreeMap<PathBuf, String>, b: &BTreeMap<PathBuf, String>) -> Vec<PathBuf> {
    assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
    a.iter().filter(|(path, text)| b.get(*path) != Some(*text)).map(|(path, _)| path.clone()).collect()
}

#[test]
fn all_dialects_give_the_same_crates() {
    let folder = e2e::root().join("tests/dialects");
    let of = |name: &str| generate(Source::file(&folder.join(name)).unwrap());
    let expected = of("openapi-3.0.yaml");
    for other in ["swagger-2.0.yaml", "openapi-3.1.yaml"] {
        assert_eq!(differing(&expected, &of(other)), Vec::<PathBuf>::new(), "{other}");
    }
}

#[test]
fn the_appwrite_document_gives_the_same_crates_as_3_1() {
    let path = e2e::root().join("specs/appwrite-openapi.yaml");
    let text = std::fs::read_to_string(&path).unwrap();
    let newer = text.replacen("openapi: 3.0", "openapi: 3.1", 1);
    assert!(newer != text && !text.contains("nullable"), "the dialects differ in other ways, too");
    let (old, new) = (generate(Source::text("a.yaml", text)), generate(Source::text("b.yaml", newer)));
    assert_eq!(differing(&old, &new), Vec::<PathBuf>::new());
}

/// Documents of the corpus that describe the same API in two dialects, with other titles and descriptions. Further documents
/// with equal names describe different APIs.
const SETS: [(&str, &str, &[&str]); 2] = [
    ("readme-3.0", "readme-3.1", &["petstore-simple.json", "schema-encoding-style.json"]),
    (
        "heyapi-2.0",
        "heyapi-3.0",
        &[
            "additional-properties-false.json",
            "additional-properties-true.json",
            "array-items-all-of.yaml",
            "body-response-text-plain.yaml",
            "enum-names-values.json",
            "exclude-deprecated.yaml",
            "external.yaml",
            "ref-deep.yaml",
            "sdk-nested-classes.yaml",
            "transforms-schemas-name.yaml",
            "type-format.yaml",
        ],
    ),
];

/// Removes documentation from generated files.
fn code(files: BTreeMap<PathBuf, String>) -> BTreeMap<PathBuf, String> {
    let is_code =
        |line: &&str| !["//!", "///", "description = "].iter().any(|start| line.trim_start().starts_with(start));
    let code = |text: String| text.lines().filter(is_code).collect::<Vec<_>>().join("\n");
    let kept = files.into_iter().filter(|(path, _)| path.extension().is_none_or(|extension| extension != "md"));
    kept.map(|(path, text)| (path, code(text))).collect()
}

#[test]
fn corpus_documents_in_two_dialects_give_the_same_code() {
    let Some(entries) = e2e::corpus() else {
        println!("skipped: there is no corpus; set CRATEGEN_CORPUS to a folder with a manifest.tsv");
        return;
    };
    let of = |folder: &str, name: &str| {
        let file = format!("features/{folder}/{name}");
        let entry = entries.iter().find(|entry| entry.file == file).unwrap_or_else(|| panic!("{file} is missing"));
        let config = Config { allow_outside: true, ..e2e::config("x") };
        let mut files = crategen::generate(Source::file(&entry.path).unwrap(), &config).unwrap().files;
        files.retain(|path, _| path.file_name().is_none_or(|name| name != "openapi.json"));
        code(files)
    };
    for (old, new, names) in SETS {
        for name in names {
            assert_eq!(differing(&of(old, name), &of(new, name)), Vec::<PathBuf>::new(), "{name} in {old} and {new}");
        }
    }
}
