//! Attacks on the command `crategen`: what a document may read, and what a run may write.

#![allow(missing_docs, clippy::unwrap_used, clippy::format_collect, clippy::panic)]

mod reading;
mod writing;

use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// No attack may take longer than this.
const BOUND: Duration = Duration::from_secs(60);

/// Starts `crategen` in a folder.
fn start(folder: &Path, args: &[&str]) -> Child {
    let mut command = Command::new(e2e::program());
    command.args(args).current_dir(folder).stdin(Stdio::null());
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Runs `crategen` in a folder; a run that does not end in time fails.
fn crategen(folder: &Path, args: &[&str]) -> Output {
    let mut child = start(folder, args);
    let started = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if started.elapsed() > BOUND {
            child.kill().unwrap();
            panic!("{args:?} does not end");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    child.wait_with_output().unwrap()
}

/// Runs `crategen`, and returns its exit code and what it prints.
fn run(folder: &Path, args: &[&str]) -> (i32, String) {
    let output = crategen(folder, args);
    let text = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    (output.status.code().unwrap_or(-1), String::from_utf8_lossy(&text).into_owned())
}

/// A document with one schema.
fn document(schema: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{title: Pets, version: 1.0.0}}\npaths: {{}}\ncomponents: {{schemas: {{Pet: {schema}}}}}\n"
    )
}
