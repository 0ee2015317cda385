//! The crate of types.

pub(super) mod bodies;
mod constants;
mod defaults;
mod elements;
mod enums;
mod forms;
mod imports;
mod operations;
mod params;
mod schemas;
mod setters;
mod structs;
mod success;
mod unions;
mod uses;

use std::path::PathBuf;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::capability::{self, Krate};
use super::file::RustFile;
use super::home::{Home, Homes, home, homes};
use super::operation::is_choice;
use super::ty::{self, Viewpoint};
use super::{Cx, Emitter, Files, checks, docs, manifest};
use imports::imports;

use crate::ir::{Direction, OpId, Origin, Owner, Shape, TypeId};

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
    let modules = types(cx, files);
    files.rust("src/lib.rs", || lib(cx, &modules));
}

/// The modules of types, those that have any.
fn types(cx: &Cx<'_>, files: &mut Files<'_>) -> Vec<Module> {
    let homes = homes(cx.api);
    let mut modules = Vec::new();
    let mut add = |files: &mut Files<'_>, module: Module, own: &[Home], file: &dyn Fn() -> RustFile| {
        files.rust(PathBuf::from("src").join(format!("{}.rs", module.name)), || {
            let mut file = file();
            file.items.insert(0, super::Item::Tokens(imports(cx, &file, own, &homes, &quote!(super))));
            file
        });
        modules.push(module);
    };
    let shared = schemas::shared(cx, files, &homes);
    let may_be_empty = !homes.contains_key(&Home::Schemas);
    if !may_be_empty || !shared.is_empty() {
        let schemas = Module { may_be_empty, ..Module::new("schemas") };
        add(files, schemas, &[Home::Schemas], &|| schemas::file(cx, &homes, &shared));
    }
    if homes.contains_key(&Home::Conditions) {
        add(files, Module::new(CONDITIONS), &[Home::Conditions], &|| schemas::conditions(cx, &homes));
    }
    for (index, group) in cx.api.groups.iter().enumerate() {
        let mut own: Vec<Home> = group.operations.iter().copied().map(Home::Operation).collect();
        own.push(Home::Group(index));
        if own.iter().any(|home| homes.contains_key(home)) || group.operations.iter().any(|op| has_types(cx, *op)) {
            let module =
                Module { cfg: super::cfg(cx, index), ..Module::new(&cx.names.group(index).module.to_string()) };
            add(files, module, &own, &|| group_file(cx, index, group, &homes));
        }
    }
    modules
}

/// The module of the types that values are held against.
const CONDITIONS: &str = "conditions";

/// A module of types.
struct Module {
    name: String,
    /// What it is compiled with.
    cfg: Option<TokenStream>,
    /// With some features there is nothing in it.
    may_be_empty: bool,
}

impl Module {
    fn new(name: &str) -> Self {
        Self { name: name.to_owned(), cfg: None, may_be_empty: false }
    }
}

fn lib(cx: &Cx<'_>, modules: &[Module]) -> RustFile {
    let title = manifest::title(cx);
    let version = &cx.api.info.version;
    let mut file = RustFile { docs: vec![format!("Types of the {title} (version {version}).")], ..RustFile::default() };
    docs::paragraph(&mut file.docs, docs::clean(&cx.api.info.description));
    let contact = cx.api.info.contact.iter().map(|text| format!("Contact: {text}"));
    let license = cx.api.info.license.iter().map(|text| format!("Licence of the API: {text}"));
    for line in contact.chain(license) {
        docs::paragraph(&mut file.docs, docs::clean(&line));
    }
    file.attributes = super::client::LINTS.to_vec();
    if cx.api.types.iter().any(|(_, def)| matches!(&def.shape, Shape::Struct(shape) if shape.fields.len() > 900)) {
        // The table of an object is read eight properties at a time.
        file.attributes.extend(["recursion_limit = \"4096\"", "allow(clippy::large_stack_arrays)"]);
    }
    let public = || modules.iter().filter(|module| module.name != CONDITIONS);
    let names: Vec<_> = public().map(|module| crate::names::ident(&module.name)).collect();
    let cfgs: Vec<_> = public().map(|module| &module.cfg).collect();
    let allowed = public().map(|module| module.may_be_empty.then(|| quote!(#[allow(unused_imports)])));
    let conditions = modules.iter().any(|module| module.name == CONDITIONS).then(|| {
        quote!(
            #[doc(hidden)]
            pub mod conditions;
        )
    });
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
        #(#cfgs mod #names;)*
        #conditions
        #elements
        #forms
    });
    let exports = capability::exports(cx, Krate::Models);
    file.tokens(quote! {
        #(#allowed #cfgs pub use self::#names::*;)*
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

fn group_file(cx: &Cx<'_>, index: usize, group: &crate::ir::Group, homes: &Homes) -> RustFile {
    let about = match (group.direction, &group.tag) {
        (Direction::Webhook, _) => "Types of webhooks.".to_owned(),
        (Direction::Callback, _) => "Types of callbacks.".to_owned(),
        (Direction::Call, Some(tag)) => format!("Types of the operations of the tag `{}`.", docs::shown(tag)),
        (Direction::Call, None) => "Types of the operations without a tag.".to_owned(),
    };
    let mut file = RustFile { docs: vec![about], ..RustFile::default() };
    for op in &group.operations {
        params::emit(cx, &mut file, *op);
        params::emit_headers(cx, &mut file, *op);
        bodies::emit(cx, &mut file, *op);
        success::emit(cx, &mut file, *op);
        for id in homes.get(&Home::Operation(*op)).into_iter().flatten() {
            emit_type(cx, &mut file, *id);
        }
    }
    for id in homes.get(&Home::Group(index)).into_iter().flatten() {
        emit_type(cx, &mut file, *id);
    }
    file
}

/// Whether an operation has types beside those of its schemas.
fn has_types(cx: &Cx<'_>, op: OpId) -> bool {
    let operation = cx.api.operation(op);
    operation.options().next().is_some()
        || !operation.headers.is_empty()
        || operation.body.as_ref().is_some_and(is_choice)
        || success::is_choice(operation)
}

fn emit_type(cx: &Cx<'_>, file: &mut RustFile, id: TypeId) {
    emit_declaration(cx, file, id);
    defaults::emit(cx, file, id);
}

fn emit_declaration(cx: &Cx<'_>, file: &mut RustFile, id: TypeId) {
    let def = &cx.api.types[id];
    let name = cx.names.ty(id);
    let about = about(cx, id);
    let (attributes, deprecated) = (docs::docs(&def.docs, &about), docs::deprecated(&def.docs));
    match &def.shape {
        Shape::Struct(shape) => structs::emit(cx, file, id, shape),
        Shape::Enum(shape) => match shape.only() {
            Some(only) => constants::emit(cx, file, id, shape.repr, only),
            None => enums::emit(cx, file, id, shape),
        },
        Shape::Union(union) => unions::emit(cx, file, id, union),
        Shape::Alias(target) => {
            let target = ty::ty(cx, target, Viewpoint::Models);
            file.tokens(quote!(#attributes #deprecated pub type #name = #target;));
        }
        Shape::Newtype(inner) => {
            let target = ty::ty(cx, inner, Viewpoint::Models);
            file.tokens(quote! {
                #attributes
                #deprecated
                #[derive(Clone, Debug, PartialEq)]
                pub struct #name(pub #target);
            });
            let value = checks::Value::of(&quote!(self.0));
            let statements = checks::statements(cx, &def.checks, inner, &quote!(checks), &value, Viewpoint::Models);
            let checked = if statements.is_empty() { "" } else { "checked " };
            file.table(format!("newtype!({checked}{name}"), Vec::new());
            if !statements.is_empty() {
                file.tokens(checks::implementation(name, &statements));
            }
        }
    }
}

/// The traits that the user wants derived and no type has anyway, behind a comma.
fn chosen_derives(cx: &Cx<'_>) -> TokenStream {
    chosen_derives_but(cx, &[])
}

fn chosen_derives_but(cx: &Cx<'_>, derived: &[&str]) -> TokenStream {
    let usual = |name: &str| ["Clone", "Debug", "PartialEq"].contains(&name) || derived.contains(&name);
    let wanted = cx.config.types.derive.iter().filter(|name| !usual(name));
    let paths = wanted.filter_map(|path| path.parse::<TokenStream>().ok());
    quote!(#(, #paths)*)
}

/// The attributes that the user wants on a type.
fn chosen_attributes(cx: &Cx<'_>, def: &crate::ir::TypeDef) -> TokenStream {
    let texts = cx.config.types.attributes.get(&def.at.to_string());
    texts.into_iter().flatten().filter_map(|text| text.parse::<TokenStream>().ok()).collect()
}

/// What a type is, if the document does not say it.
pub(super) fn about(cx: &Cx<'_>, id: TypeId) -> String {
    use crate::ir::Role;
    let def = &cx.api.types[id];
    match &def.origin {
        Origin::Component(key) => format!("The schema `{}`.", docs::shown(key)),
        Origin::Inline { owner, roles } => {
            let owner = match owner {
                Owner::Type(owner) if home(cx.api, id) == Home::Conditions => format!("`{}`", cx.names.ty(*owner)),
                Owner::Type(owner) => format!("[`{}`]", cx.names.ty(*owner)),
                Owner::Operation(op) => format!("`{}`", docs::shown(&cx.api.operation(*op).id)),
            };
            let role = match roles.last() {
                Some(Role::Request) => "The request body".to_owned(),
                Some(Role::Variant(_)) if roles.len() == 2 && roles.first() == Some(&Role::Request) => {
                    "A request body".to_owned()
                }
                Some(Role::Response(None)) => "The success body".to_owned(),
                Some(Role::Response(Some(status)) | Role::Error(status)) => format!("The body of {status}"),
                Some(Role::Property(name)) => format!("The property `{}`", docs::shown(name)),
                Some(Role::Parameter(name)) => format!("The parameter `{}`", docs::shown(name)),
                Some(Role::Header(name)) => format!("The header `{}`", docs::shown(name)),
                Some(Role::Item) => "An item".to_owned(),
                Some(Role::Position(index)) => format!("Item {}", index + 1),
                Some(Role::Condition(_)) => "A condition".to_owned(),
                Some(Role::Entry) => "A value".to_owned(),
                Some(Role::Variant(_)) | None => "A variant".to_owned(),
            };
            format!("{role} of {owner}.")
        }
    }
}

fn readme(cx: &Cx<'_>) -> String {
    let (base, title) = (&cx.names.base, manifest::title(cx));
    format!(
        "# {base}-models\n\nTypes of the {title}, shared by `{base}-client` and `{base}-server`.\n\n\
         Generated by crategen from version {} of the OpenAPI document; changes belong into the document.\n",
        cx.api.info.version
    )
}

pub(super) use params::location;

/// A parameter of the path: the method that writes or reads it, and the parameter as that method takes it.
pub(super) fn path_param(cx: &Cx<'_>, param: &crate::ir::Param) -> (Ident, TokenStream) {
    let wire = &param.wire;
    let said = params::said(cx, param);
    if said.is_empty() {
        return (crate::names::ident("path"), quote!(#wire));
    }
    let said: TokenStream = said.parse().unwrap_or_default();
    (crate::names::ident("path_as"), quote!(&runtime::params::Param::path(#wire) #said))
}
