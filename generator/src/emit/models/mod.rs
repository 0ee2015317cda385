//! The crate of types.

mod attributes;
pub(super) mod bodies;
mod constants;
pub(super) mod construction;
pub(super) mod conversions;
mod defaults;
mod elements;
mod enums;
pub mod forms;
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

use quote::quote;

use super::capability::{self, Krate};
use super::file::RustFile;
use super::modules::{self, Module};
use super::operation::is_choice;
use super::placement::{Placement, TypesByPlacement, module_of_schema, types_by_placement};
use super::{Cx, Emitter, Files, docs, examples, lints, manifest, readme};
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
    let modules = types(cx, files);
    files.rust("src/lib.rs", || lib(cx, &modules));
}

/// Emits the files of types. Returns their modules.
fn types<'a>(cx: &Cx<'a>, files: &mut Files<'_>) -> Vec<Module<'a>> {
    let placements = types_by_placement(cx);
    let add = |files: &mut Files<'_>, path: PathBuf, own: &[Placement], file: &dyn Fn() -> RustFile| {
        files.rust(path, || {
            let mut file = file();
            file.items.insert(0, super::Item::Tokens(imports(cx, &file, own, &placements)));
            file
        });
    };
    let mut with_types = Vec::new();
    for (placement, types) in &placements {
        let Placement::Schema(id) = placement else { continue };
        let module = module_of_schema(cx, *id, schemas::exported(cx, types));
        add(files, module.file(), &[*placement], &|| schemas::file(cx, *id, types));
        with_types.push(module);
    }
    with_types.sort_by_key(|module| module.name);
    for (index, group) in cx.api.groups.iter().enumerate() {
        let own: Vec<Placement> = group.operations.iter().copied().map(Placement::Operation).collect();
        if own.iter().any(|placement| placements.contains_key(placement))
            || group.operations.iter().any(|op| has_types(cx, *op))
        {
            let module = modules::module(cx, index);
            add(files, module.file(), &own, &|| group_file(cx, group, &placements));
            with_types.push(module);
        }
    }
    modules::declare(files, &with_types, &|folder, file| file.tokens(modules::exports_of(folder, &with_types)));
    with_types
}

fn lib(cx: &Cx<'_>, modules: &[Module<'_>]) -> RustFile {
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
    let (folders, types) = (modules::folders(modules), modules::folder_exports(cx, modules));
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
        #rules
        #elements
        #forms
    });
    let exports = capability::exports(cx, Krate::Models);
    file.tokens(quote! {
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

fn group_file(cx: &Cx<'_>, group: &crate::ir::Group, placements: &TypesByPlacement) -> RustFile {
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
