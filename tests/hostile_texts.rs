//! Every text of every case is replaced by one that tries to leave its place, and by a harmless one with the same words. Both must
//! generate the same code: the same tokens apart from the content of literals and comments. Documentation must be text only.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use std::path::Path;

use crategen::{Config, OperationChoices, Output, Settings, Source};
use proc_macro2::{TokenStream, TokenTree};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag};
use serde_json::{Map, Value};

/// What is added to each text: the hostile form, and a harmless one with the same words and the same length.
const ADDITIONS: &[(&str, &str)] = &[
    ("\n*/ zq }}} \"# \\\" // pwn\n/*", "- -- zq ---- -- -- --- pwn- --"),
    (" \u{202e}zq\r\n#![pwn]\u{2028}\u{0}\"#", " -zq --- pwn -- ---"),
    ("\n\n        zq();\n\n-      pwn()\n", "--          zq----  -      pwn--- "),
    ("\n```rust\nzq()\n```\n<a href=zq>pwn</a>", "---- rust zq-- ----- -a href zq pwn -a -"),
    ("\\<a zq='javascript:pwn'>[a](javascript:zq)", "--a zq- -javascript pwn---a--javascript-zq-"),
    ("'''\n[dependencies]\nzq = \"*\" # pwn \"\"\"", "--- -dependencies- zq - --- - pwn ---"),
    ("\n[zq]: javascript:pwn\n\n[zq]\n> \t    a()", "--zq-- javascript-pwn---zq-- -     a--"),
];

/// The keys of objects of the document whose texts are for people, or names that the document chooses.
const TEXTS: &[&str] = &[
    "description",
    "summary",
    "title",
    "version",
    "operationId",
    "email",
    "termsOfService",
    "bearerFormat",
    "x-enum-descriptions",
    "x-enum-varnames",
];

/// The keys that hold data, in which every text is replaced.
const DATA: &[&str] = &["enum", "const", "default", "example", "value"];

/// Adds `addition` to the texts of a part of a document.
fn change(value: &mut Value, addition: &str) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| change(item, addition)),
        Value::Object(object) => {
            for (key, value) in object.iter_mut() {
                match value {
                    _ if DATA.contains(&key.as_str()) => change_data(value, addition),
                    Value::Object(properties) if key == "properties" || key == "scopes" => {
                        change_keys(properties, addition);
                        properties.values_mut().for_each(|schema| change(schema, addition));
                    }
                    Value::Array(_) if key == "required" || key == "tags" => {
                        change_data(value, addition);
                        change(value, addition);
                    }
                    Value::Array(servers) if key == "servers" => servers.iter_mut().for_each(|server| {
                        // A short description names its server, and how long it is depends on the addition.
                        if let Some(Value::String(text)) = server.get_mut("description") {
                            text.insert_str(0, "A description that is too long for a name. ");
                        }
                        change(server, addition);
                    }),
                    Value::String(_) | Value::Array(_) if TEXTS.contains(&key.as_str()) => change_data(value, addition),
                    Value::String(text) if key.starts_with("x-") && !key.starts_with("x-rust") => {
                        text.push_str(addition);
                    }
                    _ => change(value, addition),
                }
            }
        }
        _ => {}
    }
}

fn change_data(value: &mut Value, addition: &str) {
    match value {
        Value::String(text) => text.push_str(addition),
        Value::Array(items) => items.iter_mut().for_each(|item| change_data(item, addition)),
        Value::Object(object) => {
            change_keys(object, addition);
            object.values_mut().for_each(|value| change_data(value, addition));
        }
        _ => {}
    }
}

fn change_keys(object: &mut Map<String, Value>, addition: &str) {
    let changed = std::mem::take(object).into_iter().map(|(key, value)| (format!("{key}{addition}"), value));
    object.extend(changed);
}

fn generate(folder: &Path, addition: &str) -> Option<Output> {
    let spec = folder.join("spec.yaml");
    let mut document: Value = serde_yaml::from_str(&std::fs::read_to_string(&spec).unwrap()).ok()?;
    change(&mut document, addition);
    let mut source = Source::file(&spec).unwrap();
    source.text = document.to_string();
    let settings = std::fs::read_to_string(folder.join("crategen.toml")).unwrap_or_default();
    let settings = Settings::parse(&settings, folder).unwrap().config;
    // Operations are selected by their texts, which change.
    let operations = OperationChoices::default();
    let config = Config { name: Some("case".to_owned()), runtime: e2e::runtime(), operations, ..settings };
    crategen::generate(source, &config).ok()
}

/// The tokens of a file without documentation, and with every literal alike.
fn code(text: &str) -> String {
    fn write(tokens: TokenStream, out: &mut Vec<String>) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => {
                    out.push(format!("{:?}", group.delimiter()));
                    write(group.stream(), out);
                    out.push("end".to_owned());
                }
                TokenTree::Literal(literal) if literal.to_string().contains('"') => out.push("\"\"".to_owned()),
                other => out.push(other.to_string()),
            }
        }
    }
    let mut out = Vec::new();
    write(text.parse().unwrap_or_else(|error| panic!("{error}: {text}")), &mut out);
    let mut out = out.join(" ");
    // A comment is an attribute to the parser; how many lines it has depends on the text.
    for attribute in
        ["# ! Bracket doc = \"\" end", "# Bracket doc = \"\" end", "# Bracket doc Parenthesis alias = \"\" end end"]
    {
        out = out.replace(attribute, "");
    }
    // Long literals are broken into lines, where a comma goes after the last item.
    out.split_whitespace().collect::<Vec<_>>().join(" ").replace(" , end", " end").replace(" , >", " >")
}

/// The documentation of a file, one text for each item.
fn documentation(text: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    for line in text.lines() {
        let line = line.trim_start();
        match line.strip_prefix("///").or_else(|| line.strip_prefix("//!")) {
            Some(doc) => {
                let last = found.last_mut().unwrap();
                last.push_str(doc.strip_prefix(' ').unwrap_or(doc));
                last.push('\n');
            }
            None => found.push(String::new()),
        }
    }
    found
}

/// What documentation must not contain.
fn forbidden(event: &Event<'_>) -> Option<String> {
    match event {
        Event::Html(html) | Event::InlineHtml(html) if !html.starts_with("<!-- @generated by crategen.") => {
            Some(format!("HTML: {html}"))
        }
        Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
            Some("code by indentation, which runs as a test".to_owned())
        }
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language)))
            // `no_run` is the language of examples, which descriptions cannot have.
            if language.is_empty()
                || (language.starts_with("rust") && !["rust,ignore", "rust,no_run"].contains(&&**language)) =>
        {
            Some(format!("code that runs as a test: {language}"))
        }
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) if !is_harmless(dest_url) => {
            Some(format!("a link to {dest_url}"))
        }
        _ => None,
    }
}

fn is_harmless(url: &CowStr<'_>) -> bool {
    url.starts_with("https://") || url.starts_with("http://") || !url.contains(':') || url.contains("::")
}

fn is_invisible(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

/// The shape of a TOML or JSON value: its keys, with every text alike.
fn shape(value: &Value) -> Value {
    match value {
        Value::Object(object) => object.iter().map(|(key, value)| (key.clone(), shape(value))).collect(),
        Value::Array(items) => items.iter().map(shape).collect(),
        Value::String(_) => Value::Null,
        other => other.clone(),
    }
}

fn compare(case: &str, addition: &str, harmless: &Output, hostile: &Output) {
    let paths = |output: &Output| output.files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(paths(harmless), paths(hostile), "{case} with {addition:?}");
    for (path, text) in &hostile.files {
        let at = format!("{case} with {addition:?}: {}", path.display());
        let expected = &harmless.files[path];
        let docs = match path.extension().and_then(|extension| extension.to_str()) {
            Some("rs") => {
                let (found, expected) = (code(text), code(expected));
                let differs = found.bytes().zip(expected.bytes()).position(|(found, expected)| found != expected);
                let near = |text: &str| {
                    text.get(differs.unwrap_or_default().saturating_sub(200)..)
                        .unwrap_or_default()
                        .chars()
                        .take(400)
                        .collect::<String>()
                };
                assert!(found == expected, "{at}:\n{}\n{}", near(&found), near(&expected));
                documentation(text)
            }
            Some("md") => vec![text.clone()],
            Some("toml") => {
                let read = |text: &str| shape(&toml::from_str(text).unwrap_or_else(|error| panic!("{at}: {error}")));
                assert_eq!(read(text), read(expected), "{at}");
                Vec::new()
            }
            _ => Vec::new(),
        };
        assert!(!text.chars().any(is_invisible), "{at} has invisible characters");
        for doc in docs {
            let found = Parser::new_ext(&doc, Options::all()).find_map(|event| forbidden(&event));
            assert!(found.is_none(), "{at}: {}\n{doc}", found.unwrap_or_default());
        }
    }
}

#[test]
fn no_text_of_any_case_leaves_its_place() {
    let mut compared = 0;
    for spec in e2e::files(&e2e::root().join("tests/cases"), &["yaml"]) {
        if !spec.ends_with("spec.yaml") {
            continue;
        }
        let folder = spec.parent().unwrap();
        let case = folder.file_name().unwrap().to_string_lossy();
        for (hostile, harmless) in ADDITIONS {
            match (generate(folder, harmless), generate(folder, hostile)) {
                (Some(expected), Some(found)) => {
                    compare(&case, hostile, &expected, &found);
                    compared += 1;
                }
                (None, None) => {}
                (expected, _) => {
                    panic!("{case} with {hostile:?}: only one generates, harmless: {}", expected.is_some())
                }
            }
        }
    }
    assert!(compared > 200, "only {compared} documents were compared");
}
