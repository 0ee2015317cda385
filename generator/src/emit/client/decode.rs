//! How the body of one response is read: as a whole or piece by piece, by its media type if it has one of several.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::super::{Cx, operation};
use crate::ir::{Content, Media, OpId, Response, Scalar, Ty};

/// Whether one of the media types of a response, the head of which is `head`, is read piece by piece.
pub(super) fn is_streamed(response: &Response) -> TokenStream {
    let choices = response.choices();
    let streamed = choices.iter().filter(|choice| is_stream(choice)).flatten();
    let (all, streamed) = (operation::listed(choices.iter().flatten()), operation::listed(streamed));
    match streamed.as_slice() {
        [only] => quote!(head.one_of(&[#(#all),*]) == Some(#only)),
        _ => quote!(head.one_of(&[#(#all),*]).is_some_and(|media_type| [#(#streamed),*].contains(&media_type))),
    }
}

fn is_stream(choice: &[&Content]) -> bool {
    operation::representative(choice).is_some_and(|content| content.media.is_streamed())
}

/// Reads the body of a response that has one, from `response`.
pub(super) fn decode(cx: &Cx<'_>, op: OpId, (index, response): (usize, &Response), succeeds: bool) -> TokenStream {
    decode_whole(cx, op, (index, response), succeeds).unwrap_or_default()
}

/// Reads the body of a response from `response`; `None` if it is always read piece by piece.
pub(super) fn decode_whole(
    cx: &Cx<'_>,
    op: OpId,
    (index, response): (usize, &Response),
    succeeds: bool,
) -> Option<TokenStream> {
    let choices = response.choices();
    let is_whole = |choice: &[&Content]| !succeeds || !is_stream(choice);
    let Some(names) = operation::response_body(cx, op, index) else {
        let choice = choices.first().filter(|choice| is_whole(choice))?;
        let value = decode_choice(cx, op, index, (0, choice));
        return Some(if operation::chooses_media_type(choice) {
            quote!(runtime::WithMediaType::new(response.media_type(), #value))
        } else {
            value
        });
    };
    let name = &names.name;
    let mut arms: Vec<(Vec<String>, TokenStream)> = Vec::new();
    for (position, (choice, variant)) in choices.iter().zip(&names.variants).enumerate() {
        if is_whole(choice) {
            let value = decode_choice(cx, op, index, (position, choice));
            let says = operation::chooses_media_type(choice).then(|| quote!(response.media_type().to_owned(),));
            arms.push((operation::listed(choice), quote!(models::#name::#variant(#says #value))));
        }
    }
    let listed = operation::listed(choices.iter().filter(|choice| is_whole(choice)).flatten());
    let media_type = quote!(response.one_of(&[#(#listed),*])?);
    match arms.as_slice() {
        [(_, only)] => Some(quote!({ #media_type; #only })),
        _ => choose(&media_type, arms),
    }
}

/// A `match` of a media type; the last arm is for all others.
fn choose(media_type: &TokenStream, mut arms: Vec<(Vec<String>, TokenStream)>) -> Option<TokenStream> {
    only_once(&mut arms);
    let (_, last) = arms.pop()?;
    if arms.is_empty() {
        return Some(last);
    }
    let arms = arms.iter().map(|(listed, value)| quote!(#(#listed)|* => #value,));
    Some(quote!(match #media_type { #(#arms)* _ => #last }))
}

/// Each media type belongs to the first arm that lists it. Those that are written wrongly may look alike.
fn only_once(arms: &mut Vec<(Vec<String>, TokenStream)>) {
    let mut known = BTreeSet::new();
    for (listed, _) in &mut *arms {
        listed.retain(|media_type| known.insert(media_type.clone()));
    }
    arms.retain(|(listed, _)| !listed.is_empty());
}

/// Reads a body of one type, by its media type if there are several formats; JSON and the like may be called anything.
fn decode_choice(cx: &Cx<'_>, op: OpId, index: usize, (position, choice): (usize, &[&Content])) -> TokenStream {
    let Some(first) = choice.first() else { return TokenStream::new() };
    let mut formats: Vec<(&Content, Vec<String>)> = Vec::new();
    for content in choice {
        let media = operation::listed_one(content);
        match formats.iter_mut().find(|(known, _)| known.media.format_name() == content.media.format_name()) {
            Some((_, listed)) => listed.push(media),
            None => formats.push((content, vec![media])),
        }
    }
    let value = |content: &Content| decode_as(cx, op, index, (position, content));
    if formats.len() < 2 || operation::chooses_media_type(choice) {
        return value(first);
    }
    // The first format is for all other media types.
    formats.rotate_left(1);
    let arms = formats.into_iter().map(|(content, listed)| (listed, value(content))).collect();
    let listed = operation::listed(choice);
    choose(&quote!(response.one_of(&[#(#listed),*]).unwrap_or_default()), arms).unwrap_or_default()
}

/// Reads a body in the format of a media type.
fn decode_as(cx: &Cx<'_>, op: OpId, index: usize, (position, content): (usize, &Content)) -> TokenStream {
    match &content.media {
        Media::Json(_) => quote!(response.decode()?),
        Media::Xml { .. } => {
            let element = operation::response_element(cx, op, index, position);
            quote!(response.decode_xml(&models::elements::#element)?)
        }
        text if text.is_plain_text() => quote!(response.text().into_owned()),
        Media::Text(_) => quote!(response.decode_text()?),
        _ => quote!(response.body.clone()),
    }
}

/// Opens the body of a response, which is `opened`; `None` if it is always read as a whole.
pub(super) fn open_one(cx: &Cx<'_>, op: OpId, (index, response): (usize, &Response)) -> Option<TokenStream> {
    let choices = response.choices();
    let stream = |choice: &[&Content]| {
        let open = operation::representative(choice).map(|content| open(&content.media));
        quote!(#open(opened))
    };
    let Some(names) = operation::response_body(cx, op, index) else {
        let choice = choices.first().filter(|choice| is_stream(choice))?;
        let stream = stream(choice);
        return Some(if operation::chooses_media_type(choice) {
            quote!(runtime::WithMediaType::new(opened.media_type(), #stream))
        } else {
            stream
        });
    };
    let name = &names.name;
    let streamed = choices.iter().zip(&names.variants).filter(|(choice, _)| is_stream(choice));
    let arms: Vec<(Vec<String>, TokenStream)> = streamed
        .map(|(choice, variant)| {
            let stream = stream(choice);
            let says = operation::chooses_media_type(choice).then(|| quote!(opened.media_type(),));
            (operation::listed(choice), quote!(models::#name::#variant(#says #stream)))
        })
        .collect();
    let listed = operation::listed(choices.iter().filter(|choice| is_stream(choice)).flatten());
    choose(&quote!(opened.one_of(&[#(#listed),*]).unwrap_or_default()), arms)
}

/// The function that opens a body which is read piece by piece.
pub(super) fn open(media: &Media) -> TokenStream {
    match media {
        Media::Events(Ty::Scalar(Scalar::String)) => quote!(runtime::EventStream::text),
        Media::Events(_) => quote!(runtime::EventStream::json),
        Media::Lines(_) => quote!(runtime::LineStream::new),
        _ => quote!(runtime::ByteStream::new),
    }
}
