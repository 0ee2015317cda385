//! Reads a document as JSON, without any code of the generator but the one that merges several files.

use std::path::Path;

use crategen::{Config, Source};
use serde_json::{Map, Value};
use serde_yaml::Value as Yaml;

/// A document.
pub struct Document {
    /// A name for crates and folders.
    pub name: String,
    /// The whole document, in one file.
    pub root: Value,
    /// The same, in the order of the document.
    pub ordered: Yaml,
}

impl Document {
    /// Reads a document. `None` if it cannot be read: other tests are about such documents.
    pub fn read(name: &str, path: &Path, config: &Config) -> Option<Self> {
        let text = std::fs::read_to_string(path).ok()?;
        let mut ordered = parse(&text)?;
        if has_other_files(&ordered) || !config.overlays.is_empty() {
            let (bundle, _) = crategen::bundle(Source::file(path).ok()?, config).ok()?;
            ordered = parse(&bundle.to_json())?;
            forget_missing_files(&mut ordered);
        }
        Some(Self { name: name.to_owned(), root: json(ordered.clone()), ordered })
    }

    /// Returns the document as JSON, in its order.
    pub fn text(&self) -> String {
        serde_json::to_string(&self.ordered).unwrap()
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

fn has_other_files(value: &Yaml) -> bool {
    match value {
        Yaml::Sequence(items) => items.iter().any(has_other_files),
        Yaml::Mapping(mapping) => other_file(mapping) || mapping.values().any(has_other_files),
        _ => false,
    }
}

/// Whether an object is a reference to another file.
fn other_file(mapping: &serde_yaml::Mapping) -> bool {
    mapping.get("$ref").and_then(Yaml::as_str).is_some_and(|text| !text.starts_with('#'))
}

/// What is in a file that does not exist can be anything.
fn forget_missing_files(value: &mut Yaml) {
    match value {
        Yaml::Sequence(items) => items.iter_mut().for_each(forget_missing_files),
        Yaml::Mapping(mapping) => {
            if other_file(mapping) {
                mapping.clear();
            }
            mapping.values_mut().for_each(forget_missing_files);
        }
        _ => {}
    }
}

fn parse(text: &str) -> Option<Yaml> {
    let mut value = match serde_yaml::from_str(text) {
        Ok(value) => value,
        // JSON with what YAML does not allow, such as tabs.
        Err(_) => serde_yaml::to_value(serde_json::from_str::<Value>(text).ok()?).ok()?,
    };
    value.apply_merge().ok()?;
    Some(value)
}

fn json(value: Yaml) -> Value {
    match value {
        Yaml::Mapping(mapping) => {
            Value::Object(mapping.into_iter().map(|(key, value)| (text(&key), json(value))).collect::<Map<_, _>>())
        }
        Yaml::Sequence(items) => Value::Array(items.into_iter().map(json).collect()),
        Yaml::Tagged(tagged) => json(tagged.value),
        other => serde_json::to_value(other).unwrap_or_default(),
    }
}

fn text(key: &Yaml) -> String {
    match key {
        Yaml::String(text) => text.clone(),
        other => json(other.clone()).to_string(),
    }
}
