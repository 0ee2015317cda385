//! Every document in `reject/` is refused. Its snapshot shows the diagnostics.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use crategen::diag::Levels;
use crategen::{Config, Source};

#[test]
fn every_error_has_a_place_and_a_help() {
    let folder = e2e::root().join("tests/reject");
    // Parts that are left out or repaired are errors only with `strict`.
    let lenient = [
        "bad-pattern.yaml",
        "duplicate-operation-id.yaml",
        "exploded-objects.yaml",
        "parameter-place.yaml",
        "path-parameter.yaml",
        "reference-typo.yaml",
        "unknown-type.yaml",
        "wrong-types.yaml",
    ];
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder.join("snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for path in e2e::files(&folder, &["yaml", "json"]) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let source = Source::text(name.clone(), std::fs::read_to_string(&path).unwrap());
            let strict = lenient.contains(&name.as_str());
            if strict {
                assert!(crategen::generate(source.clone(), &Config::default()).is_ok(), "{name} was refused");
            }
            let levels = Levels { strict, ..Levels::default() };
            let config = Config { levels, ..Config::default() };
            let Err(report) = crategen::generate(source, &config) else { panic!("{name} was accepted") };
            assert!(report.errors() > 0, "{name}");
            assert!(report.diagnostics.iter().all(|found| found.help.is_some()), "{name}");
            insta::assert_snapshot!(name.replace('.', "-"), report.to_text());
        }
    });
}
