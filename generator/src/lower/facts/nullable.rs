//! `nullable` (OpenAPI 3.0.3 §4.7.24), which adds `null` to everything beside it, also as a branch of `allOf`.
//!
//! What a schema extends by reference adds `null` only if nothing in the extending schema excludes it: the heirs of a base that may be
//! `null` are objects.

use super::json_type::{JsonType, own_types};
use crate::spec::Node;

/// What the merged schemas say about `null` by `nullable`.
#[derive(Clone, Copy, Debug, Default)]
pub(in super::super) struct Nullable {
    /// The schema itself, or a branch in it, adds `null`.
    own: bool,
    /// A schema that is extended adds `null`.
    inherited: bool,
    /// A schema has a type, and `null` is not one.
    excluded: bool,
}

impl Nullable {
    /// Adds what a schema says. `is_inherited` if it was reached by a reference that extends it.
    pub(super) fn add(&mut self, node: &Node<'_>, is_inherited: bool) {
        // Schemas outside of the places that the specification defines still have the old key.
        let is_nullable = node.flag("nullable") || node.flag("x-nullable");
        self.own |= is_nullable && !is_inherited;
        self.inherited |= is_nullable && is_inherited;
        self.excluded |= !is_nullable && excludes_null(node);
    }

    /// Whether `null` is a value.
    pub(super) fn adds_null(self) -> bool {
        self.own || (self.inherited && !self.excluded)
    }
}

/// Whether a schema has a type other than `null`. Properties imply that it is an object; the other keywords say nothing about `null`.
fn excludes_null(node: &Node<'_>) -> bool {
    match node.get("type") {
        Some(_) => !own_types(node).contains(&JsonType::Null),
        None => node.get("properties").is_some(),
    }
}
