//! How a handler reads the body of its request.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::super::models::forms;
use super::super::{Cx, operation, rules};
use crate::ir::{Body, Content, Media, OpId};

/// Reads a body, by the media type of the request if the operation accepts several.
pub(super) fn read_body(cx: &Cx<'_>, op: OpId, body: &Body) -> TokenStream {
    let mut ways: Vec<Way> = Vec::new();
    for (position, choice) in body.choices().into_iter().enumerate() {
        for content in operation::readable(&choice) {
            let alike = choice.iter().copied().filter(|other| other.media.format_name() == content.media.format_name());
            let alike: Vec<&Content> = alike.collect();
            let says = operation::says_media_type(&choice);
            let read = read(cx, op, (body, says), position, (content, &expected(&alike)));
            ways.push(Way { read, listed: operation::listed(&alike) });
        }
    }
    only_once(&mut ways);
    let Some((preferred, others)) = ways.split_first() else { return quote!(None) };
    if others.is_empty() {
        return preferred.read.clone();
    }
    let listed: Vec<&String> = ways.iter().flat_map(|way| &way.listed).collect();
    let expected = listed.iter().map(|media_type| media_type.as_str()).collect::<Vec<_>>().join(", ");
    let first = &preferred.read;
    let others = others.iter().map(|Way { read, listed }| quote!(#(#listed)|* => #read,));
    quote!(match request.one_of(&[#(#listed),*], #expected)? { #(#others)* _ => #first })
}

/// Whether the only way to read a body is as a stream.
pub(super) fn is_stream(body: &Body) -> bool {
    let streamed = |content: &Content| matches!(content.media, Media::Stream | Media::Events(_) | Media::Lines(_));
    !operation::is_choice(body) && body.contents.iter().all(streamed)
}

/// One way to read a body, and the media types and ranges that are read so.
struct Way {
    read: TokenStream,
    listed: Vec<String>,
}

/// Each media type is read in the first way that lists it.
fn only_once(ways: &mut Vec<Way>) {
    let mut known = BTreeSet::new();
    for way in &mut *ways {
        way.listed.retain(|media_type| known.insert(media_type.to_ascii_lowercase()));
    }
    ways.retain(|way| !way.listed.is_empty());
}

/// The media types and ranges of contents, as a list; any if one of them is not a media type.
fn expected(contents: &[&Content]) -> String {
    let all: Vec<String> = contents.iter().map(|content| content.essence()).collect();
    let is_valid = |essence: &String| {
        essence.contains('/') && essence.bytes().all(|byte| byte.is_ascii_graphic() && !b",\"".contains(&byte))
    };
    if all.iter().all(is_valid) { all.join(", ") } else { "*/*".to_owned() }
}

/// Reads a body of one media type, as the choice at a position if there are several.
fn read(
    cx: &Cx<'_>,
    op: OpId,
    (body, says): (&Body, bool),
    position: usize,
    (content, expected): (&Content, &str),
) -> TokenStream {
    let names = cx.names.operation(op);
    let (media, fields) = (operation::media_type(content), forms::path(cx, op, &content.media));
    let is_choice = operation::is_choice(body);
    // A single media type is shown as the document writes it.
    let is_single = !expected.contains([',', '*']);
    let accepted = if is_single { media.as_str() } else { expected };
    let read = match &content.media {
        Media::Json(_) => {
            let schema = rules::of_content(cx.api.operation(op), content);
            let read = crate::names::ident(if rules::is_compared(cx, content) { "json_by_rules" } else { "json" });
            quote!(request.#read(#accepted, &models::rules::RULES, #schema).await?)
        }
        Media::Xml { .. } => {
            let element = operation::request_element(cx, op, content);
            quote!(request.xml(#accepted, &models::elements::#element).await?)
        }
        Media::Form(_) => quote!(request.form(#media, models::#fields).await?),
        Media::Multipart(_) => quote!(request.multipart(models::#fields).await?),
        media if media.is_plain_text() => quote!(request.text(#expected).await?),
        Media::Text(_) => quote!(request.text_as(#expected).await?),
        Media::Stream | Media::Events(_) | Media::Lines(_) if !is_choice => {
            quote!(Some(request.accepting(#expected)?.stream()))
        }
        Media::Bytes | Media::Stream | Media::Events(_) | Media::Lines(_) => {
            quote!(request.accepting(#expected)?.bytes().await?)
        }
    };
    match names.choices.get(position).filter(|_| is_choice) {
        Some(variant) => {
            let name = &names.body;
            if says {
                return quote!({
                    let media_type = request.essence();
                    #read.map(|body| models::#name::#variant(media_type, body))
                });
            }
            quote!(#read.map(models::#name::#variant))
        }
        None => read,
    }
}
