//! The body of a request: how it is passed, and how it is written.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::super::arg::Kept;
use super::super::models::forms;
use super::super::ty::Viewpoint;
use super::super::{Cx, arg, operation};
use crate::ir::{Body, Content, Form, Media, OpId};

/// How a caller passes a body: the type of the argument, and its value as it is kept.
pub(super) fn argument(cx: &Cx<'_>, op: OpId, (body, content): (&Body, &Content), name: &Ident) -> (TokenStream, Kept) {
    if operation::is_choice(body) {
        let ty = &cx.names.operation(op).body;
        return (quote!(impl Into<models::#ty>), Kept::into(name));
    }
    match &content.media {
        Media::Json(ty)
        | Media::Xml { ty, .. }
        | Media::Text(ty)
        | Media::Form(Form { ty, .. })
        | Media::Multipart(Form { ty, .. }) => {
            (arg::arg_type(cx, ty, Viewpoint::Outside), arg::arg_value(cx, ty, name))
        }
        Media::Bytes => (quote!(impl Into<bytes::Bytes>), Kept::into(name)),
        Media::Stream | Media::Events(_) | Media::Lines(_) => {
            (quote!(impl Into<runtime::UploadBody>), Kept::into(name))
        }
    }
}

/// Writes a body: `value` is a reference to it, `own` a place whose methods it has.
pub(super) fn write(cx: &Cx<'_>, op: OpId, content: &Content, value: &TokenStream, own: &TokenStream) -> TokenStream {
    let media = operation::media_type(content);
    let fields = forms::path(cx, op, &content.media);
    match &content.media {
        Media::Json(_) => quote!(request.json(#media, #value);),
        Media::Xml { .. } => {
            let element = operation::request_element(cx, op, content);
            quote!(request.xml(#media, &models::elements::#element, #value);)
        }
        Media::Form(_) => quote!(request.form(#media, models::#fields, #value);),
        Media::Multipart(_) => quote!(request.multipart(models::#fields, #value);),
        text if text.is_plain_text() => quote!(request.bytes(#media, #own.clone().into());),
        Media::Text(_) => quote!(request.text(#media, #value);),
        Media::Bytes => quote!(request.bytes(#media, #own.clone());),
        Media::Stream if !is_in_range(content, &media) => quote!(#own.write_of_range(request);),
        Media::Stream | Media::Events(_) | Media::Lines(_) => quote!(#own.write(request, #media);),
    }
}

/// Whether the range of media types that a body has contains one. Without a range, the media type is that of the body.
fn is_in_range(content: &Content, media_type: &str) -> bool {
    let listed = operation::listed_one(content);
    let Some(start) = listed.strip_suffix('*') else { return true };
    start == "*/" || media_type.starts_with(start)
}

/// Writes a body of one of several types.
pub(super) fn write_choice(cx: &Cx<'_>, op: OpId, body: &Body, value: &TokenStream) -> TokenStream {
    let names = cx.names.operation(op);
    let name = &names.body;
    let choices = body.choices();
    let arms = choices.iter().zip(&names.choices).filter_map(|(contents, variant)| {
        let content = contents.first()?;
        if operation::says_media_type(contents) {
            return Some(quote!(models::#name::#variant(media_type, body) => {
                request.bytes(media_type, body.clone());
            }));
        }
        let step = match content.media {
            Media::Stream => {
                let media = operation::media_type(content);
                quote!(request.bytes(#media, body.clone());)
            }
            _ => write(cx, op, content, &quote!(body), &quote!(body)),
        };
        Some(quote!(models::#name::#variant(body) => { #step }))
    });
    quote!(match #value { #(#arms)* })
}
