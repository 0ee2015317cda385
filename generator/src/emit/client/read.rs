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
    let mut types: Vec<String> = Vec::new();
    let all = operation::successes(api).into_iter().map(|(_, _, response)| response).chain(api.failures());
    for response in all {
        if let Some(content) = operation::preferred(&response.contents) {
            let media = operation::media_type(content);
            if !types.contains(&media) {
                types.push(media);
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
        [(index, _, only)] => match operation::preferred(&only.contents) {
            None => quote!(runtime::Read::NOTHING),
            Some(Content { media: Media::Json(_), .. }) => quote!(runtime::Read::JSON),
            Some(content) if operation::is_streamed(content) => {
                let open = open(&content.media);
                quote!(runtime::Read::Streamed(#open))
            }
            Some(Content { media: Media::Xml { .. }, .. }) => {
                let element = operation::response_element(cx, op, *index);
                quote!(runtime::Read::Buffered(|response| response.decode_xml(&models::elements::#element)))
            }
            Some(content) => {
                let value = decode(cx, op, *index, content);
                quote!(runtime::Read::Buffered(|response| Ok(#value)))
            }
        },
        several => read_several(cx, op, several),
    };
    quote!(const READ: runtime::Read<#output> = #how;)
}

/// Reads the body of a response, which is told by its position.
fn decode(cx: &Cx<'_>, op: OpId, index: usize, content: &Content) -> TokenStream {
    match &content.media {
        Media::Json(_) => quote!(response.decode()?),
        Media::Xml { .. } => {
            let element = operation::response_element(cx, op, index);
            quote!(response.decode_xml(&models::elements::#element)?)
        }
        Media::Text => quote!(response.text().into_owned()),
        _ => quote!(response.body.clone()),
    }
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
    let success = names.success.clone();
    let (mut whole, mut streamed, mut codes) = (TokenStream::new(), Vec::new(), Vec::new());
    for (index, status, response) in several {
        let Some(variant) = names.responses.get(*index) else { continue };
        let status = Literal::u16_unsuffixed(*status);
        let pattern = if response.status.is_code() { Pattern::Code(status) } else { Pattern::Other };
        match operation::preferred(&response.contents) {
            Some(content) if operation::is_streamed(content) => {
                let open = open(&content.media);
                streamed.push((pattern, quote!(models::#success::#variant(#open(opened)))));
            }
            Some(content) => {
                let value = decode(cx, op, *index, content);
                whole.extend(quote!(#pattern => Ok(models::#success::#variant(#value)),));
                codes.push(pattern);
            }
            None => {
                whole.extend(quote!(#pattern => Ok(models::#success::#variant),));
                codes.push(pattern);
            }
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
    let is_streamed = if other.is_some() {
        quote!(|status| !matches!(status, #(#codes)|*))
    } else {
        let is_streamed = streamed.iter().map(|(pattern, _)| pattern);
        quote!(|status| matches!(status, #(#is_streamed)|*))
    };
    let is_streamed = if codes.is_empty() { quote!(|_| true) } else { is_streamed };
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
    quote!(runtime::Read::Either { is_streamed: #is_streamed, open: #open, read: #read })
}
