//! Responses of several media types: those of one type are negotiated, others become an enum.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::super::Cx;
use super::super::ty::{self, Viewpoint};
use super::{body_type, media_type};
use crate::ir::{Content, Media, OpId, Response, Status};
use crate::names::{HeadersNames, ResponseBodyNames};

/// The enum of a response whose media types have different schemas.
pub(in super::super) fn response_body<'a>(cx: &Cx<'a>, op: OpId, index: usize) -> Option<&'a ResponseBodyNames> {
    cx.names.operation(op).response_bodies.get(index)?.as_ref()
}

/// How a body of one type is sent: as a stream if any of its media types is.
pub(in super::super) fn representative<'c>(choice: &[&'c Content]) -> Option<&'c Content> {
    choice.iter().find(|content| content.media.is_streamed()).or(choice.first()).copied()
}

/// Whether the handler says which media type a response has: several kinds of bytes or text, or a range of them.
pub(in super::super) fn chooses_media_type(choice: &[&Content]) -> bool {
    let is_raw = |content: &&Content| matches!(content.media, Media::Bytes | Media::Stream);
    let is_text = |content: &&Content| content.media.is_plain_text();
    let is_general = choice.iter().all(is_raw) || choice.iter().all(is_text);
    is_general && (choice.len() > 1 || choice.iter().any(|content| content.is_range()))
}

/// A media type of a range, or the media type itself.
pub(in super::super) fn sample_media_type(content: &Content) -> String {
    let listed = listed_one(content);
    match listed.split_once('/') {
        Some(("*", _)) => "application/octet-stream".to_owned(),
        Some(("text", "*")) => "text/plain".to_owned(),
        Some(("image", "*")) => "image/png".to_owned(),
        Some(("application", "*")) => "application/octet-stream".to_owned(),
        Some((kind, "*")) => format!("{kind}/x-sample"),
        _ => listed,
    }
}

/// The media types that a body of one type may be sent as.
pub(in super::super) fn sent_as(choice: &[&Content]) -> Vec<String> {
    unique(choice.iter().copied().map(media_type))
}

/// The media types and ranges of bodies, as the document lists them.
pub(in super::super) fn listed<'c>(contents: impl IntoIterator<Item = &'c &'c Content>) -> Vec<String> {
    unique(contents.into_iter().map(|content| listed_one(content)))
}

/// A media type or range, as the document lists it.
pub(in super::super) fn listed_one(content: &Content) -> String {
    let text = content.media_type.trim();
    let is_valid = text.split_once('/').is_some_and(|(kind, subtype)| !kind.is_empty() && !subtype.is_empty())
        && text.chars().all(|c| c.is_ascii_graphic() && !"\",".contains(c) || c == ' ');
    if content.is_range() && is_valid { text.to_ascii_lowercase() } else { media_type(content) }
}

fn unique(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut found = Vec::new();
    for text in texts {
        if !found.contains(&text) {
            found.push(text);
        }
    }
    found
}

/// The type of a body of one type; `stream` is that of one that is sent piece by piece, `None` to read it as a whole.
pub(in super::super) fn choice_type(
    cx: &Cx<'_>,
    choice: &[&Content],
    from: Viewpoint,
    stream: impl FnOnce(&Media) -> Option<TokenStream>,
) -> TokenStream {
    let content = representative(choice);
    let streamed = content.and_then(|content| stream(&content.media));
    let ty = streamed.unwrap_or_else(|| body_type(cx, content, from));
    if chooses_media_type(choice) { quote!(runtime::WithMediaType<#ty>) } else { ty }
}

/// The kinds of streams of a response, each once.
pub(in super::super) fn streams_of(response: &Response) -> Vec<&Media> {
    let mut streams: Vec<&Media> = Vec::new();
    for content in response.choices().iter().filter_map(|choice| representative(choice)) {
        if content.media.is_streamed() && !streams.contains(&&content.media) {
            streams.push(&content.media);
        }
    }
    streams
}

/// The XML that a response may be, one per type, each with the position of the type.
pub(in super::super) fn xml_responses(response: &Response) -> Vec<(usize, &Content)> {
    let is_xml = |content: &&Content| matches!(content.media, Media::Xml { .. });
    let choices = response.choices().into_iter().enumerate();
    choices.filter_map(|(position, choice)| Some((position, choice.into_iter().find(is_xml)?))).collect()
}

/// The function that reads or writes the body of a failure that has several media types.
pub(in super::super) fn function(cx: &Cx<'_>, op: OpId, verb: &str, index: usize) -> Ident {
    let status = match cx.api.operation(op).responses.get(index).map(|response| response.status) {
        Some(Status::Code(code)) => code.to_string(),
        Some(Status::Class(class)) => format!("{class}xx"),
        Some(Status::Default) | None => "default".to_owned(),
    };
    crate::names::method(&format!("{verb} {} {status}", cx.names.operation(op).prefix))
}

/// The type of the body of a failure that has one: a value, or one of several types.
pub(in super::super) fn failure_type(cx: &Cx<'_>, op: OpId, index: usize, response: &Response) -> Option<TokenStream> {
    if let Some(names) = response_body(cx, op, index) {
        let name = &names.name;
        return Some(quote!(models::#name));
    }
    super::value(response).map(|ty| ty::ty(cx, ty, Viewpoint::Outside))
}

/// The type of what the variant of a failure holds beside its status: its body, or `raw` if that has no type, with its headers.
pub(in super::super) fn failure_content(
    cx: &Cx<'_>,
    op: OpId,
    (index, response): (usize, &Response),
    raw: &TokenStream,
) -> TokenStream {
    let body = failure_type(cx, op, index, response).unwrap_or_else(|| raw.clone());
    match failure_headers(cx, op, index) {
        Some(HeadersNames { name, .. }) => quote!(runtime::WithHeaders<#body, models::#name>),
        None => body,
    }
}

/// The names of the headers of a failure that has some.
pub(in super::super) fn failure_headers<'c>(cx: &Cx<'c>, op: OpId, index: usize) -> Option<&'c HeadersNames> {
    cx.names.operation(op).failure_headers.get(index)?.as_ref()
}

/// Whether the body of a failure is read by a function, because it has one of several formats.
pub(in super::super) fn is_mixed(response: &Response) -> bool {
    let choices = response.choices();
    let has_several_formats = |choice: &Vec<&Content>| {
        let first = choice.first().map(|content| content.media.format_name());
        choice.iter().any(|content| Some(content.media.format_name()) != first)
    };
    choices.len() > 1 || (super::value(response).is_some() && choices.iter().any(has_several_formats))
}
