//! Components and the inline types inside them: what every group needs in one file, what some need in files of their own.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::file::{Item, RustFile};
use super::super::home::{Home, Homes};
use super::super::{Cx, Files, cfg_of_shared, docs};
use super::emit_type;
use super::imports::imports;
use crate::ir::{Direction, Group, Shared};

/// `schemas.rs`: what every group needs, or everything if there is only one; and the declarations of `shared`.
pub(super) fn file(cx: &Cx<'_>, homes: &Homes, declarations: &TokenStream) -> RustFile {
    let mut file = of_home(cx, homes, Home::Schemas, "Schemas of the document.".to_owned());
    if !declarations.is_empty() {
        file.items.insert(0, Item::Tokens(declarations.clone()));
    }
    file
}

/// `schemas/NAME.rs` for those that some groups need, and how `schemas.rs` declares them.
pub(super) fn shared(cx: &Cx<'_>, files: &mut Files<'_>, homes: &Homes) -> TokenStream {
    let (mut modules, mut exports) = (TokenStream::new(), TokenStream::new());
    let all = cx.api.shared.iter().enumerate().filter(|(index, _)| homes.contains_key(&Home::Shared(*index)));
    let mut all: Vec<(usize, &Shared)> = all.collect();
    all.sort_by_key(|(index, _)| cx.names.shared(*index));
    for (index, shared) in all {
        let (name, home) = (cx.names.shared(index), Home::Shared(index));
        files.rust(format!("src/schemas/{name}.rs"), || {
            let mut file = of_home(cx, homes, home, about(cx, shared));
            file.items.insert(0, Item::Tokens(imports(cx, &file, &[home], homes, &quote!(super::super))));
            file
        });
        let cfg = cfg_of_shared(cx, shared);
        modules.extend(quote!(#cfg mod #name;));
        exports.extend(quote!(#cfg pub use self::#name::*;));
    }
    quote!(#modules #exports)
}

/// `conditions.rs`: the types that values are held against.
pub(super) fn conditions(cx: &Cx<'_>, homes: &Homes) -> RustFile {
    let about = "What values are held against: `not`, `if` and their kin. Nobody makes values of these types.";
    of_home(cx, homes, Home::Conditions, about.to_owned())
}

fn of_home(cx: &Cx<'_>, homes: &Homes, home: Home, about: String) -> RustFile {
    let mut file = RustFile { docs: vec![about], ..RustFile::default() };
    for id in homes.get(&home).into_iter().flatten() {
        emit_type(cx, &mut file, *id);
    }
    file
}

/// Whose schemas these are.
fn about(cx: &Cx<'_>, shared: &Shared) -> String {
    let of = |group: &usize| cx.api.groups.get(*group).map(named);
    let mut users: Vec<String> = shared.groups.iter().filter_map(of).collect();
    if shared.unused {
        users.push("schemas that no operation needs".to_owned());
    }
    match users.as_slice() {
        [_] if shared.groups.is_empty() => "Schemas that no operation needs.".to_owned(),
        [others @ .., last] if !others.is_empty() => format!("Schemas of {} and {last}.", others.join(", ")),
        _ => format!("Schemas of {}.", users.concat()),
    }
}

fn named(group: &Group) -> String {
    match (group.direction, &group.tag) {
        (Direction::Webhook, _) => "webhooks".to_owned(),
        (Direction::Callback, _) => "callbacks".to_owned(),
        (Direction::Call, Some(tag)) => format!("`{}`", docs::shown(tag)),
        (Direction::Call, None) => "the operations without a tag".to_owned(),
    }
}
