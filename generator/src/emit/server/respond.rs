//! How responses are sent.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::super::file::RustFile;
use super::super::{Cx, docs, operation};
use crate::ir::{Content, Media, OpId, Operation, Response, Scalar, Ty};
use crate::names::{HeadersNames, ResponseBodyNames};

/// What is known where a response is sent.
#[derive(Clone, Copy)]
pub(super) struct Sender<'a> {
    /// The operation.
    pub op: OpId,
    /// The position of the response.
    pub index: usize,
    /// An expression of the status.
    pub status: &'a TokenStream,
    /// Whether streams are sent as such, and the media type is negotiated. Failures are sent as a whole.
    pub succeeds: bool,
}

/// The pattern that takes a body apart, and the expression that sends it.
pub(super) fn respond(cx: &Cx<'_>, sender: Sender<'_>, response: &Response) -> Option<(TokenStream, TokenStream)> {
    let choices = response.choices();
    if let Some(names) = operation::response_body(cx, sender.op, sender.index) {
        let name = &names.name;
        let arms = choices.iter().zip(&names.variants).enumerate().map(|(position, (choice, variant))| {
            let send = respond_choice(cx, sender, (position, choice));
            if operation::chooses_media_type(choice) {
                quote!(models::#name::#variant(media_type, answer) => #send,)
            } else {
                quote!(models::#name::#variant(answer) => #send,)
            }
        });
        return Some((quote!(answer), quote!(match answer { #(#arms)* })));
    }
    let choice = choices.first()?;
    let send = respond_choice(cx, sender, (0, choice));
    if operation::chooses_media_type(choice) {
        return Some((quote!(runtime::WithMediaType { media_type, body: answer }), send));
    }
    Some((quote!(answer), send))
}

/// Sends `answer`, a body of one type, in the media type that the handler has chosen, or that the caller prefers.
fn respond_choice(cx: &Cx<'_>, sender: Sender<'_>, (position, choice): (usize, &[&Content])) -> TokenStream {
    let Some(content) = operation::representative(choice) else { return TokenStream::new() };
    let media = operation::media_type(content);
    if operation::chooses_media_type(choice) {
        let send = respond_as(cx, sender, (position, content), &quote!(#media));
        let listed = operation::listed(choice);
        return quote!(runtime::with_media_type(#send, &[#(#listed),*], &media_type));
    }
    let sent_as = operation::sent_as(choice);
    if !sender.succeeds || sent_as.len() < 2 {
        return respond_as(cx, sender, (position, content), &quote!(#media));
    }
    let chosen = quote!(accept.choose(&[#(#sent_as),*]));
    if choice.iter().all(|other| other.media.format_name() == content.media.format_name()) {
        return respond_as(cx, sender, (position, content), &chosen);
    }
    let send = |content: &Content| {
        let media = operation::media_type(content);
        respond_as(cx, sender, (position, content), &quote!(#media))
    };
    let first = send(content);
    let mut known = vec![media];
    let mut arms = TokenStream::new();
    for other in choice {
        let media = operation::media_type(other);
        if !known.contains(&media) {
            let send = send(other);
            arms.extend(quote!(#media => #send,));
            known.push(media);
        }
    }
    quote!(match #chosen { #arms _ => #first })
}

/// Sends `answer` in the format of a media type.
fn respond_as(
    cx: &Cx<'_>,
    Sender { op, index, status, succeeds }: Sender<'_>,
    (position, content): (usize, &Content),
    media: &TokenStream,
) -> TokenStream {
    match &content.media {
        Media::Json(_) => quote!(runtime::json(#status, #media, &answer)),
        Media::Xml { .. } => {
            let element = operation::response_element(cx, op, index, position);
            quote!(runtime::xml(#status, #media, &models::elements::#element, &answer))
        }
        text if text.is_plain_text() => quote!(runtime::text(#status, #media, answer)),
        Media::Text(_) => quote!(runtime::text_of(#status, #media, &answer)),
        streamed if streamed.is_streamed() && !succeeds => quote!(runtime::bytes(#status, #media, answer)),
        Media::Stream => quote!(runtime::stream(#status, #media, answer)),
        Media::Events(Ty::Scalar(Scalar::String)) => quote!(runtime::text_events(#status, #media, answer)),
        Media::Events(_) => quote!(runtime::json_events(#status, #media, answer)),
        Media::Lines(_) => quote!(runtime::lines(#status, #media, answer)),
        _ => quote!(runtime::bytes(#status, #media, answer)),
    }
}

/// Sends `answer`, events in place of a whole body.
pub(super) fn respond_events(cx: &Cx<'_>, sender: Sender<'_>, content: &Content) -> TokenStream {
    let media = operation::media_type(content);
    respond_as(cx, sender, (0, content), &quote!(#media))
}

/// Reads what the caller accepts, if a success may have several media types.
pub(super) fn negotiation(api: &Operation) -> Option<TokenStream> {
    let is_negotiated =
        |choice: &Vec<&Content>| !operation::chooses_media_type(choice) && operation::sent_as(choice).len() > 1;
    let successes = operation::successes(api);
    let mut choices = successes.iter().flat_map(|(_, _, response)| response.choices());
    choices.any(|choice| is_negotiated(&choice)).then(|| quote!(let accept = request.accept();))
}

/// The functions that send the failures of an operation that have one of several types, or headers.
pub(super) fn emit_functions(cx: &Cx<'_>, file: &mut RustFile, op: OpId) {
    for (index, response) in operation::failures(cx.api.operation(op)) {
        let headers = operation::failure_headers(cx, op, index);
        let function = operation::function(cx, op, "send", index);
        let sender = Sender { op, index, status: &quote!(status), succeeds: false };
        let typed = operation::failure_type(cx, op, index, response).and_then(|_| respond(cx, sender, response));
        let send = match typed {
            Some((_, send)) => send,
            None => quote!(Ok(runtime::problem(&Problem { status: Some(status), ..answer }))),
        };
        let ty = operation::failure_content(cx, op, (index, response), &quote!(Problem));
        let (pattern, send) = match headers {
            Some(_) => {
                (quote!(runtime::WithHeaders { body: answer, headers }), quote!(runtime::with_headers(#send, &headers)))
            }
            None => (quote!(answer), send),
        };
        let line = match (headers, operation::response_body(cx, op, index)) {
            (Some(HeadersNames { name, .. }), _) => format!("Sends a failure with [`models::{name}`]."),
            (None, Some(ResponseBodyNames { name, .. })) => format!("Sends [`models::{name}`]."),
            (None, None) => continue,
        };
        let line = docs::Line::from(line);
        file.tokens(quote! {
            #line
            fn #function(status: u16, #pattern: #ty) -> Result<axum::response::Response, Failure> {
                #send
            }
        });
    }
}

/// A status as an expression.
pub(super) fn status(status: u16) -> TokenStream {
    let status = Literal::u16_unsuffixed(status);
    quote!(#status)
}
