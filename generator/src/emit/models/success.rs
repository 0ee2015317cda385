//! The enum of an operation with several documented successes.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::super::file::RustFile;
use super::super::operation;
use super::super::ty::Viewpoint;
use super::super::{Cx, docs};
use super::response_bodies::{params, why};
use crate::ir::{Media, OpId, Operation, Response};

/// Whether an operation has several documented successes.
pub(super) fn is_choice(operation: &Operation) -> bool {
    operation::successes(operation).len() > 1
}

/// One variant per success. Client and server share the enum.
pub(super) fn emit(cx: &Cx<'_>, file: &mut RustFile, op: OpId) {
    let api = cx.api.operation(op);
    if !is_choice(api) {
        return;
    }
    let successes = operation::successes(api);
    let names = cx.names.operation(op);
    let name = names.success.clone();
    let streams = operation::streams(api);
    let params = params(cx, streams.len());
    let generics = (!params.is_empty()).then(|| quote!(<#(#params),*>));
    let line = docs::Line::from(format!("The successes of `{}`.{}", docs::shown(&api.id), why(params.len())));
    let variants = successes.iter().filter_map(|(index, status, response)| {
        let variant = names.responses.get(*index)?;
        let attributes = docs::docs(&response.docs, &format!("Status {status}."));
        let body = body(cx, op, (*index, response), &streams, &params).map(|ty| quote!((#ty)));
        Some(quote!(#attributes #variant #body,))
    });
    file.tokens(quote! {
        #line
        #[derive(Clone, Debug, PartialEq)]
        pub enum #name #generics {
            #(#variants)*
        }
    });
}

/// The type of the body of a success, if it has one.
fn body(
    cx: &Cx<'_>,
    op: OpId,
    (index, response): (usize, &Response),
    streams: &[&Media],
    params: &[Ident],
) -> Option<TokenStream> {
    let param = |media: &Media| streams.iter().position(|known| **known == *media).and_then(|index| params.get(index));
    if let Some(names) = operation::response_body(cx, op, index) {
        let name = &names.name;
        let params: Vec<_> = operation::streams_of(response).into_iter().filter_map(param).collect();
        return Some(if params.is_empty() { quote!(#name) } else { quote!(#name<#(#params),*>) });
    }
    let choices = response.choices();
    let stream = |media: &Media| param(media).map(ToTokens::to_token_stream);
    Some(operation::choice_type(cx, choices.first()?, Viewpoint::Models, stream))
}
