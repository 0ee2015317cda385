//! What client and server need to know of an operation's bodies.

mod alternatives;
mod headers;
mod request;
mod response;

pub(super) use alternatives::{
    choice_type, chooses_media_type, failure_content, failure_headers, failure_type, function, is_mixed, listed,
    listed_one, representative, response_body, sample_media_type, sent_as, streams_of, xml_responses,
};
pub(super) use headers::{header_value, headers_literal};
pub(super) use request::{is_choice, readable, request, request_element, request_type, says_media_type, xml_requests};
pub(super) use response::{
    Events, events, failures, output_type, response_element, response_type, status_kind, streams, successes, value,
};

use proc_macro2::TokenStream;
use quote::quote;

use super::Cx;
use super::ty::{self, Viewpoint};
use crate::ir::{Content, Form, Media};

/// The body that typed methods carry.
pub(super) fn preferred(contents: &[Content]) -> Option<&Content> {
    contents.first()
}

/// The Rust type of a body.
pub(super) fn body_type(cx: &Cx<'_>, content: Option<&Content>, from: Viewpoint) -> TokenStream {
    match content.map(|content| &content.media) {
        None => quote!(()),
        Some(
            Media::Json(ty)
            | Media::Xml { ty, .. }
            | Media::Text(ty)
            | Media::Form(Form { ty, .. })
            | Media::Multipart(Form { ty, .. }),
        ) => ty::ty(cx, ty, from),
        Some(Media::Bytes | Media::Stream | Media::Events(_) | Media::Lines(_)) => quote!(bytes::Bytes),
    }
}

/// Who mentions a stream: client and server have types of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Client,
    Server,
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
        Media::Text(_) => "text/plain".to_owned(),
        Media::Bytes | Media::Stream => "application/octet-stream".to_owned(),
    }
}
