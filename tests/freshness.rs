//! `generated/` is exactly what `crategen generate` writes.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use crategen::{Settings, Source};

#[test]
fn the_generated_crates_are_up_to_date() {
    let settings = Settings::read(&e2e::root().join(Settings::FILE)).unwrap();
    let source = Source::file(&settings.spec.unwrap()).unwrap();
    let output = crategen::generate(source, &settings.config).unwrap_or_else(|report| panic!("{}", report.to_text()));
    assert_eq!(output.report.warnings(), 0, "{}", output.report.to_text());
    let changes = crategen::compare(&output, &settings.out.unwrap()).unwrap();
    assert!(changes.is_empty(), "{changes:#?}: run `cargo run -- generate` and commit the result");
}
