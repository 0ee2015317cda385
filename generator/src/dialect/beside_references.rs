//! Reports keys beside a `$ref`, which have no effect: the object is the one that is referred to (OpenAPI 3.0.3 §4.7.23).

use super::ignored_keys;
use super::keys::Occurrences;
use crate::diag::{Code, Diags, Pointer};
use crate::tree::Tree;
use crate::vocabulary::ValueKind;

/// The keys that a reference may have (OpenAPI 3.1.1 §4.8.23). In earlier versions, a description is used as well.
const OF_REFERENCES: [&str; 3] = ["$ref", "summary", "description"];

/// Reports each key once for each kind of object, at its first place. Those of schemas and path items count.
pub(super) fn report(tree: &Tree, kind: ValueKind, at: &Pointer, diags: &mut Diags) {
    let found = Occurrences::find(tree, kind, at, |shape, map, key| {
        let may_refer = shape.is_closed() && !ValueKind::Object(shape).is_path_item();
        let refers = map.get("$ref").is_some_and(|reference| reference.as_str().is_some());
        let is_followed = shape.reference && !ignored_keys::is_ignored(shape, "$ref");
        // The other keys are reported anyway.
        let is_used = shape.keys().any(|known| known == key) && !ignored_keys::is_ignored(shape, key);
        let says = map.get(key).is_some_and(|value| ignored_keys::says_something(key, value));
        may_refer && refers && is_followed && is_used && says && !OF_REFERENCES.contains(&key)
    });
    for found in found {
        let (key, name) = (&found.key, found.shape.name);
        let message = format!("`{key}` beside the `$ref` of the {name} is ignored{}", found.others());
        diags
            .warn(Code::IgnoredKey, &found.first, message)
            .help("change the object that `$ref` refers to, or write the object here without `$ref`");
    }
}
