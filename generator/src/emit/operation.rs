//! What client and server need to know of an operation's bodies.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Cx;
use super::ty::{self, From};
use crate::ir::{Body, Content, Form, Media, OpId, Operation, Response, Status, Ty};
use crate::names::{OperationNames, suffixed};

/// The body that typed methods carry.
pub(super) fn preferred(contents: &[Content]) -> Option<&Content> {
    contents.first()
}

/// The request body that typed methods carry.
pub(super) fn request(body: &Body) -> Option<&Content> {
    preferred(&body.contents)
}

/// The Rust type of a body.
pub(super) fn body_type(cx: &Cx<'_>, content: Option<&Content>, from: From) -> TokenStream {
    match content.map(|content| &content.media) {
        None => quote!(()),
        Some(
            Media::Json(ty) | Media::Xml { ty, .. } | Media::Form(Form { ty, .. }) | Media::Multipart(Form { ty, .. }),
        ) => ty::ty(cx, ty, from),
        Some(Media::Text) => quote!(String),
        Some(Media::Bytes | Media::Stream | Media::Events(_) | Media::Lines(_)) => quote!(bytes::Bytes),
    }
}

/// Whether a request body is one of several types.
pub(super) fn is_choice(body: &Body) -> bool {
    body.choices().len() > 1
}

/// Whether a body of one of several types says its media type: it may have any of several.
pub(super) fn says_media_type(choice: &[&Content]) -> bool {
    let is_raw = choice.iter().all(|content| matches!(content.media, Media::Bytes | Media::Stream));
    is_raw && (choice.len() > 1 || choice.iter().any(|content| content.is_range()))
}

/// The media types of a body that are read in different ways, all of them into one type.
pub(super) fn readable<'c>(choice: &[&'c Content]) -> Vec<&'c Content> {
    let mut readable: Vec<&Content> = Vec::new();
    for content in choice {
        // All kinds of JSON are read in one way.
        if !readable.iter().any(|known| known.media.word() == content.media.word()) {
            readable.push(content);
        }
    }
    readable
}

/// The type of a request body, as an argument is kept.
pub(super) fn request_type(cx: &Cx<'_>, op: OpId, side: Side) -> TokenStream {
    let Some(body) = &cx.api.operation(op).body else { return quote!(()) };
    if is_choice(body) {
        let name = &cx.names.operation(op).body;
        return quote!(models::#name);
    }
    match (request(body).map(|content| &content.media), side) {
        (Some(Media::Stream), Side::Client) => quote!(UploadBody),
        (Some(Media::Stream), Side::Server) => quote!(axum::body::Body),
        _ => body_type(cx, request(body), From::Outside),
    }
}

/// Who mentions a stream: client and server have types of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Client,
    Server,
}

/// What is answered if all goes well: the documented successes; `default` if there is none; 200 without a body if nothing is
/// documented. Each with the position of its response and the status to send.
pub(super) fn successes(operation: &Operation) -> Vec<(usize, u16, &Response)> {
    let documented = |code: &u16| operation.responses.iter().any(|response| response.status == Status::Code(*code));
    let status = |response: &Response| match response.status {
        Status::Code(code) => code,
        // The first one that means nothing else.
        Status::Class(class) => {
            let first = u16::from(class) * 100;
            std::iter::once(first).chain((first..first + 100).rev()).find(|code| !documented(code)).unwrap_or(first)
        }
        Status::Default => 200,
    };
    let responses = || operation.responses.iter().enumerate();
    let documented: Vec<_> =
        responses().filter(|(_, r)| operation.is_success(r.status)).map(|(i, r)| (i, status(r), r)).collect();
    if !documented.is_empty() {
        return documented;
    }
    responses().filter(|(_, r)| r.status == Status::Default).map(|(i, r)| (i, status(r), r)).collect()
}

/// The documented failures, with the positions of their responses.
pub(super) fn failures(operation: &Operation) -> impl Iterator<Item = (usize, &Response)> {
    // Exact codes first, then classes, then the default.
    let mut found: Vec<(usize, &Response)> =
        operation.responses.iter().enumerate().filter(|(_, response)| !operation.is_success(response.status)).collect();
    found.sort_by_key(|(_, response)| match response.status {
        Status::Code(_) => 0,
        Status::Class(_) => 1,
        Status::Default => 2,
    });
    found.into_iter()
}

/// What a typed method yields.
pub(super) fn output_type(cx: &Cx<'_>, op: OpId, side: Side) -> TokenStream {
    let operation = cx.api.operation(op);
    let OperationNames { prefix, headers, .. } = cx.names.operation(op);
    let whole = match successes(operation).as_slice() {
        [] => quote!(()),
        [(_, _, only)] => {
            let content = preferred(&only.contents);
            let streamed = content.and_then(|content| stream_type(cx, &content.media, side));
            streamed.unwrap_or_else(|| body_type(cx, content, From::Outside))
        }
        _ => {
            let name = suffixed(prefix, "Success");
            let streams: Vec<_> = streams(operation).iter().filter_map(|media| stream_type(cx, media, side)).collect();
            if streams.is_empty() { quote!(models::#name) } else { quote!(models::#name<#(#streams),*>) }
        }
    };
    if side == Side::Client {
        return whole;
    }
    let body = match events(operation) {
        Some(Events { ty, .. }) => {
            let ty = ty::ty(cx, ty, From::Outside);
            quote!(WholeOrEvents<#whole, #ty>)
        }
        None => whole,
    };
    if operation.headers.is_empty() { body } else { quote!(WithHeaders<#body, models::#headers>) }
}

/// Whether a body is sent piece by piece.
pub(super) fn is_streamed(content: &Content) -> bool {
    matches!(content.media, Media::Stream | Media::Events(_) | Media::Lines(_))
}

/// What several successes send piece by piece, each kind once: the parameters of their type.
pub(super) fn streams(operation: &Operation) -> Vec<&Media> {
    let mut streams: Vec<&Media> = Vec::new();
    for (_, _, response) in successes(operation) {
        for content in preferred(&response.contents).into_iter().filter(|content| is_streamed(content)) {
            if !streams.contains(&&content.media) {
                streams.push(&content.media);
            }
        }
    }
    streams
}

/// The type of a body that is sent piece by piece; `None` if it is whole.
fn stream_type(cx: &Cx<'_>, media: &Media, side: Side) -> Option<TokenStream> {
    Some(match (media, side) {
        (Media::Stream, Side::Client) => quote!(ByteStream),
        (Media::Stream, Side::Server) => quote!(axum::body::Body),
        (Media::Events(ty) | Media::Lines(ty), side) => {
            let name = match (media, side) {
                (Media::Events(_), Side::Client) => quote!(EventStream),
                (Media::Events(_), Side::Server) => quote!(EventBody),
                (_, Side::Client) => quote!(LineStream),
                (_, Side::Server) => quote!(LineBody),
            };
            let ty = ty::ty(cx, ty, From::Outside);
            quote!(#name<#ty>)
        }
        _ => return None,
    })
}

/// Events that a success may be in place of its preferred body.
pub(super) struct Events<'a> {
    /// The position of the response.
    pub index: usize,
    /// The status to send.
    pub status: u16,
    /// Their media type.
    pub content: &'a Content,
    /// The type of their data.
    pub ty: &'a Ty,
}

/// The events that a success may be in place of its preferred body, unless that is sent piece by piece as well.
pub(super) fn events(operation: &Operation) -> Option<Events<'_>> {
    successes(operation).into_iter().find_map(|(index, status, response)| {
        preferred(&response.contents).filter(|content| !is_streamed(content))?;
        response.contents.iter().skip(1).find_map(|content| match &content.media {
            Media::Events(ty) => Some(Events { index, status, content, ty }),
            _ => None,
        })
    })
}

/// Which kinds of bodies need support code of their own.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Bodies {
    /// Forms with parts.
    pub multipart: bool,
    /// Requests or responses that are sent piece by piece.
    pub streams: bool,
    /// Responses of events or of JSON values one after the other.
    pub events: bool,
    /// Requests or responses of XML.
    pub xml: bool,
}

impl Bodies {
    /// Whether anything is sent or received piece by piece.
    pub fn has_streams(self) -> bool {
        self.streams || self.multipart || self.events
    }

    /// What the operations of a document need.
    pub fn of(cx: &Cx<'_>) -> Self {
        let mut bodies = Self::default();
        for operation in &cx.api.operations {
            let streams = streams(operation);
            bodies.streams |= streams.contains(&&Media::Stream);
            bodies.events |= streams.iter().any(|media| **media != Media::Stream) || events(operation).is_some();
            bodies.xml |= operation.body.as_ref().is_some_and(|body| xml_request(body).is_some());
            bodies.xml |= operation.responses.iter().any(|response| xml_response(response).is_some());
            let Some(body) = &operation.body else { continue };
            bodies.multipart |= body.contents.iter().any(|content| matches!(content.media, Media::Multipart(_)));
            bodies.streams |= !is_choice(body) && request(body).is_some_and(|content| content.media == Media::Stream);
        }
        bodies
    }
}

/// A static text without line breaks, for one line of documentation.
pub(super) fn one_line(text: &str) -> String {
    text.lines().next().unwrap_or("").trim().to_owned()
}

/// A media type as a header value: what cannot be one is sent as bytes.
pub(super) fn media_type(content: &Content) -> String {
    let text = content.media_type.trim();
    let fine = text.contains('/') && !text.contains('*') && text.chars().all(|c| c.is_ascii_graphic() || c == ' ');
    match &content.media {
        _ if fine => text.to_owned(),
        Media::Json(_) => "application/json".to_owned(),
        Media::Xml { .. } => "application/xml".to_owned(),
        Media::Form(_) => "application/x-www-form-urlencoded".to_owned(),
        Media::Multipart(_) => "multipart/form-data".to_owned(),
        Media::Events(_) => "text/event-stream".to_owned(),
        Media::Lines(_) => "application/x-ndjson".to_owned(),
        Media::Text => "text/plain".to_owned(),
        Media::Bytes | Media::Stream => "application/octet-stream".to_owned(),
    }
}

/// The media type of a body without parameters, in lower case.
pub(super) fn essence(content: &Content) -> String {
    media_type(content).split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// The type of a response that is one value, as JSON or XML.
pub(super) fn value(response: &Response) -> Option<&Ty> {
    preferred(&response.contents)?.media.value()
}

/// The XML that a request body is read from.
pub(super) fn xml_request(body: &Body) -> Option<&Content> {
    body.contents.iter().find(|content| matches!(content.media, Media::Xml { .. }))
}

/// The XML that a response may be: its preferred form, or another one of the same type.
pub(super) fn xml_response(response: &Response) -> Option<&Content> {
    let preferred = preferred(&response.contents)?;
    let same = |content: &&Content| content.media.value() == preferred.media.value();
    let is_xml = |content: &&Content| matches!(content.media, Media::Xml { .. });
    response.contents.iter().filter(same).find(is_xml)
}

/// The XML that a response may be in place of its preferred form.
pub(super) fn xml_instead(response: &Response) -> Option<&Content> {
    xml_response(response)
        .filter(|_| preferred(&response.contents).is_some_and(|content| matches!(content.media, Media::Json(_))))
}

/// What the root element of a request body is called among the elements.
pub(super) fn request_element(cx: &Cx<'_>, op: OpId) -> Ident {
    suffixed(&cx.names.operation(op).constant, "_REQUEST")
}

/// What the root element of a response is called among the elements, by the response's position.
pub(super) fn response_element(cx: &Cx<'_>, op: OpId, index: usize) -> Ident {
    let OperationNames { constant, responses, .. } = cx.names.operation(op);
    let variant = responses.get(index).map(|variant| crate::names::constant(&variant.to_string()));
    suffixed(constant, &format!("_{}", variant.unwrap_or_default()))
}

/// How the table of failures calls a status.
pub(super) fn row(status: Status) -> (&'static str, u16) {
    match status {
        Status::Code(code) => ("code", code),
        Status::Class(class) => ("class", class.into()),
        Status::Default => ("default", 0),
    }
}
