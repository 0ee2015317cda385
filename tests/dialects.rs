//! The same API in every dialect gives the same crates, byte by byte; only the document that the server carries differs.

#![allow(missing_docs, clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::path::PathBuf;

use crategen::{Config, Source};

fn generate(source: Source) -> BTreeMap<PathBuf, String> {
    let config = Config { name: Some("x".to_owned()), ..Config::default() };
    let mut files = crategen::generate(source, &config).unwrap().files;
    files.retain(|path, _| path.file_name().is_none_or(|name| name != "openapi.json"));
    files
}

fn differing(a: &BTreeMap<PathBuf, String>, b: &BTreeMap<PathBuf, String>) -> Vec<PathBuf> {
    assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
    a.iter().filter(|(path, text)| b.get(*path) != Some(*text)).map(|(path, _)| path.clone()).collect()
}

#[test]
fn the_dialects_say_the_same() {
    let folder = e2e::root().join("tests/dialects");
    let of = |name: &str| generate(Source::file(&folder.join(name)).unwrap());
    let expected = of("openapi-3.0.yaml");
    for other in ["swagger-2.0.yaml", "openapi-3.1.yaml"] {
        assert_eq!(differing(&expected, &of(other)), Vec::<PathBuf>::new(), "{other}");
    }
}

#[test]
fn the_appwrite_document_says_the_same_as_3_1() {
    let path = e2e::root().join("specs/appwrite-openapi.yaml");
    let text = std::fs::read_to_string(&path).unwrap();
    let newer = text.replacen("openapi: 3.0", "openapi: 3.1", 1);
    assert!(newer != text && !text.contains("nullable"), "nothing else of it differs between the dialects");
    let (old, new) = (generate(Source::text("a.yaml", text)), generate(Source::text("b.yaml", newer)));
    assert_eq!(differing(&old, &new), Vec::<PathBuf>::new());
}
