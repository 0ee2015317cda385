//! Generates crates from every document of a corpus, without a panic and within a time limit. With `CRATEGEN_COMPILE=1`, all
//! crates must compile without a warning. Both tests print a table.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::cast_precision_loss)]

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use crategen::diag::Severity;
use crategen::{Config, Coverage, Source, Summary};
use e2e::Entry;

/// The result for one document.
struct Row<'e> {
    entry: &'e Entry,
    seconds: f64,
    lines: usize,
    warnings: usize,
    coverage: Coverage,
    /// Parts of the document that are not generated: code and message.
    lost: Vec<String>,
    /// The first error, if the document was refused.
    refused: Option<String>,
}

fn generate<'e>(entry: &'e Entry, out: Option<&Path>) -> Row<'e> {
    let start = Instant::now();
    let Ok(source) = Source::file(&entry.path) else { panic!("{} cannot be read", entry.file) };
    let config = e2e::config(&format!("x-{}", entry.slug));
    let found = crategen::generate(source, &config);
    let seconds = start.elapsed().as_secs_f64();
    match found {
        Ok(output) => {
            if let Some(out) = out {
                crategen::write(&output, &out.join(&entry.slug)).unwrap();
            }
            let lines = output.files.values().map(|text| text.lines().count()).sum();
            let _ = output.report.to_json_lines();
            let summary = Summary::new(output.coverage, &output.report);
            let said = |found: &serde_json::Value| {
                let text = |key: &str| found[key].as_str().unwrap_or_default().to_owned();
                format!("{}: {} [{}]", text("code"), text("message"), text("pointer"))
            };
            let lost = summary.left_out.iter().chain(&summary.free_form).map(said).collect();
            let (warnings, coverage) = (output.report.warnings(), output.coverage);
            Row { entry, seconds, lines, warnings, coverage, lost, refused: None }
        }
        Err(report) => {
            let first = report.diagnostics.iter().find(|found| found.severity == Severity::Error);
            let refused = Some(first.map_or(String::new(), |found| found.message.clone()));
            let (coverage, warnings) = (Coverage::default(), report.warnings());
            Row { entry, seconds, lines: 0, warnings, coverage, lost: Vec::new(), refused }
        }
    }
}

fn corpus() -> Option<Vec<Entry>> {
    let found = e2e::corpus();
    if found.is_none() {
        println!("skipped: there is no corpus; set CRATEGEN_CORPUS to a folder with a manifest.tsv");
    }
    found
}

#[test]
fn no_document_panics_or_hangs() {
    let Some(entries) = corpus() else { return };
    let rows: Vec<Row<'_>> = entries.iter().map(|entry| generate(entry, None)).collect();
    println!("{:>8} {:>8} {:>8} {:>11}  document", "seconds", "lines", "warnings", "operations");
    for row in &rows {
        let what = row.refused.as_deref().map_or(String::new(), |error| format!(": refused, {error}"));
        let Coverage { documented, generated } = row.coverage;
        let operations = format!("{generated}/{documented}");
        println!("{:8.2} {:8} {:8} {operations:>11}  {}{what}", row.seconds, row.lines, row.warnings, row.entry.file);
        row.lost.iter().for_each(|lost| println!("{:40}{lost}", ""));
    }
    let generated = rows.iter().filter(|row| row.refused.is_none()).count();
    println!("{generated} of {} documents generated", rows.len());
    let count = |count: fn(&Coverage) -> usize| rows.iter().map(|row| count(&row.coverage)).sum::<usize>();
    let (documented, generated) = (count(|c| c.documented), count(|c| c.generated));
    println!("{generated} of {documented} operations generated, in client and server");
    assert!(generated * 1000 >= documented * 995, "{generated} of {documented} operations");
    // A generous limit: this build is not fully optimised. In a release build, the slowest document takes a second.
    let silent = |row: &&Row<'_>| row.entry.file.starts_with("errors/") && row.refused.is_none() && row.warnings == 0;
    let silent: Vec<&str> = rows.iter().filter(silent).filter_map(|row| row.entry.file.rsplit('/').next()).collect();
    let accepted: Vec<&str> = ACCEPTED.iter().map(|(file, _)| *file).collect();
    assert_eq!(silent, accepted, "documents of `errors/` without a warning, and the known ones");
    let limit = Duration::from_secs(60).as_secs_f64();
    let slow: Vec<&str> = rows.iter().filter(|row| row.seconds > limit).map(|row| row.entry.file.as_str()).collect();
    assert!(slow.is_empty(), "{slow:#?}");
    let refused: Vec<&str> =
        rows.iter().filter(|row| row.refused.is_some()).map(|row| row.entry.file.as_str()).collect();
    let expected: Vec<&str> = REFUSED.iter().map(|(file, _)| *file).collect();
    assert_eq!(refused, expected, "documents that are refused, and those that should be");
}

#[test]
fn bundles_generate_the_same_crates_as_their_files() {
    let Some(entries) = corpus() else { return };
    let folder = tempfile::tempdir().unwrap();
    for entry in entries.iter().filter(|entry| entry.file.starts_with("multi-file/")) {
        let config = Config { allow_outside: true, ..e2e::config("x") };
        let generate = |path: &Path| crategen::generate(Source::file(path).unwrap(), &config).unwrap().files;
        let (bundle, _) = crategen::bundle(Source::file(&entry.path).unwrap(), &config).unwrap();
        let path = folder.path().join("bundle.yaml");
        std::fs::write(&path, bundle.to_yaml()).unwrap();
        let (of_files, of_bundle) = (generate(&entry.path), generate(&path));
        let differing: Vec<_> = of_files.iter().filter(|(path, text)| of_bundle.get(*path) != Some(*text)).collect();
        assert_eq!(of_files.len(), of_bundle.len(), "{}", entry.file);
        assert!(differing.is_empty(), "{}: {:?}", entry.file, differing.first());
    }
}

/// Documents of `errors/` that are valid for this generator, each with the reason.
const ACCEPTED: &[(&str, &str)] = &[
    ("convenient_errors__different_response.json", "about a feature of another generator"),
    ("convenient_errors__no_default.json", "about a feature of another generator"),
    ("convenient_errors__unsupported_ct.json", "about a feature of another generator"),
    ("cyclic__allOf_property.yaml", "recursion through a property is supported"),
    ("field_naming__conflict_additional_props.yaml", "fields whose names would collide get different names"),
    ("field_naming__extension_additional_props.yaml", "an extension of another generator"),
    ("field_naming__overriden_by_extension.yaml", "an extension of another generator"),
    ("field_naming__type_extension.yaml", "an extension of another generator"),
    ("oneOf__same_json_type_one_of.json", "the alternatives are tried in turn"),
    ("wrong_default_type__null_value.json", "`default: null` means that there is no default value"),
];

/// Documents that are refused, each with the reason.
const REFUSED: &[(&str, &str)] = &[
    (
        "features/oapi-codegen/references__overlays__external_json_ref__spec__spec.yaml",
        "refers to a file outside its folder",
    ),
    ("multi-file/petstore-separate/spec/swagger.json", "refers to a file outside its folder"),
];

/// Returns the messages of the compiler, by package.
fn check(folder: &Path) -> BTreeMap<String, Vec<String>> {
    let arguments = ["check", "--workspace", "--keep-going", "--message-format=json"];
    let output = e2e::cargo(folder).args(arguments).output().unwrap();
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let Ok(message) = serde_json::from_str::<serde_json::Value>(line) else { continue };
        let text = message["message"]["rendered"].as_str().unwrap_or_default();
        if message["reason"] == "compiler-message"
            && message["message"]["spans"].as_array().is_some_and(|s| !s.is_empty())
        {
            found
                .entry(message["target"]["name"].as_str().unwrap_or_default().to_owned())
                .or_default()
                .push(text.to_owned());
        }
    }
    assert!(output.status.success() || !found.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    found
}

#[test]
fn every_document_compiles_without_a_warning() {
    if std::env::var_os("CRATEGEN_COMPILE").is_none() {
        println!("skipped: set CRATEGEN_COMPILE=1 to compile the crates of every document of the corpus");
        return;
    }
    let Some(entries) = corpus() else { return };
    let folder = e2e::root().join("target/corpus");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let rows: Vec<Row<'_>> = entries.iter().map(|entry| generate(entry, Some(&folder))).collect();
    let manifest = "[workspace]\nresolver = \"3\"\nmembers = [\"*/*\"]\n";
    std::fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    std::fs::copy(e2e::root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let messages = check(&folder);
    let mut bad = 0;
    for row in rows.iter().filter(|row| row.refused.is_none()) {
        let count = |part: &str| {
            let name = format!("x_{}_{part}", row.entry.slug.replace('-', "_"));
            messages.get(&name).map_or(0, Vec::len)
        };
        let (models, client, server) = (count("models"), count("client"), count("server"));
        if models + client + server > 0 {
            bad += 1;
            println!("models {models}, client {client}, server {server} messages: {}", row.entry.file);
        }
    }
    let compiled = rows.iter().filter(|row| row.refused.is_none()).count() - bad;
    println!("{compiled} of {} documents: models, client and server compile without a warning", rows.len());
    let shown: Vec<&String> = messages.values().flatten().take(5).collect();
    assert!(messages.is_empty(), "{bad} documents with messages, the first ones:\n{shown:#?}");
}
