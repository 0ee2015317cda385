//! The table of operations.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::file::RustFile;
use super::super::{Cx, docs, operation};
use crate::ir::{Alternative, Content, OpId, Operation, Status};

/// `operations.rs`
pub(super) fn file(cx: &Cx<'_>) -> RustFile {
    let mut file = RustFile {
        docs: vec!["Every operation of the API, for metrics, tracing and routing tables.".into()],
        ..RustFile::default()
    };
    file.tokens(quote! {
        pub use crategen_runtime::models::{Operation, Requirement};
    });
    let mut all = Vec::new();
    for (id, operation) in cx.api.operation_ids() {
        let constant = &cx.names.operation(id).constant;
        file.tokens(constant_item(cx, id, operation));
        if operation.is_call() {
            all.push(quote!(#constant));
        }
    }
    file.tokens(quote! {
        /// Every operation, in the order of the document.
        pub const ALL: &[Operation] = &[#(#all),*];
    });
    file.tokens(needed(cx));
    file
}

fn constant_item(cx: &Cx<'_>, id: OpId, operation: &Operation) -> TokenStream {
    let constant = &cx.names.operation(id).constant;
    let line = format!("`{} {}`", operation.method.0, docs::shown(&operation.path.text));
    let attributes = docs::attributes(&[line.into()]);
    let (id, method, path) = (&operation.id, &operation.method.0, &operation.path.text);
    let server = operation.server.as_ref().map(|url| quote!(.server(#url)));
    let tag = operation.tag.as_ref().map(|tag| quote!(.tag(#tag)));
    let summary = operation::one_line(&operation.docs.summary);
    let summary = (!summary.is_empty()).then(|| quote!(.summary(#summary)));
    let deprecated = operation.docs.deprecated.then(|| quote!(.deprecated()));
    let produces = produces(operation);
    let produces = (!produces.is_empty()).then(|| quote!(.produces(&[#(#produces),*])));
    let documents_422 = operation.responses.iter().any(|response| response.status == Status::Code(422));
    let invalid_status = documents_422.then(|| quote!(.invalid_status(422)));
    let security: Vec<_> = operation.security.iter().map(|alternative| requirements(cx, alternative)).collect();
    let security = (!security.is_empty()).then(|| quote!(.security(&[#(#security),*])));
    quote! {
        #attributes
        pub const #constant: Operation = Operation::new(#id, #method, #path)
            #server #tag #summary #deprecated #produces #invalid_status #security;
    }
}

/// The media types of the successes; none if one of them may have any.
fn produces(operation: &Operation) -> Vec<String> {
    let mut found = Vec::new();
    let has_any_type = |content: &Content| content.is_range() && content.media.value().is_some();
    for (_, _, response) in operation::successes(operation) {
        for content in &response.contents {
            let media_type = operation::listed_one(content);
            if media_type == "*/*" || has_any_type(content) {
                return Vec::new();
            }
            if !found.contains(&media_type) {
                found.push(media_type);
            }
        }
    }
    found
}

fn requirements(cx: &Cx<'_>, alternative: &Alternative) -> TokenStream {
    let constants = alternative.credentials.iter().filter_map(|credential| cx.names.credential(credential));
    quote!(&[#(needed::#constants),*])
}

/// What operations need, each credential once: in a module of its own, as operations may have any name.
fn needed(cx: &Cx<'_>) -> TokenStream {
    let constants = cx.names.credentials().map(|(credential, name)| {
        let scheme = &cx.api.scheme(credential.scheme).name;
        let scopes = &credential.scopes;
        quote!(pub(super) const #name: Requirement = Requirement::new(#scheme, &[#(#scopes),*]);)
    });
    let constants: Vec<TokenStream> = constants.collect();
    if constants.is_empty() {
        return TokenStream::new();
    }
    quote! {
        /// The credentials that operations need.
        mod needed {
            use super::Requirement;

            #(#constants)*
        }
    }
}
