//! The judge of values: what generated crates accept, and how they write it again, compared with JSON Schema.
//!
//! For every schema of a document, random values are made from the text of the schema: valid ones, and some with one change. The
//! crate `jsonschema` says which are valid. A server must accept exactly these, and writing them again must lose nothing. Slow, so it
//! needs `CRATEGEN_VALUES=1`, or parts of the names of cases and of documents of the corpus, separated by commas.
//! `CRATEGEN_VALUES=cases` stands for all cases.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod changes;
mod combined;
mod compare;
mod discriminators;
mod document;
mod instances;
mod judge;
mod program;
mod samples;
mod schema;
mod tally;
mod texts;
mod verdicts;

use std::path::{Path, PathBuf};

use crategen::{Config, Settings};
use document::Document;
use tally::Tally;

/// The documents: cases, and the corpus if there is one.
fn documents(wanted: &str) -> Vec<Document> {
    let read = |(name, path, config): (String, PathBuf, Config)| Document::read(&name, &path, &config);
    let specs = e2e::files(&e2e::root().join("tests/cases"), &["yaml"]);
    let case = |spec: PathBuf| {
        let folder = spec.parent()?;
        let settings = std::fs::read_to_string(folder.join("crategen.toml")).unwrap_or_default();
        let config = Settings::parse(&settings, folder).ok()?.config;
        Some((folder.file_name()?.to_str()?.to_owned(), spec, config))
    };
    let mut found: Vec<_> = specs.into_iter().filter(|path| path.ends_with("spec.yaml")).filter_map(case).collect();
    let of_cases = found.len();
    let entries = e2e::corpus().unwrap_or_default();
    if entries.is_empty() {
        println!("there is no corpus; set CRATEGEN_CORPUS to a folder with a manifest.tsv");
    }
    let config = Config { allow_outside: true, ..Config::default() };
    found.extend(entries.into_iter().map(|entry| (entry.slug, entry.path, config.clone())));
    let is_wanted = |index: usize, name: &str| {
        let matches = |part: &str| if part == "cases" { index < of_cases } else { name.contains(part) };
        wanted == "1" || wanted.split(',').any(matches)
    };
    let wanted = found.into_iter().enumerate().filter(|(index, (name, ..))| is_wanted(*index, name));
    wanted.filter_map(|(_, document)| read(document)).collect()
}

#[test]
fn verdicts_agree_with_json_schema() {
    let Ok(wanted) = std::env::var("CRATEGEN_VALUES") else {
        println!("skipped: set CRATEGEN_VALUES=1 to compare what generated crates accept with JSON Schema");
        return;
    };
    let work: &Path = &e2e::root().join("target/values");
    let _ = std::fs::remove_dir_all(work);
    std::fs::create_dir_all(work).unwrap();
    let mut tally = Tally::default();
    let documents = documents(&wanted);
    // Documents are compiled together, because cargo then compiles what they share once.
    for group in documents.chunks(20) {
        let _ = std::fs::remove_dir_all(work);
        std::fs::create_dir_all(work).unwrap();
        verdicts::of_documents(group, work, &mut tally);
        // The report is there while the rest is still judged: a run takes long.
        std::fs::write(e2e::root().join("target/values.txt"), tally.report()).unwrap();
    }
    println!("{}", tally.summary());
    assert!(tally.is_fine(), "see target/values.txt");
}

#[test]
fn samples_satisfy_their_schemas() {
    let wanted = std::env::var("CRATEGEN_SAMPLES").unwrap_or_else(|_| "cases".to_owned());
    let mut found = samples::Found::default();
    for document in documents(&wanted) {
        samples::compare(&document, &mut found);
    }
    let samples::Found { samples, missing, excused, .. } = found;
    println!("{samples} samples; {missing} bodies without one, and {excused} of odd schemas, which warnings name");
    assert!(found.wrong.is_empty(), "{} are wrong:\n{}", found.wrong.len(), found.wrong.join("\n"));
}
