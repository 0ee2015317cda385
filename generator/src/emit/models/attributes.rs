//! Documentation, derives and attributes of types.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::placement::placement;
use super::super::{Cx, docs};
use crate::ir::{Origin, Owner, Role, TypeDef, TypeId};

/// The traits that the user wants derived and no type has anyway, behind a comma.
pub(super) fn chosen_derives(cx: &Cx<'_>) -> TokenStream {
    chosen_derives_but(cx, &[])
}

pub(super) fn chosen_derives_but(cx: &Cx<'_>, derived: &[&str]) -> TokenStream {
    let usual = |name: &str| ["Clone", "Debug", "PartialEq"].contains(&name) || derived.contains(&name);
    let wanted = cx.config.types.derive.iter().filter(|name| !usual(name));
    let paths = wanted.filter_map(|path| path.parse::<TokenStream>().ok());
    quote!(#(, #paths)*)
}

/// The attributes that the user wants on a type.
pub(super) fn chosen_attributes(cx: &Cx<'_>, def: &TypeDef) -> TokenStream {
    let texts = cx.config.types.attributes.get(&def.at.to_string());
    texts.into_iter().flatten().filter_map(|text| text.parse::<TokenStream>().ok()).collect()
}

/// Whether links from one type to another resolve: a file imports only what it uses.
fn is_in_same_file(cx: &Cx<'_>, one: TypeId, other: TypeId) -> bool {
    placement(cx, one) == placement(cx, other)
}

/// The documentation of a type that the document does not describe.
pub(super) fn about(cx: &Cx<'_>, id: TypeId) -> String {
    let def = &cx.api.types[id];
    match &def.origin {
        Origin::Component(key) => format!("The schema `{}`.", docs::shown(key)),
        Origin::Inline { owner, roles } => {
            let owner = match owner {
                Owner::Type(owner) if is_in_same_file(cx, id, *owner) => format!("[`{}`]", cx.names.ty(*owner)),
                Owner::Type(owner) => format!("[`{0}`](super::super::{0}), and of equal schemas", cx.names.ty(*owner)),
                Owner::Operation(op) => format!("`{}`", docs::shown(&cx.api.operation(*op).id)),
                Owner::Component(id) => {
                    let component = cx.api.component(*id);
                    format!("the {} `{}`", component.kind.noun(), docs::shown(&component.key))
                }
            };
            let role = match roles.last() {
                Some(Role::Request) => "The request body".to_owned(),
                Some(Role::Variant(_)) if roles.len() == 2 && roles.first() == Some(&Role::Request) => {
                    "A request body".to_owned()
                }
                Some(Role::Response(None)) => "The success body".to_owned(),
                Some(Role::Response(Some(status)) | Role::Error(status)) => format!("The body of status {status}"),
                Some(Role::Property(name)) => format!("The property `{}`", docs::shown(name)),
                Some(Role::Parameter(name)) => format!("The parameter `{}`", docs::shown(name)),
                Some(Role::Header(name)) => format!("The header `{}`", docs::shown(name)),
                Some(Role::Item) => "An item".to_owned(),
                Some(Role::Position(index)) => format!("Item {}", index + 1),
                Some(Role::Condition(_)) => "A condition".to_owned(),
                Some(Role::Entry) => "A value".to_owned(),
                Some(Role::Variant(_)) => "A variant".to_owned(),
                None => "The schema".to_owned(),
            };
            format!("{role} of {owner}.")
        }
    }
}
