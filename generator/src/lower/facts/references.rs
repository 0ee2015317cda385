//! References to other schemas: `$ref`, `$dynamicRef` (JSON Schema Core 2020-12 §8.2.3) and `$recursiveRef` (2019-09 Core §8.2.4.2).
//!
//! A type does not depend on the path that leads to it, so the last two mean their static targets.

use super::super::lowering::Lowering;
use crate::diag::Code;
use crate::spec::Node;
use crate::vocabulary;

/// The keywords that refer to another schema.
pub(in super::super) const KEYS: [&str; 3] = ["$ref", "$dynamicRef", "$recursiveRef"];

/// The schema that one of the keywords of a schema refers to. A reference to nothing is reported once, however often it is followed.
pub(in super::super) fn follow<'d>(cx: &mut Lowering<'d, '_>, node: &Node<'d>, key: &str) -> Option<Node<'d>> {
    let reference = node.str(key)?;
    if key == "$recursiveRef" {
        return root(cx, node);
    }
    if cx.first_report(&node.at.push("$ref")) {
        let target = cx.spec.target(node, reference, cx.diags)?;
        // A schema that says nothing is there to be replaced; another one is what most references mean.
        let says = |key: &String| key != "not" && !vocabulary::restricts_nothing(key);
        let is_empty = target.tree.as_object().is_some_and(|map| !map.keys().any(says));
        if key == "$dynamicRef" && is_empty && cx.spec.is_redefined(reference) {
            let message =
                format!("several schemas define the anchor of `{reference}`; this reference always means the same one");
            cx.diags
                .warn(Code::Unsupported, &node.at.push(key), message)
                .related(&target.at, "the schema that it means")
                .help("write the schema out, with `$ref`, where it differs");
        }
        Some(target)
    } else {
        cx.spec.find_target(node, reference)
    }
}

/// The schema around a schema that has an identifier or `$recursiveAnchor`, or else its component.
fn root<'d>(cx: &Lowering<'d, '_>, node: &Node<'d>) -> Option<Node<'d>> {
    let mut at = node.at.clone();
    loop {
        let found = cx.spec.node(&at)?;
        if found.flag("$recursiveAnchor") || found.get("$id").is_some() || at.is_component() {
            return Some(found);
        }
        if at.last().is_empty() {
            return None;
        }
        at = at.parent();
    }
}
