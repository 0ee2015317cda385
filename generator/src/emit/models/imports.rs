//! What files of types import.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::super::Cx;
use super::super::file::{Item, RustFile};
use super::super::home::{Home, Homes};
use super::uses::Uses;
use crate::config::DateTime;
use crate::ir::TypeId;

/// What a file of types needs beside the prelude.
///
/// `up` is the path to the root of the crate.
pub(super) fn imports(cx: &Cx<'_>, file: &RustFile, home: &[Home], homes: &Homes, up: &TokenStream) -> TokenStream {
    let mut uses = Uses::default();
    let mut own: BTreeSet<TypeId> = BTreeSet::new();
    for home in home {
        for id in homes.get(home).into_iter().flatten() {
            own.insert(*id);
            uses.of_type(cx, *id);
        }
        if let Home::Operation(op) = home {
            uses.of_operation(cx, *op);
        }
    }
    let called = |name: &&str| {
        let head = format!("{name}!(");
        file.items.iter().any(|item| matches!(item, Item::Table { head: found, .. } if found.starts_with(&head)))
    };
    let macros: Vec<&str> = TABLES.iter().copied().filter(called).collect();
    let support = (!macros.is_empty()).then(|| {
        quote!(
            use #up::support;
        )
    });
    let own_dates = cx.config.types.date_time == DateTime::Time;
    let dates = [("Date", uses.date && own_dates), ("DateTime", uses.date_time && own_dates)];
    let dates: Vec<_> =
        dates.into_iter().filter(|(_, used)| *used).map(|(name, _)| crate::names::ident(name)).collect();
    let dates = (!dates.is_empty()).then(|| quote!(use #up::dates::{#(#dates),*};));
    let types = [("Base64", uses.base64), ("Never", uses.never), ("Patch", uses.patch)];
    let types = types.into_iter().filter(|(_, used)| *used).map(|(name, _)| name);
    let names: Vec<_> = types.chain(macros.iter().copied()).map(crate::names::ident).collect();
    let names = (!names.is_empty()).then(|| quote!(use #up::support::{#(#names),*};));
    let file_part = uses.file.then(|| {
        quote!(
            use #up::files::FilePart;
        )
    });
    let glob = uses.types.iter().any(|id| !own.contains(id)).then(|| {
        quote!(
            use #up::*;
        )
    });
    let conditions = file.has_path_into("conditions").then(|| {
        quote!(
            use #up::conditions;
        )
    });
    let pattern = file.has_call_of("pattern").then(|| {
        quote!(
            use #up::patterns::{self, pattern};
        )
    });
    quote!(#glob #conditions #dates #file_part #pattern #support #names)
}

/// The macros that print as tables.
const TABLES: [&str; 10] = [
    "constant",
    "defaults",
    "int_enum",
    "json_enum",
    "newtype",
    "object",
    "params",
    "string_enum",
    "tagged_union",
    "union",
];
