//! The levels of the generated crates according to cargo-semver-checks, which reads what rustdoc knows of the compiled crates
//! and nothing of documents.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::process::Command;

use super::pairs::Pair;
use crategen::{Change, Config, Level, Output, Source, Surface};

/// The name of the generated crates, the same for both versions.
const NAME: &str = "compared";

/// Kinds of changes that break programs and that no check of cargo-semver-checks 0.51 is about.
const UNSEEN: &[(&str, &[&str])] = &[
    (
        "it compares no types of fields, arguments and results",
        &[
            "field-type-changed",
            "target-changed",
            "setter-type-changed",
            "output-changed",
            "headers-changed",
            "error-type-changed",
            "variant-type-changed",
            "principal-changed",
        ],
    ),
    ("it compares the number of arguments, not their order", &["new-arguments-reordered", "arguments-reordered"]),
    ("features are in the manifest, and rustdoc does not show it", &["feature-removed"]),
    ("what is sent is not in a signature", &["operation-moved", "credential-changed", "security-tightened"]),
];

/// Why cargo-semver-checks does not see a change, if it cannot.
fn unseen(change: &Change) -> bool {
    UNSEEN.iter().any(|(_, kinds)| kinds.contains(&change.kind.as_str()))
}

/// A folder in which versions of the crates are documented, one after the other.
struct SemverChecks {
    folder: tempfile::TempDir,
    config: Config,
    /// What rustdoc wrote, by the text of a crate.
    known: HashMap<String, PathBuf>,
}

impl SemverChecks {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("rustdoc")).unwrap();
        Self { folder, config: e2e::config(NAME), known: HashMap::new() }
    }

    /// Returns what rustdoc knows of a crate, as JSON in a file.
    fn rustdoc(&mut self, output: &Output, surface: Surface) -> PathBuf {
        let text = crate_text(output, surface);
        if let Some(path) = self.known.get(&text) {
            return path.clone();
        }
        let crates = self.folder.path().join("crates");
        drop(std::fs::remove_dir_all(&crates));
        for (path, text) in &output.files {
            let path = crates.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let package = format!("{NAME}-{}", surface.as_str());
        let folder = crates.join(&package);
        // What rustdoc knows is in JSON only behind a flag of unstable features.
        let mut command = e2e::cargo(&folder);
        command.args(["rustdoc", "--quiet", "--lib", "--all-features", "--", "-Zunstable-options"]);
        command.args(["--output-format=json", "--document-hidden-items", "--cap-lints=allow"]);
        let done = command.env("RUSTC_BOOTSTRAP", "1").output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let written = e2e::root().join("target/doc").join(format!("{}.json", package.replace('-', "_")));
        let kept = self.folder.path().join("rustdoc").join(format!("{}.json", self.known.len()));
        std::fs::copy(written, &kept).unwrap();
        self.known.insert(text, kept.clone());
        kept
    }

    /// Whether a crate of the new version breaks programs that use the old one, and the checks that say so.
    fn is_major(&mut self, old: &Output, new: &Output, surface: Surface) -> (bool, String) {
        if crate_text(old, surface) == crate_text(new, surface) {
            return (false, "the text is the same".to_owned());
        }
        let [old, new] = [old, new].map(|output| self.rustdoc(output, surface));
        let mut command = Command::new(env!("CARGO"));
        command.args(["semver-checks", "check-release", "--color", "never", "--release-type", "minor"]);
        command.arg("--baseline-rustdoc").arg(old).arg("--current-rustdoc").arg(new);
        let done = command.current_dir(self.folder.path()).output().unwrap();
        let text = String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr);
        let passed = text.contains("no semver update required");
        assert!(passed || text.contains("requires new major version"), "cargo-semver-checks: {text}");
        (!passed, text)
    }
}

fn crate_text(output: &Output, surface: Surface) -> String {
    let name = format!("{NAME}-{}", surface.as_str());
    let is_source =
        |path: &Path| path.starts_with(&name) && path.extension().is_some_and(|extension| extension == "rs");
    let sources = output.files.iter().filter(|(path, _)| is_source(path));
    let texts: Vec<String> = sources.map(|(path, text)| format!("{}\n{text}", path.display())).collect();
    texts.concat()
}

/// Compares the levels of each pair, or of those whose names contain the text in the variable. Where there is a reason, they have to
/// differ. A change that it cannot see does not count, unless it sees something after all.
#[test]
fn cargo_semver_checks_agrees() {
    let Ok(wanted) = std::env::var("CRATEGEN_SEMVER") else {
        println!("skipped: CRATEGEN_SEMVER is not set");
        return;
    };
    let is_wanted = |pair: &Pair| wanted == "1" || pair.name.contains(&wanted);
    let mut checks = SemverChecks::new();
    let mut before: BTreeMap<String, Output> = BTreeMap::new();
    let (mut agreed, mut reasons, mut wrong) = (0, 0, String::new());
    for pair in super::pairs::pairs().into_iter().filter(is_wanted) {
        let [old, new] = pair.documents();
        let config = checks.config.clone();
        let comparison = crategen::diff(old.clone(), new.clone(), &config).unwrap();
        let generate = |source: Source| crategen::generate(source, &config).unwrap();
        let after = generate(new);
        let before = before.entry(old.text.clone()).or_insert_with(|| generate(old));
        for surface in [Surface::Models, Surface::Client, Surface::Server] {
            let breaks = |change: &&Change| change.level == Level::Major && change.surfaces.contains(&surface);
            let mut own = comparison.changes.iter().filter(breaks);
            let (theirs, text) = checks.is_major(before, &after, surface);
            let is_right = if theirs { own.next().is_some() } else { own.all(unseen) };
            let reason = pair.semver_checks.get(surface.as_str());
            if is_right == reason.is_some() {
                let krate = surface.as_str();
                wrong.push_str(&format!("\n# {}: {krate} is major: {theirs} ({reason:?})\n{text}", pair.name));
                wrong.push_str(&comparison.to_text());
            } else if is_right {
                agreed += 1;
            } else {
                reasons += 1;
            }
        }
    }
    println!("{agreed} verdicts agree, {reasons} do not for a reason");
    assert!(agreed + reasons > 0, "no pair has {wanted:?} in its name");
    assert!(wrong.is_empty(), "{wrong}");
}
