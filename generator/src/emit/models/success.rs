//! What an operation with several documented successes yields.

use quote::quote;

use super::super::file::RustFile;
use super::super::operation;
use super::super::ty::From;
use super::super::{Cx, docs};
use crate::ir::OpId;
use crate::names::suffixed;

/// One variant a success, shared by client and server.
pub(super) fn emit(cx: &Cx<'_>, file: &mut RustFile, op: OpId) {
    let api = cx.api.operation(op);
    let successes = operation::successes(api);
    if successes.len() < 2 {
        return;
    }
    let names = cx.names.operation(op);
    let name = suffixed(&names.prefix, "Success");
    let line = format!(" The successes of `{}`.", docs::shown(&api.id));
    let variants = successes.iter().filter_map(|(index, status, response)| {
        let variant = names.responses.get(*index)?;
        let attributes = docs::docs(&response.docs, &format!("{status}"));
        let body = operation::preferred(&response.contents).map(|content| {
            let ty = operation::body_type(cx, Some(content), From::Models);
            quote!((#ty))
        });
        Some(quote!(#attributes #variant #body,))
    });
    file.tokens(quote! {
        #[doc = #line]
        #[derive(Clone, Debug, PartialEq)]
        pub enum #name {
            #(#variants)*
        }
    });
}
