//! Schemas that only refer to another schema.

use super::super::lowering::Lowering;
use super::super::{facts, union};
use super::lower_definition;
use crate::diag::Pointer;
use crate::ir::Ty;
use crate::spec::Node;
use crate::vocabulary;

/// A schema around a schema around a reference, and so on: known documents stay below 3.
const MAX_DEPTH: usize = 16;

/// The type that a schema refers to, if it is nothing but a `$ref`, or an `allOf`, `oneOf` or `anyOf` of one `$ref`, beside annotations,
/// `null`, and the type that the other schema has.
pub(super) fn lower_reference(cx: &mut Lowering<'_, '_>, at: &Pointer) -> Option<Ty> {
    let node = cx.spec.node(at)?;
    let Reference { target, null } = find(cx, &node, 0)?;
    let ty = lower_definition(cx, &target);
    Some(if null { ty.nullable() } else { ty })
}

/// A reference to a schema.
struct Reference<'d> {
    target: Node<'d>,
    /// Whether `null` is a value as well.
    null: bool,
}

/// The reference that a schema consists of.
fn find<'d>(cx: &mut Lowering<'d, '_>, node: &Node<'d>, depth: usize) -> Option<Reference<'d>> {
    let map = node.tree.as_object()?;
    let counts = |key: &&str| !matches!(*key, "nullable" | "type") && !vocabulary::restricts_nothing(key);
    let keys: Vec<&str> = map.keys().map(String::as_str).filter(counts).collect();
    let [key] = keys.as_slice() else { return None };
    let mut found = match *key {
        "$ref" | "$dynamicRef" => Reference { target: facts::follow(cx, node, node.str(key)?)?, null: false },
        "allOf" if !union::is_heir(cx, &node.at) => {
            let mut others = node.items(key).filter(restricts);
            let (only, None) = (others.next()?, others.next()) else { return None };
            find(cx, &only, depth_below(depth)?)?
        }
        "oneOf" | "anyOf" => {
            let null = node.items(key).any(|branch| facts::is_null_at(cx, &branch.at));
            let only = facts::only_branch(cx, node, key)?;
            let found = find(cx, &only, depth_below(depth)?)?;
            Reference { null: found.null || null, ..found }
        }
        _ => return None,
    };
    found.null |= node.flag("nullable") || node.items("allOf").any(|branch| branch.flag("nullable"));
    has_same_type(cx, node, &found.target).then_some(found)
}

fn depth_below(depth: usize) -> Option<usize> {
    Some(depth + 1).filter(|depth| *depth <= MAX_DEPTH)
}

/// Whether a schema restricts values, or may.
fn restricts(node: &Node<'_>) -> bool {
    let says = |key: &String| key != "nullable" && !vocabulary::restricts_nothing(key);
    node.tree.as_object().is_none_or(|map| map.keys().any(says))
}

/// Whether a schema has no `type`, or that of the schema that it refers to.
fn has_same_type(cx: &mut Lowering<'_, '_>, node: &Node<'_>, target: &Node<'_>) -> bool {
    if node.get("type").is_none() {
        return true;
    }
    let own = facts::own_types(node);
    let other = facts::gather(cx, &[facts::Part::whole(&target.at)]);
    let types = other.types.clone().or_else(|| Some([other.inferred_type()?].into()));
    types.is_some_and(|types| own == types && !other.null)
}
