//! Runs the command `crategen`: exit codes, output and written files.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use std::path::Path;
use std::process::{Command, Output};

/// Runs `crategen` in a folder.
fn crategen(folder: &Path, args: &[&str]) -> Output {
    Command::new(e2e::program()).args(args).current_dir(folder).output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn spec() -> String {
    e2e::root().join("specs/appwrite-openapi.yaml").display().to_string()
}

const THREE_MISTAKES: &str = "openapi: 3.0.3
info: {title: Broken, version: 1.0.0}
paths:
  /a:
    get:
      responses:
        '200':
          description: ok
          content: {application/json: {schema: {$ref: '#/components/schemas/Usr'}}}
    post:
      parameters: [{name: q, in: body, schema: {type: string}}]
      responses: {'200': {description: ok}}
components:
  schemas:
    User: {type: object, properties: {id: {type: strng}}}
";

#[test]
fn each_mistake_is_reported_at_its_place_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("spec.yaml"), THREE_MISTAKES).unwrap();
    // Without `--strict`, they are warnings. The fourth error is the operation that contains one of them.
    let output = crategen(folder.path(), &["generate", "--strict", "spec.yaml", "--out", "out"]);
    assert_eq!(code(&output), 1);
    let text = stderr(&output);
    for place in ["spec.yaml:9:", "spec.yaml:11:", "spec.yaml:15:"] {
        assert!(text.contains(place), "{place} is missing:\n{text}");
    }
    assert!(text.contains("did you mean `#/components/schemas/User`?") && text.contains("4 errors"), "{text}");
    assert!(!folder.path().join("out").exists());
    let args = ["generate", "--strict", "spec.yaml", "--out", "out", "--message-format", "json"];
    let json = crategen(folder.path(), &args);
    let lines: Vec<serde_json::Value> = stderr(&json).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 4);
    assert!(
        lines.iter().all(|line| line["severity"] == "error" && line["line"].is_u64() && line["pointer"].is_string())
    );
}

#[test]
fn a_bundle_generates_the_same_crates_as_its_files() {
    let folder = tempfile::tempdir().unwrap();
    let spec = e2e::root().join("tests/cases/many-files/spec.yaml").display().to_string();
    for out in ["bundle.yaml", "bundle.json"] {
        assert_eq!(code(&crategen(folder.path(), &["bundle", &spec, "--out", out])), 0);
    }
    for (spec, out) in [(spec.as_str(), "files"), ("bundle.yaml", "yaml"), ("bundle.json", "json")] {
        let args = ["generate", spec, "--out", out, "--name", "x"];
        assert_eq!(code(&crategen(folder.path(), &args)), 0, "{spec}");
    }
    let files = e2e::files(&folder.path().join("files"), &["rs", "toml", "json", "md"]);
    assert!(files.len() > 50);
    for file in &files {
        let path = file.strip_prefix(folder.path().join("files")).unwrap();
        for out in ["yaml", "json"] {
            let (of_files, of_bundle) = (std::fs::read(file), std::fs::read(folder.path().join(out).join(path)));
            assert_eq!(of_files.unwrap(), of_bundle.unwrap(), "{}", path.display());
        }
    }
}

#[test]
fn validate_writes_nothing_but_the_report() {
    let folder = tempfile::tempdir().unwrap();
    let spec = e2e::root().join("tests/cases/left-out/spec.yaml").display().to_string();
    let output = crategen(folder.path(), &["validate", &spec, "--report", "report.json"]);
    assert_eq!(code(&output), 0);
    assert!(stderr(&output).ends_with("2 of 4 operations can be generated\n"), "{}", stderr(&output));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    let text = std::fs::read_to_string(folder.path().join("report.json")).unwrap();
    let report: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(report["operations"], serde_json::json!({"documented": 4, "generated": 2}));
    let left_out: Vec<&str> =
        report["leftOut"].as_array().unwrap().iter().filter_map(|f| f["pointer"].as_str()).collect();
    assert!(left_out.contains(&"#/paths/~1nameless/get"), "{left_out:?}");
    assert_eq!(report["repaired"][0]["line"], 2);
    assert_eq!(code(&crategen(folder.path(), &["validate", "--strict", &spec])), 1);
}

#[test]
fn check_and_dry_run_write_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let spec = spec();
    let run = |extra: &[&str]| {
        let args = [&["generate", &spec, "--out", "out", "--name", "shop"], extra].concat();
        crategen(folder.path(), &args)
    };
    let dry = run(&["--dry-run"]);
    assert_eq!(code(&dry), 0);
    assert!(String::from_utf8_lossy(&dry.stdout).contains("would write: out/shop-models/src/lib.rs"));
    assert!(!folder.path().join("out").exists());
    assert_eq!(code(&run(&["--check"])), 1);
    assert_eq!(code(&run(&[])), 0);
    assert_eq!(code(&run(&["--check"])), 0);

    // A stale file, a file that is no longer generated, and a file that was never generated.
    let models = folder.path().join("out/shop-models/src");
    let header = "// @generated by crategen. Do not edit; change the OpenAPI document and regenerate.\n";
    std::fs::write(models.join("schemas.rs"), header).unwrap();
    std::fs::write(models.join("old.rs"), header).unwrap();
    std::fs::write(models.join("mine.rs"), "// mine\n").unwrap();
    let stale = run(&["--check"]);
    let text = String::from_utf8_lossy(&stale.stdout).into_owned();
    assert_eq!(code(&stale), 1);
    assert_eq!(
        text.lines().collect::<Vec<_>>(),
        ["stale: out/shop-models/src/schemas.rs", "obsolete: out/shop-models/src/old.rs"]
    );
    let before = std::fs::metadata(models.join("lib.rs")).unwrap().modified().unwrap();
    assert_eq!(code(&run(&[])), 0);
    assert!(!models.join("old.rs").exists() && models.join("mine.rs").exists());
    assert_eq!(std::fs::metadata(models.join("lib.rs")).unwrap().modified().unwrap(), before, "unchanged files stay");
}

#[test]
fn generate_writes_only_the_selected_crates() {
    let folder = tempfile::tempdir().unwrap();
    let output = crategen(folder.path(), &["generate", &spec(), "--out", "out", "--only", "models,client"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let mut found: Vec<_> =
        std::fs::read_dir(folder.path().join("out")).unwrap().flatten().map(|e| e.file_name()).collect();
    found.sort();
    assert_eq!(found, ["appwrite-client", "appwrite-models", "crategen-runtime"]);
}

#[test]
fn the_settings_file_is_read_from_its_folder_and_flags_override_it() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("api")).unwrap();
    std::fs::copy(spec(), folder.path().join("api/spec.yaml")).unwrap();
    let settings = "spec = \"spec.yaml\"\nout = \"crates\"\nname = \"shop\"\ncrates = [\"models\"]\n";
    std::fs::write(folder.path().join("api/crategen.toml"), settings).unwrap();
    let output = crategen(folder.path(), &["generate", "--config", "api/crategen.toml"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(folder.path().join("api/crates/shop-models/Cargo.toml").exists());
    let output = crategen(&folder.path().join("api"), &["generate", "--out", "elsewhere", "--name", "store"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(folder.path().join("api/elsewhere/store-models/Cargo.toml").exists());
    std::fs::write(folder.path().join("api/crategen.toml"), "sepc = \"spec.yaml\"\n").unwrap();
    assert_eq!(code(&crategen(&folder.path().join("api"), &["generate"])), 2);
}

#[test]
fn wrong_usage_exits_with_2() {
    let folder = tempfile::tempdir().unwrap();
    for args in [&["generate"][..], &["genrate"], &["generate", "--only", "modles", "x"], &[]] {
        assert_eq!(code(&crategen(folder.path(), args)), 2, "{args:?}");
    }
    assert_eq!(code(&crategen(folder.path(), &["generate", "missing.yaml"])), 1);
    assert_eq!(code(&crategen(folder.path(), &["--help"])), 0);
}

#[test]
fn inspect_shows_types_and_operations() {
    let folder = tempfile::tempdir().unwrap();
    let output = crategen(folder.path(), &["inspect", &spec(), "--format", "json"]);
    assert_eq!(code(&output), 0);
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let user = &found["types"][0];
    assert_eq!((&user["pointer"], &user["rust"]), (&"#/components/schemas/User".into(), &"User".into()));
    assert_eq!(user["kind"], "struct");
    let id = serde_json::json!({"rust": "id", "wire": "$id", "ty": "Option<String>"});
    assert!(user["members"].as_array().unwrap().contains(&id), "{user}");
    let list = &found["operations"][1];
    assert_eq!((&list["id"], &list["rust"]), (&"listUsers".into(), &"users().list_users".into()));
    let search =
        serde_json::json!({"rust": "search", "wire": "search", "ty": "String", "place": "query", "required": false});
    assert!(list["arguments"].as_array().unwrap().contains(&search), "{list}");
    assert_eq!(list["responses"][0]["status"], "200");
    let text = crategen(folder.path(), &["inspect", &spec()]);
    let text = String::from_utf8_lossy(&text.stdout).into_owned();
    assert!(text.contains("users().create_user"));
    assert!(text.contains("    body: models::CreateUserRequest"), "{text}");
}

#[test]
fn inspect_shows_one_type() {
    let folder = tempfile::tempdir().unwrap();
    let output = crategen(folder.path(), &["inspect", &spec(), "--type", "User"]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.starts_with("User ") && text.contains("struct   #/components/schemas/User\n"), "{text}");
    assert!(text.contains("  id: Option<String>") && text.contains("\"$id\""), "{text}");
    assert!(!text.contains("operations:"), "{text}");
    let wrong = crategen(folder.path(), &["inspect", &spec(), "--type", "Usr"]);
    assert_eq!(code(&wrong), 2);
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("unknown type `Usr`; did you mean `User`?"));
}

#[test]
fn output_depends_on_neither_folder_nor_locale() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let spec = spec();
    for (folder, locale) in folders.iter().zip(["C", "tr_TR.UTF-8"]) {
        let target =
            std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| e2e::root().join("target"), std::path::PathBuf::from);
        crategen(folder.path(), &["--help"]);
        let mut command = Command::new(target.join("debug/crategen"));
        let status =
            command.args(["generate", &spec, "--out", "out"]).env("LC_ALL", locale).current_dir(folder.path()).status();
        assert!(status.unwrap().success());
    }
    let [a, b] = folders.map(|folder| {
        let root = folder.path().join("out");
        let read =
            |path: &std::path::PathBuf| (path.strip_prefix(&root).unwrap().to_path_buf(), std::fs::read(path).unwrap());
        e2e::files(&root, &["rs", "toml", "md", "json"]).iter().map(read).collect::<Vec<_>>()
    });
    assert!(a == b && !a.is_empty());
}

/// A server that responds to every request with a text that can be changed, and counts the requests.
struct Host {
    url: String,
    text: std::sync::Arc<std::sync::Mutex<String>>,
    asked: std::sync::Arc<std::sync::atomic::AtomicUsize>,
}

impl Host {
    fn start(text: &str) -> Self {
        use std::io::{Read as _, Write as _};
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let text = std::sync::Arc::new(std::sync::Mutex::new(text.to_owned()));
        let asked = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
        let (answer, count) = (text.clone(), asked.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let _ = stream.read(&mut [0; 2048]);
                count.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                let body = answer.lock().unwrap().clone();
                let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
                let _ = stream.write_all((head + &body).as_bytes());
            }
        });
        Self { url, text, asked }
    }

    fn asked(&self) -> usize {
        self.asked.load(std::sync::atomic::Ordering::SeqCst)
    }
}

const REFERRED: &str = "definitions:
  Pet: {type: object, required: [owner], properties: {owner: {$ref: 'people.yaml#/definitions/Pet'}}}
";

#[test]
fn references_to_other_hosts_are_fetched_once_and_pinned() {
    let host = Host::start(REFERRED);
    let folder = tempfile::tempdir().unwrap();
    let document = format!(
        "openapi: 3.1.0\ninfo: {{title: Remote, version: 1.0.0}}\npaths: {{}}\ncomponents: {{schemas: {{Pet: {{$ref: \
         '{}/api/pets.yaml#/definitions/Pet'}}}}}}\n",
        host.url
    );
    std::fs::write(folder.path().join("spec.yaml"), document).unwrap();
    let run = |arguments: &[&str]| {
        let output = crategen(folder.path(), &[&["generate", "spec.yaml", "--out", "out"], arguments].concat());
        (code(&output), stderr(&output))
    };
    let (code, text) = run(&[]);
    assert!(code == 0 && text.contains("warning[remote-reference]") && text.contains("use `--allow-remote`"), "{text}");
    assert_eq!(host.asked(), 0, "nothing is fetched without permission");

    let (code, text) = run(&["--allow-remote"]);
    assert!(code == 0 && !text.contains("remote-reference"), "{text}");
    assert_eq!(host.asked(), 2, "the file and the one beside it");
    let lock = std::fs::read_to_string(folder.path().join("crategen.lock")).unwrap();
    assert_eq!(lock.matches("sha256").count(), 2, "{lock}");
    let files = e2e::files(&folder.path().join("out/remote-models/src"), &["rs"]);
    let models: String = files.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
    assert!(models.contains("pub struct Pet"), "{models}");

    host.text.lock().unwrap().push_str("# changed\n");
    assert_eq!(run(&["--allow-remote"]).0, 0);
    assert_eq!(host.asked(), 2, "what is pinned needs no network");

    std::fs::remove_dir_all(folder.path().join("crategen.remote")).unwrap();
    let (code, text) = run(&["--allow-remote"]);
    assert!(code == 1 && text.contains("its content has changed since it was pinned in `crategen.lock`"), "{text}");
}

#[test]
fn a_document_on_another_host_is_fetched_and_pinned_like_a_reference() {
    let host = Host::start("openapi: 3.1.0\ninfo: {title: Remote, version: 1.0.0}\npaths: {}\n");
    let folder = tempfile::tempdir().unwrap();
    let spec = format!("{}/openapi.yaml", host.url);
    let refused = crategen(folder.path(), &["generate", &spec, "--out", "out"]);
    assert!(code(&refused) == 1 && stderr(&refused).contains("`--allow-remote` was not given"), "{}", stderr(&refused));
    let read = crategen(folder.path(), &["generate", &spec, "--out", "out", "--allow-remote"]);
    assert_eq!(code(&read), 0, "{}", stderr(&read));
    let again = crategen(folder.path(), &["generate", "--check", &spec, "--out", "out", "--allow-remote"]);
    assert_eq!((code(&again), host.asked()), (0, 1), "{}", stderr(&again));
}

/// The paths of all files below a folder.
fn paths(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(paths(&path));
        }
        found.push(path);
    }
    found.sort();
    found
}

#[test]
fn only_generate_writes_what_was_fetched() {
    let host = Host::start("openapi: 3.1.0\ninfo: {title: Remote, version: 1.0.0}\npaths: {}\n");
    let folder = tempfile::tempdir().unwrap();
    let spec = format!("{}/openapi.yaml", host.url);
    let run = |args: &[&str]| {
        let output = crategen(folder.path(), &[args, &[spec.as_str(), "--allow-remote"]].concat());
        (code(&output), String::from_utf8(output.stdout.clone()).unwrap(), stderr(&output))
    };
    for (args, expected) in [
        (&["validate"][..], 0),
        (&["inspect"], 0),
        (&["bundle"], 0),
        (&["generate", "--dry-run", "--out", "out"], 0),
        (&["generate", "--check", "--out", "out"], 1),
    ] {
        let (code, stdout, text) = run(args);
        assert_eq!(code, expected, "{args:?}: {stdout}{text}");
        assert_eq!(paths(folder.path()), Vec::<std::path::PathBuf>::new(), "{args:?}");
    }
    assert_eq!(host.asked(), 5, "nothing is kept, so every run fetches the document");

    let generate = ["generate", "--out", "out"];
    assert_eq!(run(&generate).0, 0);
    let lock = folder.path().join("crategen.lock");
    let pinned = std::fs::read_to_string(&lock).unwrap();
    assert_eq!(pinned.matches("sha256").count(), 1, "{pinned}");
    assert_eq!(std::fs::read_dir(folder.path().join("crategen.remote")).unwrap().count(), 1);
    let before = paths(folder.path());
    assert_eq!(run(&["generate", "--check", "--out", "out"]).0, 0);
    assert_eq!((host.asked(), paths(folder.path())), (6, before), "the pinned file is read");

    // Without its entry, the lock is stale like any other file.
    std::fs::remove_file(&lock).unwrap();
    let (code, stdout, _) = run(&["generate", "--check", "--out", "out"]);
    assert_eq!((code, stdout.as_str()), (1, "stale: crategen.lock\n"));
    assert!(!lock.exists());
}
