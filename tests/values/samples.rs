//! What mocks return and contract tests send satisfies its schema, formats included, or a warning names the place.

use std::collections::{BTreeMap, BTreeSet};

use crategen::diag::{Code, Report};
use crategen::{Config, Crates, InspectedBody, Source};
use serde_json::Value;

use super::document::{Document, find};
use super::judge::Judge;
use super::schema::{Direction, Schemas};
use super::verdicts::{CONTRADICTIONS, FREE_FORM};

/// What was compared.
#[derive(Default)]
pub struct Found {
    /// How many samples there are.
    pub samples: usize,
    /// How many bodies have none, or one without its formats, which a warning says.
    pub missing: usize,
    /// How many do not satisfy a schema that contradicts itself, or that no type can follow, which a warning says.
    pub excused: usize,
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
        let is_warned = is_warned(&output.report, &body.pointer);
        let Some(sample) = body.sample.as_deref().and_then(|sample| serde_json::from_str::<Value>(sample).ok()) else {
            match is_warned {
                true => found.missing += 1,
                false if is_first => {
                    found.wrong.push(format!("{} {}: no sample, no warning", document.name, body.pointer));
                }
                false => {}
            }
            continue;
        };
        found.samples += 1;
        match judges.refusal(body, &sample) {
            // The warning says that the sample lacks a format.
            Some(refusal) if is_warned && refusal.is_of_format() => found.missing += 1,
            Some(refusal) if refusal.is_excused(&output.report) => found.excused += 1,
            Some(refusal) => found.wrong.push(format!("{} {}", document.name, refusal.text)),
            None => {}
        }
        mocked.push(sample);
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

/// Where a media type may have the schema of an item of a stream (OpenAPI 3.2.0 §4.14).
const OF_ITEMS: [&str; 3] = ["itemSchema/properties/data/contentSchema", "itemSchema", "schema/items"];

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

    /// Returns what is wrong with a sample of a body or of an item of a stream. Schemas that are not JSON Schema have no judge.
    fn refusal(&mut self, body: &InspectedBody, sample: &Value) -> Option<Refusal> {
        let of_items = if body.item { OF_ITEMS.as_slice() } else { &[] };
        let keywords = of_items.iter().chain(&["schema"]).map(|keyword| format!("{}/{keyword}", body.pointer));
        let pointer = keywords.into_iter().find(|pointer| find(&self.document.root, pointer).is_some())?;
        let schemas = if body.request { &mut self.requests } else { &mut self.responses };
        let name = schemas.add(&pointer).ok()?;
        let schema = schemas.document(&name).ok()?;
        let judge = Judge::new(&schema).ok()?;
        let (_, reason) = judge.reason(sample)?;
        let refusals = judge.refusals(sample);
        let places = refusals.iter().filter_map(|path| place(schemas, &schema, path)).collect();
        Some(Refusal { places, text: format!("{pointer}: {reason}: {sample}") })
    }
}

/// Follows a path of keywords through definitions. Returns the last definition and the keyword inside of it, as pointers of the
/// document.
fn place(schemas: &Schemas<'_>, schema: &Value, path: &str) -> Option<(String, String)> {
    let (mut found, mut definition, mut keyword) = (schema, String::new(), String::new());
    for part in path.split('/').skip(1) {
        keyword = format!("{keyword}/{part}");
        found =
            found.get(part.replace("~1", "/").replace("~0", "~")).or_else(|| found.get(part.parse::<usize>().ok()?))?;
        if let Some(name) = found.as_str().filter(|_| part == "$ref").and_then(|name| name.strip_prefix("#/$defs/")) {
            found = schema.get("$defs")?.get(name)?;
            schemas.pointer(name)?.clone_into(&mut definition);
            keyword.clone_from(&definition);
        }
    }
    Some((definition, keyword))
}

/// Why a sample does not satisfy its schema.
struct Refusal {
    /// The schemas that refuse it, each with the keyword that does.
    places: Vec<(String, String)>,
    text: String,
}

impl Refusal {
    /// Whether only formats refuse it.
    fn is_of_format(&self) -> bool {
        self.places.iter().all(|(_, keyword)| keyword.ends_with("/format"))
    }

    /// Whether a diagnostic says that a part of these schemas cannot be followed: one around the keyword, inside of it, or about another
    /// keyword beside it.
    fn is_excused(&self, report: &Report) -> bool {
        let is_said = |code: &Code| CONTRADICTIONS.contains(code) || FREE_FORM.contains(code);
        let said = report.diagnostics.iter().filter(|found| is_said(&found.code)).map(|found| found.at.to_string());
        said.into_iter().any(|at| {
            let is_there = |(schema, keyword): &(String, String)| {
                let (part, _) = keyword.rsplit_once('/').unwrap_or_default();
                is_within(&at, schema) && (is_within(keyword, &at) || is_within(&at, keyword) || is_keyword(&at, part))
            };
            self.places.iter().any(is_there)
        })
    }
}

/// Whether a pointer is another one or leads into it.
fn is_within(at: &str, place: &str) -> bool {
    at.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Whether a pointer leads to a keyword of a schema, or to an item of its list.
fn is_keyword(at: &str, schema: &str) -> bool {
    let Some(rest) = at.strip_prefix(schema).and_then(|rest| rest.strip_prefix('/')) else { return false };
    match rest.split_once('/') {
        None => true,
        Some((_, item)) => item.bytes().all(|byte| byte.is_ascii_digit()),
    }
}
