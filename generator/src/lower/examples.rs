//! The examples of bodies: which there are, and which fit.

use super::cx::Cx;
use super::fit;
use crate::diag::{Code, Diags, Pointer};
use crate::ir::{Api, Content, Example, Media};
use crate::load::Tree;

/// The examples of a Media Type Object; the one that `x-microcks-default` marks comes first.
pub(super) fn collect(cx: &mut Cx<'_, '_>, at: &Pointer) -> Vec<Example> {
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

/// Drops the examples that do not fit their types, each with a warning at the value that does not.
pub(super) fn keep_fitting(api: &mut Api, diags: &mut Diags) {
    let mut operations = std::mem::take(&mut api.operations);
    for operation in &mut operations {
        let bodies = operation.body.iter_mut().flat_map(|body| &mut body.contents);
        let responses = operation.responses.iter_mut().flat_map(|response| &mut response.contents);
        for content in bodies.chain(responses) {
            check(api, content, diags);
        }
    }
    api.operations = operations;
}

fn check(api: &Api, content: &mut Content, diags: &mut Diags) {
    let Media::Json(ty) = &content.media else { return };
    let ty = ty.clone();
    content.examples.retain(|example| match fit::fits(api, &ty, &example.value, &example.at) {
        Ok(()) => true,
        Err(misfit) => {
            let name = misfit.at.last();
            diags
                .warn(
                    Code::BadExample,
                    &misfit.at,
                    format!("the example does not fit its schema: `{name}` {}", misfit.message),
                )
                .help("correct the example; until then a sample made from the schema takes its place");
            false
        }
    });
}
