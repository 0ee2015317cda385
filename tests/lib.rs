//! Helpers for tests: the places of files in the repository, and the command.

#![allow(clippy::panic)]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Once;

use crategen::{Config, Runtime};

/// Returns the root folder of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// Builds the command `crategen`, once, and returns its path.
///
/// # Panics
///
/// If it cannot be built.
pub fn program() -> PathBuf {
    static BUILT: Once = Once::new();
    BUILT.call_once(|| build(&[]));
    built("debug")
}

/// Builds the command `crategen` with optimizations, once, and returns its path. Tests of time use it: they measure what users run.
///
/// # Panics
///
/// If it cannot be built.
pub fn optimized_program() -> PathBuf {
    static BUILT: Once = Once::new();
    BUILT.call_once(|| build(&["--release"]));
    built("release")
}

/// Builds the command with more arguments for cargo.
fn build(args: &[&str]) {
    let status = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "-p", "crategen-cli"])
        .args(args)
        .arg("--manifest-path")
        .arg(root().join("Cargo.toml"))
        .status();
    assert!(status.is_ok_and(|status| status.success()), "crategen cannot be built");
}

/// Returns the path of the command in the folder of a profile.
fn built(profile: &str) -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    target.join(profile).join(format!("crategen{}", std::env::consts::EXE_SUFFIX))
}

/// Returns the command `cargo` in a folder of generated crates, which share the target directory of the repository.
pub fn cargo(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO"));
    share_target(&mut command);
    command.current_dir(folder);
    command
}

/// Lets a command that runs cargo outside the workspace use the target directory of the repository, with one profile, so that
/// dependencies are compiled once for all tests.
pub fn share_target(command: &mut Command) {
    command.env("CARGO_TARGET_DIR", root().join("target"));
    command.env("CARGO_PROFILE_DEV_DEBUG", "false").env("CARGO_INCREMENTAL", "0");
}

/// What the command did.
pub struct Ran {
    /// Its exit code; -1 if a signal ended it.
    pub code: i32,
    /// What it printed to standard output.
    pub stdout: String,
    /// What it printed to standard error.
    pub stderr: String,
}

/// Runs `crategen` in a folder.
///
/// # Panics
///
/// If it cannot be started.
pub fn crategen(folder: &Path, args: &[&str]) -> Ran {
    let output = Command::new(program()).args(args).current_dir(folder).output();
    let output = output.unwrap_or_else(|error| panic!("crategen cannot be started: {error}"));
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ran { code: output.status.code().unwrap_or(-1), stdout: text(&output.stdout), stderr: text(&output.stderr) }
}

/// Returns the default configuration for crates of this name that use the runtime of this repository.
pub fn config(name: &str) -> Config {
    Config { name: Some(name.to_owned()), runtime: runtime(), ..Config::default() }
}

/// Returns the runtime of this repository.
pub fn runtime() -> Runtime {
    Runtime::Path(root().join("templates"))
}

/// Returns the files in a folder and its subfolders that have one of these extensions, sorted.
pub fn files(folder: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        let Ok(entries) = std::fs::read_dir(folder) else { continue };
        for path in entries.flatten().map(|entry| entry.path()) {
            let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
            if path.is_dir() {
                if path.file_name().is_none_or(|name| name != "target") {
                    open.push(path);
                }
            } else if extensions.contains(&extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// A document of the corpus.
pub struct Entry {
    /// Its path, relative to the folder of the corpus.
    pub file: String,
    /// Its path.
    pub path: PathBuf,
    /// A name for crates and folders.
    pub slug: String,
    /// Its version according to the manifest.
    pub version: String,
}

/// Returns the documents in the manifest of the corpus, or `None` without a corpus.
///
/// The corpus is not part of the repository. Its folder is `CRATEGEN_CORPUS`, or `../shared/corpus` beside the repository.
pub fn corpus() -> Option<Vec<Entry>> {
    let folder = std::env::var_os("CRATEGEN_CORPUS").map_or_else(|| root().join("../shared/corpus"), PathBuf::from);
    let manifest = std::fs::read_to_string(folder.join("manifest.tsv")).ok()?;
    let entry = |line: &str| {
        let mut cells = line.split('\t');
        let (file, version) = (cells.next()?.to_owned(), cells.next()?.to_owned());
        let stem = file.rsplit_once('.').map_or(file.as_str(), |(stem, _)| stem).to_ascii_lowercase();
        let words = stem.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        let slug = words.collect::<Vec<_>>().join("-");
        Some(Entry { path: folder.join(&file), file, slug, version })
    };
    Some(manifest.lines().skip(1).filter_map(entry).collect())
}
