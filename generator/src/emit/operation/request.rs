//! Request bodies.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::super::Cx;
use super::super::ty::Viewpoint;
use super::{Side, body_type, preferred};
use crate::ir::{Body, Content, Media, OpId};
use crate::names::suffixed;

/// The request body that typed methods carry.
pub(in super::super) fn request(body: &Body) -> Option<&Content> {
    preferred(&body.contents)
}

/// Whether a request body is one of several types.
pub(in super::super) fn is_choice(body: &Body) -> bool {
    body.is_choice()
}

/// Whether a body of one of several types says its media type: it may have any of several.
pub(in super::super) fn says_media_type(choice: &[&Content]) -> bool {
    let is_raw = choice.iter().all(|content| matches!(content.media, Media::Bytes | Media::Stream));
    is_raw && (choice.len() > 1 || choice.iter().any(|content| content.is_range()))
}

/// The media types of a body that are read in different ways, all of them into one type.
pub(in super::super) fn readable<'c>(choice: &[&'c Content]) -> Vec<&'c Content> {
    let mut readable: Vec<&Content> = Vec::new();
    for content in choice {
        // All kinds of JSON are read in one way.
        if !readable.iter().any(|known| known.media.format_name() == content.media.format_name()) {
            readable.push(content);
        }
    }
    readable
}

/// The type of a request body, as an argument is kept.
pub(in super::super) fn request_type(cx: &Cx<'_>, op: OpId, side: Side) -> TokenStream {
    let Some(body) = &cx.api.operation(op).body else { return quote!(()) };
    if is_choice(body) {
        let name = &cx.names.operation(op).body;
        return quote!(models::#name);
    }
    match (request(body).map(|content| &content.media), side) {
        (Some(Media::Stream), Side::Client) => quote!(runtime::UploadBody),
        (Some(Media::Stream), Side::Server) => quote!(axum::body::Body),
        _ => body_type(cx, request(body), Viewpoint::Outside),
    }
}

/// The XML that a request body is read from, one a type.
pub(in super::super) fn xml_requests(body: &Body) -> Vec<&Content> {
    let is_xml = |content: &&Content| matches!(content.media, Media::Xml { .. });
    body.choices().iter().filter_map(|choice| choice.iter().copied().find(is_xml)).collect()
}

/// What the root element of a request body is called among the elements: after its variant if there are several types.
pub(in super::super) fn request_element(cx: &Cx<'_>, op: OpId, content: &Content) -> Ident {
    let names = cx.names.operation(op);
    let body = cx.api.operation(op).body.as_ref().filter(|body| is_choice(body));
    let has = |choice: &Vec<&Content>| choice.iter().any(|other| other.at == content.at);
    let choice = body.and_then(|body| names.choices.get(body.choices().iter().position(has)?));
    match choice {
        Some(variant) => {
            suffixed(&names.constant, &format!("_REQUEST_{}", crate::names::constant(&variant.to_string())))
        }
        None => suffixed(&names.constant, "_REQUEST"),
    }
}
