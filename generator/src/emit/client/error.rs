//! The documented failures of an operation.

use quote::quote;

use super::super::file::RustFile;
use super::super::ty::{self, From};
use super::super::{Cx, docs, operation};
use crate::ir::OpId;
use crate::names::suffixed;

/// One variant a documented failure, chosen by the status alone.
pub(super) fn emit(cx: &Cx<'_>, file: &mut RustFile, op: OpId) {
    let api = cx.api.operation(op);
    let names = cx.names.operation(op);
    let name = suffixed(&names.prefix, "Error");
    let line = format!(" Failures of `{}`, by their status.", docs::shown(&api.id));
    let mut variants = Vec::new();
    let mut rows = Vec::new();
    for (index, response) in operation::failures(api) {
        let Some(variant) = names.responses.get(index) else { continue };
        let attributes = docs::docs(&response.docs, &format!("{:?}", response.status));
        let (kind, status) = operation::row(response.status);
        let (body, how) = match operation::json(response) {
            Some(ty) => {
                let ty = ty::ty(cx, ty, From::Outside);
                (if kind == "code" { quote!(#ty) } else { quote!(http::StatusCode, #ty) }, "json")
            }
            None => (quote!(RawResponse), "raw"),
        };
        variants.push(quote!(#attributes #variant(#body),));
        rows.push(format!("{kind} {status} => {variant} {how};"));
    }
    file.tokens(quote! {
        #[doc = #line]
        #[derive(Clone, Debug)]
        pub enum #name {
            #(#variants)*
            /// A status that the document does not list, or an answer that does not match it.
            Unexpected(RawResponse),
        }
    });
    file.table(format!("api_error!({name} {{"), rows);
}
