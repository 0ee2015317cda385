//! Reports keys that the specification defines and nothing is generated from. `accounting_tests.rs` checks that the list is complete.

use super::keys::Occurrences;
use crate::diag::{Code, Diags, Pointer};
use crate::tree::Tree;
use crate::vocabulary::{ObjectShape, ValueKind};

/// A key on which nothing depends.
pub struct IgnoredKey {
    /// The name of the object.
    pub object: &'static str,
    /// The key.
    pub key: &'static str,
    /// What is lost.
    loss: &'static str,
}

const fn ignored(object: &'static str, key: &'static str, loss: &'static str) -> IgnoredKey {
    IgnoredKey { object, key, loss }
}

/// Every such key.
pub const IGNORED: &[IgnoredKey] = &[
    ignored("Components Object", "mediaTypes", "media types are read where they stand in a body"),
    ignored("Encoding Object", "encoding", "parts inside a part are encoded by default"),
    ignored("Encoding Object", "headers", "the part is sent without these headers"),
    ignored("Encoding Object", "itemEncoding", "items of a part are encoded by default"),
    ignored("Encoding Object", "prefixEncoding", "items of a part are encoded by default"),
    ignored("Example Object", "dataValue", "mocks and tests do not use this example"),
    ignored("Example Object", "externalValue", "the file is not fetched"),
    ignored("Example Object", "serializedValue", "mocks and tests do not use this example"),
    ignored("Header Object", "allowEmptyValue", "headers have no such setting"),
    ignored("Header Object", "allowReserved", "headers have no such setting"),
    ignored("Header Object", "deprecated", "the field of the header is not marked as deprecated"),
    ignored("Header Object", "style", "headers have the style `simple`"),
    ignored("Link Object", "server", "the linked call goes to the server of the client"),
    ignored("Media Type Object", "$ref", "the media type has no schema"),
    ignored("Media Type Object", "itemEncoding", "the parts have default encodings"),
    ignored("Media Type Object", "prefixEncoding", "the parts have default encodings"),
    ignored("OpenAPI Object", "$self", "references start at the place of the file"),
    ignored("Parameter Object", "allowEmptyValue", "an empty value is read as an empty string"),
    ignored("Schema Object", "id", "references that start at this id lead nowhere; later drafts call it `$id`"),
    ignored("Security Scheme Object", "deprecated", "its setters are not marked as deprecated"),
];

/// Reports each key once, at its first place.
pub(super) fn report(tree: &Tree, kind: ValueKind, at: &Pointer, diags: &mut Diags) {
    let found = Occurrences::find(tree, kind, at, |shape, map, key| {
        is_ignored(shape, key) && map.get(key).is_some_and(|value| says_something(key, value))
    });
    for found in found {
        let Some(ignored) =
            IGNORED.iter().find(|ignored| ignored.object == found.shape.name && ignored.key == found.key)
        else {
            continue;
        };
        let message =
            format!("`{}` of the {} is ignored: {}{}", found.key, found.shape.name, ignored.loss, found.others());
        diags
            .warn(Code::IgnoredKey, &found.first, message)
            .help("crategen does not support this key; nothing else is affected");
    }
}

/// Whether nothing depends on a key.
pub(super) fn is_ignored(shape: &ObjectShape, key: &str) -> bool {
    IGNORED.iter().any(|ignored| ignored.object == shape.name && ignored.key == key)
}

/// Whether a value differs from the absent key.
pub(super) fn says_something(key: &str, value: &Tree) -> bool {
    match value {
        Tree::Bool(value) => *value,
        Tree::Array(items) => !items.is_empty(),
        Tree::Object(map) => !map.is_empty(),
        Tree::String(text) => key != "style" || text != "simple",
        _ => true,
    }
}
