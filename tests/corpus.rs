//! Every document of a corpus generates without a panic, within a time limit. The corpus is not part of the repository: its
//! folder is `CRATEGEN_CORPUS`, or `../shared/corpus` beside the repository; without one, the test says so and passes.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use std::path::PathBuf;
use std::time::{Duration, Instant};

use crategen::{Config, Source};

fn corpus() -> Option<PathBuf> {
    let folder =
        std::env::var_os("CRATEGEN_CORPUS").map_or_else(|| e2e::root().join("../shared/corpus"), PathBuf::from);
    folder.join("manifest.tsv").is_file().then_some(folder)
}

#[test]
fn no_document_panics_or_hangs() {
    let Some(folder) = corpus() else {
        println!("skipped: there is no corpus; set CRATEGEN_CORPUS to a folder with a manifest.tsv");
        return;
    };
    let manifest = std::fs::read_to_string(folder.join("manifest.tsv")).unwrap();
    let (mut generated, mut refused, mut slow) = (0, Vec::new(), Vec::new());
    for file in manifest.lines().skip(1).filter_map(|line| line.split('\t').next()) {
        let start = Instant::now();
        let Ok(source) = Source::file(&folder.join(file)) else { panic!("{file} cannot be read") };
        match crategen::generate(source, &Config::default()) {
            Ok(output) => {
                generated += 1;
                let _ = output.report.to_json_lines();
            }
            Err(report) => {
                let first = report.diagnostics.iter().find(|found| found.severity == crategen::diag::Severity::Error);
                refused.push(format!("{file}: {}", first.map_or("", |found| found.message.as_str())));
            }
        }
        // This is a build without optimisation; with it, the slowest document takes a second.
        if start.elapsed() > Duration::from_secs(60) {
            slow.push(format!("{file}: {:?}", start.elapsed()));
        }
    }
    println!("{generated} documents generated, {} refused:", refused.len());
    println!("  {}", refused.join("\n  "));
    assert!(slow.is_empty(), "{slow:#?}");
}
