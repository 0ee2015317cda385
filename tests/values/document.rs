//! Reads a document as JSON, without any code of the generator but the one that merges several files.

use std::path::Path;

use crategen::{Config, Source};
use serde_json::{Map, Value};

/// A document.
pub struct Document {
    /// A name for crates and folders.
    pub name: String,
    /// The whole document, in one file.
    pub root: Value,
}

impl Document {
    /// Reads a document. `None` if it cannot be read: other tests are about such documents.
    pub fn read(name: &str, path: &Path, config: &Config) -> Option<Self> {
        let text = std::fs::read_to_string(path).ok()?;
        let mut root = parse(&text)?;
        if has_other_files(&root) || !config.overlays.is_empty() {
            let (bundle, _) = crategen::bundle(Source::file(path).ok()?, config).ok()?;
            root = serde_json::from_str(&bundle.to_json()).ok()?;
            forget_missing_files(&mut root);
        }
        Some(Self { name: name.to_owned(), root })
    }

    /// Whether it is Swagger 2.0.
    pub fn is_swagger_2(&self) -> bool {
        self.root.get("swagger").is_some()
    }

    /// Returns the schemas of the document: components, and those of JSON bodies, parameters and headers. Each is a pointer.
    pub fn schemas(&self) -> Vec<String> {
        let mut found = Vec::new();
        for at in ["/components/schemas", "/definitions"] {
            let schemas = self.root.pointer(at).and_then(Value::as_object);
            found.extend(schemas.into_iter().flatten().map(|(name, _)| format!("#{at}/{}", escaped(name))));
        }
        let mut seen = std::collections::BTreeSet::new();
        for at in ["paths", "webhooks", "components", "parameters", "responses"] {
            if let Some(part) = self.root.get(at) {
                inline(part, &format!("#/{at}"), &mut |at, schema| {
                    if schema.get("$ref").is_none() && seen.insert(schema.to_string()) {
                        found.push(at);
                    }
                });
            }
        }
        found
    }
}

/// Returns the value that a pointer like `#/components/schemas/User` leads to.
pub fn find<'r>(root: &'r Value, pointer: &str) -> Option<&'r Value> {
    root.pointer(&percent_decoded(pointer.strip_prefix('#')?))
}

fn percent_decoded(text: &str) -> String {
    let (mut out, mut rest) = (Vec::new(), text.as_bytes());
    while let Some((byte, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| *byte == b'%').and_then(|two| std::str::from_utf8(two).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(code) => {
                out.push(code);
                rest = &after[2..];
            }
            None => {
                out.push(*byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Returns a key as a part of a pointer.
pub fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// Visits the schemas of JSON bodies, parameters and headers below a value.
fn inline(value: &Value, at: &str, visit: &mut impl FnMut(String, &Value)) {
    match value {
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| inline(item, &format!("{at}/{index}"), visit));
        }
        Value::Object(object) => {
            for (key, child) in object {
                let below = format!("{at}/{}", escaped(key));
                match key.as_str() {
                    "schemas" | "example" | "examples" | "default" | "enum" | "x-examples" => {}
                    "schema" if child.is_object() => visit(below, child),
                    "content" => {
                        for (media, content) in child.as_object().into_iter().flatten() {
                            if media.contains("json") {
                                inline(content, &format!("{below}/{}", escaped(media)), visit);
                            }
                        }
                    }
                    _ => inline(child, &below, visit),
                }
            }
        }
        _ => {}
    }
}

fn has_other_files(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(has_other_files),
        Value::Object(object) => object.iter().any(|(key, child)| match child {
            Value::String(text) => key == "$ref" && !text.starts_with('#'),
            child => has_other_files(child),
        }),
        _ => false,
    }
}

/// What is in a file that does not exist can be anything.
fn forget_missing_files(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(forget_missing_files),
        Value::Object(object) => {
            if object.get("$ref").and_then(Value::as_str).is_some_and(|text| !text.starts_with('#')) {
                object.clear();
            }
            object.values_mut().for_each(forget_missing_files);
        }
        _ => {}
    }
}

fn parse(text: &str) -> Option<Value> {
    if let Ok(value) = serde_json::from_str(text) {
        return Some(value);
    }
    let mut value: serde_yaml::Value = serde_yaml::from_str(text).ok()?;
    value.apply_merge().ok()?;
    Some(json(value))
}

fn json(value: serde_yaml::Value) -> Value {
    match value {
        serde_yaml::Value::Mapping(mapping) => {
            Value::Object(mapping.into_iter().map(|(key, value)| (text(&key), json(value))).collect::<Map<_, _>>())
        }
        serde_yaml::Value::Sequence(items) => Value::Array(items.into_iter().map(json).collect()),
        serde_yaml::Value::Tagged(tagged) => json(tagged.value),
        other => serde_json::to_value(other).unwrap_or_default(),
    }
}

fn text(key: &serde_yaml::Value) -> String {
    match key {
        serde_yaml::Value::String(text) => text.clone(),
        other => json(other.clone()).to_string(),
    }
}
