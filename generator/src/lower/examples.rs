//! The examples of bodies.

use super::lowering::Lowering;
use crate::diag::Pointer;
use crate::ir::Example;
use crate::tree::Tree;

/// The examples of a Media Type Object; the one that `x-microcks-default` marks comes first.
pub(super) fn collect(cx: &mut Lowering<'_, '_>, at: &Pointer) -> Vec<Example> {
    let Some(node) = cx.spec.node(at) else { return Vec::new() };
    let mut examples = Vec::new();
    let named: Vec<_> = node.entries("examples").map(|(_, example)| example).collect();
    for example in named {
        let Some(example) = cx.resolve(example) else { continue };
        let Some(value) = example.tree.get("value") else { continue };
        let found = Example { at: example.at.push("value"), value: value.clone() };
        if example.tree.get("x-microcks-default").and_then(Tree::as_bool) == Some(true) {
            examples.insert(0, found);
        } else {
            examples.push(found);
        }
    }
    if let Some(value) = node.tree.get("example") {
        examples.push(Example { at: at.push("example"), value: value.clone() });
    }
    examples
}
