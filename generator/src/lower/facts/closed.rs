//! Schemas that allow no other properties beside schemas that declare some.

use std::collections::BTreeSet;

use super::super::lowering::Lowering;
use super::model::Facts;
use crate::diag::{Code, Pointer};
use crate::spec::Node;
use crate::tree::Tree;

/// Reports each merged schema whose `additionalProperties: false` forbids a property of another one: alone, it sees only the properties
/// beside it (JSON Schema Core 2020-12 §10.3.2.3). It is read as a rule for all of them together. `places` are the merged schemas.
pub(super) fn report(cx: &mut Lowering<'_, '_>, facts: &Facts, places: &BTreeSet<Pointer>) {
    if places.len() < 2 || cx.config.literal_schemas {
        return;
    }
    for at in places {
        let Some(node) = cx.spec.node(at).filter(is_closed) else { continue };
        let own: BTreeSet<&str> = node.entries("properties").map(|(name, _)| name).collect();
        let Some(forbidden) = facts.properties.keys().find(|name| !own.contains(name.as_str())) else { continue };
        let keyword = at.push("additionalProperties");
        if cx.first_report(&keyword) {
            let message = format!(
                "`additionalProperties: false` forbids `{forbidden}`, which another schema of the `allOf` declares; it is applied to all of them together"
            );
            cx.diags.warn(Code::OddSchema, &keyword, message).help(
                "remove it, or since OpenAPI 3.1 write `unevaluatedProperties: false` in the schema that combines them",
            );
        }
    }
}

/// Whether a schema allows no properties but those beside the keyword.
fn is_closed(node: &Node<'_>) -> bool {
    let is_false = node.get("additionalProperties").is_some_and(|value| *value.tree == Tree::Bool(false));
    is_false && node.get("patternProperties").is_none()
}
