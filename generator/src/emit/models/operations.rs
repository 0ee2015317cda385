//! The table of operations.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::super::file::RustFile;
use super::super::{Cx, docs, operation};
use crate::ir::{Alternative, Credential, Media, OpId, Operation, Status};

/// `operations.rs`
pub(super) fn file(cx: &Cx<'_>) -> RustFile {
    let mut file = RustFile {
        docs: vec!["Every operation of the API, for metrics, tracing and routing tables.".to_owned()],
        ..RustFile::default()
    };
    let requirement =
        cx.api.operations.iter().any(|operation| operation.security.iter().any(|a| !a.credentials.is_empty()));
    file.tokens(if requirement {
        quote!(
            pub use super::support::operation::{Operation, Requirement};
        )
    } else {
        quote! {
            pub use super::support::operation::Operation;
            #[doc(hidden)]
            pub use super::support::operation::Requirement;
        }
    });
    let needed = Needed::of(cx);
    let mut all = Vec::new();
    for (id, operation) in cx.api.operation_ids() {
        let constant = &cx.names.operation(id).constant;
        file.tokens(constant_item(cx, id, operation, &needed));
        if operation.is_call() {
            all.push(quote!(#constant));
        }
    }
    file.tokens(quote! {
        /// Every operation, in the order of the document.
        pub const ALL: &[Operation] = &[#(#all),*];
    });
    file.tokens(needed.module(cx));
    file
}

fn constant_item(cx: &Cx<'_>, id: OpId, operation: &Operation, needed: &Needed<'_>) -> TokenStream {
    let constant = &cx.names.operation(id).constant;
    let line = format!("`{} {}`", operation.method.0, docs::shown(&operation.path.text));
    let attributes = docs::attributes(&[line]);
    let (id, method, path) = (&operation.id, &operation.method.0, &operation.path.text);
    let tag = operation.tag.as_ref().map_or(quote!(None), |tag| quote!(Some(#tag)));
    let summary = operation::one_line(&operation.docs.summary);
    let deprecated = operation.docs.deprecated;
    let produces = produces(operation);
    let documents_422 = operation.responses.iter().any(|response| response.status == Status::Code(422));
    let invalid_status = Literal::u16_unsuffixed(if documents_422 { 422 } else { 400 });
    let security = operation.security.iter().map(|alternative| needed.alternative(alternative));
    quote! {
        #attributes
        pub const #constant: Operation = Operation {
            id: #id,
            method: #method,
            path: #path,
            tag: #tag,
            summary: #summary,
            deprecated: #deprecated,
            produces: &[#(#produces),*],
            invalid_status: #invalid_status,
            security: &[#(#security),*],
        };
    }
}

/// The media types of the successes; none if one of them may have any.
fn produces(operation: &Operation) -> Vec<String> {
    let mut found = Vec::new();
    for (_, _, response) in operation::successes(operation) {
        let events = response.contents.iter().skip(1).filter(|content| matches!(content.media, Media::Events(_)));
        let others = events.chain(operation::xml_instead(response));
        for content in operation::preferred(&response.contents).into_iter().chain(others) {
            if content.media_type.contains('*') {
                return Vec::new();
            }
            let media_type = operation::media_type(content);
            if !found.contains(&media_type) {
                found.push(media_type);
            }
        }
    }
    found
}

/// What operations need, each credential once: most operations of an API need the same.
struct Needed<'a> {
    credentials: Vec<(&'a Credential, Ident)>,
}

impl<'a> Needed<'a> {
    fn of(cx: &Cx<'a>) -> Self {
        let mut credentials: Vec<(&Credential, Ident)> = Vec::new();
        let alternatives = cx.api.operations.iter().flat_map(|operation| &operation.security);
        for credential in alternatives.flat_map(|alternative| &alternative.credentials) {
            if credentials.iter().any(|(known, _)| *known == credential) {
                continue;
            }
            let own = Self::name(cx, credential);
            let (mut name, mut count) = (own.clone(), 1);
            while credentials.iter().any(|(_, taken)| *taken == name) {
                count += 1;
                name = format!("{own}_{count}");
            }
            credentials.push((credential, crate::names::ident(&name)));
        }
        Self { credentials }
    }

    /// The name of the scheme and what it is needed for, unless that is too long for a name.
    fn name(cx: &Cx<'_>, credential: &Credential) -> String {
        let scheme = &cx.api.scheme(credential.scheme).name;
        let all = format!("{scheme} {}", credential.scopes.join(" "));
        crate::names::shouty(if all.len() > 50 { scheme } else { &all }, "CREDENTIAL")
    }

    fn alternative(&self, alternative: &Alternative) -> TokenStream {
        let named = |credential: &Credential| self.credentials.iter().find(|(known, _)| *known == credential);
        let constants = alternative.credentials.iter().filter_map(named).map(|(_, name)| quote!(needed::#name));
        quote!(&[#(#constants),*])
    }

    /// The constants, in a module of their own: operations may have any name.
    fn module(&self, cx: &Cx<'_>) -> TokenStream {
        if self.credentials.is_empty() {
            return TokenStream::new();
        }
        let constants = self.credentials.iter().map(|(credential, name)| {
            let scheme = &cx.api.scheme(credential.scheme).name;
            let scopes = &credential.scopes;
            quote!(pub(super) const #name: Requirement = Requirement { scheme: #scheme, scopes: &[#(#scopes),*] };)
        });
        quote! {
            /// The credentials that operations need.
            mod needed {
                use super::Requirement;

                #(#constants)*
            }
        }
    }
}
