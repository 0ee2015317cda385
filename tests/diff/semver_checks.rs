//! cargo-semver-checks compares the generated crates of each pair: an independent opinion on the verdicts.
//!
//! It reads the description of a crate that rustdoc writes as JSON, and has a rule for each way to break callers that it knows.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crategen::{Config, Level, Source, Surface};

use super::{compare, pairs};

/// The crates, and the names that rustdoc gives their descriptions.
const CRATES: [(Surface, &str); 3] =
    [(Surface::Models, "shop_models"), (Surface::Client, "shop_client"), (Surface::Server, "shop_server")];

/// Kinds of changes that cargo-semver-checks has no rule for.
const WITHOUT_RULE: [(&str, &str); 0] = [];

/// What it requires of the next version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Required {
    Nothing,
    Minor,
    Major,
}

#[test]
fn cargo_semver_checks_agrees() {
    if std::env::var_os("CRATEGEN_SEMVER").is_none() {
        println!("skipped: set CRATEGEN_SEMVER=1 to compare the crates with cargo-semver-checks");
        return;
    }
    let folder = e2e::root().join("target/semver");
    let mut described = BTreeMap::new();
    let mut wrong = String::new();
    for pair in pairs::pairs() {
        let [old, new] = pair.documents();
        let [old, new] = [old, new].map(|source| {
            let next = described.len();
            let text = source.text.clone();
            described.entry(text).or_insert_with(|| describe(source, &folder, next)).clone()
        });
        let comparison = compare(&pair);
        for (surface, name) in CRATES {
            let (theirs, rules) = required(&old.join(name), &new.join(name));
            let ours = comparison.level(surface);
            let highest = comparison.changes.iter().filter(|change| {
                change.surfaces.contains(&surface) && Some(change.level) == ours && ours == Some(Level::Major)
            });
            let kinds: BTreeSet<String> = highest.map(|change| change.kind.to_string()).collect();
            let known = |kind: &String| WITHOUT_RULE.iter().any(|(name, _)| kind == name);
            let agrees = match (ours, theirs) {
                (Some(Level::Major), Required::Major) => true,
                // All that is major here is of kinds without a rule there.
                (Some(Level::Major), _) => kinds.iter().all(known),
                (_, Required::Major) => false,
                (ours, Required::Minor) => ours == Some(Level::Minor),
                (_, Required::Nothing) => true,
            };
            if !agrees && !pair.semver.contains_key(surface.as_str()) {
                let theirs = format!("{theirs:?} {rules:?}");
                wrong.push_str(&format!("{}: {name}: ours {ours:?} {kinds:?}, theirs {theirs}\n", pair.name));
            } else if agrees && pair.semver.contains_key(surface.as_str()) {
                wrong.push_str(&format!("{}: {name}: there is a reason for a difference, but none\n", pair.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Generates the crates of a document, and describes them in a folder, which is returned.
fn describe(source: Source, folder: &Path, number: usize) -> PathBuf {
    let config = Config { name: Some("shop".to_owned()), runtime: e2e::runtime(), ..Config::default() };
    let crates = folder.join("crates");
    let _ = fs::remove_dir_all(&crates);
    let output = crategen::generate(source, &config).unwrap();
    for (path, text) in &output.files {
        let path = crates.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    fs::write(crates.join("Cargo.toml"), "[workspace]\nresolver = \"3\"\nmembers = [\"shop-*\"]\n").unwrap();
    fs::copy(e2e::root().join("Cargo.lock"), crates.join("Cargo.lock")).unwrap();
    let mut command = e2e::cargo(&crates);
    command.args(["doc", "--quiet", "--workspace", "--no-deps", "--offline"]);
    // The format is not stable, and each version of cargo-semver-checks reads those of some compilers.
    command.env("RUSTC_BOOTSTRAP", "1").env("RUSTDOCFLAGS", "-Z unstable-options --output-format json");
    command.env("CARGO_TARGET_DIR", folder.join("target"));
    let ran = command.output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let described = folder.join(number.to_string());
    fs::create_dir_all(&described).unwrap();
    for (_, name) in CRATES {
        fs::copy(folder.join("target/doc").join(format!("{name}.json")), described.join(name)).unwrap();
    }
    described
}

/// What the changes of a crate require, and by which rules.
fn required(old: &Path, new: &Path) -> (Required, Vec<String>) {
    let ran = Command::new("cargo")
        .args(["semver-checks", "check-release", "--color", "never", "--release-type", "patch"])
        .arg("--baseline-rustdoc")
        .arg(old)
        .arg("--current-rustdoc")
        .arg(new)
        .output()
        .unwrap();
    let text = format!("{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    let rules = text.lines().filter_map(|line| line.strip_prefix("--- failure ")).map(str::to_owned).collect();
    let required = if text.contains("requires new major version") {
        Required::Major
    } else if text.contains("requires new minor version") {
        Required::Minor
    } else {
        assert!(text.contains("no semver update required"), "{text}");
        Required::Nothing
    };
    (required, rules)
}
