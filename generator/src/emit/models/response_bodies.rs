//! The body of a response whose media types have different schemas.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::super::file::{Item, RustFile};
use super::super::ty::Viewpoint;
use super::super::{Cx, docs, operation};
use super::bodies;
use crate::ir::{Content, Media, OpId, Response};
use crate::names::ident;

/// One enum per response, with a variant per type. Client and server share it.
pub(super) fn emit(cx: &Cx<'_>, file: &mut RustFile, op: OpId) {
    let api = cx.api.operation(op);
    let succeeds = |index: usize| operation::successes(api).iter().any(|(success, _, _)| *success == index);
    for (index, response) in api.responses.iter().enumerate() {
        if operation::response_body(cx, op, index).is_some() {
            // The bodies of failures are read as a whole.
            let streams = if succeeds(index) { operation::streams_of(response) } else { Vec::new() };
            body(cx, file, op, (index, response), &streams);
        }
    }
}

fn body(cx: &Cx<'_>, file: &mut RustFile, op: OpId, (index, response): (usize, &Response), streams: &[&Media]) {
    let Some(names) = operation::response_body(cx, op, index) else { return };
    let name = &names.name;
    let params = params(cx, streams.len());
    let generics = (!params.is_empty()).then(|| quote!(<#(#params),*>));
    let line = docs::Line::from(format!(
        "The body of `{}` with {}, by media type.{}",
        docs::shown(&cx.api.operation(op).id),
        docs::about_status(response.status).trim_end_matches('.').to_lowercase(),
        why(params.len())
    ));
    let choices = response.choices();
    let variants = choices.iter().zip(&names.variants).map(|(choice, variant)| {
        let ty = ty(cx, choice, streams, &params);
        let types: Vec<String> = choice.iter().map(|c| format!("`{}`", docs::shown(&c.media_type))).collect();
        let types = types.join(", ");
        if operation::chooses_media_type(choice) {
            let line = docs::Line::from(format!("{types}: the media type, and the body"));
            return quote!(#line #variant(String, #ty),);
        }
        let line = docs::Line::from(types);
        quote!(#line #variant(#ty),)
    });
    file.tokens(quote! {
        #line
        #[derive(Clone, Debug, PartialEq)]
        pub enum #name #generics {
            #(#variants)*
        }
    });
    for (choice, variant) in choices.iter().zip(&names.variants) {
        let content = operation::representative(choice);
        let is_stream = content.is_some_and(|content| match content.media {
            Media::Events(_) | Media::Lines(_) => true,
            _ => streams.contains(&&content.media),
        });
        if !is_stream && !operation::chooses_media_type(choice) {
            let generics = generics.as_ref();
            file.items.extend(bodies::conversion(cx, (name, generics), variant, choice).map(Item::Tokens));
        }
    }
}

/// The type of a variant, without the media type that it may have.
fn ty(cx: &Cx<'_>, choice: &[&Content], streams: &[&Media], params: &[Ident]) -> TokenStream {
    let content = operation::representative(choice);
    let stream = content.and_then(|content| streams.iter().position(|media| **media == content.media));
    match stream.and_then(|index| params.get(index)) {
        Some(param) => quote!(#param),
        None => operation::body_type(cx, content, Viewpoint::Models),
    }
}

/// Why a type has parameters.
pub(super) fn why(params: usize) -> &'static str {
    match params {
        0 => "",
        _ => " Streams are type parameters, because client and server have stream types of their own.",
    }
}

/// `S`, `S2` .., or longer names if a type is called so.
pub(super) fn params(cx: &Cx<'_>, count: usize) -> Vec<Ident> {
    let names: BTreeSet<String> = match count {
        0 => BTreeSet::new(),
        _ => cx.api.types.ids().map(|id| cx.names.ty(id).to_string()).collect(),
    };
    let mut params = Vec::new();
    for n in 1..=count {
        let mut name = if n == 1 { "S".to_owned() } else { format!("S{n}") };
        while names.contains(&name) {
            name.push('_');
        }
        params.push(ident(&name));
    }
    params
}
