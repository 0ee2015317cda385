//! How responses are read.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use super::super::operation::Events;
use super::super::ty::{self, Viewpoint};
use super::super::{Cx, docs, operation};
use crate::ir::{Content, Media, OpId, Operation, Response, Scalar, Status, Ty};
use crate::names::suffixed;

/// The media types that the method can read.
pub(super) fn accept(api: &Operation) -> Option<String> {
    let mut known: Vec<String> = Vec::new();
    let mut types: Vec<String> = Vec::new();
    let all = operation::successes(api).into_iter().map(|(_, _, response)| response).chain(api.failures());
    for choice in all.flat_map(Response::choices) {
        for content in &choice {
            // What is read in one way only is asked for as that.
            let media = match &content.media {
                media if media.value().is_some() => operation::media_type(content),
                _ => operation::listed_one(content),
            };
            // JSON says the same as XML, and needs no further description.
            let is_other = choice.first().is_some_and(|first| first.media.format_name() != content.media.format_name());
            let weight = if is_other && !operation::chooses_media_type(&choice) { ";q=0.9" } else { "" };
            if !known.contains(&media) {
                types.push(format!("{media}{weight}"));
                known.push(media);
            }
        }
    }
    if types.is_empty() { None } else { Some(types.join(", ")) }
}

/// The statuses of success, where redirects are documented as the only ones.
pub(super) fn is_success(api: &Operation) -> Option<TokenStream> {
    let redirects: Vec<_> = api
        .successes()
        .filter(|response| response.status.is_redirect())
        .map(|response| match response.status {
            Status::Code(code) => Literal::u16_unsuffixed(code).to_token_stream(),
            Status::Class(_) | Status::Default => quote!(300..=399),
        })
        .collect();
    let is_success = quote! {
        fn is_success(status: u16) -> bool {
            matches!(status, 200..=299 #(| #redirects)*)
        }
    };
    if redirects.is_empty() { None } else { Some(is_success) }
}

/// How a success is read, as a constant.
pub(super) fn read(cx: &Cx<'_>, op: OpId, output: &TokenStream) -> TokenStream {
    let api = cx.api.operation(op);
    let how = match operation::successes(api).as_slice() {
        [] => quote!(runtime::Read::NOTHING),
        [(index, _, only)] => read_one(cx, op, (*index, only)),
        several => read_several(cx, op, several),
    };
    quote!(const READ: runtime::Read<#output> = #how;)
}

/// How the only success is read.
fn read_one(cx: &Cx<'_>, op: OpId, (index, response): (usize, &Response)) -> TokenStream {
    let choices = response.choices();
    let has_one_type = matches!(choices.as_slice(), [only] if only.len() == 1 && !operation::chooses_media_type(only));
    match choices.as_slice() {
        [] => quote!(runtime::Read::NOTHING),
        [only] if only.iter().all(|content| matches!(content.media, Media::Json(_))) => quote!(runtime::Read::JSON),
        [only] if has_one_type && only.iter().all(|content| content.media.is_streamed()) => {
            let open = only.first().map(|content| open(&content.media));
            quote!(runtime::Read::Streamed(#open))
        }
        [only] if has_one_type && only.iter().all(|content| matches!(content.media, Media::Xml { .. })) => {
            let element = operation::response_element(cx, op, index, 0);
            quote!(runtime::Read::Buffered(|response| response.decode_xml(&models::elements::#element)))
        }
        _ => {
            let (whole, opened) = (decode_whole(cx, op, (index, response), true), open_one(cx, op, (index, response)));
            let is_streamed = is_streamed(response);
            match (whole, opened) {
                (Some(value), None) => quote!(runtime::Read::Buffered(|response| Ok(#value))),
                (None, Some(opened)) => quote!(runtime::Read::Streamed(|opened| #opened)),
                (whole, opened) => quote! {
                    runtime::Read::ByMediaType {
                        is_streamed: |head| #is_streamed,
                        open: |opened| #opened,
                        read: |response| Ok(#whole),
                    }
                },
            }
        }
    }
}

/// Whether one of the media types of a response, the head of which is `head`, is read piece by piece.
fn is_streamed(response: &Response) -> TokenStream {
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
fn decode_whole(cx: &Cx<'_>, op: OpId, (index, response): (usize, &Response), succeeds: bool) -> Option<TokenStream> {
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
    choose(&quote!(response.one_of(&[#(#listed),*])?), arms)
}

/// A `match` of a media type; the last arm is for all others.
fn choose(media_type: &TokenStream, mut arms: Vec<(Vec<String>, TokenStream)>) -> Option<TokenStream> {
    let (_, last) = arms.pop()?;
    if arms.is_empty() {
        return Some(last);
    }
    let arms = arms.iter().map(|(listed, value)| quote!(#(#listed)|* => #value,));
    Some(quote!(match #media_type { #(#arms)* _ => #last }))
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
    let first = decode_as(cx, op, index, (position, first));
    let others: Vec<TokenStream> = formats
        .iter()
        .skip(1)
        .map(|(content, listed)| {
            let value = decode_as(cx, op, index, (position, content));
            quote!(#(#listed)|* => #value,)
        })
        .collect();
    if others.is_empty() || operation::chooses_media_type(choice) {
        return first;
    }
    let listed = operation::listed(choice);
    quote!(match response.one_of(&[#(#listed),*]).unwrap_or_default() { #(#others)* _ => #first })
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
fn open_one(cx: &Cx<'_>, op: OpId, (index, response): (usize, &Response)) -> Option<TokenStream> {
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
fn open(media: &Media) -> TokenStream {
    match media {
        Media::Events(Ty::Scalar(Scalar::String)) => quote!(runtime::EventStream::text),
        Media::Events(_) => quote!(runtime::EventStream::json),
        Media::Lines(_) => quote!(runtime::LineStream::new),
        _ => quote!(runtime::ByteStream::new),
    }
}

/// `send_events()`, where a success may be a stream of events instead of its preferred body.
pub(super) fn events(cx: &Cx<'_>, op: OpId) -> TokenStream {
    let api = cx.api.operation(op);
    let Some(Events { content, ty, .. }) = operation::events(api) else { return TokenStream::new() };
    let (media, open) = (operation::media_type(content), open(&content.media));
    let ty = ty::ty(cx, ty, Viewpoint::Outside);
    let error = suffixed(&cx.names.operation(op).prefix, "Error");
    let line = docs::Line::from(format!(
        "Sends the request and reads the response as events (`{media}`). If the API requires it, ask for events in the request."
    ));
    quote! {
        #line
        pub async fn send_events(self) -> Result<runtime::EventStream<#ty>, runtime::CallError<#error>> {
            self.inner.send_opened(#media, #open).await
        }
    }
}

/// Which statuses an arm of a `match` is for.
enum Pattern {
    Code(Literal),
    /// Those that have no arm of their own.
    Other,
}

impl ToTokens for Pattern {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Code(code) => code.to_tokens(tokens),
            Self::Other => tokens.extend(quote!(_)),
        }
    }
}

fn read_several(cx: &Cx<'_>, op: OpId, several: &[(usize, u16, &Response)]) -> TokenStream {
    let names = cx.names.operation(op);
    let success = suffixed(&names.prefix, "Success");
    let (mut whole, mut streamed, mut codes) = (TokenStream::new(), Vec::new(), Vec::new());
    // The successes of which some media types are streamed.
    let mut mixed: Vec<(Pattern, TokenStream)> = Vec::new();
    for (index, status, response) in several {
        let Some(variant) = names.responses.get(*index) else { continue };
        let status = Literal::u16_unsuffixed(*status);
        let pattern = || if response.status.is_code() { Pattern::Code(status.clone()) } else { Pattern::Other };
        let value = decode_whole(cx, op, (*index, response), true);
        let opened = open_one(cx, op, (*index, response));
        if value.is_some() && opened.is_some() {
            mixed.push((pattern(), is_streamed(response)));
        }
        if let Some(opened) = &opened {
            streamed.push((pattern(), quote!(models::#success::#variant(#opened))));
        }
        let pattern = pattern();
        if let Some(value) = value {
            whole.extend(quote!(#pattern => Ok(models::#success::#variant(#value)),));
            codes.push(pattern);
        } else if opened.is_none() {
            whole.extend(quote!(#pattern => Ok(models::#success::#variant),));
            codes.push(pattern);
        }
    }
    let listed = several.iter().all(|(_, _, response)| response.status.is_code());
    let other = (listed || !streamed.is_empty()).then(|| {
        quote! {
            other => Err(runtime::DecodeError::new(".".to_owned(), format!("status {other} is not documented"))),
        }
    });
    let read = quote! {
        |response| {
            match response.status.as_u16() {
                #whole
                #other
            }
        }
    };
    // The arm for all other statuses comes last.
    let other = streamed.iter().position(|(pattern, _)| matches!(pattern, Pattern::Other));
    let last = other.unwrap_or(0);
    let is_streamed = if !mixed.is_empty() {
        let by_media_type = mixed.iter().map(|(pattern, is_streamed)| quote!(#pattern => #is_streamed,));
        let is_mixed = |pattern: &Pattern| {
            let text = pattern.to_token_stream().to_string();
            mixed.iter().any(|(mixed, _)| mixed.to_token_stream().to_string() == text)
        };
        let only_streamed = streamed.iter().map(|(pattern, _)| pattern).filter(|pattern| !is_mixed(pattern));
        let only_streamed = only_streamed.map(|pattern| quote!(#pattern => true,));
        let mut arms: Vec<TokenStream> = by_media_type.chain(only_streamed).collect();
        // The arm for all other statuses comes last.
        arms.sort_by_key(|arm| arm.to_string().starts_with('_'));
        let rest = (!arms.last().is_some_and(|arm| arm.to_string().starts_with('_'))).then(|| quote!(_ => false,));
        quote!(|head| match head.status { #(#arms)* #rest })
    } else if codes.is_empty() {
        quote!(|_| true)
    } else if other.is_some() {
        quote!(|status| !matches!(status, #(#codes)|*))
    } else {
        let is_streamed = streamed.iter().map(|(pattern, _)| pattern);
        quote!(|status| matches!(status, #(#is_streamed)|*))
    };
    let Some((_, otherwise)) = streamed.get(last) else { return quote!(runtime::Read::Buffered(#read)) };
    let others: Vec<TokenStream> = streamed
        .iter()
        .enumerate()
        .filter(|(index, _)| *index != last)
        .map(|(_, (pattern, opened))| quote!(#pattern => #opened,))
        .collect();
    let open = if others.is_empty() {
        quote!(|opened| #otherwise)
    } else {
        quote!(|opened| match opened.status() { #(#others)* _ => #otherwise })
    };
    let how = if mixed.is_empty() { quote!(Either) } else { quote!(ByMediaType) };
    quote!(runtime::Read::#how { is_streamed: #is_streamed, open: #open, read: #read })
}
