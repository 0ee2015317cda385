//! The error enum of an operation.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::super::file::RustFile;
use super::super::{Cx, docs, operation};
use super::decode;
use crate::ir::{Media, OpId, Response, Status};
use crate::names::suffixed;

/// How a failure is read: not at all, as `json` or `text`, as `xml` with the element that describes it, or `by` a function.
fn format(cx: &Cx<'_>, op: OpId, index: usize, response: &Response) -> TokenStream {
    let is_raw = operation::failure_type(cx, op, index, response).is_none();
    let has_headers = operation::failure_headers(cx, op, index).is_some();
    let function = operation::function(cx, op, "read", index);
    match operation::preferred(&response.contents).map(|content| &content.media) {
        _ if is_raw && has_headers => quote!(raw_with_headers #function),
        _ if is_raw => quote!(raw),
        _ if operation::is_mixed(response) => quote!(by #function),
        _ if has_headers => quote!(by_with_headers #function),
        Some(Media::Xml { .. }) => {
            let element = operation::response_element(cx, op, index, 0);
            quote!(xml #element)
        }
        Some(Media::Text(_)) => quote!(text),
        _ => quote!(json),
    }
}

/// The functions that read the failures of an operation that have one of several formats, or headers.
fn emit_functions(cx: &Cx<'_>, file: &mut RustFile, op: OpId) {
    for (index, response) in operation::failures(cx.api.operation(op)) {
        let headers = operation::failure_headers(cx, op, index);
        let typed = operation::failure_type(cx, op, index, response).is_some();
        if headers.is_none() && !(typed && operation::is_mixed(response)) {
            continue;
        }
        let function = operation::function(cx, op, "read", index);
        let ty = operation::failure_content(cx, op, (index, response), &quote!(RawResponse));
        let body = if typed { decode::decode(cx, op, (index, response), false) } else { quote!(response.clone()) };
        let value = match headers {
            Some(_) => {
                quote!(runtime::WithHeaders { body: #body, headers: runtime::typed_headers(&response.headers)? })
            }
            None => body,
        };
        file.tokens(quote! {
            fn #function(response: &RawResponse) -> Result<#ty, runtime::DecodeError> {
                Ok(#value)
            }
        });
    }
}

/// The statuses of a failure, as a pattern of the table.
fn statuses(status: Status) -> TokenStream {
    let (first, last) = match status {
        Status::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            return quote!(#code);
        }
        Status::Class(class) => (u16::from(class) * 100, u16::from(class) * 100 + 99),
        Status::Default => (0, 999),
    };
    let (first, last) = (Literal::u16_unsuffixed(first), Literal::u16_unsuffixed(last));
    quote!(#first..=#last)
}

/// One variant per documented failure, chosen by the status alone.
pub(super) fn emit(cx: &Cx<'_>, file: &mut RustFile, op: OpId) {
    let api = cx.api.operation(op);
    let names = cx.names.operation(op);
    let name = suffixed(&names.prefix, "Error");
    let line = docs::Line::from(format!("The documented errors of `{}`, by status.", docs::shown(&api.id)));
    let mut variants = Vec::new();
    let mut rows = Vec::new();
    for (index, response) in operation::failures(api) {
        let Some(variant) = names.responses.get(index) else { continue };
        let attributes = docs::docs(&response.docs, &docs::about_status(response.status));
        let is_raw = operation::failure_type(cx, op, index, response).is_none()
            && operation::failure_headers(cx, op, index).is_none();
        let ty = operation::failure_content(cx, op, (index, response), &quote!(RawResponse));
        let body = if is_raw || response.status.is_code() { quote!(#ty) } else { quote!(http::StatusCode, #ty) };
        let format = format(cx, op, index, response);
        variants.push(quote!(#attributes #variant(#body),));
        let (kind, statuses) = (operation::status_kind(response.status), statuses(response.status));
        rows.push(quote!(#kind #statuses => #variant #format));
    }
    file.tokens(quote! {
        #line
        #[derive(Clone, Debug)]
        pub enum #name {
            #(#variants)*
            /// A status that the document does not list, or a response that does not match it.
            Unexpected(RawResponse),
        }
    });
    file.table("api_error", quote!(#name), rows);
    emit_functions(cx, file, op);
}
