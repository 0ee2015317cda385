//! The documented failures of an operation.

use quote::quote;

use super::super::file::RustFile;
use super::super::ty::{self, Viewpoint};
use super::super::{Cx, docs, operation};
use crate::ir::{Media, OpId, Response, Status};
use crate::names::suffixed;

/// How the body of a failure is read: `json`, or `xml` by an element.
fn how(cx: &Cx<'_>, op: OpId, index: usize, response: &Response) -> String {
    match operation::preferred(&response.contents).map(|content| &content.media) {
        Some(Media::Xml { .. }) => format!("xml {}", operation::response_element(cx, op, index)),
        _ => "json".to_owned(),
    }
}

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
        let (kind, _) = operation::row(response.status);
        let (body, how) = match operation::value(response) {
            Some(ty) => {
                let ty = ty::ty(cx, ty, Viewpoint::Outside);
                (if kind == "code" { quote!(#ty) } else { quote!(http::StatusCode, #ty) }, how(cx, op, index, response))
            }
            None => (quote!(RawResponse), "raw".to_owned()),
        };
        variants.push(quote!(#attributes #variant(#body),));
        let statuses = match response.status {
            Status::Code(code) => code.to_string(),
            Status::Class(class) => format!("{class}00..={class}99"),
            Status::Default => "0..=999".to_owned(),
        };
        rows.push(format!("{kind} {statuses} => {variant} {how};"));
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
