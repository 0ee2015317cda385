//! The sampled request body of an operation.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::super::models::bodies;
use super::super::ty::Viewpoint;
use super::super::{Cx, checks, operation, rules};
use super::sampled;
use crate::ir::{self, Content, Media, OpId, sample};
use crate::names::suffixed;

/// The body of a call.
pub(super) struct Body {
    /// The function that makes it.
    pub item: TokenStream,
    /// What the test has before it calls.
    pub bindings: TokenStream,
    /// The expression that passes it to the client.
    pub sent: TokenStream,
    /// Compares what arrives with what was sent.
    pub comparison: TokenStream,
}

/// Samples the preferred form of a body; `name` is what arrives. The error says what has no sample.
pub(super) fn body(
    cx: &Cx<'_>,
    op: OpId,
    (body, content): (&ir::Body, &Content),
    name: &Ident,
) -> Result<Body, String> {
    let names = cx.names.operation(op);
    let make = suffixed(&names.method, "_body");
    let value = value(cx, content)?;
    let ty = operation::body_type(cx, Some(content), Viewpoint::Outside);
    let id = &cx.api.operation(op).id;
    let judged = content.media.ty().map(|ty| {
        let value = checks::Value::of(&quote!(body));
        let schema = rules::of_content(cx.api.operation(op), content);
        checks::statements_outside(cx, &content.checks, (ty, &schema), &quote!(checks), &value, Viewpoint::Outside)
    });
    let validity = judged.filter(|statements| !statements.is_empty()).map(|statements| {
        quote! {
            if is_invalid(#id, |checks| { #statements }) {
                return;
            }
        }
    });
    let found = if body.required { quote!(#name) } else { quote!(#name.ok_or("the body is missing")?) };
    let choice = names.choices.first().filter(|_| operation::is_choice(body));
    let media_type = body.choices().first().filter(|choice| operation::says_media_type(choice)).map(|_| {
        let media_type = operation::media_type(content);
        quote!(#media_type.to_owned(),)
    });
    let ignored = media_type.as_ref().map(|_| quote!(_,));
    let (sent, taken) = match choice {
        Some(variant) => {
            let choice = &names.body;
            let taken = quote! {
                let models::#choice::#variant(#ignored arrived) = #found else { return Err("the body is of another type".into()) };
            };
            (quote!(models::#choice::#variant(#media_type body.clone())), taken)
        }
        None => (quote!(body.clone()), quote!(let arrived = #found;)),
    };
    let comparison = match &content.media {
        Media::Stream if choice.is_none() => quote! {
            let arrived = axum::body::to_bytes(arrived, usize::MAX).await?;
            assert_eq!(arrived, #make());
        },
        Media::Stream | Media::Bytes => quote!(assert_eq!(arrived, #make());),
        text if text.is_plain_text() => quote!(assert_eq!(arrived, #make());),
        media => {
            let sent = if let Media::Xml { .. } = media {
                let element = operation::request_element(cx, op, content);
                quote!(crate::through_xml(&models::elements::#element, &#make()))
            } else {
                quote!(#make())
            };
            let has_defaults = bodies::content_has_defaults(cx, cx.api.operation(op), content);
            let sent = if has_defaults { quote!(crate::filled(#sent)) } else { sent };
            quote!(same(&arrived, &#sent);)
        }
    };
    Ok(Body {
        item: quote!(fn #make() -> #ty { #value }),
        bindings: quote!(let body = #make(); #validity),
        sent,
        comparison: quote!(#taken #comparison),
    })
}

fn value(cx: &Cx<'_>, content: &Content) -> Result<TokenStream, String> {
    Ok(match &content.media {
        text if text.is_plain_text() => quote!("text".to_owned()),
        Media::Bytes | Media::Stream => quote!(bytes::Bytes::from_static(b"bytes")),
        Media::Form(form) if has_shared_names(cx, form) => {
            return Err("two fields of the form are sent under one name".to_owned());
        }
        _ => sampled(&sample::request_body(cx.api, content).ok_or("the body has no sample")?),
    })
}

/// Whether nothing tells two fields of a form apart.
fn has_shared_names(cx: &Cx<'_>, form: &ir::Form) -> bool {
    let mut known = BTreeSet::new();
    let names = cx.api.form_fields(form).iter().flat_map(|field| cx.api.sent_field_names(form, field));
    !names.into_iter().all(|name| known.insert(name))
}
