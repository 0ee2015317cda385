//! From a pointer to the line and column in the source text.
//!
//! Positions are needed only when something is printed, so documents are read without them; the text of a file that something
//! is said of is read again, and where each wanted pointer stands is noted.

mod json;
mod yaml;

use std::collections::BTreeMap;

use super::Pointer;

/// Line and column, both from 1, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Position {
    pub line: usize,
    pub column: usize,
}

/// Where pointers stand, as far as it is known; nothing else is looked for.
type Found = BTreeMap<String, Option<Position>>;

/// Finds the positions of `wanted` in `text`; a pointer that is not there gets the position of its nearest ancestor.
pub(super) fn positions<'p>(text: &str, wanted: impl Iterator<Item = &'p Pointer>) -> BTreeMap<String, Position> {
    let mut found = Found::new();
    for pointer in wanted {
        let mut at = pointer.clone();
        while !at.path().is_empty() {
            found.insert(at.path().to_owned(), None);
            at = at.parent();
        }
    }
    found.insert(String::new(), None);
    // JSON is YAML, but much sooner read as what it is.
    if json::find(text, &mut found).is_err() {
        yaml::find(text, &mut found);
    }
    let found: BTreeMap<String, Position> =
        found.into_iter().filter_map(|(path, position)| Some((path, position?))).collect();
    found
}

/// Where one pointer stands, or its nearest ancestor that was found.
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

    /// Every place of a value.
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
    fn json_is_found_where_it_is_found_as_yaml() {
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
