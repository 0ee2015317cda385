//! Finds the line and column of JSON pointers in the text of a file.
//!
//! Positions are needed only when diagnostics are printed, so stages work without them. When a file has diagnostics, its text
//! is parsed a second time, by parsers that know positions.

mod json;
mod toml;
mod yaml;

use std::collections::BTreeMap;

use super::{FileId, Pointer};

/// Line and column, both from 1, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Position {
    pub line: usize,
    pub column: usize,
}

/// The pointers to find, and their positions as far as they are known.
type Found = BTreeMap<String, Option<Position>>;

/// Finds the positions of the `wanted` pointers and of their ancestors, as far as they exist in the `text` of a file.
pub(super) fn positions<'p>(
    file: FileId,
    text: &str,
    wanted: impl Iterator<Item = &'p Pointer>,
) -> BTreeMap<String, Position> {
    let mut found = Found::new();
    for pointer in wanted {
        let mut at = pointer.clone();
        while !at.path().is_empty() {
            found.insert(at.path().to_owned(), None);
            at = at.parent();
        }
    }
    found.insert(String::new(), None);
    if file == FileId::SETTINGS {
        toml::find(text, &mut found);
    } else if json::find(text, &mut found).is_err() {
        // JSON is also YAML, but the JSON parser is many times faster.
        yaml::find(text, &mut found);
    }
    let found: BTreeMap<String, Position> =
        found.into_iter().filter_map(|(path, position)| Some((path, position?))).collect();
    found
}

/// Turns byte offsets into lines and columns, in one pass: a document may be one very long line.
fn note(text: &str, mut starts: Vec<(usize, String)>, found: &mut Found) {
    starts.sort();
    let (mut position, mut seen) = (Position { line: 1, column: 1 }, 0);
    for (start, path) in starts {
        let passed = text.get(seen..start).unwrap_or_default();
        if let Some(end) = passed.rfind('\n') {
            position.line += passed.matches('\n').count();
            position.column = 1;
            seen += end + 1;
        }
        position.column += text.get(seen..start).map_or(0, |rest| rest.chars().count());
        seen = start;
        if let Some(slot) = found.get_mut(&path) {
            *slot = Some(position);
        }
    }
}

/// Returns the position of a pointer or of its nearest ancestor that exists.
pub(super) fn nearest(found: &BTreeMap<String, Position>, pointer: &Pointer) -> Option<Position> {
    let mut at = pointer.clone();
    loop {
        if let Some(position) = found.get(at.path()) {
            return Some(*position);
        }
        if at.path().is_empty() {
            return None;
        }
        at = at.parent();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Collects the pointers to a value and to everything in it.
    fn places(value: &serde_json::Value, at: Pointer, found: &mut Vec<Pointer>) {
        match value {
            serde_json::Value::Object(map) => {
                map.iter().for_each(|(key, value)| places(value, at.push(key), found));
            }
            serde_json::Value::Array(items) => {
                items.iter().enumerate().for_each(|(index, value)| places(value, at.index(index), found));
            }
            _ => {}
        }
        found.push(at);
    }

    #[test]
    fn json_and_yaml_parsers_find_the_same_positions() {
        let text = r#"{ "a": {"b c": [1, "x", {"é\u00e9/~": true}, []]},
  "é": "ü", "d\\": {"\"": null, "e" : -1.5e3},
  "\/users\/{id}":
    { "get": {} }
}
"#;
        let value: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
        let mut all = Vec::new();
        places(&value, Pointer::default(), &mut all);
        let wanted = || all.iter().map(|at| (at.path().to_owned(), None)).collect::<Found>();
        let (mut json, mut yaml) = (wanted(), wanted());
        assert!(json::find(text, &mut json).is_ok());
        yaml::find(text, &mut yaml);
        assert_eq!(json.len(), 14);
        assert!(json.values().all(Option::is_some), "{json:?}");
        assert_eq!(json, yaml);
    }
}
