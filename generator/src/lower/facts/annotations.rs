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
    let limit = if outer { usize::MAX } else { MAX_INNER_EXAMPLES };
    facts.examples.extend(examples(node).take(limit));
    if facts.example.is_none() {
        facts.example = examples(node).next().filter(|example| !example.value.is_container());
    }
}

/// More examples of a schema that another one includes are not used there: they are copied to every schema that includes it.
const MAX_INNER_EXAMPLES: usize = 16;

/// The `example` and the `examples`. `null` is none: it is left of an empty `example:`.
fn examples<'n>(node: &'n Node<'_>) -> impl Iterator<Item = Example> + 'n {
    let values = node.get("example").into_iter().chain(node.items("examples"));
    let values = values.filter(|example| *example.tree != Tree::Null);
    values.map(|example| Example { at: example.at, value: example.tree.clone() })
}
