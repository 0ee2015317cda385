//! Links from the successful response of an operation to other operations (OpenAPI 3.0.3 §4.7.20).
//!
//! A link is left out with a warning if types alone do not prove that it can be followed: if it names an operation of another
//! document, a parameter or a property that does not exist, or a value made of several expressions.

use super::lowering::Lowering;
use crate::diag::{Code, Pointer};
use crate::ir::{Api, Docs, Link, LinkValue, Media, OpId, Operation, Param, ParamPlace, Rest, Shape, Ty};
use crate::percent;
use crate::spec::Node;

/// Lowers the links of each operation that has exactly one successful response.
pub(super) fn lower_links(cx: &mut Lowering<'_, '_>) {
    for index in 0..cx.api.operations.len() {
        let op = OpId::new(index);
        let success = only_success(cx.api.operation(op));
        report_others(cx, op, success.as_ref());
        let Some(response) = success.and_then(|at| cx.spec.node(&at)) else { continue };
        let named: Vec<(String, Node<'_>)> =
            response.entries("links").map(|(name, link)| (name.to_owned(), link)).collect();
        let mut links = Vec::new();
        for (name, node) in named {
            let Some(node) = cx.resolve(node) else { continue };
            match lower_link(&cx.api, op, &name, &node) {
                Ok(link) => links.push(link),
                Err(reason) if cx.first_report(&node.at) => {
                    cx.diags
                        .warn(Code::LeftOut, &node.at, format!("the link `{name}` is left out: {reason}"))
                        .help("correct the link, or remove it");
                }
                Err(_) => {}
            }
        }
        if let Some(operation) = cx.api.operations.get_mut(index) {
            operation.links = links;
        }
    }
}

/// Reports the links of other responses, from which nothing is generated.
fn report_others(cx: &mut Lowering<'_, '_>, op: OpId, success: Option<&Pointer>) {
    let responses = cx.api.operation(op).responses.iter().map(|response| response.at.clone());
    let others: Vec<Pointer> = responses.filter(|at| Some(at) != success).map(|at| at.push("links")).collect();
    for at in others {
        let has_links =
            cx.spec.node(&at).and_then(|links| links.tree.as_object()).is_some_and(|links| !links.is_empty());
        if has_links && cx.first_report(&at) {
            let message = "the links of this response are left out: only calls with a single successful response, which is not a stream, have links";
            cx.diags.warn(Code::LeftOut, &at, message).help("make the linked call yourself");
        }
    }
}

/// The place of the only successful response of a call, if it is read as a whole.
fn only_success(operation: &Operation) -> Option<Pointer> {
    let mut successes = operation.successes();
    let (only, None) = (successes.next()?, successes.next()) else { return None };
    let whole = only.contents.first().is_none_or(|content| content.media.value().is_some());
    (operation.is_call() && whole && !only.is_choice()).then(|| only.at.clone())
}

fn lower_link(api: &Api, op: OpId, name: &str, node: &Node<'_>) -> Result<Link, String> {
    let target = target(api, node)?;
    let called = api.operation(target);
    let source = api.operation(op);
    let mut arguments = Vec::new();
    for (key, value) in node.entries("parameters") {
        let position = called
            .params
            .iter()
            .position(|param| is_called(param, key))
            .ok_or_else(|| format!("`{}` has no parameter `{key}`", called.id))?;
        arguments.push((position, lower_value(api, source, &value)?));
    }
    let body = node.get("requestBody").map(|value| lower_value(api, source, &value)).transpose()?;
    if body.is_some() && called.body.as_ref().is_none_or(|body| body.choices().len() > 1) {
        return Err(format!("`{}` takes no body, or bodies of several types", called.id));
    }
    let description = node.description().to_owned();
    Ok(Link {
        at: node.at.clone(),
        name: name.to_owned(),
        docs: Docs { description, ..Docs::default() },
        target,
        arguments,
        body,
    })
}

/// The operation that a link leads to, by its id or by a reference.
fn target(api: &Api, node: &Node<'_>) -> Result<OpId, String> {
    let found = if let Some(id) = node.str("operationId") {
        api.operation_ids().find(|(_, operation)| operation.id == id).ok_or(format!("there is no operation `{id}`"))
    } else if let Some(at) = node.str("operationRef") {
        let decoded = percent::decode(at);
        let found = api.operation_ids().find(|(_, operation)| operation.at.to_string() == decoded);
        found.ok_or(format!("`{at}` is not an operation of this document"))
    } else {
        Err("it names no operation".to_owned())
    };
    let (id, operation) = found?;
    if operation.is_call() { Ok(id) } else { Err(format!("`{}` is not an operation that clients call", operation.id)) }
}

/// Whether a parameter is meant by `id`, or by `path.id`, which tells parameters of one name apart.
fn is_called(param: &Param, key: &str) -> bool {
    let place = match param.place {
        ParamPlace::Path => "path",
        ParamPlace::Query => "query",
        ParamPlace::Header => "header",
        ParamPlace::Cookie => "cookie",
    };
    param.wire == key || key.strip_prefix(place).and_then(|rest| rest.strip_prefix('.')) == Some(&param.wire)
}

/// Lowers a runtime expression or a constant (OpenAPI 3.0.3 §4.7.20.3).
fn lower_value(api: &Api, source: &Operation, node: &Node<'_>) -> Result<LinkValue, String> {
    let Some(text) = node.tree.as_str() else { return Ok(LinkValue::Constant(node.tree.clone())) };
    if text.contains("{$") {
        return Err(format!("`{text}` combines several expressions"));
    }
    let Some(expression) = text.strip_prefix('$') else { return Ok(LinkValue::Constant(node.tree.clone())) };
    let parameter = |place: ParamPlace, name: &str| {
        let found = source.params.iter().position(|param| param.place == place && same_name(place, &param.wire, name));
        found.map(LinkValue::Parameter).ok_or_else(|| format!("`{}` has no parameter `{name}`", source.id))
    };
    let pointer = |rest: &str| rest.strip_prefix('#').unwrap_or(rest).to_owned();
    if expression == "statusCode" {
        return Ok(LinkValue::Status);
    } else if let Some(rest) = expression.strip_prefix("response.body") {
        let response = source.successes().next().and_then(|response| response.contents.first());
        let ty = response.and_then(|content| content.media.value()).ok_or("the response has no body")?;
        return check_pointer(api, ty, &pointer(rest)).map(LinkValue::ResponseBody);
    } else if let Some(rest) = expression.strip_prefix("request.body") {
        let body = source.body.as_ref().filter(|body| body.choices().len() == 1);
        let media = body.and_then(|body| body.contents.first()).map(|content| &content.media);
        let ty = media.filter(|media| !matches!(media, Media::Multipart(_))).and_then(Media::ty);
        return check_pointer(
            api,
            ty.ok_or("the operation sends no body; `$response.body` is the body that it receives")?,
            &pointer(rest),
        )
        .map(LinkValue::RequestBody);
    } else if let Some(name) = expression.strip_prefix("response.header.") {
        return Ok(LinkValue::ResponseHeader(name.to_owned()));
    }
    let places = [
        ("path.", ParamPlace::Path),
        ("query.", ParamPlace::Query),
        ("header.", ParamPlace::Header),
        ("cookie.", ParamPlace::Cookie),
    ];
    let request = expression.strip_prefix("request.").unwrap_or_default();
    let found = places.iter().find_map(|(prefix, place)| Some((*place, request.strip_prefix(prefix)?)));
    let (place, name) = found.ok_or_else(|| format!("clients do not know `{text}`"))?;
    parameter(place, name)
}

fn same_name(place: ParamPlace, wire: &str, name: &str) -> bool {
    if place == ParamPlace::Header { wire.eq_ignore_ascii_case(name) } else { wire == name }
}

/// Checks that a JSON pointer leads somewhere in values of a type.
fn check_pointer(api: &Api, ty: &Ty, pointer: &str) -> Result<String, String> {
    let mut at = ty;
    for token in pointer.split('/').skip(1) {
        let token = token.replace("~1", "/").replace("~0", "~");
        at =
            step(api, at, &token).ok_or_else(|| format!("`{pointer}` leads nowhere, because there is no `{token}`"))?;
    }
    Ok(pointer.to_owned())
}

/// The type of a part of a value.
fn step<'a>(api: &'a Api, ty: &'a Ty, token: &str) -> Option<&'a Ty> {
    match api.resolve(ty.not_null()) {
        Ty::Any => Some(&Ty::Any),
        Ty::List(item) => token.parse::<usize>().ok().map(|_| item.as_ref()),
        Ty::Map(entry) => Some(entry),
        Ty::Tuple(items) => items.get(token.parse::<usize>().ok()?),
        Ty::Named(id) => match &api.types[*id].shape {
            Shape::Struct(shape) => {
                shape.fields.iter().find(|field| field.wire == token).map(|field| &field.ty).or(match &shape.rest {
                    Rest::Collect(ty) => Some(ty),
                    _ => None,
                })
            }
            // One of the variants may have it.
            Shape::Union(_) | Shape::Newtype(_) => Some(&Ty::Any),
            Shape::Enum(_) | Shape::Alias(_) => None,
        },
        _ => None,
    }
}
