//! Decodes every valid example of a corpus and compares what is encoded again with the example. Slow, so it needs
//! `CRATEGEN_EXAMPLES=1`.
//!
//! Dates are read as strings here, because a time can be written in several ways. Keys that the schema does not declare are not
//! compared, because they are only kept if the schema allows additional properties.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use crategen::{Config, Crates, DateTime, Source, TypeChoices};
use e2e::Entry;
use serde_json::{Value, json};

/// Schemas per document that are tested: building a validator for a large document is slow.
const MAX_SCHEMAS: usize = 150;

/// An example, and the type of its schema.
struct Example {
    file: String,
    pointer: String,
    krate: String,
    rust: String,
    value: Value,
}

fn config(entry: &Entry) -> Config {
    Config {
        name: Some(format!("e-{}", entry.slug)),
        crates: Crates { client: false, server: false, ..Crates::default() },
        types: TypeChoices { date_time: DateTime::String, ..TypeChoices::default() },
        runtime: e2e::runtime(),
        ..Config::default()
    }
}

/// Returns the examples of a document that are valid against their schemas.
fn examples(entry: &Entry) -> Vec<Example> {
    let text = std::fs::read_to_string(&entry.path).unwrap();
    let Ok(root) = serde_yaml::from_str::<Value>(&text) else { return Vec::new() };
    let Ok((found, _)) = crategen::inspect(Source::file(&entry.path).unwrap(), &config(entry)) else {
        return Vec::new();
    };
    let mut places: BTreeMap<String, (String, Vec<Value>)> = BTreeMap::new();
    for body in found.bodies {
        let Some(media) = root.pointer(body.pointer.trim_start_matches('#')) else { continue };
        let named = media["examples"].as_object().into_iter().flatten().map(|(_, example)| example["value"].clone());
        let values: Vec<Value> = named.chain(media.get("example").cloned()).filter(|value| !value.is_null()).collect();
        places.insert(format!("{}/schema", body.pointer), (body.rust, values));
    }
    for found in found.types.iter().filter(|found| found.pointer.starts_with("#/components/schemas/")) {
        let Some(schema) = root.pointer(found.pointer.trim_start_matches('#')) else { continue };
        let listed = schema["examples"].as_array().cloned().unwrap_or_default();
        let values: Vec<Value> = schema.get("example").cloned().into_iter().chain(listed).collect();
        places.entry(found.pointer.clone()).or_insert((format!("models::{}", found.rust), values));
    }
    let mut out = Vec::new();
    for (pointer, (rust, values)) in places.into_iter().filter(|(_, (_, values))| !values.is_empty()).take(MAX_SCHEMAS)
    {
        let Some(validator) = validator(&root, &pointer, &entry.version) else { continue };
        for value in values.into_iter().filter(|value| validator.is_valid(value)) {
            let krate = format!("e_{}_models", entry.slug.replace('-', "_"));
            out.push(Example { file: entry.file.clone(), pointer: pointer.clone(), krate, rust: rust.clone(), value });
        }
    }
    out
}

fn validator(root: &Value, pointer: &str, version: &str) -> Option<jsonschema::Validator> {
    let mut schema = root.clone();
    schema.as_object_mut()?.insert("$ref".to_owned(), json!(pointer));
    let draft = if version.starts_with("3.1") || version.starts_with("3.2") {
        jsonschema::Draft::Draft202012
    } else {
        jsonschema::Draft::Draft4
    };
    jsonschema::options().with_draft(draft).build(&schema).ok()
}

/// Decodes each example and encodes it again. Returns the results in the order of the examples.
fn rewritten(work: &Path, examples: &[Example]) -> Vec<Result<Value, String>> {
    let krates: BTreeSet<&str> = examples.iter().map(|example| example.krate.as_str()).collect();
    let types: BTreeSet<(&str, &str)> =
        examples.iter().map(|example| (example.krate.as_str(), example.rust.as_str())).collect();
    let types: Vec<(&str, &str)> = types.into_iter().collect();
    let mut main = String::from(
        "fn rewrite<T: serde::de::DeserializeOwned + serde::Serialize>(text: &str) -> Result<String, String> {\n    \
         let value: T = serde_json::from_str(text).map_err(|error| error.to_string())?;\n    \
         serde_json::to_string(&value).map_err(|error| error.to_string())\n}\n\n\
         fn main() {\n    let input: Vec<(usize, String)> = serde_json::from_reader(std::io::stdin()).unwrap();\n    \
         for (index, text) in input {\n        let result = match index {\n",
    );
    for (index, (krate, rust)) in types.iter().enumerate() {
        let _ = writeln!(
            main,
            "            {index} => {{ use {krate} as models; #[allow(unused_imports)] use models::*; rewrite::<{rust}>(&text) }}"
        );
    }
    main.push_str(
        "            _ => continue,\n        };\n        println!(\"{}\", serde_json::to_string(&result).unwrap());\n    }\n}\n",
    );
    let runner = work.join("runner");
    std::fs::create_dir_all(runner.join("src")).unwrap();
    std::fs::write(runner.join("src/main.rs"), main).unwrap();
    let mut manifest =
        "[package]\nname = \"examples-runner\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n\
                        serde = \"1\"\nserde_json = \"1\"\nuuid = \"1\"\n"
            .to_owned();
    for krate in krates {
        let name = krate.replace('_', "-");
        let _ = writeln!(manifest, "{name} = {{ path = \"../{name}\" }}");
    }
    std::fs::write(runner.join("Cargo.toml"), manifest).unwrap();
    let workspace = "[workspace]\nresolver = \"3\"\nmembers = [\"runner\"]\n";
    std::fs::write(work.join("Cargo.toml"), workspace).unwrap();
    std::fs::copy(e2e::root().join("Cargo.lock"), work.join("Cargo.lock")).unwrap();
    let position = |example: &Example| types.iter().position(|ty| *ty == (&*example.krate, &*example.rust));
    let input: Vec<(usize, String)> =
        examples.iter().map(|example| (position(example).unwrap(), example.value.to_string())).collect();
    std::fs::write(work.join("input.json"), serde_json::to_string(&input).unwrap()).unwrap();
    let output = e2e::cargo(work)
        .args(["run", "--quiet"])
        .stdin(std::fs::File::open(work.join("input.json")).unwrap())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let line = |line: &str| {
        let result: Value = serde_json::from_str(line).unwrap();
        match result["Ok"].as_str() {
            Some(text) => Ok(serde_json::from_str(text).unwrap()),
            None => Err(result["Err"].as_str().unwrap_or_default().to_owned()),
        }
    };
    String::from_utf8_lossy(&output.stdout).lines().map(line).collect()
}

/// Returns the first difference between an example and what was encoded. Keys that are missing are added to `gone`.
fn difference(before: &Value, after: &Value, at: &str, gone: &mut Vec<String>) -> Option<String> {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            for (key, value) in before {
                match after.get(key) {
                    Some(other) => {
                        let at = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
                        if let Some(found) = difference(value, other, &at, gone) {
                            return Some(found);
                        }
                    }
                    // In responses, `null` and an absent key mean the same.
                    None if value.is_null() => {}
                    None => gone.push(format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"))),
                }
            }
            after.keys().find(|key| !before.contains_key(*key)).map(|key| format!("{at}/{key} was added"))
        }
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => before
            .iter()
            .zip(after)
            .enumerate()
            .find_map(|(index, (before, after))| difference(before, after, &format!("{at}/{index}"), gone)),
        (Value::Number(a), Value::Number(b)) if a.as_f64() == b.as_f64() => None,
        // UUIDs are encoded in lower case.
        (Value::String(a), Value::String(b)) if a.eq_ignore_ascii_case(b) => None,
        (a, b) if a == b => None,
        (a, b) => Some(format!("{at}: {a} became {b}")),
    }
}

/// Whether a schema does not restrict the value at a place: every value is valid there.
fn is_undeclared(validator: &jsonschema::Validator, value: &Value, at: &str) -> bool {
    [json!(true), json!("text"), json!(1.5), json!({"key": [1]})].into_iter().all(|other| {
        let mut changed = value.clone();
        let Some(place) = changed.pointer_mut(at) else { return false };
        *place = other;
        validator.is_valid(&changed)
    })
}

#[test]
fn valid_examples_survive_decoding_and_encoding() {
    if std::env::var_os("CRATEGEN_EXAMPLES").is_none() {
        println!("skipped: set CRATEGEN_EXAMPLES=1 to decode and encode the examples of the corpus");
        return;
    }
    let Some(entries) = e2e::corpus() else {
        println!("skipped: there is no corpus; set CRATEGEN_CORPUS to a folder with a manifest.tsv");
        return;
    };
    let work = e2e::root().join("target/examples");
    let _ = std::fs::remove_dir_all(&work);
    let mut all = Vec::new();
    let mut roots: BTreeMap<String, Value> = BTreeMap::new();
    for entry in &entries {
        let found = examples(entry);
        if found.is_empty() {
            continue;
        }
        let output = crategen::generate(Source::file(&entry.path).unwrap(), &config(entry));
        let output = output.unwrap_or_else(|report| panic!("{}", report.to_text()));
        crategen::write(&output, &work).unwrap();
        let root: Value = serde_yaml::from_str(&std::fs::read_to_string(&entry.path).unwrap()).unwrap();
        roots.insert(entry.file.clone(), root);
        all.extend(found);
    }
    let results = rewritten(&work, &all);
    assert_eq!(results.len(), all.len());
    let (mut wrong, mut undeclared) = (Vec::new(), 0);
    for (example, result) in all.iter().zip(results) {
        let mut gone = Vec::new();
        let problem = match result {
            Err(error) => Some(error),
            Ok(after) => difference(&example.value, &after, "", &mut gone),
        };
        let version =
            entries.iter().find(|entry| entry.file == example.file).map_or("", |entry| entry.version.as_str());
        let mut lost = gone.clone();
        if !lost.is_empty() {
            let validator = validator(&roots[&example.file], &example.pointer, version).unwrap();
            lost.retain(|at| !is_undeclared(&validator, &example.value, at));
        }
        undeclared += usize::from(!gone.is_empty() && lost.is_empty());
        if let Some(problem) = problem {
            wrong.push(format!("{} {}: {problem}", example.file, example.pointer));
        } else if !lost.is_empty() {
            wrong.push(format!("{} {}: lost {lost:?}", example.file, example.pointer));
        }
    }
    println!(
        "{} of {} valid examples are written as they were read, {undeclared} of them without keys that nothing declares",
        all.len() - wrong.len(),
        all.len()
    );
    assert!(wrong.is_empty(), "{} differences:\n{}", wrong.len(), wrong.join("\n"));
}
