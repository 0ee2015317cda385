//! Applies overlays, which describe changes to a document (OpenAPI Overlay Specification 1.0 and 1.1).

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
    let actions = overlay.get("actions").and_then(Tree::as_array).unwrap_or_default();
    for (index, action) in actions.iter().enumerate() {
        let at = at.push("actions").index(index);
        let Some(target) = select(root, action, "target", &at, diags) else { continue };
        if target.is_empty() {
            diags
                .warn(Code::NoTarget, &at.push("target"), "this target selects nothing in the document")
                .help("compare it with the document; it may have changed");
        }
        act(root, action, &target, &at, diags);
    }
}

/// Returns the places that a JSONPath of an action selects (RFC 9535). An invalid path is reported.
fn select(root: &Tree, action: &Tree, key: &str, at: &Pointer, diags: &mut Diags) -> Option<Vec<Pointer>> {
    let Some(text) = action.get(key).and_then(Tree::as_str) else {
        diags
            .error(Code::MissingKey, at, format!("`{key}` of this action must be a JSONPath string"))
            .help("write a path such as `$.paths['/users'].get`");
        return None;
    };
    let path = match JsonPath::parse(text) {
        Ok(path) => path,
        Err(error) => {
            diags
                .error(Code::Syntax, &at.push(key), format!("`{text}` is not a valid JSONPath: {error}"))
                .help("write a JSONPath as in RFC 9535, such as `$.paths['/users'].get`");
            return None;
        }
    };
    let value = serde_json::to_value(root).unwrap_or_default();
    let found = path.query_located(&value);
    let pointer =
        |node: &serde_json_path::LocatedNode<'_>| Pointer::parse(FileId::default(), &node.location().to_json_pointer());
    Some(found.iter().map(pointer).collect())
}

fn act(root: &mut Tree, action: &Tree, targets: &[Pointer], at: &Pointer, diags: &mut Diags) {
    if action.get("remove").and_then(Tree::as_bool) == Some(true) {
        // The last item of an array goes first, so that the positions of the others stay true.
        targets.iter().rev().for_each(|target| remove(root, target));
        return;
    }
    let change = if action.get("copy").is_some() {
        let Some(sources) = select(root, action, "copy", at, diags) else { return };
        let [source] = sources.as_slice() else {
            let message = format!("`copy` must select exactly one place, but it selects {}", sources.len());
            diags.error(Code::NoTarget, &at.push("copy"), message).help("write a path that selects one value");
            return;
        };
        root.below(source).cloned()
    } else {
        action.get("update").cloned()
    };
    let Some(change) = change else {
        diags
            .warn(Code::MissingKey, at, "this action has no effect: it has none of `update`, `remove` and `copy`")
            .help("add one of `update`, `remove` and `copy`");
        return;
    };
    for target in targets {
        match root.below_mut(target) {
            // An update is appended to an array.
            Some(Tree::Array(items)) if !matches!(change, Tree::Array(_)) => items.push(change.clone()),
            Some(tree) => merge(tree, &change),
            None => {}
        }
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

fn remove(root: &mut Tree, at: &Pointer) {
    let last = at.last();
    match root.below_mut(&at.parent()) {
        Some(Tree::Object(map)) => {
            map.shift_remove(&last);
        }
        Some(Tree::Array(items)) => {
            if let Some(index) = last.parse::<usize>().ok().filter(|index| *index < items.len()) {
                items.remove(index);
            }
        }
        _ => {}
    }
}
