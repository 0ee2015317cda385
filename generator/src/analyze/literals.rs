//! Examples and defaults that do not match their types are dropped, each with a warning at the value that does not match.

use crate::diag::{Code, Diags, Pointer};
use crate::ir::conformance::{self, Mismatch};
use crate::ir::sample::without_nulls;
use crate::ir::{Api, Checks, Content, Example, Literal, Media, Shape, Ty, TypeId};

/// Drops the defaults of properties and parameters that do not match their types.
pub(super) fn drop_bad_defaults(api: &mut Api, diags: &mut Diags) {
    let ids: Vec<TypeId> = api.types.ids().collect();
    for id in ids {
        let Shape::Struct(mut shape) = api.types[id].shape.clone() else { continue };
        if shape.fields.iter().all(|field| field.default.is_none()) {
            continue;
        }
        for field in &mut shape.fields {
            check_default(api, (&field.ty, &field.checks), &field.at, &mut field.default, diags);
        }
        api.types[id].shape = Shape::Struct(shape);
    }
    let mut operations = std::mem::take(&mut api.operations);
    for param in operations.iter_mut().flat_map(|operation| &mut operation.params) {
        check_default(api, (&param.ty, &param.checks), &param.at, &mut param.default, diags);
    }
    api.operations = operations;
}

fn check_default(
    api: &Api,
    (ty, checks): (&Ty, &Checks),
    at: &Pointer,
    default: &mut Option<Literal>,
    diags: &mut Diags,
) {
    let Some(value) = default.as_ref().filter(|value| **value != Literal::Null) else { return };
    if let Err(mismatch) = conformance::matches(api, ty, checks, value, at) {
        let message = format!("the `default` does not match its schema: {}", mismatch.message);
        diags.warn(Code::BadDefault, at, message).help("correct the default; it is ignored until then");
        *default = None;
    }
}

/// Drops the examples that do not match their types, so that no generated example uses them. The documentation still shows those of
/// properties as text.
pub(super) fn drop_bad_examples(api: &mut Api, diags: &mut Diags) {
    let ids: Vec<TypeId> = api.types.ids().collect();
    for id in ids {
        let Shape::Struct(mut shape) = api.types[id].shape.clone() else { continue };
        if shape.fields.iter().all(|field| field.example.is_none()) {
            continue;
        }
        for field in &mut shape.fields {
            let (ty, checks) = (&field.ty, &field.checks);
            field.example = field.example.take().filter(|example| is_good(api, ty, checks, example, diags));
        }
        api.types[id].shape = Shape::Struct(shape);
    }
    let mut operations = std::mem::take(&mut api.operations);
    for operation in &mut operations {
        for param in &mut operation.params {
            let (ty, checks) = (&param.ty, &param.checks);
            param.example = param.example.take().filter(|example| is_good(api, ty, checks, example, diags));
        }
        let bodies = operation.body.iter_mut().flat_map(|body| &mut body.contents);
        let responses = operation.responses.iter_mut().flat_map(|response| &mut response.contents);
        for content in bodies.chain(responses) {
            check_content(api, content, diags);
        }
        let of_responses = operation.responses.iter_mut().flat_map(|response| &mut response.headers);
        for header in operation.headers.iter_mut().chain(of_responses) {
            let (ty, checks) = (&header.ty, &header.checks);
            header.examples.retain(|example| is_good(api, ty, checks, example, diags));
        }
    }
    api.operations = operations;
}

fn check_content(api: &Api, content: &mut Content, diags: &mut Diags) {
    let form = if let Media::Form(form) | Media::Multipart(form) = &content.media { Some(&form.ty) } else { None };
    let text = if let Media::Text(ty) = &content.media { Some(ty) } else { None };
    let Some(ty) = content.media.value().or(form).or(text).cloned() else { return };
    let checks = content.checks.clone();
    if matches!(content.media, Media::Xml { .. } | Media::Text(_)) {
        // Most of these examples are the text of the body, which is not a mistake.
        content.examples.retain(|example| matches(api, &ty, &checks, example).is_ok());
    } else {
        content.examples.retain(|example| is_good(api, &ty, &checks, example, diags));
    }
}

/// Whether an example matches its type; if it does not, that is reported.
fn is_good(api: &Api, ty: &Ty, checks: &Checks, example: &Example, diags: &mut Diags) -> bool {
    let Err(mismatch) = matches(api, ty, checks, example) else { return true };
    report_bad_example(example, &mismatch, diags);
    false
}

/// Warns of an example that does not match its type.
pub(super) fn report_bad_example(example: &Example, mismatch: &Mismatch, diags: &mut Diags) {
    let part = if mismatch.at == example.at { String::new() } else { format!("`{}`: ", mismatch.at.last()) };
    let message = format!("the example does not match its schema: {part}{}", mismatch.message);
    diags
        .warn(Code::BadExample, &mismatch.at, message)
        .help("correct the example; a sample made from the schema is used until then");
}

/// Checks whether an example matches its type, formats included.
pub(super) fn matches(api: &Api, ty: &Ty, checks: &Checks, example: &Example) -> Result<(), Mismatch> {
    // Examples of real bodies often have `null` for what may be left out, which generated code reads.
    let value = without_nulls(api, ty, &example.value);
    conformance::matches_exactly(api, ty, checks, &value, &example.at)
}
