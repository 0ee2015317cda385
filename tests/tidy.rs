//! Rules for the code of this repository that the compiler does not check.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod import_cycles;

/// The crates and modules that each module of the generator must not mention (ARCHITECTURE.md, "What stages may know").
const MUST_NOT_KNOW: &[(&str, &[&str])] = &[
    (
        "diag",
        &["openapiv3", "serde_yaml", "quote::", "heck::", "crate::lower", "crate::names", "crate::emit", "crate::ir"],
    ),
    (
        "ir",
        &[
            "openapiv3",
            "serde_yaml",
            "quote::",
            "heck::",
            "syn::",
            "crate::analyze",
            "crate::lower",
            "crate::names",
            "crate::emit",
            "crate::spec",
        ],
    ),
    (
        "tree",
        &["openapiv3", "quote::", "heck::", "crate::ir", "crate::load", "crate::lower", "crate::names", "crate::emit"],
    ),
    ("vocabulary", &["openapiv3", "serde", "quote::", "heck::", "crate::"]),
    ("load", &["openapiv3", "quote::", "heck::", "crate::ir", "crate::lower", "crate::names", "crate::emit"]),
    ("bundle.rs", &["openapiv3", "quote::", "heck::", "crate::ir", "crate::lower", "crate::names", "crate::emit"]),
    ("dialect", &["openapiv3", "quote::", "heck::", "crate::ir", "crate::lower", "crate::names", "crate::emit"]),
    ("spec", &["quote::", "heck::", "crate::ir", "crate::lower", "crate::names", "crate::emit"]),
    ("lower", &["openapiv3", "quote::", "heck::", "crate::analyze", "crate::names", "crate::emit", "proc_macro2"]),
    (
        "analyze",
        &[
            "openapiv3",
            "quote::",
            "heck::",
            "crate::lower",
            "crate::spec",
            "crate::names",
            "crate::emit",
            "proc_macro2",
        ],
    ),
    ("names", &["openapiv3", "quote::", "crate::analyze", "crate::lower", "crate::emit", "crate::spec"]),
    (
        "emit",
        &[
            "openapiv3",
            "serde_yaml",
            "heck::",
            "crate::analyze",
            "crate::diag",
            "crate::lower",
            "crate::spec",
            "std::fs",
        ],
    ),
    (
        "diff",
        &["openapiv3", "serde_yaml", "quote::", "heck::", "crate::spec", "crate::lower", "crate::analyze", "std::fs"],
    ),
    ("render", &["crate::ir", "crate::lower", "crate::spec", "std::fs"]),
    ("write.rs", &["crate::ir", "crate::lower", "crate::spec", "crate::emit", "crate::names"]),
];

fn sources(folder: &str) -> Vec<(String, String)> {
    let root = e2e::root().join(folder);
    let read = |path: &std::path::PathBuf| {
        let name = path.strip_prefix(&root).unwrap_or(path).to_string_lossy().into_owned();
        (name, std::fs::read_to_string(path).unwrap())
    };
    e2e::files(&root, &["rs"]).iter().map(read).collect()
}

fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")).map(|(n, line)| (n + 1, line))
}

#[test]
fn stages_know_only_what_they_may() {
    let mut wrong = Vec::new();
    for (name, text) in sources("generator/src") {
        let rules =
            MUST_NOT_KNOW.iter().filter(|(module, _)| name == *module || name.starts_with(&format!("{module}/")));
        for word in rules.flat_map(|(_, words)| *words) {
            let found = code(&text).filter(|(_, line)| line.contains(word));
            wrong.extend(found.map(|(n, _)| format!("generator/src/{name}:{n} mentions {word}")));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn nothing_can_panic_or_depend_on_hash_order() {
    const WORDS: [&str; 10] = [
        ".unwrap()",
        ".expect(",
        "panic!(",
        "todo!(",
        "unimplemented!(",
        "unreachable!(",
        "HashMap<",
        "HashMap::",
        "HashSet",
        "unsafe ",
    ];
    let mut wrong = Vec::new();
    for folder in ["generator/src", "generator/cli/src", "templates/src", "tests/appwrite-service/src"] {
        // Tests may panic, and so may the contract tests that are generated.
        let is_test = |name: &str| name.ends_with("_tests.rs") || name.starts_with("emit/contract/");
        for (name, text) in sources(folder).iter().filter(|(name, _)| !is_test(name)) {
            // The runtime implements its traits for hash maps, and iterates over none.
            let is_implementation = |line: &str| folder == "templates/src" && line.contains("HashMap<String, T");
            let found = code(text)
                .filter(|(_, line)| !is_implementation(line))
                .filter_map(|(n, line)| WORDS.iter().find(|word| line.contains(**word)).map(|word| (n, word)));
            wrong.extend(found.map(|(n, word)| format!("{folder}/{name}:{n} says {word}")));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A `docs::Line` cannot leave its line; a string in its place could.
#[test]
fn documentation_is_made_of_lines() {
    let emitters = sources("generator/src/emit");
    let wrong: Vec<&String> = emitters
        .iter()
        .filter(|(name, text)| name != "docs.rs" && code(text).any(|(_, line)| line.contains("[doc = #")))
        .map(|(name, _)| name)
        .collect();
    assert!(wrong.is_empty(), "{wrong:?} write documentation without `docs::Line`");
}

#[test]
fn files_have_one_concern() {
    for folder in ["generator/src", "generator/cli/src", "templates/src", "tests"] {
        for (name, text) in sources(folder).iter().filter(|(name, _)| !name.starts_with("cases/")) {
            let lines = text.lines().count();
            assert!(lines <= 650, "{folder}/{name} has {lines} lines: split it");
        }
    }
}

/// A generated setter of the same name would be a second definition, as would a group's method of the client.
#[test]
fn methods_of_calls_and_clients_are_reserved_names() {
    let reserved = std::fs::read_to_string(e2e::root().join("generator/src/names/reserved.rs")).unwrap();
    let mut found = 0;
    for file in ["call_file.rs", "client_file.rs"] {
        let text = std::fs::read_to_string(e2e::root().join("generator/src/emit/client").join(file)).unwrap();
        let mut inside = false;
        for (n, line) in code(&text).filter(|(_, line)| !line.contains("fn #")) {
            if line.trim_start().starts_with("impl") {
                inside = line.contains(" Call<") || line.contains("impl Client {");
            }
            if line.starts_with('}') {
                inside = false;
            }
            let Some((_, rest)) = line.split_once("fn ").filter(|(before, _)| inside && before.contains("pub")) else {
                continue;
            };
            let method = rest.split(['(', '<']).next().unwrap_or_default();
            assert!(
                reserved.contains(&format!("\"{method}\"")),
                "{file}:{n}: `{method}` is missing in names/reserved.rs"
            );
            found += 1;
        }
    }
    assert!(found > 10, "only {found} methods were found");
}

/// The versions of a table of dependencies.
fn versions(table: &toml::Value) -> Vec<(String, String)> {
    let version = |value: &toml::Value| value.as_str().or_else(|| value.get("version")?.as_str()).map(str::to_owned);
    let entries = table.as_table().into_iter().flatten();
    entries.filter_map(|(name, value)| Some((name.clone(), version(value)?))).collect()
}

/// The manifest of the runtime is written into projects, so it inherits nothing.
#[test]
fn the_runtime_has_the_versions_of_the_workspace() {
    let read = |path: &str| -> toml::Value {
        toml::from_str(&std::fs::read_to_string(e2e::root().join(path)).unwrap()).unwrap()
    };
    let (workspace, runtime) = (read("Cargo.toml"), read("templates/Cargo.toml"));
    let named = versions(&workspace["workspace"]["dependencies"]);
    let wrong: Vec<_> = versions(&runtime["dependencies"])
        .into_iter()
        .filter(|(name, version)| named.iter().any(|(known, other)| known == name && other != "*" && other != version))
        .collect();
    assert!(wrong.is_empty(), "the workspace has other versions than the runtime: {wrong:?}");
    for key in ["version", "edition", "rust-version", "license", "repository"] {
        assert_eq!(runtime["package"][key], workspace["workspace"]["package"][key], "{key}");
    }
}

/// The runtime is a library like any other: nothing in it is there for some documents only without a feature.
#[test]
fn the_runtime_has_no_dead_code() {
    for (name, text) in sources("templates/src") {
        assert!(!text.contains("allow(dead_code") && !text.contains("allow(unused"), "templates/src/{name}");
    }
}
