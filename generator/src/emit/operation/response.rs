//! Responses.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::super::Cx;
use super::super::ty::{self, Viewpoint};
use super::{Side, choice_type, preferred, response_body, streams_of};
use crate::ir::{Content, Media, OpId, Operation, Response, Status, Ty};
use crate::names::{OperationNames, suffixed};

/// The successful responses: the documented ones; `default` if there is none; 200 without a body if nothing is
/// documented. Each with the position of its response and the status to send.
pub(in super::super) fn successes(operation: &Operation) -> Vec<(usize, u16, &Response)> {
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
    operation.successful_responses().into_iter().map(|(index, response)| (index, status(response), response)).collect()
}

/// The documented failures, with the positions of their responses.
pub(in super::super) fn failures(operation: &Operation) -> impl Iterator<Item = (usize, &Response)> {
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
pub(in super::super) fn output_type(cx: &Cx<'_>, op: OpId, side: Side) -> TokenStream {
    let operation = cx.api.operation(op);
    let OperationNames { success, headers, .. } = cx.names.operation(op);
    let whole = match successes(operation).as_slice() {
        [] => quote!(()),
        [(index, _, only)] => response_type(cx, op, *index, only, side),
        _ => {
            let streams: Vec<_> = streams(operation).iter().filter_map(|media| stream_type(cx, media, side)).collect();
            if streams.is_empty() { quote!(models::#success) } else { quote!(models::#success<#(#streams),*>) }
        }
    };
    if side == Side::Client {
        return whole;
    }
    let body = match events(operation) {
        Some(Events { ty, .. }) => {
            let ty = ty::ty(cx, ty, Viewpoint::Outside);
            quote!(runtime::WholeOrEvents<#whole, #ty>)
        }
        None => whole,
    };
    if operation.headers.is_empty() { body } else { quote!(runtime::WithHeaders<#body, models::#headers>) }
}

/// The type of the body of one success.
pub(in super::super) fn response_type(
    cx: &Cx<'_>,
    op: OpId,
    index: usize,
    response: &Response,
    side: Side,
) -> TokenStream {
    let stream = |media: &Media| stream_type(cx, media, side);
    if let Some(names) = response_body(cx, op, index) {
        let name = &names.name;
        let streams: Vec<_> = streams_of(response).into_iter().filter_map(stream).collect();
        return if streams.is_empty() { quote!(models::#name) } else { quote!(models::#name<#(#streams),*>) };
    }
    match response.choices().first() {
        Some(choice) => choice_type(cx, choice, Viewpoint::Outside, stream),
        None => quote!(()),
    }
}

/// What the successes send piece by piece, each kind once: the parameters of their type.
pub(in super::super) fn streams(operation: &Operation) -> Vec<&Media> {
    let mut streams: Vec<&Media> = Vec::new();
    for media in successes(operation).into_iter().flat_map(|(_, _, response)| streams_of(response)) {
        if !streams.contains(&media) {
            streams.push(media);
        }
    }
    streams
}

/// The type of a body that is sent piece by piece; `None` if it is whole.
fn stream_type(cx: &Cx<'_>, media: &Media, side: Side) -> Option<TokenStream> {
    Some(match (media, side) {
        (Media::Stream, Side::Client) => quote!(runtime::ByteStream),
        (Media::Stream, Side::Server) => quote!(axum::body::Body),
        (Media::Events(ty) | Media::Lines(ty), side) => {
            let name = match (media, side) {
                (Media::Events(_), Side::Client) => quote!(runtime::EventStream),
                (Media::Events(_), Side::Server) => quote!(runtime::EventBody),
                (_, Side::Client) => quote!(runtime::LineStream),
                (_, Side::Server) => quote!(runtime::LineBody),
            };
            let ty = ty::ty(cx, ty, Viewpoint::Outside);
            quote!(#name<#ty>)
        }
        _ => return None,
    })
}

/// Events that a success may be in place of its preferred body.
pub(in super::super) struct Events<'a> {
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
pub(in super::super) fn events(operation: &Operation) -> Option<Events<'_>> {
    successes(operation).into_iter().find_map(|(index, status, response)| {
        preferred(&response.contents).filter(|content| !content.media.is_streamed())?;
        response.contents.iter().skip(1).find_map(|content| match &content.media {
            Media::Events(ty) => Some(Events { index, status, content, ty }),
            _ => None,
        })
    })
}

/// The type of a response that is one value, as JSON, XML or text.
pub(in super::super) fn value(response: &Response) -> Option<&Ty> {
    response.value()?.media.ty()
}

/// What the root element of a response is called among the elements, by the response's position and that of the body's type.
pub(in super::super) fn response_element(cx: &Cx<'_>, op: OpId, index: usize, choice: usize) -> Ident {
    let OperationNames { constant, responses, .. } = cx.names.operation(op);
    let variant = responses.get(index).map(|variant| crate::names::constant(&variant.to_string()));
    let element = suffixed(constant, &format!("_{}", variant.unwrap_or_default()));
    match response_body(cx, op, index).and_then(|names| names.variants.get(choice)) {
        Some(variant) => suffixed(&element, &format!("_{}", crate::names::constant(&variant.to_string()))),
        None => element,
    }
}

/// What the tables of failures call the kind of a status.
pub(in super::super) fn status_kind(status: Status) -> TokenStream {
    match status {
        Status::Code(_) => quote!(code),
        Status::Class(_) => quote!(class),
        Status::Default => quote!(default),
    }
}
