//! Random changes of the documents of the cases: the verdicts agree with the generated items there, too.

use std::collections::BTreeMap;

use crategen::{Config, Source};
use serde_yaml::Value;

/// How many changes of each document are tried; `CRATEGEN_DIFF_MUTANTS` sets another number.
const PER_DOCUMENT: u32 = 1;

#[test]
fn the_generated_items_agree_on_mutants() {
    let count = std::env::var("CRATEGEN_DIFF_MUTANTS").ok().and_then(|text| text.parse().ok()).unwrap_or(PER_DOCUMENT);
    let config = Config { name: Some("api".to_owned()), runtime: e2e::runtime(), ..Config::default() };
    let mut wrong = String::new();
    let mut changed = 0;
    for (seed, path) in e2e::files(&e2e::root().join("tests/cases"), &["yaml"]).iter().enumerate() {
        if path.file_name().is_none_or(|name| name != "spec.yaml") {
            continue;
        }
        let text = std::fs::read_to_string(path).unwrap();
        let Ok(document) = serde_yaml::from_str::<Value>(&text) else { continue };
        let name = path.parent().and_then(|folder| folder.file_name()).unwrap().to_string_lossy().into_owned();
        let mut random = fastrand::Rng::with_seed(seed as u64);
        let source = |value: &Value| {
            let mut source = Source::text("spec.yaml", serde_yaml::to_string(value).unwrap());
            source.path = Some(path.clone());
            source
        };
        let old = source(&document);
        let Ok(before) = crategen::generate(old.clone(), &config) else { continue };
        for _ in 0..count {
            let mut mutant = document.clone();
            let edit = format!("{name}: {}", mutate(&mut mutant, &mut random));
            let new = source(&mutant);
            wrong.push_str(&super::items::disagreements(&edit, &BTreeMap::new(), (&old, &before), new, &config));
            changed += 1;
        }
    }
    assert!(changed > 50, "only {changed} mutants");
    assert!(wrong.is_empty(), "{wrong}");
}

/// Changes something in the paths, webhooks, components or servers; returns what.
fn mutate(document: &mut Value, random: &mut fastrand::Rng) -> String {
    let mut at = String::new();
    let mut value = document;
    loop {
        let is_leaf = match value {
            Value::Mapping(map) => map.is_empty(),
            Value::Sequence(items) => items.is_empty(),
            _ => true,
        };
        let depth = at.matches('/').count();
        if is_leaf || (depth > 2 && random.u8(..4) == 0) {
            return format!("{at} {}", change(value, random));
        }
        value = match value {
            Value::Mapping(map) => {
                let keys: Vec<Value> = map.keys().cloned().collect();
                let at_root = at.is_empty();
                let keys: Vec<&Value> = keys
                    .iter()
                    .filter(|key| {
                        !at_root || matches!(key.as_str(), Some("paths" | "components" | "servers" | "webhooks"))
                    })
                    .collect();
                let Some(key) = keys.get(random.usize(..keys.len().max(1))) else { return at };
                at.push_str(&format!("/{}", key.as_str().unwrap_or("?").replace('/', "~1")));
                map.get_mut(*key).unwrap()
            }
            Value::Sequence(items) => {
                let index = random.usize(..items.len());
                at.push_str(&format!("/{index}"));
                &mut items[index]
            }
            _ => return at,
        };
    }
}

fn change(value: &mut Value, random: &mut fastrand::Rng) -> &'static str {
    match value {
        Value::Mapping(map) if !map.is_empty() && random.bool() => {
            let keys: Vec<Value> = map.keys().cloned().collect();
            map.remove(&keys[random.usize(..keys.len())]);
            "lost a key"
        }
        Value::Mapping(map) => {
            let additions = [
                "nullable: true",
                "deprecated: true",
                "maxLength: 3",
                "required: [a]",
                "type: string",
                "enum: [a, b]",
                "required: true",
                "additionalProperties: false",
                "properties: {added: {type: integer}}",
                "format: int32",
            ];
            let addition: serde_yaml::Mapping =
                serde_yaml::from_str(additions[random.usize(..additions.len())]).unwrap();
            map.extend(addition);
            "got a key"
        }
        Value::Sequence(items) if items.len() > 1 => {
            if random.bool() {
                items.swap(0, 1);
                "was swapped"
            } else {
                items.remove(random.usize(..items.len()));
                "lost an item"
            }
        }
        Value::Bool(value) => {
            *value = !*value;
            "was negated"
        }
        Value::String(text) => {
            let types = ["string", "integer", "boolean", "number"];
            if types.contains(&text.as_str()) {
                types[random.usize(..types.len())].clone_into(text);
            } else {
                text.push('x');
            }
            "is another text"
        }
        Value::Number(_) => {
            *value = Value::from(random.u32(..100));
            "is another number"
        }
        _ => "is the same",
    }
}
