//! The crate of types.

mod attributes;
pub(super) mod bodies;
mod constants;
pub(super) mod construction;
pub(super) mod conversions;
mod defaults;
mod elements;
mod enums;
mod forms;
mod imports;
mod operations;
mod params;
mod response_bodies;
mod rules;
mod schemas;
pub(super) mod setters;
mod structs;
mod success;
mod types;
mod unions;
mod uses;

use std::path::PathBuf;

use proc_macro2::TokenStream;
use quote::quote;

use super::capability::{self, Krate};
use super::file::RustFile;
use super::modules::{self, Folder, Module};
use super::operation::is_choice;
use super::placement::{Placement, TypesByPlacement, types_by_placement};
use super::{Cx, Emitter, Files, cfg_of_shared, docs, examples, lints, manifest, readme};
use imports::imports;
use types::emit_type;

use crate::ir::{Direction, OpId, Response, Shape};

/// The crate of types.
pub const EMITTER: Emitter = Emitter { name: "models", emit };

fn emit(cx: &Cx<'_>, files: &mut Files<'_>) {
    files.text("Cargo.toml", || manifest::models(cx));
    files.text("README.md", || readme(cx));
    if cx.needs.xml {
        files.rust("src/elements.rs", || elements::file(cx));
    }
    if cx.needs.forms {
        files.rust("src/forms.rs", || forms::file(cx));
    }
    files.rust("src/operations.rs", || operations::file(cx));
    if cx.needs.rules {
        files.rust("src/rules.rs", rules::file);
        files.text("src/rules.json", || rules::json(cx));
    }
    let (schemas, modules) = types(cx, files);
    files.rust("src/lib.rs", || lib(cx, schemas, &modules));
}

/// Emits the files of types. Returns whether there is `schemas.rs`, and the modules that have types.
fn types<'a>(cx: &Cx<'a>, files: &mut Files<'_>) -> (bool, Vec<Module<'a>>) {
    let placements = types_by_placement(cx.api, cx.analysis);
    let add =
        |files: &mut Files<'_>, path: PathBuf, own: &[Placement], up: TokenStream, file: &dyn Fn() -> RustFile| {
            files.rust(path, || {
                let mut file = file();
                file.items.insert(0, super::Item::Tokens(imports(cx, &file, own, &placements, &up)));
                file
            });
        };
    let schemas = placements.contains_key(&Placement::Schemas);
    if schemas {
        add(files, "src/schemas.rs".into(), &[Placement::Schemas], quote!(super), &|| schemas::file(cx, &placements));
    }
    let mut with_types = Vec::new();
    for (index, of) in schemas::shared(cx, &placements) {
        let module = Module { folder: Folder::Shared, name: cx.names.shared(index), cfg: cfg_of_shared(cx, of) };
        let placement = Placement::Shared(index);
        let file = &|| schemas::shared_file(cx, &placements, index, of);
        add(files, module.file(), &[placement], quote!(super::super), file);
        with_types.push(module);
    }
    for (index, group) in cx.api.groups.iter().enumerate() {
        let mut own: Vec<Placement> = group.operations.iter().copied().map(Placement::Operation).collect();
        own.push(Placement::Group(index));
        if own.iter().any(|placement| placements.contains_key(placement))
            || group.operations.iter().any(|op| has_types(cx, *op))
        {
            let module = modules::module(cx, index);
            let file = &|| group_file(cx, index, group, &placements);
            add(files, module.file(), &own, quote!(super::super), file);
            with_types.push(module);
        }
    }
    modules::declare(files, &with_types, &|_, _| {});
    (schemas, with_types)
}

fn lib(cx: &Cx<'_>, schemas: bool, modules: &[Module<'_>]) -> RustFile {
    let title = readme::title(cx);
    let version = &cx.api.info.version;
    let mut file = RustFile {
        docs: vec![format!("Types of the {title} (version {}).", docs::plain(version)).into()],
        ..RustFile::default()
    };
    docs::paragraph(&mut file.docs, docs::clean(&cx.api.info.description));
    let contact = cx.api.info.contact.iter().map(|text| format!("Contact: {text}"));
    let license = cx.api.info.license.iter().map(|text| format!("Licence of the API: {text}"));
    for line in contact.chain(license) {
        docs::paragraph(&mut file.docs, docs::clean(&line));
    }
    if let Some(start) = examples::models_start(cx) {
        docs::paragraph(&mut file.docs, start.page());
    }
    file.attributes = lints::LINTS.to_vec();
    if cx.api.types.iter().any(|(_, def)| matches!(&def.shape, Shape::Struct(shape) if shape.fields.len() > 900)) {
        // The table of an object is read eight properties at a time.
        file.attributes.extend(["recursion_limit = \"4096\"", "allow(clippy::large_stack_arrays)"]);
    }
    let rules = cx.needs.rules.then(|| {
        quote!(
            #[doc(hidden)]
            pub mod rules;
        )
    });
    let (schemas, all_schemas) = (
        schemas.then(|| {
            quote!(
                mod schemas;
            )
        }),
        schemas.then(|| {
            quote!(
                pub use schemas::*;
            )
        }),
    );
    let (folders, types) = (modules::folders(modules), modules::exports(modules));
    let forms = cx.needs.forms.then(|| {
        quote!(
            #[doc(hidden)]
            pub mod forms;
        )
    });
    let elements = cx.needs.xml.then(|| {
        quote!(
            #[doc(hidden)]
            pub mod elements;
        )
    });
    file.tokens(quote! {
        pub mod operations;
        #folders
        #schemas
        #rules
        #elements
        #forms
    });
    let exports = capability::exports(cx, Krate::Models);
    file.tokens(quote! {
        #all_schemas
        #types
        #exports
        pub use crategen_runtime::models::{Base64, Checks, Defaults, Invalid, Never, Patch, Validate, problem};
        pub use crategen_runtime::serde_json;
    });
    file.tokens(super::generated_by());
    file.tokens(quote! {
        /// Version of the OpenAPI document that these types were generated from.
        pub const API_VERSION: &str = #version;
    });
    file
}

fn group_file(cx: &Cx<'_>, index: usize, group: &crate::ir::Group, placements: &TypesByPlacement) -> RustFile {
    let about = match (group.direction, &group.tag) {
        (Direction::Webhook, _) => "Types of webhooks.".to_owned(),
        (Direction::Callback, _) => "Types of callbacks.".to_owned(),
        (Direction::Call, Some(tag)) => format!("Types of the operations of the tag `{}`.", docs::shown(tag)),
        (Direction::Call, None) => {
            format!("Types of the operations without a tag that are below `/{}`.", super::group::segment(group))
        }
    };
    let mut file = RustFile { docs: vec![about.into()], ..RustFile::default() };
    for op in &group.operations {
        params::emit(cx, &mut file, *op);
        params::emit_headers(cx, &mut file, *op);
        bodies::emit(cx, &mut file, *op);
        success::emit(cx, &mut file, *op);
        response_bodies::emit(cx, &mut file, *op);
        for id in placements.get(&Placement::Operation(*op)).into_iter().flatten() {
            emit_type(cx, &mut file, *id);
        }
    }
    for id in placements.get(&Placement::Group(index)).into_iter().flatten() {
        emit_type(cx, &mut file, *id);
    }
    file
}

/// Whether an operation has types beside those of its schemas.
fn has_types(cx: &Cx<'_>, op: OpId) -> bool {
    let operation = cx.api.operation(op);
    operation.options().next().is_some()
        || !operation.headers.is_empty()
        || operation.failures().any(|response| !response.headers.is_empty())
        || operation.body.as_ref().is_some_and(is_choice)
        || success::is_choice(operation)
        || operation.responses.iter().any(Response::is_choice)
}

fn readme(cx: &Cx<'_>) -> String {
    let (base, title) = (&cx.names.base, readme::title(cx));
    let start = examples::models_start(cx).map(|start| format!("\n\n{}", start.readme())).unwrap_or_default();
    let features = examples::features(cx, Krate::Models);
    let about = format!("Types of the {title}, shared by `{base}-client` and `{base}-server`.{start}{features}");
    readme::readme(cx, "models", &about)
}

pub(super) use params::{location, path_param};
pub(super) use structs::field_type;
pub(super) use unions::is_open;
