//! How a handler reads the body of its request.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::super::{Cx, operation, rules};
use crate::ir::{Body, Content, Media, OpId};

/// Reads a body, by the media type of the request if the operation accepts several.
pub(super) fn read_body(cx: &Cx<'_>, op: OpId, body: &Body) -> TokenStream {
    let mut ways: Vec<Way> = Vec::new();
    for (position, choice) in body.choices().into_iter().enumerate() {
        for content in operation::readable(&choice) {
            let alike = choice.iter().copied().filter(|other| other.media.format_name() == content.media.format_name());
            let alike: Vec<&Content> = alike.collect();
            let expected = expected(&alike);
            let (ranges, exact): (Vec<&Content>, Vec<&Content>) =
                alike.into_iter().partition(|content| content.is_range());
            let says = operation::says_media_type(&choice);
            ways.push(Way {
                read: read(cx, op, (body, says), position, (content, &expected)),
                exact: exact.into_iter().map(operation::essence).collect(),
                is_xml: matches!(content.media, Media::Xml { .. }),
                ranges: starts(&ranges),
            });
        }
    }
    only_once(&mut ways);
    let Some((preferred, others)) = ways.split_first() else { return quote!(None) };
    if others.is_empty() {
        return preferred.read.clone();
    }
    let anything = |way: &&Way| way.ranges.iter().any(String::is_empty);
    let last = ways.iter().find(anything).unwrap_or(preferred);
    let is_last = |way: &&Way| std::ptr::eq(*way, last);
    let exact = ways
        .iter()
        .filter(|way| !is_last(way) && !way.exact.is_empty())
        .map(|Way { read, exact, .. }| quote!(#(#exact)|* => #read,));
    let ranges = ways.iter().filter(|way| !is_last(way)).flat_map(|Way { read, ranges, .. }| {
        ranges.iter().map(move |start| quote!(other if other.starts_with(#start) => #read,))
    });
    let last = &last.read;
    quote!(match request.essence().as_str() { #(#exact)* #(#ranges)* _ => #last })
}

/// One way to read a body, and the media types that are read so.
struct Way {
    read: TokenStream,
    /// Media types.
    exact: Vec<String>,
    /// The starts of media type ranges: `image/` of `image/*`; empty for `*/*`.
    ranges: Vec<String>,
    is_xml: bool,
}

/// Each media type is read in the first way that lists it. The usual media types of XML are read as XML unless the document
/// says otherwise.
fn only_once(ways: &mut [Way]) {
    let mut known = BTreeSet::new();
    for way in &mut *ways {
        way.exact.retain(|essence| known.insert(essence.clone()));
    }
    for way in ways.iter_mut().filter(|way| way.is_xml) {
        let usual = ["application/xml", "text/xml"].map(str::to_owned);
        way.exact.extend(usual.into_iter().filter(|essence| known.insert(essence.clone())));
    }
}

/// The starts of ranges: `image/` of `image/*`, an empty string of `*/*`.
fn starts(contents: &[&Content]) -> Vec<String> {
    let start = |content: &&Content| content.media_type.split('*').next().unwrap_or_default().to_ascii_lowercase();
    contents.iter().map(start).collect()
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
    let (media, constant) = (operation::media_type(content), &names.constant);
    let is_choice = operation::is_choice(body);
    let read = match &content.media {
        Media::Json(_) => {
            let schema = rules::of_content(cx.api.operation(op), content);
            let read = crate::names::ident(if rules::is_compared(cx, content) { "json_by_rules" } else { "json" });
            quote!(request.#read(#media, &models::rules::RULES, #schema).await?)
        }
        Media::Xml { .. } => {
            let element = operation::request_element(cx, op, content);
            quote!(request.xml(#media, &models::elements::#element).await?)
        }
        Media::Form(_) => quote!(request.form(#media, models::forms::#constant).await?),
        Media::Multipart(_) => quote!(request.multipart(models::forms::#constant).await?),
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
