//! Keywords for arrays (JSON Schema Core 2020-12 §10.3.1, Validation §6.4).

use super::super::lowering::Lowering;
use super::keys::{has, part};
use super::model::Facts;
use super::part::Part;
use crate::diag::{Code, Pointer};
use crate::spec::Node;
use crate::vocabulary;

/// Adds what a schema says about the items of arrays.
pub(super) fn add(cx: &mut Lowering<'_, '_>, facts: &mut Facts, node: &Node<'_>) {
    let items = node.get("items");
    match items {
        // Until 2019-09, `items` with an array was what `prefixItems` is now.
        Some(items) if items.tree.as_array().is_some() => {
            add_positions(cx, facts, node, "items");
            facts.items.extend(node.get("additionalItems").map(|item| Part::whole(&item.at)));
        }
        Some(items) => facts.items.push(Part::whole(&items.at)),
        None => {}
    }
    add_positions(cx, facts, node, "prefixItems");
    facts.unevaluated_items = facts.unevaluated_items.take().or_else(|| part(node, "unevaluatedItems"));
    facts.array_keywords |= has(node, vocabulary::ARRAYS);
}

/// Adds the schemas of the first items. Those of a second schema would belong to the same positions, so they are left out.
fn add_positions(cx: &mut Lowering<'_, '_>, facts: &mut Facts, node: &Node<'_>, key: &str) {
    let positions: Vec<Pointer> = node.items(key).map(|item| item.at).collect();
    if facts.prefix_items.is_empty() {
        facts.prefix_items = positions;
    } else if !positions.is_empty() && cx.first_report(&node.at.push(key)) {
        cx.diags
            .warn(
                Code::Unsupported,
                &node.at.push(key),
                "another schema describes the same positions; this one is ignored",
            )
            .help("describe each position in one of the schemas");
    }
}
