//! Request bodies and responses (OpenAPI 3.0.3 §4.7.13, §4.7.16 and §4.7.17).

use super::content::lower_content;
use super::headers::lower_header;
use super::lowering::Lowering;
use super::media_kind::BodySide;
use crate::diag::{Code, Pointer};
use crate::ir::{Body, Docs, Method, OpId, Operation, Response, Role, Status, is_success};
use crate::spec::{self, Node};

/// The request body of an operation.
pub(super) fn lower_body(cx: &mut Lowering<'_, '_>, operation: &Node<'_>, id: OpId) -> Option<Body> {
    let node = cx.object(&operation.get("requestBody")?.at)?;
    let body = spec::RequestBody::read(&node, cx.diags)?;
    let site = cx.site(&node.at, id, Role::Request);
    let contents = lower_content(cx, &node.at.push("content"), &body.content, &site, BodySide::Request);
    Some(Body { required: body.required, docs: Docs { description: body.description, ..Docs::default() }, contents })
}

/// The documented responses of an operation.
///
/// Responses to HEAD have no body, even if the document describes one (RFC 9110 §9.3.2).
pub(super) fn lower_responses(
    cx: &mut Lowering<'_, '_>,
    operation: &Node<'_>,
    method: &Method,
    id: OpId,
) -> Vec<Response> {
    let nodes: Vec<(&str, Pointer)> = operation.entries("responses").map(|(status, node)| (status, node.at)).collect();
    let statuses: Vec<(Status, Pointer)> =
        nodes.into_iter().filter_map(|(text, at)| Some((lower_status(cx, text, &at)?, at))).collect();
    let all: Vec<Status> = statuses.iter().map(|(status, _)| *status).collect();
    let succeeds = |status: Status| is_success(status, all.iter().copied());
    let successes = all.iter().filter(|status| succeeds(**status)).count();
    let mut responses: Vec<Response> = Vec::new();
    for (status, at) in statuses {
        if responses.iter().any(|known| known.status == status) {
            cx.diags
                .warn(Code::Duplicate, &at, "this status occurs twice; the first response is used")
                .help("remove one of the two responses");
            continue;
        }
        let role = match status {
            status if succeeds(status) && successes == 1 => Role::Response(None),
            status if succeeds(status) => Role::Response(Some(status_word(status))),
            status => Role::Error(status_word(status)),
        };
        responses.extend(lower_response(cx, &at, status, role, id));
    }
    if method.0 == "HEAD" {
        for response in &mut responses {
            response.contents.clear();
        }
    }
    responses
}

/// A status as part of a name.
fn status_word(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Class(class) => format!("{class}xx"),
        Status::Default => "default".to_owned(),
    }
}

/// The status of a response, by its key.
fn lower_status(cx: &mut Lowering<'_, '_>, text: &str, at: &Pointer) -> Option<Status> {
    let upper = text.to_ascii_uppercase();
    if upper == "DEFAULT" {
        return Some(Status::Default);
    }
    if let Some(class) =
        upper.strip_suffix("XX").and_then(|class| class.parse::<u8>().ok()).filter(|c| (1..=5).contains(c))
    {
        return Some(Status::Class(class));
    }
    if let Some(code) = text.parse::<u16>().ok().filter(|code| (100..=599).contains(code)) {
        return Some(Status::Code(code));
    }
    cx.diags
        .warn(Code::InvalidObject, at, format!("`{text}` is not an HTTP status; the response is left out"))
        .help("use a code from 100 to 599, a class such as `4XX`, or `default`");
    None
}

/// Reports the media types that nothing is generated from: events beside a whole body, which one success can have.
pub(super) fn report_left_out(cx: &mut Lowering<'_, '_>, operation: &Operation) {
    let left_out = |response: &Response| -> Vec<Pointer> {
        let kept: Vec<Pointer> = response.choices().iter().flatten().map(|content| content.at.clone()).collect();
        let all = response.contents.iter().map(|content| content.at.clone());
        all.filter(|at| !kept.contains(at)).collect()
    };
    let successes = operation.successful_responses();
    let events = successes.iter().find_map(|(_, response)| left_out(response).into_iter().next());
    for at in operation.responses.iter().flat_map(left_out).filter(|at| Some(at) != events.as_ref()) {
        let message = format!("`{}` of this response is left out", at.last());
        cx.diags
            .warn(Code::Unsupported, &at, message)
            .help("describe events as the only media type of the response, or beside the body of one success");
    }
}

fn lower_response(cx: &mut Lowering<'_, '_>, at: &Pointer, status: Status, role: Role, id: OpId) -> Option<Response> {
    let node = cx.object(at)?;
    let response = spec::Response::read(&node, cx.diags)?;
    let headers = response.headers.iter().filter_map(|name| lower_header(cx, &node, name, id)).collect();
    let site = cx.site(&node.at, id, role);
    let contents = lower_content(cx, &node.at.push("content"), &response.content, &site, BodySide::Response);
    let has_no_body = matches!(status, Status::Code(204 | 205 | 304));
    if has_no_body && !contents.is_empty() && cx.first_report(&node.at.push("content")) {
        let message =
            format!("responses of the status {} have no body; this `content` is ignored", status_word(status));
        cx.diags
            .warn(Code::OddSchema, &node.at.push("content"), message)
            .help("remove it, or describe the response under another status");
    }
    Some(Response {
        at: node.at,
        status,
        docs: Docs { description: response.description, ..Docs::default() },
        contents: if has_no_body { Vec::new() } else { contents },
        headers,
    })
}
