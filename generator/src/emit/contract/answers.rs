//! The documented responses of an operation, sampled.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::super::ty::{self, Viewpoint};
use super::super::{Cx, operation};
use super::sampled;
use crate::ir::{Content, Media, OpId, Operation, Response, Status, sample};
use crate::names::suffixed;

/// One documented response.
pub(super) struct Answer {
    /// The function that makes its body.
    pub item: TokenStream,
    /// What the server returns.
    pub given: TokenStream,
    /// Checks `outcome`, what the client got.
    pub check: TokenStream,
}

/// The documented responses that can be sampled, successes first.
pub(super) fn answers(cx: &Cx<'_>, op: OpId) -> Vec<Answer> {
    let api = cx.api.operation(op);
    let mut out = Vec::new();
    let successes = operation::successes(api);
    if successes.is_empty() {
        out.push(Answer { item: quote!(), given: quote!(Ok(())), check: quote!(outcome.expect("a success")) });
    }
    for (index, _, response) in &successes {
        out.extend(success(cx, op, *index, response, successes.len() > 1));
    }
    for (index, response) in operation::failures(api) {
        out.extend(failure(cx, op, index, response));
    }
    out
}

fn made(cx: &Cx<'_>, op: OpId, what: &str, index: usize) -> Ident {
    format_ident!("{}_{what}_{index}", cx.names.operation(op).method.to_string().trim_start_matches("r#"))
}

fn value(cx: &Cx<'_>, content: &Content) -> Option<TokenStream> {
    Some(match &content.media {
        Media::Text => quote!("text".to_owned()),
        Media::Json(ty) | Media::Xml { ty, .. } | Media::Events(ty) | Media::Lines(ty) => {
            let example = content.examples.first().map(|example| example.value.clone());
            sampled(&example.or_else(|| sample::sample_of_response(cx.api, ty, &content.checks))?)
        }
        _ => quote!(bytes::Bytes::from_static(b"bytes")),
    })
}

fn success(cx: &Cx<'_>, op: OpId, index: usize, response: &Response, several: bool) -> Option<Answer> {
    let api = cx.api.operation(op);
    let names = cx.names.operation(op);
    let (name, variant) = (names.success.clone(), names.responses.get(index)?);
    let Some(content) = operation::preferred(&response.contents) else {
        let (given, check) = if several {
            let success = quote!(models::#name::#variant);
            (success.clone(), quote!(assert!(matches!(outcome, Ok(#success)))))
        } else {
            (quote!(()), quote!(outcome.expect("a success")))
        };
        return Some(Answer { item: quote!(), given: given_by(api, &given), check });
    };
    let make = made(cx, op, "success", index);
    let value = value(cx, content)?;
    let (ty, sent, check) = match &content.media {
        Media::Events(ty) => {
            let sent = quote!([models::StreamEvent::new(#make())].into_iter().collect());
            let next = quote!(body.next().await.expect("an event").expect("an event").data);
            (ty::ty(cx, ty, Viewpoint::Outside), sent, quote!(let mut body = body; same(&#next, &#make());))
        }
        Media::Lines(ty) => {
            let next = quote!(body.next().await.expect("a value").expect("a value"));
            let check = quote!(let mut body = body; same(&#next, &#make()););
            (ty::ty(cx, ty, Viewpoint::Outside), quote!([#make()].into_iter().collect()), check)
        }
        Media::Stream => {
            let check = quote!(assert_eq!(body.bytes().await.expect("bytes"), #make()););
            (quote!(bytes::Bytes), quote!(axum::body::Body::from(#make())), check)
        }
        Media::Json(ty) => (ty::ty(cx, ty, Viewpoint::Outside), quote!(#make()), quote!(same(&body, &#make());)),
        Media::Xml { ty, .. } => {
            let element = operation::response_element(cx, op, index);
            let check = quote!(same(&body, &super::super::through_xml(&models::elements::#element, &#make())););
            (ty::ty(cx, ty, Viewpoint::Outside), quote!(#make()), check)
        }
        _ => {
            let ty = operation::body_type(cx, Some(content), Viewpoint::Outside);
            (ty, quote!(#make()), quote!(assert_eq!(body, #make());))
        }
    };
    let (given, taken) = if several {
        let taken = quote! {
            let Ok(models::#name::#variant(body)) = outcome else { panic!("another response arrived") };
        };
        (quote!(models::#name::#variant(#sent)), taken)
    } else {
        (sent, quote!(let body = outcome.expect("a success");))
    };
    Some(Answer {
        item: quote!(fn #make() -> #ty { #value }),
        given: given_by(api, &given),
        check: quote!({ #taken #check }),
    })
}

/// What the server returns: a success, whole, and without headers where the document describes some.
fn given_by(api: &Operation, success: &TokenStream) -> TokenStream {
    let mut given = success.clone();
    if operation::events(api).is_some() {
        given = quote!(server::WholeOrEvents::Whole(#given));
    }
    if !api.headers.is_empty() {
        given = quote!(server::WithHeaders::new(#given, Default::default()));
    }
    quote!(Ok(#given))
}

fn failure(cx: &Cx<'_>, op: OpId, index: usize, response: &Response) -> Option<Answer> {
    let names = cx.names.operation(op);
    let (error, variant) = (suffixed(&names.prefix, "Error"), names.responses.get(index)?);
    let status = status(cx.api.operation(op), response.status)?;
    let status = Literal::u16_unsuffixed(status);
    let api_error = |pattern: TokenStream, then: TokenStream| {
        quote! {
            match outcome {
                Err(client::CallError::Api { error: client::#error::#variant #pattern, .. }) => #then,
                other => panic!("{other:?}"),
            }
        }
    };
    let Some(ty) = operation::value(response) else {
        return Some(Answer {
            item: quote!(),
            given: quote!(Err(server::#error::#variant(models::problem::Problem::of(#status)))),
            check: api_error(quote!((_)), quote!({})),
        });
    };
    let make = made(cx, op, "failure", index);
    let content = operation::preferred(&response.contents)?;
    let value = value(cx, content)?;
    let expected = match content.media {
        Media::Xml { .. } => {
            let element = operation::response_element(cx, op, index);
            quote!(super::super::through_xml(&models::elements::#element, &#make()))
        }
        _ => quote!(#make()),
    };
    let ty = ty::ty(cx, ty, Viewpoint::Outside);
    let (given, pattern) = if response.status.is_code() {
        (quote!(#make()), quote!((body)))
    } else {
        let code = quote!(client::http::StatusCode::from_u16(#status).expect("a status"));
        (quote!(#code, #make()), quote!((_, body)))
    };
    Some(Answer {
        item: quote!(fn #make() -> #ty { #value }),
        given: quote!(Err(server::#error::#variant(#given))),
        check: api_error(pattern, quote!(same(&body, &#expected))),
    })
}

/// A status that belongs to this response and to no other.
fn status(api: &Operation, status: Status) -> Option<u16> {
    let exact = |code: u16| api.responses.iter().any(|response| response.status == Status::Code(code));
    let class = |class: u16| {
        api.responses.iter().any(|response| matches!(response.status, Status::Class(c) if u16::from(c) == class))
    };
    match status {
        Status::Code(code) => (code >= 200).then_some(code),
        Status::Class(class) => {
            (class >= 2).then(|| (0..100).map(|n| u16::from(class) * 100 + 99 - n).find(|code| !exact(*code)))?
        }
        Status::Default => [5, 4, 3]
            .into_iter()
            .filter(|c| !class(*c))
            .find_map(|c| (0..100).map(|n| c * 100 + 99 - n).find(|code| !exact(*code))),
    }
}
