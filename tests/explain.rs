//! `crategen explain`: every code has an explanation, and every example causes its diagnostic.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;

use crategen::diag::{Code, Report};
use crategen::{Settings, Source};
use e2e::crategen;

/// The codes without an example: what causes them is too large for one, or is not known.
const WITHOUT_EXAMPLE: [Code; 2] = [Code::Limit, Code::Internal];

/// The files of an example: the code blocks, whose first line names the language and, unless it is the document, the file.
fn example(code: Code) -> BTreeMap<String, String> {
    let blocks = code.explanation().split("```").skip(1).step_by(2);
    let file = |block: &str| {
        let (first, text) = block.split_once('\n').unwrap();
        let name = first.split_once(' ').map_or("openapi.yaml", |(_, name)| name);
        (name.to_owned(), text.to_owned())
    };
    blocks.map(file).collect()
}

/// Completes a fragment of a document.
fn document(fragment: &str) -> String {
    let head =
        if fragment.contains("openapi:") { "" } else { "openapi: 3.1.0\ninfo: {title: Example, version: 1.0.0}\n" };
    let paths = if fragment.contains("paths:") { "" } else { "paths: {}\n" };
    format!("{head}{paths}{fragment}")
}

/// Generates from an example.
fn report(mut files: BTreeMap<String, String>) -> Report {
    let folder = tempfile::tempdir().unwrap();
    let fragment = files.remove("openapi.yaml").unwrap_or_default();
    files.insert("openapi.yaml".to_owned(), document(&fragment));
    for (name, text) in &files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let settings = files.get("crategen.toml").map(String::as_str).unwrap_or_default();
    let config = Settings::parse(settings, folder.path()).unwrap().config;
    let source = Source::file(&folder.path().join("openapi.yaml")).unwrap();
    crategen::generate(source, &config).map_or_else(|report| report, |output| output.report)
}

#[test]
fn every_example_causes_its_diagnostic() {
    for code in Code::ALL {
        let files = example(*code);
        assert_eq!(files.is_empty(), WITHOUT_EXAMPLE.contains(code), "{code}");
        if !files.is_empty() {
            let report = report(files);
            assert!(report.diagnostics.iter().any(|found| found.code == *code), "{code}: {}", report.to_text());
        }
    }
}

#[test]
fn every_explanation_says_what_to_do() {
    for code in Code::ALL {
        let text = code.explanation();
        assert!(text.contains("\nWhat to do: ") && text.ends_with('\n'), "{code}");
        assert!(text.lines().all(|line| line.chars().count() <= 130), "{code} has long lines");
        assert!(code.summary().ends_with('.'), "{code}");
    }
}

#[test]
fn explain_prints_one_explanation_or_lists_all_codes() {
    let folder = tempfile::tempdir().unwrap();
    let one = crategen(folder.path(), &["explain", "renamed"]);
    assert_eq!(one.code, 0);
    for part in ["renamed: A Rust name differs", "PetShop", "What to do: ", "`--allow renamed`"] {
        assert!(one.stdout.contains(part), "{part}: {}", one.stdout);
    }
    let all = crategen(folder.path(), &["explain"]);
    assert_eq!((all.code, all.stdout.lines().count()), (0, Code::ALL.len()));
    let wrong = crategen(folder.path(), &["explain", "renmed"]);
    assert!(wrong.code == 2 && wrong.stderr.contains("'renamed'"), "{}", wrong.stderr);
}
