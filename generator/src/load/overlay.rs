//! Applies overlays, which describe changes to a document (OpenAPI Overlay Specification 1.0 and 1.1).

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use serde_json_path::JsonPath;

use crate::diag::{Code, Diags, FileId, Pointer};
use crate::tree::Tree;

/// Applies the actions of an overlay to a document, in order.
///
/// An invalid action is an error. An action whose target selects nothing is a warning.
pub fn apply(root: &mut Tree, overlay: &Tree, file: FileId, diags: &mut Diags) {
    let at = Pointer::root(file);
    if overlay.get("overlay").is_none() {
        diags
            .error(Code::UnknownVersion, &at, "`overlay` is missing, so this file is not an overlay")
            .help("an overlay starts with `overlay: 1.0.0`");
        return;
    }
    let mut target = Overlaid { json: serde_json::to_value(&*root).unwrap_or_default(), root };
    let actions = overlay.get("actions").and_then(Tree::as_array).unwrap_or_default();
    for (index, action) in actions.iter().enumerate() {
        let at = at.push("actions").index(index);
        let Some(places) = target.select(action, "target", &at, diags) else { continue };
        if places.is_empty() {
            diags
                .warn(Code::NoTarget, &at.push("target"), "this target selects nothing in the document")
                .help("compare it with the document; it may have changed");
        }
        target.act(action, &places, &at, diags);
    }
}

/// How often a path may contain `..`. Each multiplies the number of places with the depth of the document.
const MAX_DESCENTS: usize = 3;

/// The document, and the same as JSON, where paths are looked up. Each change is made to both, so that many actions do not copy the
/// document many times.
struct Overlaid<'t> {
    root: &'t mut Tree,
    json: Value,
}

impl Overlaid<'_> {
    /// Returns the places that a JSONPath of an action selects (RFC 9535). An invalid path is reported.
    fn select(&self, action: &Tree, key: &str, at: &Pointer, diags: &mut Diags) -> Option<Vec<Pointer>> {
        let Some(text) = action.get(key).and_then(Tree::as_str) else {
            diags
                .error(Code::MissingKey, at, format!("`{key}` of this action must be a JSONPath string"))
                .help("write a path such as `$.paths['/users'].get`");
            return None;
        };
        if text.matches("..").count() > MAX_DESCENTS {
            diags
                .error(
                    Code::Limit,
                    &at.push(key),
                    format!("a path must not contain `..` more than {MAX_DESCENTS} times"),
                )
                .help("name the keys between them");
            return None;
        }
        let path = match JsonPath::parse(text) {
            Ok(path) => path,
            Err(error) => {
                diags
                    .error(Code::Syntax, &at.push(key), format!("`{text}` is not a valid JSONPath: {error}"))
                    .help("write a JSONPath as in RFC 9535, such as `$.paths['/users'].get`");
                return None;
            }
        };
        let found = path.query_located(&self.json);
        let pointer = |node: &serde_json_path::LocatedNode<'_>| {
            Pointer::parse(FileId::default(), &node.location().to_json_pointer())
        };
        Some(found.iter().map(pointer).collect())
    }

    fn act(&mut self, action: &Tree, targets: &[Pointer], at: &Pointer, diags: &mut Diags) {
        if action.get("remove").and_then(Tree::as_bool) == Some(true) {
            self.remove(targets);
            return;
        }
        let change = if action.get("copy").is_some() {
            let Some(sources) = self.select(action, "copy", at, diags) else { return };
            let [source] = sources.as_slice() else {
                let message = format!("`copy` must select exactly one place, but it selects {}", sources.len());
                diags.error(Code::NoTarget, &at.push("copy"), message).help("write a path that selects one value");
                return;
            };
            self.root.below(source).cloned()
        } else {
            action.get("update").cloned()
        };
        let Some(change) = change else {
            diags
                .warn(Code::MissingKey, at, "this action has no effect: it has none of `update`, `remove` and `copy`")
                .help("add one of `update`, `remove` and `copy`");
            return;
        };
        let json = serde_json::to_value(&change).unwrap_or_default();
        for target in targets {
            if let Some(tree) = self.root.below_mut(target) {
                update(tree, &change);
            }
            if let Some(value) = self.json.pointer_mut(target.path()) {
                update_json(value, &json);
            }
        }
    }

    /// Removes places. Those of one parent are removed together, the innermost parents first, so that the other places stay true.
    fn remove(&mut self, targets: &[Pointer]) {
        let mut parents: BTreeMap<Pointer, BTreeSet<String>> = BTreeMap::new();
        for target in targets.iter().filter(|target| !target.path().is_empty()) {
            parents.entry(target.parent()).or_default().insert(target.last());
        }
        for (parent, removed) in parents.iter().rev() {
            let is_removed = |index: usize| removed.contains(&index.to_string());
            match self.root.below_mut(parent) {
                Some(Tree::Object(map)) if removed.len() == 1 => {
                    for key in removed {
                        map.shift_remove(key);
                    }
                }
                Some(Tree::Object(map)) => map.retain(|key, _| !removed.contains(key)),
                Some(Tree::Array(items)) => retain_by_index(items, is_removed),
                _ => {}
            }
            match self.json.pointer_mut(parent.path()) {
                Some(Value::Object(map)) => removed.iter().for_each(|key| drop(map.remove(key))),
                Some(Value::Array(items)) => retain_by_index(items, is_removed),
                _ => {}
            }
        }
    }
}

fn retain_by_index<T>(items: &mut Vec<T>, is_removed: impl Fn(usize) -> bool) {
    let mut index = 0;
    items.retain(|_| {
        index += 1;
        !is_removed(index - 1)
    });
}

/// Applies an update: it is appended to an array, and merged with anything else.
fn update(tree: &mut Tree, change: &Tree) {
    match tree {
        Tree::Array(items) if !matches!(change, Tree::Array(_)) => items.push(change.clone()),
        tree => merge(tree, change),
    }
}

/// Merges objects, appends arrays, and replaces everything else.
fn merge(tree: &mut Tree, change: &Tree) {
    match (tree, change) {
        (Tree::Object(map), Tree::Object(changes)) => {
            for (key, change) in changes {
                match map.get_mut(key) {
                    Some(known) => merge(known, change),
                    None => {
                        map.insert(key.clone(), change.clone());
                    }
                }
            }
        }
        (Tree::Array(items), Tree::Array(more)) => items.extend(more.iter().cloned()),
        (tree, change) => *tree = change.clone(),
    }
}

/// Does the same to JSON as [`update`] to a tree.
fn update_json(value: &mut Value, change: &Value) {
    match value {
        Value::Array(items) if !change.is_array() => items.push(change.clone()),
        value => merge_json(value, change),
    }
}

/// Does the same to JSON as [`merge`] to a tree.
fn merge_json(value: &mut Value, change: &Value) {
    match (value, change) {
        (Value::Object(map), Value::Object(changes)) => {
            for (key, change) in changes {
                match map.get_mut(key) {
                    Some(known) => merge_json(known, change),
                    None => {
                        map.insert(key.clone(), change.clone());
                    }
                }
            }
        }
        (Value::Array(items), Value::Array(more)) => items.extend(more.iter().cloned()),
        (value, change) => *value = change.clone(),
    }
}
