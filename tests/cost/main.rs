//! The cost of generation is linear: doubling a document takes at most 2.5 times the time, whatever is in it.
//!
//! Times are the CPU time of the command, built with optimizations, and the best of several runs. `CRATEGEN_COST=1` runs everything (about five
//! minutes), `CRATEGEN_COST=quick` everything at a quarter of the size (about one), at which half of the documents are too fast to measure; its value may also be
//! a part of the names of the documents to run.

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
/// How often what is too much is measured again.
const AGAIN: usize = 4;
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

/// A document, and the best times of several runs in seconds.
struct Measured {
    document: &'static Document,
    /// The larger of both sizes.
    size: usize,
    /// For half of the size.
    half: f64,
    /// For the whole size.
    whole: f64,
}

impl Measured {
    fn new(document: &'static Document, scale: usize) -> Self {
        // Small sizes are those of documents that cost exponential time once.
        let size = if document.size < SMALL { document.size } else { document.size / scale };
        Self { document, size, half: f64::MAX, whole: f64::MAX }
    }

    /// Runs both sizes twice, and prints the result.
    fn run(&mut self, program: &Path) {
        let folder = tempfile::tempdir().unwrap();
        for _ in 0..2 {
            self.half = self.half.min(time(program, folder.path(), self.document, self.size / 2));
            self.whole = self.whole.min(time(program, folder.path(), self.document, self.size));
        }
        let Self { document, size, half, whole } = &*self;
        let verdict = match () {
            () if self.is_too_much() => "  <- too much",
            () if *whole < NOISE * RATIO => "  too fast to measure",
            () => "",
        };
        println!("{:45} {size:7} {half:7.2} s {whole:7.2} s {:5.1}{verdict}", document.name, self.ratio());
    }

    /// What twice the size costs.
    fn ratio(&self) -> f64 {
        self.whole / self.half.max(NOISE)
    }

    fn is_too_much(&self) -> bool {
        self.ratio() > RATIO
    }
}

#[test]
fn doubling_a_document_at_most_doubles_the_time() {
    let Some(wanted) = std::env::var_os("CRATEGEN_COST") else {
        println!("set CRATEGEN_COST to run this");
        return;
    };
    let wanted = wanted.to_string_lossy().into_owned();
    let program = e2e::optimized_program();
    let (all, scale) = (wanted == "1" || wanted == "quick", if wanted == "quick" { 4 } else { 1 });
    let documents = DOCUMENTS.iter().filter(|document| all || document.name.contains(&wanted));
    let mut measured: Vec<Measured> = documents.map(|document| Measured::new(document, scale)).collect();
    for measured in &mut measured {
        measured.run(&program);
    }
    // Other processes make a run slower, never faster: what is too much is measured again, later.
    for _ in 0..AGAIN {
        measured.retain(Measured::is_too_much);
        for measured in &mut measured {
            measured.run(&program);
        }
    }
    measured.retain(Measured::is_too_much);
    let failed: Vec<&str> = measured.iter().map(|measured| measured.document.name).collect();
    assert!(failed.is_empty(), "more than linear: {failed:?}");
}
