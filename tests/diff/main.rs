//! `crategen diff`: the verdicts of pairs of documents, and the command.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod command;
mod items;
mod mutants;
mod pairs;
mod semver_checks;

use std::collections::{BTreeMap, BTreeSet};

use crategen::{Comparison, Config, Level, Surface};

fn compare(pair: &pairs::Pair) -> Comparison {
    let [old, new] = pair.documents();
    crategen::diff(old, new, &Config::default())
        .unwrap_or_else(|error| panic!("{}:\n{}", pair.name, error.report.to_text()))
}

#[test]
fn each_pair_has_its_verdict() {
    let pairs = pairs::pairs();
    assert!(pairs.len() > 100, "only {} pairs", pairs.len());
    let mut wrong = String::new();
    for pair in &pairs {
        let comparison = compare(pair);
        let level =
            |surface: Surface| Some((surface.as_str().to_owned(), comparison.level(surface)?.as_str().to_owned()));
        let verdict: BTreeMap<String, String> = Surface::ALL.into_iter().filter_map(level).collect();
        let wanted: BTreeSet<String> = pair.changes.iter().cloned().collect();
        let found = comparison.changes.iter().map(|change| format!("{} {}", change.kind, change.symbol));
        let found: BTreeSet<String> = found.collect();
        if verdict != pair.verdict || found != wanted {
            wrong.push_str(&format!(
                "\n# {}\n  wanted {:?} {:?}\n  missing {:?}\n  superfluous {:?}\n",
                pair.name,
                pair.verdict,
                wanted,
                wanted.difference(&found).collect::<Vec<_>>(),
                found.difference(&wanted).collect::<Vec<_>>()
            ));
            wrong.push_str(&comparison.to_text());
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_document_does_not_differ_from_itself() {
    for pair in pairs::pairs() {
        for source in pair.documents() {
            let comparison = crategen::diff(source.clone(), source, &Config::default()).unwrap();
            assert_eq!(comparison, Comparison::default(), "{}", pair.name);
        }
    }
}

#[test]
fn every_change_has_a_sentence_and_a_place() {
    for pair in pairs::pairs() {
        for change in compare(&pair).changes {
            let text = format!("{}: {change:?}", pair.name);
            assert!(!change.message.is_empty() && !change.message.ends_with('.'), "{text}");
            assert!(!change.symbol.is_empty() && !change.surfaces.is_empty(), "{text}");
            assert!(change.place.line.is_some() && change.place.pointer.starts_with('#'), "{text}");
            assert!(change.place.file == "old.yaml" || change.place.file == "new.yaml", "{text}");
        }
    }
}

#[test]
fn every_kind_has_a_pair() {
    let pairs = pairs::pairs();
    let kinds: BTreeSet<&str> =
        pairs.iter().flat_map(|pair| &pair.changes).filter_map(|change| change.split(' ').next()).collect();
    let all = crategen::ChangeKind::ALL.iter().map(|kind| kind.as_str());
    let without: Vec<&str> = all.filter(|kind| !kinds.contains(kind)).collect();
    assert!(without.is_empty(), "{without:?}");
}

/// The page of the book says which kind stands for which check of another tool.
#[test]
fn kinds_in_the_book_exist() {
    let page = std::fs::read_to_string(e2e::root().join("book/src/from-oasdiff.md")).unwrap();
    let rows = page.lines().skip_while(|line| !line.starts_with("| oasdiff")).skip(2);
    let kinds = rows.filter_map(|row| row.split('|').nth(2)).flat_map(|cell| cell.split('`').skip(1).step_by(2));
    let kinds: Vec<&str> = kinds.collect();
    assert!(kinds.len() > 40, "only {} kinds", kinds.len());
    for kind in kinds {
        assert!(crategen::ChangeKind::ALL.iter().any(|known| known.as_str() == kind), "{kind} is no kind of change");
    }
}

/// Levels that follow from the generated code alone, without a look at the document, are the same.
#[test]
fn the_generated_items_agree() {
    let mut wrong = String::new();
    let config = Config { runtime: e2e::runtime(), ..Config::default() };
    // Most pairs have the same old document.
    let mut known = BTreeMap::new();
    for pair in pairs::pairs() {
        let [old, new] = pair.documents();
        let generate = || crategen::generate(old.clone(), &config).unwrap();
        let before = known.entry(old.text.clone()).or_insert_with(generate);
        wrong.push_str(&items::disagreements(&pair.name, &pair.although, (&old, before), new, &config));
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// A list that contains itself has no name that a walk could stop at before it is inside of it again.
#[test]
fn types_that_contain_themselves_are_compared_once() {
    let document = |schemas: &str| {
        let text = format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n  /a:\n    get:\n      operationId: a\n      \
             responses: {{'200': {{description: A., content: {{application/json: {{schema: {{$ref: \
             '#/components/schemas/List'}}}}}}}}}}\ncomponents: {{schemas: {{{schemas}}}}}\n"
        );
        crategen::Source::text("spec.yaml", text)
    };
    let list = "List: {type: array, items: {$ref: '#/components/schemas/List'}}";
    let twice = "List: {type: array, items: {type: array, items: {$ref: '#/components/schemas/List'}}}";
    let node = "List: {type: object, properties: {next: {$ref: '#/components/schemas/List'}, not: {not: {$ref: '#/components/schemas/List'}}}}";
    for old in [list, twice, node] {
        for new in [list, twice, node] {
            let comparison = crategen::diff(document(old), document(new), &Config::default()).unwrap();
            assert_eq!(comparison.changes.is_empty(), old == new, "{old} {new} {comparison:?}");
        }
    }
}

/// The documents of the corpus that a test reads without much time: those of at most this size.
const MAX_BYTES: u64 = 300_000;

#[test]
fn documents_of_the_corpus_do_not_differ_from_themselves() {
    let Some(corpus) = e2e::corpus() else {
        println!("no corpus");
        return;
    };
    let is_small = |entry: &&e2e::Entry| entry.path.metadata().is_ok_and(|metadata| metadata.len() < MAX_BYTES);
    for entry in corpus.iter().filter(is_small) {
        let Ok(source) = crategen::Source::file(&entry.path) else { continue };
        if let Ok(comparison) = crategen::diff(source.clone(), source, &Config::default()) {
            assert_eq!(comparison, Comparison::default(), "{}", entry.file);
        }
    }
}

/// Versions of an API that was really published. It is known what its changelog says of some operations.
#[test]
fn two_versions_of_appwrite() {
    let corpus = e2e::corpus().unwrap_or_default();
    let find = |name: &str| corpus.iter().find(|entry| entry.file.ends_with(name)).map(|entry| &entry.path);
    let (Some(old), Some(new)) = (find("appwrite-1.6-server.json"), find("appwrite-1.8-server.json")) else {
        println!("no corpus");
        return;
    };
    let start = std::time::Instant::now();
    let [old, new] = [old, new].map(|path| crategen::Source::file(path).unwrap());
    let comparison = crategen::diff(old, new, &Config::default()).unwrap();
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
    assert!(Surface::ALL.into_iter().all(|surface| comparison.level(surface) == Some(Level::Major)));
    let has = |kind: &str, symbol: &str| {
        comparison.changes.iter().any(|change| change.kind.as_str() == kind && change.symbol == symbol)
    };
    // The names of credit cards are others, and documents have a sequence number.
    assert!(has("value-removed", "models::AvatarsGetCreditCardCode"));
    assert!(has("field-added", "models::Document::sequence") && has("new-arguments-changed", "models::Document::new"));
    // Every new operation is a new method of a trait.
    let count = |kind: &str| comparison.changes.iter().filter(|change| change.kind.as_str() == kind).count();
    assert!(count("operation-added") > 90 && count("operation-added") == count("handler-added"));
    assert!(
        !comparison.to_text().is_empty() && !comparison.to_markdown().is_empty() && !comparison.to_json().is_empty()
    );
}
