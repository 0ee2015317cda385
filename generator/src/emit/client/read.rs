//! How responses are read.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use super::super::operation::Events;
use super::super::ty::{self, Viewpoint};
use super::super::{Cx, docs, operation};
use super::decode;
use crate::ir::{Content, Media, OpId, Operation, Response, Status};
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

/// Whether a body is text of one value.
fn is_value_text(content: &Content) -> bool {
    matches!(content.media, Media::Text(_)) && !content.media.is_plain_text()
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
            let open = only.first().map(|content| decode::open(&content.media));
            quote!(runtime::Read::Streamed(#open))
        }
        [only] if has_one_type && only.iter().all(|content| matches!(content.media, Media::Xml { .. })) => {
            let element = operation::response_element(cx, op, index, 0);
            quote!(runtime::Read::Buffered(|response| response.decode_xml(&models::elements::#element)))
        }
        [only] if has_one_type && only.iter().all(|content| is_value_text(content)) => {
            quote!(runtime::Read::Buffered(RawResponse::decode_text))
        }
        _ => {
            let (whole, opened) =
                (decode::decode_whole(cx, op, (index, response), true), decode::open_one(cx, op, (index, response)));
            let is_streamed = decode::is_streamed(response);
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

/// `send_events()`, where a success may be a stream of events instead of its preferred body.
pub(super) fn events(cx: &Cx<'_>, op: OpId) -> TokenStream {
    let api = cx.api.operation(op);
    let Some(Events { content, ty, .. }) = operation::events(api) else { return TokenStream::new() };
    let (media, open) = (operation::media_type(content), decode::open(&content.media));
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

/// How one of several successes is read.
struct Success {
    pattern: Pattern,
    /// An expression that reads it from `response`, if it is ever read as a whole.
    whole: Option<TokenStream>,
    /// An expression that opens it from `opened`, if it is ever read piece by piece.
    opened: Option<TokenStream>,
    /// Whether the response with `head` is read piece by piece.
    is_streamed: TokenStream,
}

impl Success {
    /// Whether its media type decides how it is read.
    fn is_mixed(&self) -> bool {
        self.whole.is_some() && self.opened.is_some()
    }
}

fn read_several(cx: &Cx<'_>, op: OpId, several: &[(usize, u16, &Response)]) -> TokenStream {
    let names = cx.names.operation(op);
    let name = names.success.clone();
    let success = |(index, status, response): &(usize, u16, &Response)| {
        let variant = names.responses.get(*index)?;
        let status = Literal::u16_unsuffixed(*status);
        let of_variant = |value: TokenStream| quote!(models::#name::#variant(#value));
        let opened = decode::open_one(cx, op, (*index, response)).map(of_variant);
        let whole = decode::decode_whole(cx, op, (*index, response), true).map(of_variant);
        let nothing = || opened.is_none().then(|| quote!(models::#name::#variant));
        Some(Success {
            pattern: if response.status.is_code() { Pattern::Code(status) } else { Pattern::Other },
            is_streamed: decode::is_streamed(response),
            whole: whole.or_else(nothing),
            opened,
        })
    };
    let successes: Vec<Success> = several.iter().filter_map(success).collect();
    let listed = several.iter().all(|(_, _, response)| response.status.is_code());
    let read = read_whole(&successes, listed);
    match open_streamed(&successes) {
        None => quote!(runtime::Read::Buffered(#read)),
        Some(open) if successes.iter().any(Success::is_mixed) => {
            let is_streamed = is_streamed_by_head(&successes);
            quote!(runtime::Read::ByMediaType { is_streamed: #is_streamed, open: #open, read: #read })
        }
        Some(open) => {
            let is_streamed = is_streamed_by_status(&successes);
            quote!(runtime::Read::Either { is_streamed: #is_streamed, open: #open, read: #read })
        }
    }
}

/// Reads the successes that are read as a whole, by their status. `listed` says whether all statuses are known.
fn read_whole(successes: &[Success], listed: bool) -> TokenStream {
    let arms = successes.iter().filter_map(|Success { pattern, whole, .. }| {
        let whole = whole.as_ref()?;
        Some(quote!(#pattern => Ok(#whole),))
    });
    let other = (listed || successes.iter().any(|success| success.opened.is_some())).then(|| {
        quote! {
            other => Err(runtime::DecodeError::new(".".to_owned(), format!("status {other} is not documented"))),
        }
    });
    quote! {
        |response| {
            match response.status.as_u16() {
                #(#arms)*
                #other
            }
        }
    }
}

/// Opens the successes that are read piece by piece, by their status.
fn open_streamed(successes: &[Success]) -> Option<TokenStream> {
    let opened = successes.iter().filter_map(|success| Some((&success.pattern, success.opened.as_ref()?)));
    let mut opened: Vec<(&Pattern, &TokenStream)> = opened.collect();
    // The arm for all other statuses comes last.
    let last = opened.iter().position(|(pattern, _)| matches!(pattern, Pattern::Other)).unwrap_or(0);
    let (_, otherwise) = if opened.is_empty() { return None } else { opened.remove(last) };
    let others: Vec<TokenStream> = opened.iter().map(|(pattern, opened)| quote!(#pattern => #opened,)).collect();
    Some(if others.is_empty() {
        quote!(|opened| #otherwise)
    } else {
        quote!(|opened| match opened.status() { #(#others)* _ => #otherwise })
    })
}

/// Whether a status is of a success that is read piece by piece.
fn is_streamed_by_status(successes: &[Success]) -> TokenStream {
    let (streamed, whole): (Vec<&Success>, Vec<&Success>) =
        successes.iter().partition(|success| success.opened.is_some());
    let patterns = |successes: Vec<&Success>| {
        let patterns: Vec<TokenStream> = successes.iter().map(|success| success.pattern.to_token_stream()).collect();
        quote!(#(#patterns)|*)
    };
    if whole.is_empty() {
        quote!(|_| true)
    } else if streamed.iter().any(|success| matches!(success.pattern, Pattern::Other)) {
        let whole = patterns(whole);
        quote!(|status| !matches!(status, #whole))
    } else {
        let streamed = patterns(streamed);
        quote!(|status| matches!(status, #streamed))
    }
}

/// Whether the head of a response is of a success that is read piece by piece.
fn is_streamed_by_head(successes: &[Success]) -> TokenStream {
    let value = |success: &Success| match (&success.opened, &success.whole) {
        (Some(_), Some(_)) => success.is_streamed.clone(),
        (opened, _) => {
            let is_streamed = opened.is_some();
            quote!(#is_streamed)
        }
    };
    let (others, codes): (Vec<&Success>, Vec<&Success>) =
        successes.iter().partition(|success| matches!(success.pattern, Pattern::Other));
    let otherwise = others.first().map_or_else(|| quote!(false), |success| value(success));
    // Statuses of the same value share an arm.
    let mut arms: Vec<(Vec<&Pattern>, TokenStream)> = Vec::new();
    for success in codes {
        let value = value(success);
        let is_same = |other: &TokenStream| other.to_string() == value.to_string();
        match arms.iter_mut().find(|(_, known)| is_same(known)) {
            Some((patterns, _)) => patterns.push(&success.pattern),
            None if is_same(&otherwise) => {}
            None => arms.push((vec![&success.pattern], value)),
        }
    }
    let arms = arms.iter().map(|(patterns, value)| quote!(#(#patterns)|* => #value,));
    quote!(|head| match head.status { #(#arms)* _ => #otherwise })
}
