//! The first minutes with the command: `init`, `--help`, completions, the schema of the settings file.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use std::path::Path;
use std::process::Command;

use e2e::crategen;
use serde_json::Value;

const DOCUMENT: &str = "openapi: 3.1.0\ninfo: {title: Shop, version: 1.0.0}\npaths: {}\n";

fn write(folder: &Path, file: &str, text: &str) {
    let path = folder.join(file);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

#[test]
fn init_finds_the_document_and_never_overwrites() {
    let folder = tempfile::tempdir().unwrap();
    let none = crategen(folder.path(), &["init"]);
    assert!(none.code == 2 && none.stderr.contains("no document in this folder"), "{}", none.stderr);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);

    write(
        folder.path(),
        "api/swagger.json",
        "{\"swagger\": \"2.0\", \"info\": {\"title\": \"A\", \"version\": \"1\"}, \"paths\": {}}",
    );
    write(folder.path(), "openapi.yaml", "just: a file\n");
    let first = crategen(folder.path(), &["init"]);
    assert!(
        first.code == 0 && first.stderr.contains("wrote `crategen.toml` for `api/swagger.json`"),
        "{}",
        first.stderr
    );
    assert!(first.stderr.contains("crategen generate"), "{}", first.stderr);

    let again = crategen(folder.path(), &["init"]);
    assert!(again.code == 1 && again.stderr.contains("--force"), "{}", again.stderr);
    write(folder.path(), "openapi.yaml", DOCUMENT);
    let forced = crategen(folder.path(), &["init", "--force"]);
    assert!(forced.code == 0 && forced.stderr.contains("there is also `api/swagger.json`"), "{}", forced.stderr);

    let generated = crategen(folder.path(), &["generate"]);
    assert!(generated.code == 0 && !generated.stderr.contains("warning"), "{}", generated.stderr);
    assert!(folder.path().join("crates/shop-models/Cargo.toml").is_file());
    let missing = crategen(folder.path(), &["init", "--force", "missing.yaml"]);
    assert!(missing.code == 1 && missing.stderr.contains("cannot read `missing.yaml`"), "{}", missing.stderr);
}

/// The values of a settings file as JSON.
fn json(text: &str) -> Value {
    serde_json::to_value(toml::from_str::<toml::Value>(text).unwrap()).unwrap()
}

#[test]
fn the_schema_accepts_every_settings_file_and_refuses_wrong_keys() {
    let folder = tempfile::tempdir().unwrap();
    let schema = crategen(folder.path(), &["schema"]);
    assert_eq!(schema.code, 0);
    let schema: Value = serde_json::from_str(&schema.stdout).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();

    write(folder.path(), "openapi.yaml", DOCUMENT);
    assert_eq!(crategen(folder.path(), &["init"]).code, 0);
    let mut files = e2e::files(&e2e::root(), &["toml"]);
    files.retain(|path| path.ends_with("crategen.toml"));
    assert!(files.len() > 4, "{files:?}");
    files.push(folder.path().join("crategen.toml"));
    for path in files {
        let text = std::fs::read_to_string(&path).unwrap();
        let wrong: Vec<String> = validator.iter_errors(&json(&text)).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{}: {wrong:?}", path.display());
    }
    for wrong in [
        "sepc = \"a\"",
        "crates = [\"modles\"]",
        "[types]\ndatetime = \"jiff\"",
        "[types]\ndate-time = \"chronos\"",
        "[operations]\ninclude = [{ tga = \"a\" }]",
        "[diagnostics]\nrenmed = \"allow\"",
        "[diagnostics]\nrenamed = \"alow\"",
        "[limits]\nfiles = -1",
    ] {
        assert!(!validator.is_valid(&json(wrong)), "{wrong} was accepted");
    }
}

/// The settings file in the README.
#[test]
fn the_readme_shows_every_setting() {
    let readme = std::fs::read_to_string(e2e::root().join("README.md")).unwrap();
    let (_, section) = readme.split_once("\n## Configuration").unwrap();
    let text = section.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let schema = crategen::Settings::schema();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let wrong: Vec<String> = validator.iter_errors(&json(text)).map(|error| error.to_string()).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    for key in schema["properties"].as_object().unwrap().keys() {
        assert!(
            text.contains(&format!("{key} = ")) || text.contains(&format!("[{key}")),
            "`{key}` is not in the README"
        );
    }
}

#[test]
fn every_example_of_the_help_works() {
    let folder = tempfile::tempdir().unwrap();
    let user = "components: {schemas: {User: {type: object, properties: {name: {type: string}}}}}\n";
    write(folder.path(), "openapi.yaml", &format!("{DOCUMENT}{user}"));
    write(
        folder.path(),
        "api/openapi.json",
        "{\"openapi\": \"3.1.0\", \"info\": {\"title\": \"A\", \"version\": \"1\"}, \"paths\": {}, \
         \"components\": {\"schemas\": {\"User\": {\"type\": \"object\"}}}}",
    );
    let all = crategen(folder.path(), &["--help"]);
    assert_eq!(all.code, 0);
    for command in
        ["init", "generate", "watch", "validate", "bundle", "inspect", "scaffold", "explain", "schema", "completions"]
    {
        assert!(all.stdout.contains(&format!("\n  {command} ")), "{command}: {}", all.stdout);
        let help = crategen(folder.path(), &[command, "--help"]).stdout;
        let (_, examples) = help.split_once("\nExamples:\n").unwrap_or_else(|| panic!("{command}: {help}"));
        let examples = examples.lines().filter_map(|line| line.trim().strip_prefix("crategen "));
        let mut found = 0;
        for example in examples {
            let arguments = example.split(['#', '>']).next().unwrap();
            let mut args: Vec<&str> = arguments.split_whitespace().collect();
            match command {
                // It ends with the process; `watch.rs` tests it.
                "watch" => args.push("--help"),
                "init" => _ = std::fs::remove_file(folder.path().join("crategen.toml")),
                _ => {}
            }
            let ran = crategen(folder.path(), &args);
            assert_eq!(ran.code, 0, "{example}: {}", ran.stderr);
            found += 1;
        }
        assert!(found > 0, "{command} has no examples");
    }
}

#[test]
fn enumerations_list_their_values() {
    let folder = tempfile::tempdir().unwrap();
    let help = crategen(folder.path(), &["generate", "--help"]).stdout;
    for value in ["models:", "contract-tests:", "text:", "json:"] {
        assert!(help.contains(&format!("- {value}")), "{value}: {help}");
    }
    let wrong = crategen(folder.path(), &["generate", "--only", "modles", "openapi.yaml"]);
    assert!(wrong.code == 2 && wrong.stderr.contains("'models'"), "{}", wrong.stderr);
}

#[test]
fn completions_are_scripts_of_their_shells() {
    let folder = tempfile::tempdir().unwrap();
    for (shell, part) in [
        ("bash", "complete -F _crategen"),
        ("zsh", "#compdef crategen"),
        ("fish", "complete -c crategen"),
        ("powershell", "Register-ArgumentCompleter"),
        ("elvish", "edit:completion:arg-completer[crategen]"),
    ] {
        let ran = crategen(folder.path(), &["completions", shell]);
        assert!(ran.code == 0 && ran.stdout.contains(part), "{shell}: {}", ran.stdout);
        // The scripts of the other shells complete flags only.
        let completes_values = ["bash", "zsh", "fish"].contains(&shell);
        assert_eq!(ran.stdout.contains("unresolved-reference"), completes_values, "{shell}");
    }
    // A shell accepts its script, if it is installed.
    let script = crategen(folder.path(), &["completions", "bash"]).stdout;
    write(folder.path(), "crategen.bash", &script);
    if let Ok(status) = Command::new("bash").args(["-n", "crategen.bash"]).current_dir(folder.path()).status() {
        assert!(status.success());
    }
}

#[test]
fn crates_with_a_former_name_are_pointed_out() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "openapi.yaml", DOCUMENT);
    write(folder.path(), "other.yaml", &DOCUMENT.replace("Shop", "Other"));
    let generate = |args: &[&str]| {
        let ran = crategen(folder.path(), &[&["generate", "--out", "out"], args].concat());
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        ran.stderr
    };
    generate(&["openapi.yaml", "--name", "old"]);
    // Another document in the same folder, and a crate of the user.
    assert!(!generate(&["other.yaml"]).contains("under another name"));
    write(folder.path(), "out/mine/Cargo.toml", "[package]\nname = \"mine\"\n");
    let renamed = generate(&["openapi.yaml", "--name", "new"]);
    let expected = "another name, and no longer updated: `out/old-client`, `out/old-models`, `out/old-server`\n";
    assert!(renamed.contains(expected), "{renamed}");
    assert!(generate(&["openapi.yaml", "--name", "new", "--check"]).contains("`out/old-models`"));
    assert!(!generate(&["other.yaml"]).contains("under another name"));
}

/// The first code block of the README in a language that contains a text.
fn block(language: &str, part: &str) -> String {
    let readme = std::fs::read_to_string(e2e::root().join("README.md")).unwrap();
    let blocks = readme.split("```").skip(1).step_by(2).filter_map(|block| block.split_once('\n'));
    let mut wanted = blocks.filter(|(first, text)| *first == language && text.contains(part));
    wanted.next().unwrap_or_else(|| panic!("the README has no {part}")).1.to_owned()
}

#[test]
fn the_first_commands_of_the_readme_write_the_crates_that_it_lists() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "openapi.yaml", DOCUMENT);
    let console = block("console", "crategen init");
    let mut lines = console.lines();
    for command in
        lines.by_ref().take_while(|line| *line != "$ ls crates").filter_map(|line| line.strip_prefix("$ crategen "))
    {
        let args: Vec<&str> = command.split('#').next().unwrap().split_whitespace().collect();
        let ran = crategen(folder.path(), &args);
        assert_eq!(ran.code, 0, "{command}: {}", ran.stderr);
    }
    let listed: Vec<&str> = lines.next().unwrap().split_whitespace().collect();
    let mut found: Vec<_> =
        std::fs::read_dir(folder.path().join("crates")).unwrap().flatten().map(|entry| entry.file_name()).collect();
    found.sort();
    assert_eq!(found, listed);
}

#[test]
fn the_workflow_of_the_readme_passes_and_notices_stale_crates() {
    let workflow: Value = serde_yaml::from_str(&block("yaml", "jobs:")).unwrap();
    let steps = workflow["jobs"]["generated-crates"]["steps"].as_array().unwrap();
    let commands: Vec<&str> = steps.iter().filter_map(|step| step["run"].as_str()).collect();
    let (install, commands) = commands.split_first().unwrap();
    assert!(install.starts_with("cargo install ") && install.ends_with(" crategen-cli"), "{install}");

    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "openapi.yaml", DOCUMENT);
    assert_eq!(crategen(folder.path(), &["init"]).code, 0);
    assert_eq!(crategen(folder.path(), &["generate"]).code, 0);
    let run = || -> Vec<i32> {
        let words = |command: &str| command.split(' ').skip(1).map(str::to_owned).collect::<Vec<_>>();
        let run = |command: &&str| {
            let words = words(command);
            crategen(folder.path(), &words.iter().map(String::as_str).collect::<Vec<_>>()).code
        };
        commands.iter().map(run).collect()
    };
    assert_eq!(run(), [0, 0]);
    write(folder.path(), "openapi.yaml", &DOCUMENT.replace("1.0.0", "1.1.0"));
    assert_eq!(run(), [0, 1]);
}

#[cfg(unix)]
#[test]
fn the_hook_of_the_readme_refuses_stale_crates() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = tempfile::tempdir().unwrap();
    let program = e2e::program();
    let path = std::env::join_paths(
        std::iter::once(program.parent().unwrap().to_path_buf())
            .chain(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())),
    )
    .unwrap();
    let git = |args: &[&str]| {
        let who = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "core.hooksPath=.git/hooks"];
        let output = Command::new("git").args(who).args(args).current_dir(folder.path()).env("PATH", &path).output();
        output.unwrap().status.success()
    };
    write(folder.path(), "openapi.yaml", DOCUMENT);
    assert_eq!(crategen(folder.path(), &["init"]).code, 0);
    assert_eq!(crategen(folder.path(), &["generate"]).code, 0);
    assert!(git(&["init", "--quiet"]));
    write(folder.path(), ".git/hooks/pre-commit", &block("sh", "crategen generate"));
    let hook = folder.path().join(".git/hooks/pre-commit");
    std::fs::set_permissions(hook, std::fs::Permissions::from_mode(0o755)).unwrap();
    assert!(git(&["add", "."]) && git(&["commit", "--quiet", "-m", "fresh"]));
    write(folder.path(), "openapi.yaml", &DOCUMENT.replace("1.0.0", "1.1.0"));
    assert!(git(&["add", "."]) && !git(&["commit", "--quiet", "-m", "stale"]));
    assert_eq!(crategen(folder.path(), &["generate"]).code, 0);
    assert!(git(&["add", "."]) && git(&["commit", "--quiet", "-m", "fresh again"]));
}
