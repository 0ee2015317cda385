//! The command: exit codes, formats, and documents from git.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

const BASE: &str = include_str!("base.yaml");

fn crategen(folder: &Path, args: &[&str]) -> Output {
    Command::new(e2e::program()).arg("diff").args(args).current_dir(folder).output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A folder with the base and three new versions of it.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let versions = [
        ("old.yaml", BASE.to_owned()),
        ("major.yaml", BASE.replace("maxLength: 50}\n        email", "maxLength: 40}\n        email")),
        (
            "minor.yaml",
            BASE.replace("key: {type: apiKey", "basic: {type: http, scheme: basic}\n    key: {type: apiKey"),
        ),
        ("patch.yaml", BASE.replace("Id: {type: string}", "Id: {type: string, description: An id.}")),
        ("broken.yaml", "openapi: [\n".to_owned()),
    ];
    for (name, text) in versions {
        assert!(name == "old.yaml" || text != BASE, "{name}");
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

#[test]
fn the_exit_code_follows_the_level() {
    let folder = folder();
    let cases = [
        ("old.yaml", [0, 0, 0, 0]),
        ("patch.yaml", [0, 0, 1, 0]),
        ("minor.yaml", [0, 1, 1, 0]),
        ("major.yaml", [1, 1, 1, 0]),
    ];
    for (new, codes) in cases {
        for (level, wanted) in ["major", "minor", "patch", "never"].into_iter().zip(codes) {
            let output = crategen(folder.path(), &["old.yaml", new, "--fail-on", level]);
            assert_eq!(code(&output), wanted, "{new} {level}: {}{}", stdout(&output), stderr(&output));
        }
        assert_eq!(code(&crategen(folder.path(), &["old.yaml", new])), codes[0], "{new}");
    }
    // Only what is compared counts.
    assert_eq!(code(&crategen(folder.path(), &["old.yaml", "major.yaml", "--only", "models,client,server"])), 0);
    assert_eq!(code(&crategen(folder.path(), &["old.yaml", "major.yaml", "--only", "wire"])), 1);
}

#[test]
fn wrong_flags_and_broken_documents_fail() {
    let folder = folder();
    for args in [&["old.yaml"][..], &[], &["old.yaml", "major.yaml", "--against", "main"], &["a", "b", "c"]] {
        let output = crategen(folder.path(), args);
        assert_eq!(code(&output), 2, "{args:?}: {}", stderr(&output));
    }
    for (args, which) in [(["old.yaml", "broken.yaml"], "new"), (["broken.yaml", "old.yaml"], "old")] {
        let output = crategen(folder.path(), &args);
        assert_eq!(code(&output), 1);
        let text = stderr(&output);
        assert!(text.starts_with(&format!("the {which} document has errors:\nerror[syntax]")), "{text}");
        assert!(stdout(&output).is_empty());
    }
    let output = crategen(folder.path(), &["old.yaml", "absent.yaml"]);
    assert_eq!(code(&output), 1);
    assert!(stderr(&output).contains("cannot read `absent.yaml`"), "{}", stderr(&output));
}

#[test]
fn text_names_symbol_place_and_verdict() {
    let folder = folder();
    let output = crategen(folder.path(), &["old.yaml", "major.yaml"]);
    let wanted = "\
major[rule-tightened] `models::NewUser::name`: requests: stricter rule: `maxLength: 40`, before `maxLength: 50`
  --> major.yaml:75:9 (#/components/schemas/NewUser/properties/name; wire)

models: unchanged, client: unchanged, server: unchanged, wire: major
";
    assert_eq!(stdout(&output), wanted);
    let output = crategen(folder.path(), &["old.yaml", "old.yaml"]);
    assert_eq!(stdout(&output), "models: unchanged, client: unchanged, server: unchanged, wire: unchanged\n");
}

/// The README names an edit of the document of these tests, and shows what the command prints.
#[test]
fn the_readme_shows_what_is_printed() {
    let new = BASE
        .replace("maxLength: 50}\n        email", "maxLength: 40}\n        email")
        .replace("        status: {$ref", "        email: {type: string}\n        status: {$ref");
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("openapi-1.0.yaml"), BASE).unwrap();
    std::fs::write(folder.path().join("openapi-1.1.yaml"), new).unwrap();
    let printed = stdout(&crategen(folder.path(), &["openapi-1.0.yaml", "openapi-1.1.yaml"]));
    let readme = std::fs::read_to_string(e2e::root().join("README.md")).unwrap();
    let edit = "Version 1.1 shortens `NewUser.name` to 40 characters, and adds an optional `User.email`:";
    let (_, shown) = readme.split_once(&format!("{edit}\n\n```text\n")).unwrap();
    let (shown, _) = shown.split_once("```\n").unwrap();
    assert_eq!(shown, printed);
}

#[test]
fn json_has_every_field() {
    let folder = folder();
    let output = crategen(folder.path(), &["major.yaml", "old.yaml", "--format", "json"]);
    let value: Value = serde_json::from_str(&stdout(&output)).unwrap();
    let change = serde_json::json!({
        "level": "minor",
        "kind": "rule-loosened",
        "crates": ["wire"],
        "symbol": "models::NewUser::name",
        "message": "requests: looser rule: `maxLength: 50`, before `maxLength: 40`",
        "place": {
            "version": "new", "file": "old.yaml", "line": 75, "column": 9,
            "pointer": "#/components/schemas/NewUser/properties/name",
        },
    });
    assert_eq!(value["changes"], serde_json::json!([change]));
    assert_eq!(value["verdict"], serde_json::json!({"models": null, "client": null, "server": null, "wire": "minor"}));
}

#[test]
fn markdown_is_a_section_of_a_changelog() {
    let folder = folder();
    let output = crategen(folder.path(), &["old.yaml", "major.yaml", "--format", "markdown"]);
    let wanted = "\
## API changes

| models | client | server | wire |
|---|---|---|---|
| unchanged | unchanged | unchanged | major |

### Breaking

- `models::NewUser::name`: requests: stricter rule: `maxLength: 40`, before `maxLength: 50` (wire)
";
    assert_eq!(stdout(&output), wanted);
}

#[test]
fn texts_of_the_document_stay_text_in_markdown() {
    let folder = tempfile::tempdir().unwrap();
    let hostile = BASE.replace(
        "properties: {reason: {type: string}}",
        "properties: {reason: {type: string, pattern: \"`<b>[x](y)\\n# z\"}}",
    );
    assert_ne!(hostile, BASE);
    std::fs::write(folder.path().join("old.yaml"), BASE).unwrap();
    std::fs::write(folder.path().join("new.yaml"), hostile).unwrap();
    let text = stdout(&crategen(folder.path(), &["old.yaml", "new.yaml", "--format", "markdown"]));
    let line = text.lines().find(|line| line.contains("pattern")).unwrap();
    assert!(line.starts_with("- ") && line.ends_with("(wire)"), "{text}");
    assert!(line.contains("\\<b\\>\\[x\\]"), "{text}");
}

/// Runs git in a folder, without the settings of whoever runs the tests.
fn git(folder: &Path, args: &[&str]) {
    let identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];
    let output = Command::new("git").args(identity).args(args).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", stderr(&output));
}

fn has_git() -> bool {
    Command::new("git").arg("--version").output().is_ok()
}

#[test]
fn the_old_document_is_read_from_git() {
    if !has_git() {
        return;
    }
    let folder = folder();
    let api = folder.path().join("api");
    std::fs::create_dir(&api).unwrap();
    std::fs::copy(folder.path().join("old.yaml"), api.join("spec.yaml")).unwrap();
    std::fs::write(folder.path().join("crategen.toml"), "spec = \"api/spec.yaml\"\n").unwrap();
    git(folder.path(), &["init", "--quiet"]);
    git(folder.path(), &["add", "api"]);
    git(folder.path(), &["commit", "--quiet", "--message", "first"]);
    git(folder.path(), &["tag", "v1"]);
    std::fs::copy(folder.path().join("major.yaml"), api.join("spec.yaml")).unwrap();

    let output = crategen(folder.path(), &["--against", "v1", "api/spec.yaml"]);
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    assert!(stdout(&output).contains("--> api/spec.yaml:75:9"), "{}", stdout(&output));
    // The document of the settings, and another folder.
    assert_eq!(stdout(&crategen(folder.path(), &["--against", "v1"])), stdout(&output));
    let inside = crategen(&api, &["--against", "HEAD", "spec.yaml"]);
    assert!(stdout(&inside).contains("major[rule-tightened]"), "{}", stderr(&inside));

    for (revision, path, wanted) in [
        ("v2", "api/spec.yaml", "cannot read `v2:api/spec.yaml` from git: invalid object name 'v2'"),
        (
            "v1",
            "major.yaml",
            "cannot read `v1:major.yaml` from git: path './major.yaml' exists on disk, but not in 'v1'",
        ),
        ("v1", "absent.yaml", "cannot read `v1:absent.yaml` from git: path './absent.yaml' does not exist in 'v1'"),
    ] {
        let output = crategen(folder.path(), &["--against", revision, path]);
        assert_eq!(code(&output), 1, "{revision}:{path}");
        let text = stderr(&output);
        assert!(text.contains(wanted.split(": ").next().unwrap()) && text.contains("from git: "), "{text}");
    }
    let output = crategen(folder.path(), &["--against=--output=x", "api/spec.yaml"]);
    assert_eq!(code(&output), 2, "{}", stderr(&output));
}

#[test]
fn files_that_a_document_refers_to_are_read_from_the_same_revision() {
    if !has_git() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let spec = BASE.replace("$ref: '#/components/schemas/Id'", "$ref: 'parts/id.yaml'");
    std::fs::create_dir_all(folder.path().join("api/parts")).unwrap();
    std::fs::write(folder.path().join("api/spec.yaml"), spec).unwrap();
    std::fs::write(folder.path().join("api/parts/id.yaml"), "type: object\nproperties:\n  a: {type: string}\n")
        .unwrap();
    git(folder.path(), &["init", "--quiet"]);
    git(folder.path(), &["add", "api"]);
    git(folder.path(), &["commit", "--quiet", "--message", "first"]);
    std::fs::write(folder.path().join("api/parts/id.yaml"), "type: object\nproperties:\n  b: {type: string}\n")
        .unwrap();
    let output = crategen(folder.path(), &["--against", "HEAD", "api/spec.yaml"]);
    let text = stdout(&output);
    assert!(
        text.contains("HEAD:parts/id.yaml:3:3") && text.contains("--> api/parts/id.yaml:3:3"),
        "{text}{}",
        stderr(&output)
    );
    // Neither the index nor the working tree of the repository changed.
    let status = Command::new("git").args(["status", "--porcelain"]).current_dir(folder.path()).output().unwrap();
    assert_eq!(stdout(&status), " M api/parts/id.yaml\n");
}

#[test]
fn without_git_the_error_says_so() {
    let folder = folder();
    let program = e2e::program();
    let output = Command::new(program)
        .args(["diff", "--against", "main", "old.yaml"])
        .current_dir(folder.path())
        .env("PATH", folder.path())
        .output()
        .unwrap();
    assert_eq!(code(&output), 1);
    assert!(
        stderr(&output).contains("cannot read `main:old.yaml` from git: git is not installed"),
        "{}",
        stderr(&output)
    );
}
