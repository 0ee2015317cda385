//! Keywords for arrays (JSON Schema Core 2020-12 §10.3.1, Validation §6.4).

use super::keys::{has, part};
use super::model::Facts;
use super::part::Part;
use crate::spec::Node;
use crate::vocabulary;

/// Adds what a schema says about the items of arrays.
pub(super) fn add(facts: &mut Facts, node: &Node<'_>) {
    let items = node.get("items");
    match items {
        // Until 2019-09, `items` with an array was what `prefixItems` is now.
        Some(items) if items.tree.as_array().is_some() => {
            facts.prefix_items.extend(node.items("items").map(|item| item.at));
            facts.items.extend(node.get("additionalItems").map(|item| Part::whole(&item.at)));
        }
        Some(items) => facts.items.push(Part::whole(&items.at)),
        None => {}
    }
    facts.prefix_items.extend(node.items("prefixItems").map(|item| item.at));
    facts.unevaluated_items = facts.unevaluated_items.take().or_else(|| part(node, "unevaluatedItems"));
    facts.array_keywords |= has(node, vocabulary::ARRAYS);
}
