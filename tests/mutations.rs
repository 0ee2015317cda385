//! Generates crates from random documents: parts of the cases are exchanged or replaced with hostile values. Each run must end,
//! with or without errors, but never with a panic.
//!
//! `CRATEGEN_MUTATE_SECONDS=600` sets the duration. If a document fails, its seed is printed.

#![allow(missing_docs, clippy::unwrap_used)]

use std::time::{Duration, Instant};

use crategen::{Config, Source};
use fastrand::Rng;
use serde_json::{Value, json};

/// Values that could cause a failure.
fn hostile(rng: &mut Rng) -> Value {
    let texts = [
        "",
        "*/",
        "\"#",
        "{{",
        "#![deny(warnings)]",
        "\u{202e}",
        "../../etc/passwd",
        "CON",
        "a/b",
        "\u{0}",
        "Self",
        "r#type",
        "$ref",
        "#",
        "#/",
        "#/components/schemas/A~1B",
        "https://example.com/x.yaml#/a",
        "(?<",
        "日本",
        "'",
        "\\",
        "\n",
        "1e999",
        "null",
    ];
    match rng.u8(0..12) {
        0 => Value::Null,
        1 => json!([]),
        2 => json!({}),
        3 => json!(-1),
        4 => json!(1e300),
        5 => json!(u64::MAX),
        6 => json!(true),
        7 => json!("x".repeat(rng.usize(1..5000))),
        8 => json!({ "$ref": texts[rng.usize(..texts.len())] }),
        9 => json!([texts[rng.usize(..texts.len())], 1, null]),
        10 => {
            (0..rng.usize(1..80)).fold(json!({}), |inner, _| json!({ "type": "object", "properties": { "a": inner } }))
        }
        _ => json!(texts[rng.usize(..texts.len())]),
    }
}

/// Collects the places in a value, as pointers.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                places(value, &format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), found);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                places(value, &format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
}

fn some_place(value: &Value, rng: &mut Rng) -> String {
    let mut found = Vec::new();
    places(value, "", &mut found);
    found.swap_remove(rng.usize(..found.len()))
}

fn mutate(document: &mut Value, others: &[Value], rng: &mut Rng) {
    let place = some_place(document, rng);
    let change = match rng.u8(0..4) {
        0 => hostile(rng),
        // A reference to a random place.
        1 => json!({ "$ref": format!("#{}", some_place(document, rng)) }),
        _ => {
            let other = &others[rng.usize(..others.len())];
            other.pointer(&some_place(other, rng)).cloned().unwrap_or_default()
        }
    };
    match document.pointer_mut(&place) {
        Some(Value::Object(map)) if rng.bool() && !map.is_empty() => {
            let key = map.keys().nth(rng.usize(..map.len())).cloned().unwrap_or_default();
            match rng.u8(0..3) {
                0 => drop(map.remove(&key)),
                1 => drop(map.insert(hostile(rng).to_string(), change)),
                _ => drop(map.insert(key, change)),
            }
        }
        Some(found) if !place.is_empty() => *found = change,
        _ => {}
    }
}

fn documents() -> Vec<Value> {
    let specs = e2e::files(&e2e::root().join("tests"), &["yaml"]);
    let json = |path: &std::path::PathBuf| {
        let (bundle, _) = crategen::bundle(Source::file(path).ok()?, &Config::default()).ok()?;
        serde_json::from_str::<Value>(&bundle.to_json()).ok()
    };
    specs.iter().filter_map(json).filter(Value::is_object).collect()
}

#[test]
fn no_document_causes_a_panic_or_a_hang() {
    let seconds = std::env::var("CRATEGEN_MUTATE_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(2);
    let documents = documents();
    let start = Instant::now();
    let mut looked_at = 0_u64;
    let mut generated = 0_u64;
    let first = std::env::var("CRATEGEN_MUTATE_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(0);
    while start.elapsed() < Duration::from_secs(seconds) {
        let seed = first + looked_at;
        let mut rng = Rng::with_seed(seed);
        let mut document = documents[rng.usize(..documents.len())].clone();
        for _ in 0..rng.usize(1..12) {
            mutate(&mut document, &documents, &mut rng);
        }
        let text = document.to_string();
        // In a thread of its own, because a document that hangs must not stop the test.
        let (done, outcome) = std::sync::mpsc::channel();
        let source = Source::text("mutated.json", text.clone());
        std::thread::spawn(move || done.send(crategen::generate(source, &Config::default()).is_ok()));
        let outcome = outcome.recv_timeout(Duration::from_secs(10));
        assert!(outcome.is_ok(), "seed {seed} panics or hangs ({outcome:?}): {text}");
        generated += u64::from(outcome.unwrap_or_default());
        looked_at += 1;
    }
    println!("{looked_at} documents, {generated} of them generated");
    assert!(generated > 0 && generated < looked_at, "mutations that change nothing, or everything, say nothing");
}
