//! The pairs of documents: a base, the edits that make the old and the new version of it, and what they mean.

use std::collections::BTreeMap;

use crategen::Source;
use serde::Deserialize;
use serde_yaml::{Mapping, Value};

/// Edits of a document: JSON pointers (RFC 6901) and new values. `null` removes, and `-` at the end of a pointer appends to an array.
type Edits = BTreeMap<String, Value>;

/// Two versions of a document that differ in one change, and the verdict.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    pub name: String,
    /// Edits of the base that both versions have.
    #[serde(default)]
    before: Edits,
    /// Edits that only the new version has.
    #[serde(default)]
    edit: Edits,
    /// Texts of the base, and what they are in the new version.
    #[serde(default)]
    replace: BTreeMap<String, String>,
    /// The level of each crate and of the wire; those that do not change are left out.
    pub verdict: BTreeMap<String, String>,
    /// The kind and the symbol of each change.
    pub changes: Vec<String>,
    /// Why the public items of the generated crates suggest another level, by crate.
    #[serde(default)]
    pub although: BTreeMap<String, String>,
    /// Why cargo-semver-checks finds another level, by crate.
    #[serde(default)]
    pub semver_checks: BTreeMap<String, String>,
}

impl Pair {
    /// The old and the new document.
    pub fn documents(&self) -> [Source; 2] {
        let base = std::fs::read_to_string(e2e::root().join("tests/diff/base.yaml")).unwrap();
        let mut text = base.clone();
        for (from, to) in &self.replace {
            assert!(text.contains(from), "{}: the base does not contain {from:?}", self.name);
            text = text.replace(from, to);
        }
        let parse = |text: &str| serde_yaml::from_str::<Value>(text).unwrap();
        let (mut old, mut new) = (parse(&base), parse(&text));
        apply(&mut old, &self.before);
        apply(&mut new, &self.before);
        apply(&mut new, &self.edit);
        let text = |value: &Value| serde_yaml::to_string(value).unwrap();
        [("old.yaml", old), ("new.yaml", new)].map(|(name, value)| Source::text(name, text(&value)))
    }
}

fn apply(document: &mut Value, edits: &Edits) {
    for (pointer, value) in edits {
        let unescape = |token: &str| token.replace("~1", "/").replace("~0", "~");
        let (parents, key) = pointer.rsplit_once('/').unwrap();
        let key = unescape(key);
        let parents = parents.split('/').skip(1).map(unescape);
        let parent = parents.fold(&mut *document, |value, token| child(value, &token));
        match parent {
            Value::Sequence(items) if key == "-" => items.push(value.clone()),
            Value::Sequence(items) if value.is_null() => drop(items.remove(key.parse().unwrap())),
            Value::Sequence(items) => items[key.parse::<usize>().unwrap()] = value.clone(),
            Value::Mapping(map) if value.is_null() => drop(map.remove(existing(map, &key)).unwrap()),
            Value::Mapping(map) => drop(map.insert(existing(map, &key), value.clone())),
            _ => panic!("{pointer} is not in an array or object"),
        }
    }
}

fn child<'v>(value: &'v mut Value, token: &str) -> &'v mut Value {
    match value {
        Value::Sequence(items) => &mut items[token.parse::<usize>().unwrap()],
        Value::Mapping(map) => {
            let key = existing(map, token);
            map.get_mut(&key).unwrap_or_else(|| panic!("there is no {token}"))
        }
        _ => panic!("{token} is not in an array or object"),
    }
}

/// The key as the document writes it: `200` may be a number.
fn existing(map: &Mapping, key: &str) -> Value {
    let number = key.parse::<u64>().map(Value::from).ok();
    number.filter(|number| map.contains_key(number)).unwrap_or_else(|| key.into())
}

/// All pairs, in the order of the files.
pub fn pairs() -> Vec<Pair> {
    let files = e2e::files(&e2e::root().join("tests/diff/pairs"), &["yaml"]);
    let read = |path: &std::path::PathBuf| -> Vec<Pair> {
        serde_yaml::from_str(&std::fs::read_to_string(path).unwrap())
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    files.iter().flat_map(read).collect()
}
