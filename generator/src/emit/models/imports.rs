//! What files of types import.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::super::capability::Krate;
use super::super::file::RustFile;
use super::super::placement::{Placement, TypesByPlacement};
use super::super::{Cx, third_party};
use super::uses::Uses;
use crate::config::DateTime;
use crate::ir::TypeId;

/// Returns the imports of a file that declares the types of the placements `covered`.
///
/// `up` is the path to the root of the crate.
pub(super) fn imports(
    cx: &Cx<'_>,
    file: &RustFile,
    covered: &[Placement],
    placements: &TypesByPlacement,
    up: &TokenStream,
) -> TokenStream {
    let mut uses = Uses::default();
    let mut own: BTreeSet<TypeId> = BTreeSet::new();
    for placement in covered {
        for id in placements.get(placement).into_iter().flatten() {
            own.insert(*id);
            uses.of_type(cx, *id);
        }
        if let Placement::Operation(op) = placement {
            uses.of_operation(cx, *op);
        }
    }
    let macros: Vec<&str> = TABLES.iter().copied().filter(|name| file.has_table(name)).collect();
    let own_dates = cx.config.types.date_time == DateTime::Time;
    let types = [
        ("Base64", uses.base64),
        ("Date", uses.date && own_dates),
        ("DateTime", uses.date_time && own_dates),
        ("FilePart", uses.file),
        ("Never", uses.never),
        ("Patch", uses.patch),
    ];
    let types: Vec<_> =
        types.into_iter().filter(|(_, used)| *used).map(|(name, _)| crate::names::ident(name)).collect();
    let types = (!types.is_empty()).then(|| quote!(use crategen_runtime::models::{#(#types),*};));
    let macros: Vec<_> = macros.into_iter().map(crate::names::ident).collect();
    let macros = (!macros.is_empty()).then(|| quote!(use crategen_runtime::{#(#macros),*};));
    let runtime = file.has_path_into("runtime").then(|| {
        quote!(
            use crategen_runtime::models as runtime;
        )
    });
    let third_party = third_party::imports(cx, Krate::Models, file);
    let glob = uses.types.iter().any(|id| !own.contains(id)).then(|| {
        quote!(
            use #up::*;
        )
    });
    let rules = (file.has_path_into("rules") || uses.rules).then(|| {
        quote!(
            use #up::rules;
        )
    });
    quote!(#glob #rules #third_party #runtime #types #macros)
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
