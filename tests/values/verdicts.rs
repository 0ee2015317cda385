//! Compares the verdicts on the values of documents.

use std::collections::BTreeSet;
use std::path::Path;

use crategen::diag::{Code, Diagnostic};
use fastrand::Rng;
use serde_json::{Value, json};

use super::changes::change;
use super::compare::{Difference, difference};
use super::document::{Document, find};
use super::instances::Maker;
use super::judge::Judge;
use super::program::{Outcome, Program, compile};
use super::schema::{Direction, Schemas};
use super::tally::{Kind, Place, Tally};

/// How many values of each sort a schema has.
const VALUES: usize = 20;

/// A schema with its judge and values.
struct Judged {
    pointer: String,
    judge: Judge,
    values: Vec<Value>,
    /// Whether the schema lists its values.
    lists_values: bool,
}

/// Compares the verdicts on the values of several documents.
pub fn of_documents(documents: &[Document], work: &Path, tally: &mut Tally) {
    let mut programs = Vec::new();
    for document in documents {
        let schemas = judged(document, tally);
        if schemas.is_empty() {
            continue;
        }
        let pointers: Vec<String> = schemas.iter().map(|schema| schema.pointer.clone()).collect();
        match Program::generate(document, &pointers, work) {
            Ok(program) => programs.push((document, schemas, program)),
            Err(error) => tally.failed(&document.name, &error),
        }
    }
    let messages = compile(work);
    for (document, schemas, program) in programs {
        let values = schemas
            .iter()
            .enumerate()
            .flat_map(|(index, schema)| schema.values.iter().map(move |value| (index, value)));
        let values: Vec<(usize, &Value)> = values.collect();
        match program.run(work, &values) {
            Ok(outcomes) => compare(document, &schemas, &program, values.into_iter().zip(outcomes), tally),
            Err(error) => tally.failed(&document.name, &format!("{error}\n{}", about(&messages, &document.name))),
        }
    }
}

/// The messages of the compiler that name a document.
fn about(messages: &str, name: &str) -> String {
    let about = messages.split("\n\n").filter(|message| message.contains(name));
    about.take(3).collect::<Vec<_>>().join("\n\n")
}

/// Makes the values of every schema of a document.
fn judged(document: &Document, tally: &mut Tally) -> Vec<Judged> {
    let mut schemas = Schemas::new(&document.root, Direction::Request);
    let mut found = Vec::new();
    for pointer in document.schemas() {
        let judge = schemas.add(&pointer).and_then(|name| {
            let schema = schemas.document(&name)?;
            if find(&document.root, &pointer).is_some_and(|schema| schemas.is_one_way(schema, 0)) {
                return Err("it is `readOnly`, so no request contains it".to_owned());
            }
            Ok((Judge::new(&schema)?, schema))
        });
        match judge {
            Ok((judge, schema)) => {
                let values = values(document, &pointer, &schema, &judge);
                tally.made(values.len());
                let lists_values = find(&document.root, &pointer).is_some_and(|schema| schema.get("enum").is_some());
                found.push(Judged { pointer, judge, values, lists_values });
            }
            Err(reason) => tally.not_judged(&document.name, &pointer, &reason),
        }
    }
    tally.readings(&schemas.readings);
    found
}

/// Makes valid values, values with one change, and one of each kind.
fn values(document: &Document, pointer: &str, schema: &Value, judge: &Judge) -> Vec<Value> {
    let seed = document
        .name
        .bytes()
        .chain(pointer.bytes())
        .fold(7_u64, |seed, byte| seed.wrapping_mul(31).wrapping_add(u64::from(byte)));
    let mut rng = Rng::with_seed(seed);
    let empty = serde_json::Map::new();
    let definitions = schema["$defs"].as_object().unwrap_or(&empty);
    let root = json!({"$ref": schema["$ref"]});
    let mut valid: Vec<Value> = Vec::new();
    for _ in 0..VALUES * 6 {
        let value = Maker::new(definitions, &mut rng).value(&root, 0);
        valid.extend(value.filter(|value| judge.is_valid(value)));
        if valid.len() >= VALUES {
            break;
        }
    }
    let mut all = valid.clone();
    for index in 0..VALUES {
        if let Some(value) = valid.get(index % valid.len().max(1)) {
            all.push(change(&mut rng, value));
        }
    }
    all.extend(kinds());
    all
}

/// A value of each kind.
fn kinds() -> [Value; 6] {
    [json!(null), json!(true), json!(1.5), json!("some text"), json!([[]]), json!({"zz-unknown": []})]
}

fn compare<'v>(
    document: &Document,
    schemas: &[Judged],
    program: &Program,
    outcomes: impl Iterator<Item = ((usize, &'v Value), Outcome)>,
    tally: &mut Tally,
) {
    let mut readable: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); schemas.len()];
    for ((index, value), outcome) in outcomes {
        let Some(schema) = schemas.get(index) else { continue };
        let place = Place { document: &document.name, pointer: &schema.pointer, value };
        let kind = kinds().iter().position(|kind| kind == value);
        if let (Some(kind), true) = (kind, outcome.written.is_some()) {
            readable[index].insert(kind);
        }
        let is_excused =
            program.report.diagnostics.iter().any(|found| CONTRADICTIONS.contains(&found.code) && is_at(found, schema));
        let refusal = schema.judge.reason(value);
        let accepted = outcome.written.is_some() && outcome.violations.is_empty();
        let agrees = refusal.is_none() == accepted;
        match (&refusal, accepted) {
            _ if !agrees && is_excused => tally.excused(CONTRADICTION),
            (None, true) => {
                let written = outcome.written.as_deref().unwrap_or_default();
                match difference(&schema.judge, value, written) {
                    Difference::None => tally.agreed(),
                    Difference::Undeclared => tally.undeclared(),
                    Difference::Lost(what) => tally.disagreed(Kind::Lost, &what, &place, written),
                }
            }
            (Some(_), false) => tally.agreed(),
            (None, false) => tally.disagreed(Kind::Refused, &outcome.violations.join("; "), &place, ""),
            (Some((keyword, text)), true) => tally.disagreed(Kind::Accepted, keyword, &place, text),
        }
        if accepted != outcome.rules.is_empty() {
            tally.rules_differ(&outcome.rules.join("; "), &place);
        }
    }
    for (schema, readable) in schemas.iter().zip(readable) {
        let refused = kinds().iter().any(|kind| !schema.judge.is_valid(kind));
        // Lists of values have a variant for values that the document does not list.
        if readable.len() == kinds().len() && !schema.lists_values {
            let is_said =
                program.report.diagnostics.iter().any(|found| FREE_FORM.contains(&found.code) && is_at(found, schema));
            tally.free_form(&document.name, &schema.pointer, refused, is_said);
        }
    }
}

/// A reason for different verdicts.
const CONTRADICTION: &str = "a diagnostic says that the schema contradicts itself; its most likely meaning was used";

/// The diagnostics that say so.
pub const CONTRADICTIONS: [Code; 3] = [Code::OddSchema, Code::Unsatisfiable, Code::Repaired];

/// The diagnostics that say that a type is free-form.
pub const FREE_FORM: [Code; 10] = [
    Code::OutsideReference,
    Code::RemoteReference,
    Code::FreeForm,
    Code::Limit,
    Code::Unreadable,
    Code::Unsupported,
    Code::AmbiguousUnion,
    Code::UnresolvedReference,
    Code::CircularReference,
    Code::Unsatisfiable,
];

/// Whether a diagnostic is about a schema or a part of it.
fn is_at(found: &Diagnostic, schema: &Judged) -> bool {
    let at = found.at.to_string();
    at.strip_prefix(&schema.pointer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
