//! The cost of generation is linear: doubling a document takes at most 2.5 times the time, whatever is in it.
//!
//! Times are the CPU time of the command, and the best of several runs. `CRATEGEN_COST=1` runs everything (many minutes),
//! `CRATEGEN_COST=quick` everything at an eighth of the size, at which half of the documents are too fast to say; its value may also be a part of the names of the documents to run.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::expect_used, clippy::format_collect)]

mod documents;

use std::path::Path;
use std::process::{Command, Stdio};

use documents::{DOCUMENTS, Document};
use nix::sys::resource::{UsageWho, getrusage};

/// Twice the size, and what noise and `n log n` add.
const RATIO: f64 = 2.5;
/// Times below this are mostly the start of the process, in seconds.
const NOISE: f64 = 0.05;

/// Sizes below this are not divided.
const SMALL: usize = 100;

/// The CPU time of all children that have ended, in seconds, without that of the system.
fn user_time() -> f64 {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).unwrap();
    #[allow(clippy::cast_precision_loss)]
    let seconds = usage.user_time().tv_sec() as f64 + usage.user_time().tv_usec() as f64 / 1e6;
    seconds
}

/// The CPU time of one run.
fn time(program: &Path, folder: &Path, document: &Document, size: usize) -> f64 {
    let mut command = Command::new(program);
    command.args(["generate", "--dry-run", "--out", "out"]);
    for (name, text) in (document.make)(size) {
        let path = folder.join(name);
        std::fs::write(&path, text).unwrap();
        match name {
            "overlay.yaml" => command.arg("--overlay").arg(path),
            "crategen.toml" => command.arg("--config").arg(path),
            "spec.yaml" | "spec.json" => command.arg(path),
            _ => &mut command,
        };
    }
    let before = user_time();
    let mut child = command.current_dir(folder).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let code = child.wait().unwrap().code();
    assert!(matches!(code, Some(0 | 1)), "{} of size {size}: the process was killed ({code:?})", document.name);
    user_time() - before
}

#[test]
fn doubling_a_document_at_most_doubles_the_time() {
    let Some(wanted) = std::env::var_os("CRATEGEN_COST") else {
        println!("set CRATEGEN_COST to run this");
        return;
    };
    let wanted = wanted.to_string_lossy().into_owned();
    let program = e2e::program();
    let mut failed = Vec::new();
    let (all, scale) = (wanted == "1" || wanted == "quick", if wanted == "quick" { 8 } else { 1 });
    for document in DOCUMENTS.iter().filter(|document| all || document.name.contains(&wanted)) {
        // Small sizes are those of documents that cost exponential time once.
        let size = if document.size < SMALL { document.size } else { document.size / scale };
        let folder = tempfile::tempdir().unwrap();
        let best = |size| (0..2).map(|_| time(&program, folder.path(), document, size)).fold(f64::MAX, f64::min);
        let (half, whole) = (best(size / 2), best(size));
        let ratio = whole / half.max(NOISE);
        let verdict = match () {
            () if ratio > RATIO => "  <- too much",
            () if whole < NOISE * RATIO => "  too fast to say",
            () => "",
        };
        println!("{:45} {:7} {half:7.2} s {whole:7.2} s {ratio:5.1}{verdict}", document.name, size);
        if ratio > RATIO {
            failed.push(document.name);
        }
    }
    assert!(failed.is_empty(), "more than linear: {failed:?}");
}
