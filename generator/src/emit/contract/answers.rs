//! The documented responses of an operation, sampled.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::super::ty::{self, Viewpoint};
use super::super::{Cx, operation};
use super::sampled;
use crate::ir::{Content, Header, Literal as Value, Media, OpId, Operation, Response, Status, sample};
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

/// The documented responses that can be sampled, successes first, once for each type that its body may have.
pub(super) fn answers(cx: &Cx<'_>, op: OpId) -> Vec<Answer> {
    let api = cx.api.operation(op);
    let mut out = Vec::new();
    let successes = operation::successes(api);
    if successes.is_empty() {
        out.push(Answer { item: quote!(), given: quote!(Ok(())), check: quote!(outcome.expect("a success")) });
    }
    for (index, _, response) in &successes {
        let several = successes.len() > 1;
        let choices = response.choices();
        if choices.is_empty() {
            out.extend(empty_success(cx, op, *index, several));
        }
        for (position, choice) in choices.iter().enumerate() {
            out.extend(success(cx, ResponsePlace { op, index: *index, position }, choice, several));
        }
    }
    for (index, response) in operation::failures(api) {
        let positions =
            if operation::failure_type(cx, op, index, response).is_some() { response.choices().len() } else { 1 };
        for position in 0..positions {
            out.extend(failure(cx, ResponsePlace { op, index, position }, response));
        }
    }
    out
}

/// A type that the body of a response may have.
#[derive(Clone, Copy)]
struct ResponsePlace {
    op: OpId,
    /// The position of the response.
    index: usize,
    /// The position of the type.
    position: usize,
}

impl ResponsePlace {
    /// The function that makes the body.
    fn made(self, cx: &Cx<'_>, what: &str) -> Ident {
        let method = cx.names.operation(self.op).method.to_string();
        let position = if self.position == 0 { String::new() } else { format!("_{}", self.position) };
        format_ident!("{}_{what}_{}{position}", method.trim_start_matches("r#"), self.index)
    }

    /// The variant of the body, if it has one of several types.
    fn variant(self, cx: &Cx<'_>) -> Option<TokenStream> {
        let names = operation::response_body(cx, self.op, self.index)?;
        let (name, variant) = (&names.name, names.variants.get(self.position)?);
        Some(quote!(models::#name::#variant))
    }
}

fn value(cx: &Cx<'_>, content: &Content) -> Option<TokenStream> {
    Some(match &content.media {
        text if text.is_plain_text() => quote!("text".to_owned()),
        Media::Json(_) | Media::Xml { .. } | Media::Text(_) | Media::Events(_) | Media::Lines(_) => {
            sampled(&sample::response_body(cx.api, content)?)
        }
        _ => quote!(bytes::Bytes::from_static(b"bytes")),
    })
}

/// A success without a body.
fn empty_success(cx: &Cx<'_>, op: OpId, index: usize, several: bool) -> Option<Answer> {
    let names = cx.names.operation(op);
    let (name, variant) = (names.success.clone(), names.responses.get(index)?);
    let (given, check) = if several {
        let success = quote!(models::#name::#variant);
        (success.clone(), quote!(assert!(matches!(outcome, Ok(#success)))))
    } else {
        (quote!(()), quote!(outcome.expect("a success")))
    };
    Some(Answer { item: quote!(), given: given_by(cx, op, &given), check })
}

fn success(cx: &Cx<'_>, place: ResponsePlace, choice: &[&Content], several: bool) -> Option<Answer> {
    let ResponsePlace { op, index, position } = place;
    let names = cx.names.operation(op);
    let (name, variant) = (names.success.clone(), names.responses.get(index)?);
    let content = operation::representative(choice)?;
    let make = place.made(cx, "success");
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
            let element = operation::response_element(cx, op, index, position);
            let check = quote!(same(&body, &crate::through_xml(&models::elements::#element, &#make())););
            (ty::ty(cx, ty, Viewpoint::Outside), quote!(#make()), check)
        }
        _ => {
            let ty = operation::body_type(cx, Some(content), Viewpoint::Outside);
            (ty, quote!(#make()), quote!(assert_eq!(body, #make());))
        }
    };
    let media_type = choice.first().map(|content| operation::sample_media_type(content));
    let media_type = media_type.filter(|_| operation::chooses_media_type(choice));
    let is_same = media_type.as_ref().map(|media_type| quote!(assert_eq!(media_type, #media_type);));
    let (sent, taken) = match (place.variant(cx), media_type) {
        (Some(variant), Some(media)) => {
            (quote!(#variant(#media.to_owned(), #sent)), quote!(#variant(media_type, body)))
        }
        (Some(variant), None) => (quote!(#variant(#sent)), quote!(#variant(body))),
        (None, Some(media)) => {
            let sent = quote!(runtime::WithMediaType { media_type: #media.to_owned(), body: #sent });
            (sent, quote!(client::WithMediaType { media_type, body }))
        }
        (None, None) => (sent, quote!(body)),
    };
    let (given, taken) = if several {
        (quote!(models::#name::#variant(#sent)), quote!(Ok(models::#name::#variant(#taken))))
    } else {
        (sent, quote!(Ok(#taken)))
    };
    let taken = if several || place.variant(cx).is_some() {
        quote!(let #taken = outcome else { panic!("another response arrived") };)
    } else {
        let taken = if is_same.is_some() { quote!(client::WithMediaType { media_type, body }) } else { quote!(body) };
        quote!(let #taken = outcome.expect("a success");)
    };
    Some(Answer {
        item: quote!(fn #make() -> #ty { #value }),
        given: given_by(cx, op, &given),
        check: quote!({ #taken #is_same #check }),
    })
}

/// What the server returns: a success, whole, and with the headers that are required.
fn given_by(cx: &Cx<'_>, op: OpId, success: &TokenStream) -> TokenStream {
    let (api, names) = (cx.api.operation(op), cx.names.operation(op));
    let mut given = success.clone();
    if operation::events(api).is_some() {
        given = quote!(server::WholeOrEvents::Whole(#given));
    }
    if !api.headers.is_empty() {
        let headers = required_headers(cx, (&names.headers, &names.header_fields), &api.headers);
        given = quote!(server::WithHeaders::new(#given, #headers));
    }
    quote!(Ok(#given))
}

/// A struct of headers that sets those that are required.
fn required_headers(cx: &Cx<'_>, names: (&Ident, &[Ident]), headers: &[Header]) -> TokenStream {
    operation::headers_literal(names, headers, |header| {
        let value = header.required.then(|| operation::header_value(cx, header).unwrap_or(Value::Null))?;
        Some(sampled(&value))
    })
}

fn failure(cx: &Cx<'_>, place: ResponsePlace, response: &Response) -> Option<Answer> {
    let ResponsePlace { op, index, position } = place;
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
    let headers = operation::failure_headers(cx, op, index);
    let with_headers = |body: TokenStream| match headers {
        Some(names) => {
            let headers = required_headers(cx, (&names.name, &names.fields), &response.headers);
            quote!(server::WithHeaders { body: #body, headers: #headers })
        }
        None => body,
    };
    let code = quote!(client::http::StatusCode::from_u16(#status).expect("a status"));
    if operation::failure_type(cx, op, index, response).is_none() {
        let problem = with_headers(quote!(models::problem::Problem::of(#status)));
        let given = if headers.is_some() && !response.status.is_code() { quote!(#code, #problem) } else { problem };
        return Some(Answer {
            item: quote!(),
            given: quote!(Err(server::#error::#variant(#given))),
            check: api_error(quote!((..)), quote!({})),
        });
    }
    let make = place.made(cx, "failure");
    let choices = response.choices();
    let choice = choices.get(position)?;
    let content = operation::representative(choice)?;
    let value = value(cx, content).filter(|_| !matches!(content.media, Media::Events(_) | Media::Lines(_)))?;
    let expected = match content.media {
        Media::Xml { .. } => {
            let element = operation::response_element(cx, op, index, position);
            quote!(crate::through_xml(&models::elements::#element, &#make()))
        }
        _ => quote!(#make()),
    };
    let ty = operation::body_type(cx, Some(content), Viewpoint::Outside);
    let (body, taken) = match place.variant(cx) {
        Some(variant) if operation::chooses_media_type(choice) => {
            let media_type = choice.first().map(|content| operation::sample_media_type(content));
            (quote!(#variant(#media_type.to_owned(), #make())), quote!(#variant(_, body)))
        }
        Some(variant) => (quote!(#variant(#make())), quote!(#variant(body))),
        None => (quote!(#make()), quote!(body)),
    };
    let body = with_headers(body);
    let taken = match (headers, place.variant(cx)) {
        (Some(_), Some(_)) => quote!(client::WithHeaders { body: #taken, .. }),
        (Some(_), None) => quote!(client::WithHeaders { #taken, .. }),
        (None, _) => taken,
    };
    let (given, pattern) =
        if response.status.is_code() { (body, quote!((#taken))) } else { (quote!(#code, #body), quote!((_, #taken))) };
    let is_same = if content.media.ty().is_some() {
        quote!(same(&body, &#expected))
    } else {
        quote!(assert_eq!(body, #expected))
    };
    Some(Answer {
        item: quote!(fn #make() -> #ty { #value }),
        given: quote!(Err(server::#error::#variant(#given))),
        check: api_error(pattern, is_same),
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
