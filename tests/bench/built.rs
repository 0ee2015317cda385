//! What it costs to build what was generated, in debug and in release, and the size of a release program that makes three calls.

use std::path::Path;
use std::process::Command;

use super::programs::Program;
use super::side_by_side::{Cost, command, folder, is_of_runtime, measured, touch};

/// Prints a row: the cost of building a package with its dependencies built, and the size of the stripped program.
pub(super) fn row(document: &str, generator: &str, work: &Path, program: impl Fn(&str) -> Program) {
    write(work, &program(document));
    let [debug, release] = [&[][..], &["--release"]].map(|arguments| build(work, arguments));
    let size = std::fs::metadata(folder().join("built/release/calls")).map_or(0, |file| file.len() / 1024);
    assert!(debug.done && release.done, "the program of {generator} for {document} does not compile");
    println!(
        "| {document} | {generator} | {:.1} | {} | {:.1} | {} | {size} |",
        debug.cpu, debug.mib, release.cpu, release.mib
    );
}

/// Writes the program as the package `calls`, in a workspace of its own.
fn write(work: &Path, program: &Program) {
    let package = work.join("calls");
    std::fs::create_dir_all(package.join("src")).unwrap();
    let manifest = format!(
        "[package]\nname = \"calls\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n{} = {{ path = \"../{}\" }}\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n\n[profile.release]\nstrip = true\n\n[profile.dev]\ndebug = false\n",
        program.krate, program.folder
    );
    std::fs::write(package.join("Cargo.toml"), manifest).unwrap();
    let calls: String =
        program.calls.iter().map(|call| format!("    println!(\"{{:?}}\", {call}.is_ok());\n")).collect();
    let main = format!(
        "#[tokio::main(flavor = \"current_thread\")]\nasync fn main() {{\n    let client = {};\n{calls}}}\n",
        program.client
    );
    std::fs::write(package.join("src/main.rs"), main).unwrap();
}

/// Builds the program with everything, then again what was generated and the program alone.
fn build(work: &Path, arguments: &[&str]) -> Cost {
    let cargo = || -> Command {
        let mut cargo = command(Path::new(env!("CARGO")), &["build", "--quiet"], &work.join("calls"));
        cargo.args(arguments).env("CARGO_TARGET_DIR", folder().join("built")).env("CARGO_INCREMENTAL", "0");
        cargo
    };
    measured(&cargo());
    touch(work, |path| !is_of_runtime(path));
    measured(&cargo())
}
