//! The failures that an operation may answer.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::super::file::RustFile;
use super::super::ty::{self, Viewpoint};
use super::super::{Cx, docs, operation};
use crate::ir::{Media, OpId, Response, Status};
use crate::names::suffixed;

/// One variant a documented failure, `Internal` for `?`, `Other` for everything else.
pub(super) fn emit(cx: &Cx<'_>, file: &mut RustFile, op: OpId) {
    let api = cx.api.operation(op);
    let names = cx.names.operation(op);
    let name = suffixed(&names.prefix, "Error");
    let line = format!(" Failures that `{}` may answer; `?` makes any error one of them.", docs::shown(&api.id));
    let (mut variants, mut rows, mut constructors) = (Vec::new(), Vec::new(), TokenStream::new());
    for (index, response) in operation::failures(api) {
        let Some(variant) = names.responses.get(index) else { continue };
        let attributes = docs::docs(&response.docs, &format!("{:?}", response.status));
        let (kind, status) = operation::row(response.status);
        let typed = operation::value(response).map(|ty| ty::ty(cx, ty, Viewpoint::Outside));
        let body = match &typed {
            Some(ty) if kind == "code" => quote!(#ty),
            Some(ty) => quote!(http::StatusCode, #ty),
            None => quote!(Problem),
        };
        variants.push(quote!(#attributes #variant(#body),));
        rows.push(match (typed, operation::preferred(&response.contents)) {
            (Some(_), Some(content)) => {
                let media_type = Literal::string(&operation::media_type(content));
                match content.media {
                    Media::Xml { .. } => {
                        let element = operation::response_element(cx, op, index);
                        format!("{kind} {status} => {variant} xml {media_type} {element};")
                    }
                    _ => format!("{kind} {status} => {variant} json {media_type};"),
                }
            }
            _ => {
                constructors.extend(constructor(variant, response));
                format!("{kind} {status} => {variant} raw;")
            }
        });
    }
    file.tokens(quote! {
        #[doc = #line]
        #[derive(Debug)]
        pub enum #name {
            #(#variants)*
            /// An error that came by `?`: 500 through [`Api::on_internal_error`], nothing of it reaches the caller.
            Internal(BoxError),
            /// An answer that the document does not list, sent as it is.
            Other(Box<axum::response::Response>),
        }
    });
    if !constructors.is_empty() {
        file.tokens(quote!(impl #name { #constructors }));
    }
    file.table(format!("operation_error!({name} {{"), rows);
}

/// `conflict()`: the problem of the status with the document's description as detail.
fn constructor(variant: &proc_macro2::Ident, response: &Response) -> TokenStream {
    let Status::Code(code) = response.status else { return TokenStream::new() };
    let name = crate::names::method(&variant.to_string());
    let detail = response.docs.description.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = format!(" {code}, with the description of the document as detail.");
    let code = Literal::u16_unsuffixed(code);
    let detail = (!detail.is_empty()).then(|| quote!(.with_detail(#detail)));
    quote! {
        #[doc = #line]
        pub fn #name() -> Self {
            Self::#variant(Problem::of(#code)#detail)
        }
    }
}
