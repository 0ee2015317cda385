//! From the text of a document to rendered crates: whatever the text is, there is an answer.

#![no_main]

use crategen::{Config, Source};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    // YAML and JSON are told apart by the name.
    let name = if text.starts_with('{') { "fuzzed.json" } else { "fuzzed.yaml" };
    let _ = crategen::generate(Source::text(name, text), &Config::default());
});
