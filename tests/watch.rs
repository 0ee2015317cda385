//! `crategen watch`: changes of the document, of a file that it refers to, and of the settings.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

/// A running command, which is ended with the test.
struct Watch {
    child: Child,
    lines: Receiver<String>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Watch {
    fn start(folder: &Path) -> Self {
        let mut command = Command::new(e2e::program());
        let mut child = command.arg("watch").current_dir(folder).stderr(Stdio::piped()).spawn().unwrap();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        let (send, lines) = mpsc::channel();
        std::thread::spawn(move || stderr.lines().map_while(Result::ok).try_for_each(|line| send.send(line)));
        Self { child, lines }
    }

    /// Returns what is printed until the command waits for the next change.
    fn round(&self) -> String {
        let (start, mut text) = (Instant::now(), String::new());
        while !text.contains("watching for changes") {
            let rest = Duration::from_secs(60).saturating_sub(start.elapsed());
            let line = self.lines.recv_timeout(rest).unwrap_or_else(|error| panic!("{error}: {text}"));
            text.push_str(&line);
            text.push('\n');
        }
        text
    }
}

fn document(title: &str, schema: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{title: {title}, version: 1.0.0}}\npaths: {{}}\ncomponents: {{schemas: {{Pet: {schema}}}}}\n"
    )
}

#[test]
fn every_file_that_was_read_is_watched() {
    let folder = tempfile::tempdir().unwrap();
    let write = |file: &str, text: &str| std::fs::write(folder.path().join(file), text).unwrap();
    std::fs::create_dir(folder.path().join("parts")).unwrap();
    write("openapi.yaml", &document("Shop", "{$ref: 'parts/pet.yaml'}"));
    write("parts/pet.yaml", "{type: object, properties: {name: {type: string}}}\n");
    write("crategen.toml", "spec = \"openapi.yaml\"\nout = \"out\"\nname = \"shop\"\ncrates = [\"models\"]\n");
    let models = || -> String {
        let files = e2e::files(&folder.path().join("out/shop-models/src/schemas"), &["rs"]);
        files.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
    };

    let mut watch = Watch::start(folder.path());
    let text = watch.round();
    assert!(text.contains("files below `out`") && models().contains("name"), "{text}");

    write("parts/pet.yaml", "{type: object, properties: {nickname: {type: string}}}\n");
    let text = watch.round();
    assert!(text.contains("1 written") && models().contains("nickname"), "{text}");

    // A document with a mistake is reported, and its correction is noticed. Editors replace files.
    write("openapi.yaml", "openapi: 3.1.0\ninfo: [\n");
    assert!(watch.round().contains("error[syntax]"));
    write("new.yaml", &document("Shop", "{type: object, properties: {age: {type: integer}}}"));
    std::fs::rename(folder.path().join("new.yaml"), folder.path().join("openapi.yaml")).unwrap();
    let text = watch.round();
    assert!(text.contains("files below `out`") && models().contains("age"), "{text}");

    // A file that does not exist yet is noticed when it does.
    write("openapi.yaml", &document("Shop", "{$ref: 'parts/later.yaml'}"));
    assert!(watch.round().contains("cannot read"));
    write("parts/later.yaml", "{type: object, properties: {weight: {type: number}}}\n");
    let text = watch.round();
    assert!(!text.contains("cannot read") && models().contains("weight"), "{text}");

    write("crategen.toml", "spec = \"openapi.yaml\"\nout = \"out\"\nname = \"store\"\ncrates = [\"models\"]\n");
    let text = watch.round();
    assert!(text.contains("`out/shop-models`") && folder.path().join("out/store-models").is_dir(), "{text}");

    // What the command writes itself does not start another round.
    assert!(watch.lines.recv_timeout(Duration::from_secs(1)).is_err());
    if cfg!(unix) {
        let ended = Command::new("kill").args(["-TERM", &watch.child.id().to_string()]).status().unwrap();
        assert!(ended.success());
        assert!(!watch.child.wait().unwrap().success(), "the signal ends the process");
    }
}

#[test]
fn watch_needs_a_document_in_a_file() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(e2e::crategen(folder.path(), &["watch"]).code, 2);
    assert_eq!(e2e::crategen(folder.path(), &["watch", "-"]).code, 2);
}
