//! The tests of one tag: an implementation of its trait, and one test per operation and response.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::super::capability::Krate;
use super::super::file::{Item, RustFile};
use super::super::operation::Side;
use super::super::{Cx, docs, group, operation, server, third_party};
use super::answers::{self, Answer};
use super::requests::{self, Request};
use crate::ir::OpId;
use crate::names::suffixed;

/// The tests of the operations of one trait: that of the group `index`. `up` is the path to the root of the crate.
pub(super) fn file(cx: &Cx<'_>, index: usize, operations: &[OpId], up: &TokenStream) -> RustFile {
    let about = match cx.api.groups.get(index) {
        Some(group) if !group.is_untagged() => group::about(group),
        _ => "Operations without a tag.".to_owned(),
    };
    let mut file = RustFile { docs: vec![about.into()], ..RustFile::default() };
    let tests: Vec<(OpId, Result<Request, String>, Vec<Answer>)> =
        operations.iter().map(|op| (*op, requests::request(cx, *op), answers::answers(cx, *op))).collect();
    let api = &cx.names.group(index).api;
    let methods = tests.iter().map(|(op, request, answers)| method(cx, *op, request.as_ref().ok(), answers));
    file.tokens(quote! {
        impl server::#api for Contract {
            #(#methods)*
        }
    });
    for (op, request, answers) in &tests {
        for answer in answers {
            file.tokens(answer.item.clone());
        }
        match request {
            Ok(request) => test(cx, &mut file, index, *op, request, answers),
            Err(reason) => {
                let id = docs::shown(&cx.api.operation(*op).id);
                docs::paragraph(&mut file.docs, vec![format!("`{id}` is not called: {}.", docs::shown(reason))]);
            }
        }
    }
    let heads = file.path_heads();
    let third_party = third_party::imports(cx, Krate::Server, &heads);
    let runtime = heads.contains("runtime").then(|| {
        quote!(
            use crategen_runtime::server as runtime;
        )
    });
    let imports = quote! {
        use #up::{Contract, calling, client, is_invalid, models, same, sample, server};
        #third_party
        #runtime
    };
    file.items.insert(0, Item::Tokens(imports));
    file
}

fn method(cx: &Cx<'_>, op: OpId, request: Option<&Request>, answers: &[Answer]) -> TokenStream {
    let names = cx.names.operation(op);
    let (name, error) = (&names.method, suffixed(&names.prefix, "Error"));
    let output = operation::output_type(cx, op, Side::Server);
    let arguments = server::arguments(cx, op);
    let arguments: Vec<TokenStream> = arguments.into_iter().map(|(name, ty)| quote!(#name: #ty)).collect();
    let comparisons = request.map(|request| &request.comparisons);
    let arms = answers.iter().enumerate().map(|(index, answer)| {
        let (index, given) = (Literal::usize_unsuffixed(index), &answer.given);
        quote!(#index => #given,)
    });
    quote! {
        async fn #name(&self, _: server::Context<()>, #(#arguments),*) -> Result<#output, server::#error> {
            #comparisons
            match self.answer {
                #(#arms)*
                _ => Err("there is no such response".into()),
            }
        }
    }
}

fn test(cx: &Cx<'_>, file: &mut RustFile, index: usize, op: OpId, request: &Request, answers: &[Answer]) {
    let names = cx.names.operation(op);
    let (name, group) = (&names.method, cx.names.group(index));
    let is_untagged = cx.api.is_untagged(index);
    let accessor = (!is_untagged).then(|| {
        let module = &group.module;
        quote!(.#module())
    });
    file.tokens(request.items.clone());
    let count = Literal::usize_unsuffixed(answers.len());
    let (bindings, call) = (&request.bindings, &request.call);
    let arms = answers.iter().enumerate().map(|(index, answer)| {
        let (index, check) = (Literal::usize_unsuffixed(index), &answer.check);
        quote!(#index => #check,)
    });
    let test = suffixed(name, "_arrives");
    file.tokens(quote! {
        #[tokio::test]
        async fn #test() {
            #bindings
            for answer in 0..#count {
                let caller = calling(answer);
                let outcome = caller #accessor .#name #call.await;
                match answer {
                    #(#arms)*
                    _ => {}
                }
            }
        }
    });
}
