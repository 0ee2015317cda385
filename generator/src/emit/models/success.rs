//! The enum of an operation with several documented successes.

use std::collections::BTreeSet;

use proc_macro2::Ident;
use quote::{ToTokens, quote};

use super::super::file::RustFile;
use super::super::operation;
use super::super::ty::Viewpoint;
use super::super::{Cx, docs};
use crate::ir::{OpId, Operation};
use crate::names::ident;

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
    let why = match params.len() {
        0 => "",
        _ => " Streams are type parameters, because client and server have stream types of their own.",
    };
    let line = docs::Line::from(format!("The successes of `{}`.{why}", docs::shown(&api.id)));
    let variants = successes.iter().filter_map(|(index, status, response)| {
        let variant = names.responses.get(*index)?;
        let attributes = docs::docs(&response.docs, &format!("Status {status}."));
        let body = operation::preferred(&response.contents).map(|content| {
            let stream = streams.iter().position(|media| **media == content.media).and_then(|index| params.get(index));
            let whole = || operation::body_type(cx, Some(content), Viewpoint::Models);
            let ty = stream.map_or_else(whole, ToTokens::to_token_stream);
            quote!((#ty))
        });
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

/// `S`, `S2` .., or longer names if a type is called so.
fn params(cx: &Cx<'_>, count: usize) -> Vec<Ident> {
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
