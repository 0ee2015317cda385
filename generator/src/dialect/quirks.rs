//! Common mistakes in real documents whose meaning is clear. Each has one function and one warning.

use crate::diag::{Code, Diags, Pointer};
use crate::tree::{Map, Tree};
use crate::vocabulary;

/// Runs every repair on the root of a document.
pub(super) fn repair(root: &mut Tree, at: &Pointer, diags: &mut Diags) {
    let Some(map) = root.as_object_mut() else { return };
    missing_info(map, at, diags);
    missing_paths(map);
    nullable(root);
}

/// Adds `info`, its `title` and its `version`. They are required, but the generated code does not depend on them.
fn missing_info(root: &mut Map, at: &Pointer, diags: &mut Diags) {
    let at = at.push("info");
    let info = root.entry("info".to_owned()).or_default();
    if *info == Tree::Null {
        *info = Tree::Object(Map::default());
    }
    let Some(info) = info.as_object_mut() else { return };
    for (key, fallback) in [("title", "API"), ("version", "0.0.0")] {
        let missing = info.get(key).is_none_or(|value| *value == Tree::Null);
        if missing {
            info.insert(key.to_owned(), Tree::from(fallback));
            diags
                .warn(Code::Repaired, &at, format!("`info.{key}` is missing; `{fallback}` is used"))
                .help(format!("add `{key}` to `info`"));
        }
    }
}

/// Adds `paths`, which a document that only has components or webhooks may lack.
fn missing_paths(root: &mut Map) {
    let paths = root.entry("paths".to_owned()).or_default();
    if *paths == Tree::Null {
        *paths = Tree::Object(Map::default());
    }
}

/// Renames `x-nullable`, by which Swagger 2.0 documents say what `nullable` says in OpenAPI 3.0.
fn nullable(root: &mut Tree) {
    root.walk_mut(vocabulary::document(false), &mut |tree, kind| {
        let Some(map) = tree.as_object_mut().filter(|_| kind.is_schema()) else { return };
        if let Some(value) = map.shift_remove("x-nullable") {
            map.entry("nullable".to_owned()).or_insert(value);
        }
    });
}
