//! Annotations: documentation, defaults and examples (JSON Schema Validation 2020-12 §9).

use super::model::Facts;
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
    let listed = node.tree.get("examples").and_then(Tree::as_array).and_then(<[Tree]>::first);
    if let Some(example) = node.tree.get("example").or(listed)
        && facts.example.is_none()
        && !example.is_container()
        && *example != Tree::Null
    {
        facts.example = Some(example.clone());
    }
}
