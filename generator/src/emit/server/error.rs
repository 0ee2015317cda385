//! The error enum of an operation.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::super::file::RustFile;
use super::super::{Cx, docs, operation};
use super::respond;
use crate::ir::{Media, OpId, Response, Status};
use crate::names::suffixed;

/// One variant per documented failure, `Internal` for errors from `?`, and `Other` for any other response.
pub(super) fn emit(cx: &Cx<'_>, file: &mut RustFile, op: OpId) {
    let api = cx.api.operation(op);
    let names = cx.names.operation(op);
    let name = suffixed(&names.prefix, "Error");
    let line = docs::Line::from(format!(
        "Errors of `{}`. `?` converts any other error into one of them.",
        docs::shown(&api.id)
    ));
    let (mut variants, mut rows, mut constructors) = (Vec::new(), Vec::new(), TokenStream::new());
    for (index, response) in operation::failures(api) {
        let Some(variant) = names.responses.get(index) else { continue };
        let attributes = docs::docs(&response.docs, &docs::about_status(response.status));
        let (kind, status) = (operation::status_kind(response.status), status(response.status));
        let typed = operation::failure_type(cx, op, index, response);
        let headers = operation::failure_headers(cx, op, index);
        let ty = operation::failure_content(cx, op, (index, response), &quote!(Problem));
        let is_problem = typed.is_none() && headers.is_none();
        constructors.extend(constructor(variant, response, (!is_problem).then_some(&ty)));
        let body = if is_problem || response.status.is_code() { ty } else { quote!(http::StatusCode, #ty) };
        variants.push(quote!(#attributes #variant(#body),));
        rows.push(match (typed, operation::preferred(&response.contents)) {
            _ if headers.is_some() || operation::response_body(cx, op, index).is_some() => {
                let function = operation::function(cx, op, "send", index);
                quote!(#kind #status => #variant by #function)
            }
            (Some(_), Some(content)) => {
                let media_type = operation::media_type(content);
                match content.media {
                    Media::Xml { .. } => {
                        let element = operation::response_element(cx, op, index, 0);
                        quote!(#kind #status => #variant xml #media_type #element)
                    }
                    Media::Text(_) => quote!(#kind #status => #variant text #media_type),
                    _ => quote!(#kind #status => #variant json #media_type),
                }
            }
            _ => quote!(#kind #status => #variant raw),
        });
    }
    file.tokens(quote! {
        #line
        #[derive(Debug)]
        pub enum #name {
            #(#variants)*
            /// An error from `?`. [`Api::on_internal_error`](super::super::Api::on_internal_error) makes the response, by default 500; the caller sees no details.
            Internal(BoxError),
            /// A response that the document does not list. It is sent as it is.
            Other(Box<axum::response::Response>),
        }
    });
    if !constructors.is_empty() {
        file.tokens(quote!(impl #name { #constructors }));
    }
    file.table("operation_error", quote!(#name), rows);
    respond::emit_functions(cx, file, op);
}

/// A status as the table writes it: the code, the first digit of a class, or 0 for any other.
fn status(status: Status) -> Literal {
    Literal::u16_unsuffixed(match status {
        Status::Code(code) => code,
        Status::Class(class) => class.into(),
        Status::Default => 0,
    })
}

/// `conflict()`: a problem with the status and the document's description as detail. If the body has a type, `conflict(body)`. If the
/// status varies, it comes first, and the constructor of all other statuses is `with_status(status)`.
fn constructor(variant: &proc_macro2::Ident, response: &Response, ty: Option<&TokenStream>) -> TokenStream {
    let name = match response.status {
        Status::Default => crate::names::ident("with_status"),
        _ => crate::names::method(&variant.to_string()),
    };
    if let Some(ty) = ty {
        let line = docs::Line::from(match response.status {
            Status::Default => "Responds with a status that has no response of its own.".to_owned(),
            status => format!("Responds with {}.", docs::status(status)),
        });
        return if response.status.is_code() {
            quote! {
                #line
                pub fn #name(body: #ty) -> Self {
                    Self::#variant(body)
                }
            }
        } else {
            quote! {
                #line
                pub fn #name(status: http::StatusCode, body: #ty) -> Self {
                    Self::#variant(status, body)
                }
            }
        };
    }
    let detail = response.docs.description.split_whitespace().collect::<Vec<_>>().join(" ");
    let about = if detail.is_empty() { "" } else { " and the document's description as detail" };
    let detail = (!detail.is_empty()).then(|| quote!(.with_detail(#detail)));
    let (of, argument, status) = match response.status {
        Status::Code(code) => {
            let literal = Literal::u16_unsuffixed(code);
            (code.to_string(), TokenStream::new(), quote!(#literal))
        }
        Status::Class(_) | Status::Default => {
            let of = match response.status {
                Status::Default => "a status that has no response of its own".to_owned(),
                class => docs::status(class),
            };
            (of, quote!(status: http::StatusCode), quote!(status.as_u16()))
        }
    };
    let line = docs::Line::from(format!("Responds with {of}{about}."));
    quote! {
        #line
        pub fn #name(#argument) -> Self {
            Self::#variant(Problem::of(#status)#detail)
        }
    }
}
