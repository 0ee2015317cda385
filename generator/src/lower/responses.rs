//! Request bodies and responses (OpenAPI 3.0.3 §4.7.13 to §4.7.17).

use openapiv3::{ParameterSchemaOrContent, ReferenceOr};

use super::cx::{Cx, Site};
use super::{examples, schema};
use crate::diag::{Code, Pointer};
use crate::ir::{Body, Checks, Content, Docs, Header, Media, OpId, Response, Role, Status, Ty};
use crate::spec::{Node, Spec};

/// The request body of an operation.
pub(super) fn lower_body(cx: &mut Cx<'_, '_>, operation: &Node<'_>, id: OpId) -> Option<Body> {
    let node = cx.spec.node(&operation.get("requestBody")?.at)?;
    let node = cx.resolve(node)?;
    let piece: openapiv3::RequestBody = Spec::piece(&node, cx.diags)?;
    let site = Site::of_operation(id, Role::Request);
    let contents = lower_content(cx, &node.at.push("content"), &piece.content, &site);
    Some(Body {
        at: node.at,
        required: piece.required,
        docs: Docs { description: piece.description.unwrap_or_default(), ..Docs::default() },
        contents,
    })
}

/// The documented responses of an operation.
pub(super) fn lower_responses(cx: &mut Cx<'_, '_>, operation: &Node<'_>, id: OpId) -> Vec<Response> {
    let nodes: Vec<(&str, Pointer)> = operation.entries("responses").map(|(status, node)| (status, node.at)).collect();
    let statuses: Vec<(Status, Pointer)> =
        nodes.into_iter().filter_map(|(text, at)| Some((lower_status(cx, text, &at)?, at))).collect();
    let successes = statuses.iter().filter(|(status, _)| status.is_success()).count();
    let mut responses: Vec<Response> = Vec::new();
    for (status, at) in statuses {
        if responses.iter().any(|known| known.status == status) {
            cx.diags
                .warn(Code::Duplicate, &at, "this status stands here twice; the first one counts")
                .help("remove one");
            continue;
        }
        let role = match status {
            status if status.is_success() && successes == 1 => Role::Response(None),
            status if status.is_success() => Role::Response(Some(status_word(status))),
            status => Role::Error(status_word(status)),
        };
        responses.extend(lower_response(cx, &at, status, &Site::of_operation(id, role), id));
    }
    responses
}

/// What a status is called in a name.
fn status_word(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Class(class) => format!("{class}xx"),
        Status::Default => "default".to_owned(),
    }
}

fn lower_status(cx: &mut Cx<'_, '_>, text: &str, at: &Pointer) -> Option<Status> {
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
        .warn(Code::InvalidObject, at, format!("`{text}` is no HTTP status; the response is left out"))
        .help("use a code from 100 to 599, a class such as `4XX`, or `default`");
    None
}

fn lower_response(cx: &mut Cx<'_, '_>, at: &Pointer, status: Status, site: &Site, id: OpId) -> Option<Response> {
    let node = cx.spec.node(at)?;
    let node = cx.resolve(node)?;
    let piece: openapiv3::Response = Spec::piece(&node, cx.diags)?;
    let headers = piece.headers.iter().filter_map(|(name, header)| lower_header(cx, &node, name, header, id)).collect();
    let contents = lower_content(cx, &node.at.push("content"), &piece.content, site);
    let body_less = matches!(status, Status::Code(204 | 205 | 304));
    Some(Response {
        at: node.at,
        status,
        docs: Docs { description: piece.description, ..Docs::default() },
        contents: if body_less { Vec::new() } else { contents },
        headers,
    })
}

fn lower_header(
    cx: &mut Cx<'_, '_>,
    response: &Node<'_>,
    name: &str,
    header: &ReferenceOr<openapiv3::Header>,
    id: OpId,
) -> Option<Header> {
    // OpenAPI 3.0.3 §4.7.17.1: the media types say it.
    if name.eq_ignore_ascii_case("content-type") {
        return None;
    }
    let at = response.at.push("headers").push(name);
    let node = cx.spec.node(&at)?;
    let node = cx.resolve(node)?;
    if node.get("schema").is_none() && node.get("content").is_none() {
        let docs = Docs { description: node.str("description").unwrap_or_default().to_owned(), ..Docs::default() };
        return Some(Header { at: node.at, wire: name.to_owned(), ty: Ty::Any, required: false, docs });
    }
    let header = match header {
        ReferenceOr::Item(header) => header.clone(),
        ReferenceOr::Reference { .. } => Spec::piece(&node, cx.diags)?,
    };
    let schema = match &header.format {
        ParameterSchemaOrContent::Schema(schema) => Spec::schema_at(schema),
        ParameterSchemaOrContent::Content(content) => {
            content.values().next().and_then(|media| media.schema.as_ref()).and_then(Spec::schema_at)
        }
    };
    let site = Site::of_operation(id, Role::Header(name.to_owned()));
    let ty = schema.map_or(Ty::Any, |at| schema::lower_schema(cx, &at, &site));
    Some(Header {
        at: node.at,
        wire: name.to_owned(),
        ty,
        required: header.required,
        docs: Docs { description: header.description.unwrap_or_default(), ..Docs::default() },
    })
}

fn lower_content(cx: &mut Cx<'_, '_>, at: &Pointer, content: &openapiv3::Content, site: &Site) -> Vec<Content> {
    let mut contents = Vec::new();
    for (media_type, piece) in content {
        let at = at.push(media_type);
        let schema = piece.schema.as_ref().and_then(Spec::schema_at);
        let media = lower_media(cx, media_type, schema.as_ref(), site);
        let examples = examples::collect(cx, &at);
        cx.schemas.extend(schema.map(|schema| (at.clone(), schema)));
        let checks = Checks::default();
        contents.push(Content { at, media_type: media_type.clone(), media, examples, checks });
    }
    contents
}

/// How a media type is read and written (RFC 6838, RFC 6839 for `+json`).
fn lower_media(cx: &mut Cx<'_, '_>, media_type: &str, schema: Option<&Pointer>, site: &Site) -> Media {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if essence == "application/json" || essence.ends_with("+json") || essence == "text/json" || essence == "*/*" {
        return Media::Json(schema.map_or(Ty::Any, |at| schema::lower_schema(cx, at, site)));
    }
    if essence.starts_with("multipart/") || essence.ends_with("form-urlencoded") {
        let at = schema.cloned().unwrap_or_default();
        if cx.first_report(&at) {
            cx.diags
                .warn(Code::Unsupported, &at, format!("`{media_type}` is sent and received as bytes for now"))
                .help("encode and decode the fields yourself");
        }
    }
    if essence.starts_with("text/") { Media::Text } else { Media::Bytes }
}
