//! The accounting of keys notices when a use is removed: in copies of the generator, one place each no longer reads a key, and the
//! test `every_key_is_accounted_for` must then name that key. Slow, so it needs `CRATEGEN_ACCOUNTING=1`.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use std::path::Path;
use std::process::Command;

/// A place that reads a key: a file of the generator, the text that reads it, and the object whose key it is.
const USES: [(&str, &str, &str, &str); 11] = [
    ("lower/facts/validation.rs", "node.flag(\"uniqueItems\")", "Schema Object", "uniqueItems"),
    ("lower/facts/validation.rs", "number(\"multipleOf\")", "Schema Object", "multipleOf"),
    ("lower/facts/applicators.rs", "count(node, \"minContains\")", "Schema Object", "minContains"),
    ("lower/facts/applicators.rs", "part(node, \"propertyNames\")", "Schema Object", "propertyNames"),
    ("lower/facts/applicators.rs", "str(\"defaultMapping\")", "Discriminator Object", "defaultMapping"),
    ("lower/facts/objects.rs", "entries(\"patternProperties\")", "Schema Object", "patternProperties"),
    ("lower/facts/annotations.rs", "node.flag(\"writeOnly\")", "Schema Object", "writeOnly"),
    ("lower/content.rs", "node.flag(\"allowReserved\")", "Encoding Object", "allowReserved"),
    ("lower/links.rs", "node.str(\"operationRef\")", "Link Object", "operationRef"),
    ("lower/security.rs", "[\"openIdConnectUrl\",", "Security Scheme Object", "openIdConnectUrl"),
    ("lower/xml/keywords.rs", "node.get(\"xml\")", "Schema Object", "xml"),
];

/// The files that the generator consists of or reads in tests.
const EXTENSIONS: [&str; 7] = ["css", "html", "js", "md", "rs", "toml", "yaml"];

/// Copies what the test of the library needs, and nothing else of the workspace.
fn copy_workspace(to: &Path) {
    let root = e2e::root();
    for folder in ["generator/src", "templates", "tests/cases", "tests/accounting"] {
        for file in e2e::files(&root.join(folder), &EXTENSIONS) {
            let target = to.join(file.strip_prefix(&root).unwrap());
            std::fs::create_dir_all(target.parent().unwrap()).unwrap();
            std::fs::copy(&file, target).unwrap();
        }
    }
    for file in ["Cargo.lock", "README.md", "generator/Cargo.toml"] {
        std::fs::copy(root.join(file), to.join(file)).unwrap();
    }
    let manifest = std::fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let (start, rest) = manifest.split_once("members = [").unwrap();
    let (_, end) = rest.split_once("\n]\n").unwrap();
    let end = end.split_once("\n\n").unwrap().1;
    std::fs::write(to.join("Cargo.toml"), format!("{start}members = [\"generator\", \"templates\"]\n\n{end}")).unwrap();
}

/// Runs the accounting of keys in a workspace. Returns what it prints if it fails.
fn account(workspace: &Path) -> Option<String> {
    let output = Command::new(env!("CARGO"))
        .args(["test", "--quiet", "--package", "crategen", "--lib", "every_key_is_accounted_for"])
        .current_dir(workspace)
        .env("CARGO_TARGET_DIR", e2e::root().join("target/accounting"))
        .output()
        .unwrap();
    let printed = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    (!output.status.success()).then_some(printed)
}

#[test]
fn removing_a_use_fails_the_accounting() {
    if std::env::var_os("CRATEGEN_ACCOUNTING").is_none() {
        println!("skipped: set CRATEGEN_ACCOUNTING=1 to remove uses of keys from copies of the generator");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let workspace = folder.path();
    copy_workspace(workspace);
    assert_eq!(account(workspace), None, "the accounting fails before anything is removed");
    for (file, text, object, key) in USES {
        let path = workspace.join("generator/src").join(file);
        let source = std::fs::read_to_string(&path).unwrap();
        assert_eq!(source.matches(text).count(), 1, "{file} has `{text}` once");
        let blind = text.replace(key, "a key that no document has");
        std::fs::write(&path, source.replace(text, &blind)).unwrap();
        let printed = account(workspace).unwrap_or_else(|| panic!("nobody notices that {file} does not read `{key}`"));
        let names_it = |text: &str| text.contains(&format!("\"{object}\"")) && text.contains(&format!("\"{key}\""));
        assert!(names_it(&printed), "{file}, `{key}`: {printed}");
        println!("`{key}` of the {object}, {file}: the accounting names it");
        std::fs::write(&path, source).unwrap();
    }
}
