//! What mocks return and contract tests send satisfies its schema, formats included, or a warning names the place.

use std::collections::{BTreeMap, BTreeSet};

use crategen::diag::{Code, Report};
use crategen::{Config, Crates, Source};
use serde_json::Value;

use super::document::{Document, find};
use super::judge::Judge;
use super::schema::{Direction, Schemas};

/// What was compared.
#[derive(Default)]
pub struct Found {
    /// How many samples there are.
    pub samples: usize,
    /// How many bodies have none, which a warning says.
    pub missing: usize,
    /// What is wrong.
    pub wrong: Vec<String>,
}

/// Compares the samples of a document with their schemas.
pub fn compare(document: &Document, found: &mut Found) {
    let crates = Crates { contract_tests: true, ..Crates::default() };
    let config = Config { name: Some("s".to_owned()), crates, runtime: e2e::runtime(), ..Config::default() };
    let source = || Source::text("samples.json", document.text());
    let Ok(output) = crategen::generate(source(), &config) else { return };
    let Ok((inspection, _)) = crategen::inspect(source(), &config) else { return };
    let mut judges = Judges::new(document);
    let (mut mocked, mut seen): (Vec<Value>, BTreeSet<&str>) = Default::default();
    for body in &inspection.bodies {
        // Of several media types, the first one is sampled.
        let is_first = body.pointer.rsplit_once('/').is_some_and(|(contents, _)| seen.insert(contents));
        match &body.sample {
            Some(sample) => {
                found.samples += 1;
                mocked.extend(serde_json::from_str::<Value>(sample));
                found.wrong.extend(judges.reason(&body.pointer, body.request, sample));
            }
            None if is_warned(&output.report, &body.pointer) => found.missing += 1,
            None if is_first => found.wrong.push(format!("{} {}: no sample, no warning", document.name, body.pointer)),
            None => {}
        }
    }
    // The mock returns these samples and no other values.
    let mock = output.files.iter().find(|(path, _)| path.ends_with("src/mock.json"));
    let values: BTreeMap<String, Value> =
        mock.and_then(|(_, text)| serde_json::from_str(text).ok()).unwrap_or_default();
    for (operation, value) in values {
        // Bodies of text, and headers, are not in the inspection.
        if !operation.contains(" header:") && !mocked.contains(&value) && (value.is_object() || value.is_array()) {
            found.wrong.push(format!("{} {operation}: the mock returns another value: {value}", document.name));
        }
    }
}

fn is_warned(report: &Report, at: &str) -> bool {
    report.diagnostics.iter().any(|found| found.code == Code::NoSample && found.at.to_string() == at)
}

/// The judges of bodies.
struct Judges<'d> {
    document: &'d Document,
    requests: Schemas<'d>,
    responses: Schemas<'d>,
}

impl<'d> Judges<'d> {
    fn new(document: &'d Document) -> Self {
        let schemas = |direction| Schemas::new(&document.root, direction).with_all_formats();
        Self { document, requests: schemas(Direction::Request), responses: schemas(Direction::Response) }
    }

    /// Returns what is wrong with a sample of a body. Schemas that are not JSON Schema have no judge.
    fn reason(&mut self, body: &str, request: bool, sample: &str) -> Option<String> {
        let pointer = format!("{body}/schema");
        find(&self.document.root, &pointer)?;
        let schemas = if request { &mut self.requests } else { &mut self.responses };
        let name = schemas.add(&pointer).ok()?;
        let judge = Judge::new(&schemas.document(&name).ok()?).ok()?;
        let (_, reason) = judge.reason(&serde_json::from_str(sample).ok()?)?;
        Some(format!("{} {pointer}: {sample}: {reason}", self.document.name))
    }
}
