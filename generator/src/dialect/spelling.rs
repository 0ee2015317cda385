//! Words of the specification in other spellings: `GET`, `in: Query`, `type: int`.

use crate::diag::{Code, Diags, Pointer};
use crate::tree::{Map, Tree};

/// The names of JSON Schema's types, and `file` of Swagger 2.0.
const TYPES: [&str; 8] = ["string", "number", "integer", "boolean", "array", "object", "null", "file"];

/// Returns the word that a text equals if case and surrounding white space are ignored. Returns `None` if there is no such word,
/// or if the spelling is right.
pub(super) fn word<'w>(text: &str, words: &[&'w str]) -> Option<&'w str> {
    if words.contains(&text) {
        return None;
    }
    words.iter().copied().find(|word| word.eq_ignore_ascii_case(text.trim()))
}

/// Renames keys that equal a key of the specification if case is ignored, unless the object has that key, too.
pub(super) fn repair_keys<'k>(
    map: &mut Map,
    known: impl Iterator<Item = &'k str> + Clone,
    at: &Pointer,
    diags: &mut Diags,
) {
    let meant = |key: &str| known.clone().find(|name| name.eq_ignore_ascii_case(key)).filter(|name| *name != key);
    let is_odd = |map: &Map, key: &str| meant(key).filter(|name| !map.contains_key(*name));
    if !map.keys().any(|key| is_odd(map, key).is_some()) {
        return;
    }
    for (key, value) in std::mem::take(map) {
        let Some(name) = is_odd(map, &key) else {
            map.insert(key, value);
            continue;
        };
        diags
            .warn(Code::Repaired, &at.push(&key), format!("`{key}` is read as `{name}`"))
            .help(format!("write `{name}`"));
        map.insert(name.to_owned(), value);
    }
}

/// Replaces unknown names of types with the type that they mean, and for some a format: `long` is `integer` with `int64`.
pub(super) fn repair_type(schema: &mut Tree, at: &Pointer, diags: &mut Diags) {
    let Some(map) = schema.as_object_mut() else { return };
    let Some(found) = map.get("type").and_then(Tree::as_str) else { return };
    if TYPES.contains(&found) {
        return;
    }
    let Some((name, format)) = meant(found) else { return };
    let format = format.filter(|_| !map.contains_key("format"));
    let (with, and) = match format {
        Some(format) => (format!(" with `format: {format}`"), format!(" and `format: {format}`")),
        None => (String::new(), String::new()),
    };
    let message = format!("`{found}` is not a JSON Schema type; it is read as `{name}`{with}");
    diags.warn(Code::Repaired, &at.push("type"), message).help(format!("write `type: {name}`{and}"));
    map.insert("type".to_owned(), Tree::from(name));
    if let Some(format) = format {
        map.insert("format".to_owned(), Tree::from(format));
    }
}

/// Returns the type that a name means, and its format.
fn meant(name: &str) -> Option<(&'static str, Option<&'static str>)> {
    if let Some(name) = word(name, &TYPES) {
        return Some((name, None));
    }
    Some(match name.trim().to_ascii_lowercase().as_str() {
        "str" | "text" => ("string", None),
        "date" => ("string", Some("date")),
        "date-time" | "datetime" => ("string", Some("date-time")),
        "uuid" => ("string", Some("uuid")),
        "int" => ("integer", None),
        "int32" => ("integer", Some("int32")),
        "int64" | "long" => ("integer", Some("int64")),
        "float" => ("number", Some("float")),
        "double" => ("number", Some("double")),
        "bool" => ("boolean", None),
        "list" => ("array", None),
        "map" | "dict" => ("object", None),
        _ => return None,
    })
}
