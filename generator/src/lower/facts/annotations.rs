//! Annotations: documentation, defaults and examples (JSON Schema Validation 2020-12 §9).

use super::model::Facts;
use crate::ir::Example;
use crate::spec::Node;
use crate::tree::Tree;

/// Adds the annotations of a schema.
pub(super) fn add(facts: &mut Facts, node: &Node<'_>, outer: bool) {
    if (facts.docs.description.is_empty() || outer)
        && let Some(text) = node.str("description")
    {
        text.clone_into(&mut facts.docs.description);
    }
    if (facts.docs.summary.is_empty() || outer)
        && let Some(text) = node.str("title")
    {
        text.clone_into(&mut facts.docs.summary);
    }
    if outer {
        facts.docs.deprecated |= node.flag("deprecated");
    }
    facts.read_only |= node.flag("readOnly");
    facts.write_only |= node.flag("writeOnly");
    if let Some(default) = node.get("default")
        && facts.default.is_none()
    {
        facts.default = Some((default.at, default.tree.clone()));
    }
    if outer {
        facts.examples.extend(examples(node));
    } else {
        let is_small = |example: &Example| has_at_most(&example.value, &mut { MAX_INNER_SIZE });
        facts.examples.extend(examples(node).take(MAX_INNER_EXAMPLES).filter(is_small));
    }
    if facts.example.is_none() {
        facts.example = examples(node).next().filter(|example| !example.value.is_container());
    }
}

/// More examples of a schema that another one includes are not used there: they are copied to every schema that includes it.
const MAX_INNER_EXAMPLES: usize = 16;
/// Those with more values are not used there either.
const MAX_INNER_SIZE: usize = 200;

/// Whether a value consists of at most as many values as are `left`.
fn has_at_most(value: &Tree, left: &mut usize) -> bool {
    let Some(rest) = left.checked_sub(1) else { return false };
    *left = rest;
    match value {
        Tree::Array(items) => items.iter().all(|item| has_at_most(item, left)),
        Tree::Object(map) => map.values().all(|value| has_at_most(value, left)),
        _ => true,
    }
}

/// The `example` and the `examples`. `null` is skipped, because an empty `example:` reads as `null`.
fn examples<'n>(node: &'n Node<'_>) -> impl Iterator<Item = Example> + 'n {
    let values = node.get("example").into_iter().chain(node.items("examples"));
    let values = values.filter(|example| *example.tree != Tree::Null);
    values.map(|example| Example { at: example.at, value: example.tree.clone() })
}
