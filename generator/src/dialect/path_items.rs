//! Path items that refer to another one and say more beside the reference (OpenAPI 3.0.3 §4.7.9.1): both are merged.

use crate::diag::{Code, Diags, Pointer};
use crate::load::Document;
use crate::tree::{Map, Tree};

/// References that lead through more path items than this are left as they are.
const MAX_DEPTH: usize = 20;

/// Merges the path items below `paths`, `webhooks` and `components.pathItems` with those that they refer to.
///
/// A key that both have is undefined behaviour; that of the outer one is used, and that is reported.
pub(super) fn merge(document: &mut Document, root: &Pointer, diags: &mut Diags) {
    let sections = [root.push("paths"), root.push("webhooks"), root.push("components").push("pathItems")];
    for section in sections {
        let Some(items) = document.get(&section).and_then(Tree::as_object) else { continue };
        let places: Vec<Pointer> =
            items.iter().filter(|(_, item)| says_more(item)).map(|(key, _)| section.push(key)).collect();
        for at in places {
            if let Some(merged) = merged(document, &at, diags)
                && let Some(item) = document.trees.first_mut().and_then(|tree| tree.below_mut(&at))
            {
                *item = Tree::Object(merged);
            }
        }
    }
}

/// Whether something stands beside the reference of a path item.
fn says_more(item: &Tree) -> bool {
    let is_said = |key: &String| key != "$ref" && !key.starts_with("x-");
    item.as_object().is_some_and(|map| map.contains_key("$ref") && map.keys().any(is_said))
}

/// A path item with everything that it refers to; `None` if a reference leads to nothing, which is reported later.
fn merged(document: &Document, at: &Pointer, diags: &mut Diags) -> Option<Map> {
    let mut merged = document.get(at)?.as_object()?.clone();
    let mut place = at.clone();
    for _ in 0..MAX_DEPTH {
        let Some(reference) = merged.shift_remove("$ref") else { return Some(merged) };
        place = document.target(&place, reference.as_str()?).filter(|target| target.file() == at.file())?;
        for (key, value) in document.get(&place)?.as_object()? {
            if merged.contains_key(key) {
                let message =
                    format!("`{key}` is here and in the path item that `$ref` refers to; the one here is used");
                diags
                    .warn(Code::Duplicate, &at.push(key), message)
                    .related(&place.push(key), "the other one")
                    .help("remove one of them");
            } else {
                merged.insert(key.clone(), value.clone());
            }
        }
    }
    None
}
