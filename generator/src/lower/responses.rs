//! Request bodies and responses (OpenAPI 3.0.3 §4.7.13 to §4.7.17).

use std::collections::BTreeMap;

use super::cx::{Cx, Site};
use super::{examples, schema, sequence, xml};
use crate::diag::{Code, Pointer};
use crate::ir::{
    Body, Checks, Content, Docs, FieldEncoding, Form, Header, Media, Method, OpId, Operation, Response, Role, Scalar,
    Shape, Status, Style, Ty, essence, is_success, subtype,
};
use crate::spec::{self, Node};

/// The request body of an operation.
pub(super) fn lower_body(cx: &mut Cx<'_, '_>, operation: &Node<'_>, id: OpId) -> Option<Body> {
    let node = cx.spec.node(&operation.get("requestBody")?.at)?;
    let node = cx.resolve(node)?;
    let body = spec::RequestBody::read(&node, cx.diags)?;
    let site = Site::of_operation(id, Role::Request);
    let contents = lower_content(cx, &node.at.push("content"), &body.content, &site, Direction::Request);
    Some(Body { required: body.required, docs: Docs { description: body.description, ..Docs::default() }, contents })
}

/// The documented responses of an operation.
///
/// What answers HEAD has no body, whatever the document says (RFC 9110 §9.3.2).
pub(super) fn lower_responses(cx: &mut Cx<'_, '_>, operation: &Node<'_>, method: &Method, id: OpId) -> Vec<Response> {
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
                .warn(Code::Duplicate, &at, "this status stands here twice; the first one counts")
                .help("remove one");
            continue;
        }
        let role = match status {
            status if succeeds(status) && successes == 1 => Role::Response(None),
            status if succeeds(status) => Role::Response(Some(status_word(status))),
            status => Role::Error(status_word(status)),
        };
        responses.extend(lower_response(cx, &at, status, &Site::of_operation(id, role), id));
    }
    if method.0 == "HEAD" {
        for response in &mut responses {
            response.contents.clear();
        }
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
    let response = spec::Response::read(&node, cx.diags)?;
    let headers = response.headers.iter().filter_map(|name| lower_header(cx, &node, name, id)).collect();
    let contents = lower_content(cx, &node.at.push("content"), &response.content, site, Direction::Response);
    let body_less = matches!(status, Status::Code(204 | 205 | 304));
    Some(Response {
        at: node.at,
        status,
        docs: Docs { description: response.description, ..Docs::default() },
        contents: if body_less { Vec::new() } else { contents },
        headers,
    })
}

fn lower_header(cx: &mut Cx<'_, '_>, response: &Node<'_>, name: &str, id: OpId) -> Option<Header> {
    // OpenAPI 3.0.3 §4.7.17.1: the media types say it.
    if name.eq_ignore_ascii_case("content-type") {
        return None;
    }
    let at = response.at.push("headers").push(name);
    let node = cx.spec.node(&at)?;
    let node = cx.resolve(node)?;
    if node.get("schema").is_none() && node.get("content").is_none() {
        let docs = Docs { description: node.str("description").unwrap_or_default().to_owned(), ..Docs::default() };
        return Some(Header { at: node.at, wire: name.to_owned(), ty: Ty::Any, docs });
    }
    let header = spec::Header::read(&node, cx.diags)?;
    let site = Site::of_operation(id, Role::Header(name.to_owned()));
    let ty = header.schema.map_or(Ty::Any, |at| schema::lower_schema(cx, &at, &site));
    Some(Header {
        at: node.at,
        wire: name.to_owned(),
        ty,
        docs: Docs { description: header.description, ..Docs::default() },
    })
}

/// The headers of all successes, each once: of those of one name, the first one counts.
pub(super) fn success_headers(operation: &Operation) -> Vec<Header> {
    let mut headers: Vec<Header> = Vec::new();
    for header in operation.answers().into_iter().flat_map(|(_, response)| &response.headers) {
        if !headers.iter().any(|known| known.wire.eq_ignore_ascii_case(&header.wire)) {
            headers.push(header.clone());
        }
    }
    headers
}

/// Who writes a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    Request,
    Response,
}

fn lower_content(
    cx: &mut Cx<'_, '_>,
    at: &Pointer,
    content: &spec::MediaSchemas,
    site: &Site,
    direction: Direction,
) -> Vec<Content> {
    let mut contents = Vec::new();
    let mut schemas: Vec<Pointer> = Vec::new();
    // The one that others are named beside.
    let main = content.iter().position(|(media_type, _)| is_json(&essence(media_type))).unwrap_or(0);
    for (index, (media_type, schema)) in content.iter().enumerate() {
        let at = at.push(media_type);
        let schema = schema.clone().map(|schema| same(cx, schema, &mut schemas));
        let kind = kind(cx, media_type, schema.as_ref(), direction);
        let own = (index != main).then(|| site.with(Role::Variant(kind.word(media_type))));
        let media = lower_media(cx, kind, schema.as_ref(), own.as_ref().unwrap_or(site), &at);
        let examples = examples::collect(cx, &at);
        cx.schemas.extend(schema.map(|schema| (at.clone(), schema)));
        let checks = Checks::default();
        contents.push(Content { at, media_type: media_type.clone(), media, examples, checks });
    }
    let files = contents.iter().any(|content| is_upload(cx, &content.media));
    contents.sort_by_key(|content| match content.media {
        Media::Multipart(_) if files => 0,
        Media::Json(_) => 1,
        Media::Xml { .. } => 2,
        Media::Form(_) => 3,
        Media::Multipart(_) => 4,
        Media::Events(_) | Media::Lines(_) | Media::Text | Media::Bytes | Media::Stream => 5,
    });
    contents
}

/// Whether a body has files among its fields.
fn is_upload(cx: &Cx<'_, '_>, media: &Media) -> bool {
    let Media::Multipart(form) = media else { return false };
    let mut found = false;
    let mut look = |ty: &Ty| found |= mentions_file(cx, ty);
    if let Ty::Named(id) = cx.api.resolve(form.ty.not_null()) {
        cx.api.types[*id].shape.for_each_ty(&mut look);
    }
    found
}

fn mentions_file(cx: &Cx<'_, '_>, ty: &Ty) -> bool {
    match cx.api.resolve(ty) {
        Ty::Scalar(Scalar::File) => true,
        Ty::List(inner) | Ty::Nullable(inner) | Ty::Map(inner) => mentions_file(cx, inner),
        _ => false,
    }
}

/// The first of the schemas that says the same: media types with equal schemas have one type.
fn same(cx: &Cx<'_, '_>, schema: Pointer, known: &mut Vec<Pointer>) -> Pointer {
    let tree = |at: &Pointer| cx.spec.node(at).map(|node| node.tree);
    if let Some(first) = known.iter().find(|first| tree(first) == tree(&schema)) {
        return first.clone();
    }
    known.push(schema.clone());
    schema
}

/// What a media type is read and written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Json,
    Xml,
    Form,
    Multipart,
    Text,
    Bytes,
    Stream,
    Events,
    Lines,
}

impl Kind {
    /// What tells a body of this kind from others.
    fn word(self, media_type: &str) -> String {
        let word = match self {
            Self::Xml => "xml",
            Self::Form => "form",
            Self::Multipart => "multipart",
            Self::Events => "event",
            Self::Lines => "line",
            Self::Json | Self::Text | Self::Bytes | Self::Stream => subtype(media_type),
        };
        word.to_owned()
    }
}

/// Whether a media type is a form of parts (RFC 7578).
pub(super) fn is_multipart_form(media_type: &str) -> bool {
    essence(media_type) == "multipart/form-data"
}

/// By the media type (RFC 6838, RFC 6839 for `+json`) and, for `*/*`, by the schema.
fn kind(cx: &Cx<'_, '_>, media_type: &str, schema: Option<&Pointer>, direction: Direction) -> Kind {
    let essence = essence(media_type);
    let binary = || schema.and_then(|at| cx.spec.node(at)).is_some_and(|node| node.str("format") == Some("binary"));
    match essence.as_str() {
        lines if direction == Direction::Response && is_lines(lines) => Kind::Lines,
        "*/*" if binary() => Kind::Stream,
        "*/*" => Kind::Json,
        json if is_json(json) => Kind::Json,
        "multipart/form-data" if direction == Direction::Request => Kind::Multipart,
        "application/x-www-form-urlencoded" if direction == Direction::Request => Kind::Form,
        "application/octet-stream"
        | "application/zip"
        | "application/gzip"
        | "application/pdf"
        | "application/x-tar" => Kind::Stream,
        "text/event-stream" if direction == Direction::Response => Kind::Events,
        "application/xml" | "text/xml" => Kind::Xml,
        text if text.starts_with("text/") => Kind::Text,
        media if ["image/", "audio/", "video/", "font/"].iter().any(|kind| media.starts_with(kind)) => Kind::Stream,
        xml if xml.ends_with("+xml") => Kind::Xml,
        _ if binary() => Kind::Stream,
        _ => Kind::Bytes,
    }
}

/// Whether a media type is JSON (RFC 6839 §3.1).
fn is_json(essence: &str) -> bool {
    matches!(essence, "application/json" | "text/json") || essence.ends_with("+json")
}

/// Whether a media type is a sequence of JSON values.
fn is_lines(essence: &str) -> bool {
    const NAMES: [&str; 4] = ["ndjson", "jsonl", "jsonlines", "json-lines"];
    let Some(name) = essence.strip_prefix("application/").or_else(|| essence.strip_prefix("text/")) else {
        return false;
    };
    let name = name.strip_prefix("x-").unwrap_or(name);
    NAMES.contains(&name) || name == "json-seq" || name.ends_with("+json-seq") || name == "stream+json"
}

fn lower_media(cx: &mut Cx<'_, '_>, kind: Kind, schema: Option<&Pointer>, site: &Site, at: &Pointer) -> Media {
    let ty = |cx: &mut Cx<'_, '_>| schema.map_or(Ty::Any, |schema| schema::lower_schema(cx, schema, site));
    match kind {
        Kind::Events => Media::Events(sequence::lower_event(cx, schema, at, site)),
        Kind::Lines => Media::Lines(sequence::lower_item(cx, schema, at, site)),
        Kind::Json => Media::Json(ty(cx)),
        Kind::Xml => {
            let ty = ty(cx);
            let element = schema.and_then(|schema| xml::lower_root(cx, schema, &ty));
            element.map_or(Media::Text, |element| Media::Xml { ty, element })
        }
        Kind::Form | Kind::Multipart => {
            let ty = ty(cx);
            if !has_fields(cx, &ty, 0) {
                if cx.first_report(at) {
                    cx.diags
                        .warn(Code::FreeForm, at, "the schema of this form names no fields; its body is sent as bytes")
                        .help("describe the fields under `properties` of a schema of type `object`");
                }
                return Media::Bytes;
            }
            let form = Form { ty, encodings: lower_encodings(cx, at) };
            if kind == Kind::Form { Media::Form(form) } else { Media::Multipart(form) }
        }
        Kind::Text => Media::Text,
        Kind::Bytes => Media::Bytes,
        Kind::Stream => Media::Stream,
    }
}

/// Whether values of a type are objects.
fn has_fields(cx: &Cx<'_, '_>, ty: &Ty, depth: usize) -> bool {
    match cx.api.resolve(ty.not_null()) {
        Ty::Map(_) => true,
        Ty::Named(id) => match &cx.api.types[*id].shape {
            Shape::Struct(_) => true,
            Shape::Union(union) => {
                depth < 4 && union.variants.iter().all(|variant| has_fields(cx, &variant.ty, depth + 1))
            }
            Shape::Newtype(inner) => depth < 4 && has_fields(cx, inner, depth + 1),
            Shape::Alias(_) | Shape::Enum(_) => false,
        },
        _ => false,
    }
}

/// What the Encoding Objects of a form say (OpenAPI 3.0.3 §4.7.15).
fn lower_encodings(cx: &Cx<'_, '_>, at: &Pointer) -> BTreeMap<String, FieldEncoding> {
    let Some(node) = cx.spec.node(at) else { return BTreeMap::new() };
    let encoding = |node: &Node<'_>| FieldEncoding {
        style: match node.str("style") {
            Some("form") => Some(Style::Form),
            Some("spaceDelimited") => Some(Style::SpaceDelimited),
            Some("pipeDelimited") => Some(Style::PipeDelimited),
            Some("deepObject") => Some(Style::DeepObject),
            _ => None,
        },
        explode: node.get("explode").and_then(|explode| explode.tree.as_bool()),
        allow_reserved: node.flag("allowReserved"),
        media_type: node.str("contentType").map(str::to_owned),
    };
    node.entries("encoding").map(|(name, node)| (name.to_owned(), encoding(&node))).collect()
}
