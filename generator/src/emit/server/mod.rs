//! The crate of the server.

mod api_file;
mod credentials;
mod error;
mod handler;
mod lib_file;
mod mock;
mod request_body;
mod respond;
pub mod scaffold;
mod traits;

pub(super) use traits::arguments;

use proc_macro2::TokenStream;
use quote::quote;

use super::capability::Krate;
use super::file::RustFile;
use super::modules::{self, Folder};
use super::{Cx, Emitter, Files, docs, examples, manifest, operation, readme, third_party};
use crate::ir::{Group, OpId};

/// The crate of the server.
pub const EMITTER: Emitter = Emitter { name: "server", emit };

fn emit(cx: &Cx<'_>, files: &mut Files<'_>) {
    files.text("Cargo.toml", || manifest::server(cx));
    files.text("README.md", || readme(cx));
    files.text("src/openapi.json", || cx.document.to_owned());
    files.rust("src/lib.rs", || lib_file::file(cx));
    files.rust("src/api.rs", || api_file::file(cx));
    if cx.api.is_secured() {
        files.rust("src/credentials.rs", || credentials::file(cx));
    }
    files.rust("src/mock.rs", || mock::file(cx));
    files.text("src/mock.json", || mock::examples(cx));
    files.rust("examples/mock.rs", || mock::example(cx));
    for (index, group) in cx.api.groups.iter().enumerate() {
        files.rust(modules::module(cx, index).file(), || group_file(cx, index, group));
    }
    modules::declare(files, &modules::modules(cx), &|folder, file| match folder {
        Folder::ByTag => file.tokens(disabled(cx)),
        Folder::ByPath => own_trait(cx, file),
        Folder::Schemas => {}
    });
}

/// The trait of the operations without a tag.
fn own_trait(cx: &Cx<'_>, file: &mut RustFile) {
    let groups: Vec<(usize, &Group)> = cx.api.untagged_groups().collect();
    let Some((first, _)) = groups.first() else { return };
    let operations: Vec<OpId> = groups.iter().flat_map(|(_, group)| group.operations.iter().copied()).collect();
    let line = docs::Line::from("The operations without a tag.".to_owned());
    let methods = operations.iter().map(|op| traits::method(cx, *op));
    traits::emit(&cx.names.group(*first).api, &quote!(#line), methods, file);
    let errors = groups.iter().map(|(index, _)| {
        let module = &cx.names.group(*index).module;
        quote!(use self::#module::*;)
    });
    let heads = file.path_heads();
    let third_party = third_party::imports(cx, Krate::Server, &heads);
    let models = heads.contains("models").then(|| {
        quote!(
            use super::models;
        )
    });
    let runtime = heads.contains("runtime").then(|| quote!(self as runtime,));
    file.items.insert(
        1,
        super::Item::Tokens(quote! {
            #[cfg(not(feature = "stubs"))]
            use crategen_runtime::api_trait;
            #[cfg(feature = "stubs")]
            use crategen_runtime::stub_trait as api_trait;
            use crategen_runtime::server::{#runtime Context};
            use super::api::Api;
            #models
            #third_party
            #(#errors)*
        }),
    );
}

/// What stands in for the modules of tags that are disabled: traits without methods, which everything implements.
fn disabled(cx: &Cx<'_>) -> TokenStream {
    let modules = (0..cx.api.groups.len()).filter_map(|index| {
        let names = cx.names.group(index);
        let (module, api, feature) = (&names.module, &names.api, names.feature.as_ref()?);
        Some(quote! {
            #[cfg(not(feature = #feature))]
            pub(crate) mod #module {
                crategen_runtime::no_operations!(#api: super::super::Api);
            }
        })
    });
    modules.collect()
}

fn group_file(cx: &Cx<'_>, index: usize, group: &Group) -> RustFile {
    let mut file = RustFile { docs: vec![super::group::about(group).into()], ..RustFile::default() };
    file.tokens(quote! {
        use std::sync::Arc;

    });
    let imports = file.items.len();
    if !group.is_untagged() {
        let attributes = docs::docs(&group.docs, &super::group::about(group));
        let methods = group.operations.iter().map(|op| traits::method(cx, *op));
        traits::emit(&cx.names.group(index).api, &attributes, methods, &mut file);
    }
    handler::emit_routes(cx, &mut file, index, group);
    for op in &group.operations {
        handler::emit(cx, &mut file, index, *op);
        error::emit(cx, &mut file, *op);
    }
    let imported = self::imports(cx, (index, group), &file);
    file.items.insert(imports, super::Item::Tokens(imported));
    file
}

/// What the operations of a group need.
fn imports(cx: &Cx<'_>, (index, group): (usize, &Group), file: &RustFile) -> TokenStream {
    let untyped = |op: &OpId| {
        operation::failures(cx.api.operation(*op))
            .any(|(index, response)| operation::failure_type(cx, *op, index, response).is_none())
    };
    let problem = group.operations.iter().any(untyped).then(|| {
        quote!(
            use super::super::models::problem::Problem;
        )
    });
    let secured = group.operations.iter().any(|op| !cx.api.operation(*op).security.is_empty());
    let heads = file.path_heads();
    let third_party = third_party::imports(cx, Krate::Server, &heads);
    let (api, context) = if group.is_untagged() {
        let own = &cx.names.group(index).api;
        let authenticate = secured.then(|| {
            quote!(
                use super::super::api::authenticate;
            )
        });
        (quote!(use super::#own; #authenticate), None)
    } else {
        let authenticate = secured.then(|| quote!(, authenticate));
        let api = quote! {
            use super::super::api::{Api #authenticate};
            #[cfg(not(feature = "stubs"))]
            use crategen_runtime::api_trait;
            #[cfg(feature = "stubs")]
            use crategen_runtime::stub_trait as api_trait;
        };
        (api, Some(quote!(Context,)))
    };
    quote! {
        #api
        use super::super::models;
        #problem
        use crategen_runtime::operation_error;
        use crategen_runtime::server::{self as runtime, BoxError, #context Failure, Incoming, Route};
        #third_party
    }
}

fn readme(cx: &Cx<'_>) -> String {
    let (base, title) = (&cx.names.base, readme::title(cx));
    let start = lib_file::start(cx).map(|start| format!("\n\n{}", start.readme())).unwrap_or_default();
    let features = examples::features(cx, Krate::Server);
    let about = format!(
        "Server side of the {title} on axum: implement the traits to get a router. `crategen scaffold server` prints a draft of an \
         implementation.{start}\n\n`cargo run -p {base}-server --features docs,mock,serve --example mock` serves the examples of the \
         document, and a page about the API.{features}"
    );
    readme::readme(cx, "server", &about)
}
