//! `crategen diff`: the verdicts of pairs of documents, and the command.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod command;
mod items;
mod pairs;

use std::collections::{BTreeMap, BTreeSet};

use crategen::{Comparison, Config, Level, Surface};
use items::Items;

fn compare(pair: &pairs::Pair) -> Comparison {
    let [old, new] = pair.documents();
    crategen::diff(old, new, &Config::default()).unwrap_or_else(|report| panic!("{}:\n{}", pair.name, report.to_text()))
}

#[test]
fn each_pair_has_its_verdict() {
    let pairs = pairs::pairs();
    assert!(pairs.len() > 100, "only {} pairs", pairs.len());
    let mut wrong = String::new();
    for pair in &pairs {
        let comparison = compare(pair);
        let level = |surface: Surface| Some((surface.as_str().to_owned(), comparison.level(surface)?.as_str().to_owned()));
        let verdict: BTreeMap<String, String> = Surface::ALL.into_iter().filter_map(level).collect();
        let wanted: BTreeSet<String> = pair.changes.iter().cloned().collect();
        let found = comparison.changes.iter().map(|change| format!("{} {}", change.kind, change.symbol));
        let found: BTreeSet<String> = found.collect();
        if verdict != pair.verdict || found != wanted {
            wrong.push_str(&format!("\n# {}\n  wanted {:?} {:?}\n  missing {:?}\n  superfluous {:?}\n", pair.name, pair.verdict, wanted, wanted.difference(&found).collect::<Vec<_>>(), found.difference(&wanted).collect::<Vec<_>>()));
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

/// Levels that follow from the generated code alone, without a look at the document, are the same.
#[test]
fn the_generated_items_agree() {
    let mut wrong = String::new();
    for pair in pairs::pairs() {
        let comparison = compare(&pair);
        let config = Config::default();
        let [old, new] = pair.documents().map(|source| crategen::generate(source, &config).unwrap());
        for surface in [Surface::Models, Surface::Client, Surface::Server] {
            let name = surface.as_str();
            let items = |output| Items::of(output, &config, name);
            let (level, items) = items(&new).level_since(&items(&old));
            let own = comparison.level(surface).filter(|level| *level > Level::Patch);
            let reason = pair.although.get(name);
            if (level != own) != reason.is_some() {
                let text = comparison.to_text();
                wrong.push_str(&format!("\n# {}: {name} is {own:?}, and {level:?} by its items ({reason:?})\n{items}\n{text}", pair.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
