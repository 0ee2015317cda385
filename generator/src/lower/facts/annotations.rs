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
    if facts.example.is_none() {
        facts.example = scalar_example(node);
    }
}

/// The `example` or the first of the `examples`, if it is neither an array nor an object nor `null`.
fn scalar_example(node: &Node<'_>) -> Option<Example> {
    let listed = || node.items("examples").next();
    let example = node.get("example").or_else(listed)?;
    let is_scalar = !example.tree.is_container() && *example.tree != Tree::Null;
    is_scalar.then(|| Example { at: example.at, value: example.tree.clone() })
}
