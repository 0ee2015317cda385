//! The examples of bodies: which there are, and which fit.

use super::cx::Cx;
use super::fit;
use crate::diag::{Code, Diags, Pointer};
use crate::ir::{Api, Content, Example, Literal, Media, Shape, Ty, TypeId};
use crate::tree::Tree;

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

/// Drops the defaults that do not fit their types, each with a warning.
pub(super) fn keep_fitting_defaults(api: &mut Api, diags: &mut Diags) {
    let ids: Vec<TypeId> = api.types.ids().collect();
    for id in ids {
        let Shape::Struct(mut shape) = api.types[id].shape.clone() else { continue };
        if shape.fields.iter().all(|field| field.default.is_none()) {
            continue;
        }
        for field in &mut shape.fields {
            keep_default(api, &field.ty, &field.at, &mut field.default, diags);
        }
        api.types[id].shape = Shape::Struct(shape);
    }
    let mut operations = std::mem::take(&mut api.operations);
    for param in operations.iter_mut().flat_map(|operation| &mut operation.params) {
        keep_default(api, &param.ty, &param.at, &mut param.default, diags);
    }
    api.operations = operations;
}

fn keep_default(api: &Api, ty: &Ty, at: &Pointer, default: &mut Option<Literal>, diags: &mut Diags) {
    let Some(value) = default.as_ref().filter(|value| **value != Tree::Null) else { return };
    if let Err(misfit) = fit::fits(api, ty, value, at) {
        let message = format!("the `default` does not fit its schema: it {}", misfit.message);
        diags.warn(Code::BadDefault, at, message).help("correct the default; until then there is none");
        *default = None;
    }
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
    let form = if let Media::Form(form) | Media::Multipart(form) = &content.media { Some(&form.ty) } else { None };
    let Some(ty) = content.media.value().or(form).cloned() else { return };
    if matches!(content.media, Media::Xml { .. }) {
        // Most of them are the text of a document.
        content.examples.retain(|example| fit::fits(api, &ty, &example.value, &example.at).is_ok());
        return;
    }
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
