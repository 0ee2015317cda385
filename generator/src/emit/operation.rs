//! What client and server need to know of an operation's bodies.

use proc_macro2::TokenStream;
use quote::quote;

use super::Cx;
use super::ty::{self, From};
use crate::ir::{Body, Content, Media, Operation, Response, Status, Ty};

/// The body that typed methods carry: JSON if there is one, else the first media type.
pub(super) fn preferred(contents: &[Content]) -> Option<&Content> {
    contents.iter().find(|content| matches!(content.media, Media::Json(_))).or_else(|| contents.first())
}

/// The request body that typed methods carry.
pub(super) fn request(body: &Body) -> Option<&Content> {
    preferred(&body.contents)
}

/// The Rust type of a body.
pub(super) fn body_type(cx: &Cx<'_>, content: Option<&Content>, from: From) -> TokenStream {
    match content.map(|content| &content.media) {
        None => quote!(()),
        Some(Media::Json(ty)) => ty::ty(cx, ty, from),
        Some(Media::Text) => quote!(String),
        Some(Media::Bytes) => quote!(bytes::Bytes),
    }
}

/// What is answered if all goes well: the documented successes; `default` if there is none; 200 without a body if nothing is
/// documented. Each with the position of its response and the status to send.
pub(super) fn successes(operation: &Operation) -> Vec<(usize, u16, &Response)> {
    let status = |response: &Response| match response.status {
        Status::Code(code) => code,
        Status::Class(class) => u16::from(class) * 100,
        Status::Default => 200,
    };
    let responses = || operation.responses.iter().enumerate();
    let documented: Vec<_> =
        responses().filter(|(_, r)| r.status.is_success()).map(|(i, r)| (i, status(r), r)).collect();
    if !documented.is_empty() {
        return documented;
    }
    responses().filter(|(_, r)| r.status == Status::Default).map(|(i, r)| (i, status(r), r)).collect()
}

/// The documented failures, with the positions of their responses.
pub(super) fn failures(operation: &Operation) -> impl Iterator<Item = (usize, &Response)> {
    // Exact codes first, then classes, then the default.
    let mut found: Vec<(usize, &Response)> =
        operation.responses.iter().enumerate().filter(|(_, response)| !response.status.is_success()).collect();
    found.sort_by_key(|(_, response)| match response.status {
        Status::Code(_) => 0,
        Status::Class(_) => 1,
        Status::Default => 2,
    });
    found.into_iter()
}

/// What a typed method yields.
pub(super) fn output_type(cx: &Cx<'_>, operation: &Operation, prefix: &proc_macro2::Ident, from: From) -> TokenStream {
    match successes(operation).as_slice() {
        [] => quote!(()),
        [(_, _, only)] => body_type(cx, preferred(&only.contents), from),
        _ => {
            let name = crate::names::suffixed(prefix, "Success");
            match from {
                From::Models => quote!(#name),
                From::Outside => quote!(models::#name),
            }
        }
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
        Media::Text => "text/plain".to_owned(),
        Media::Bytes => "application/octet-stream".to_owned(),
    }
}

/// The type of a JSON body.
pub(super) fn json(response: &Response) -> Option<&Ty> {
    match &preferred(&response.contents)?.media {
        Media::Json(ty) => Some(ty),
        Media::Text | Media::Bytes => None,
    }
}

/// How the table of failures calls a status.
pub(super) fn row(status: Status) -> (&'static str, u16) {
    match status {
        Status::Code(code) => ("code", code),
        Status::Class(class) => ("class", class.into()),
        Status::Default => ("default", 0),
    }
}
