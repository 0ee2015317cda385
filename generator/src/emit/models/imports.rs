//! What files of types import.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::super::capability::Krate;
use super::super::file::RustFile;
use super::super::placement::{Placement, TypesByPlacement};
use super::super::{Cx, third_party};
use super::uses::Uses;
use crate::config::DateTime;
use crate::ir::TypeId;

/// Returns the imports of a file that declares the types of the placements `covered`.
pub(super) fn imports(
    cx: &Cx<'_>,
    file: &RustFile,
    covered: &[Placement],
    placements: &TypesByPlacement,
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
    // A type that is an alias elsewhere is not named here.
    let names = file.names();
    let is_named = |(name, used): &(&str, bool)| *used && names.contains(*name);
    let types: Vec<_> = types.into_iter().filter(is_named).map(|(name, _)| crate::names::ident(name)).collect();
    let types = (!types.is_empty()).then(|| quote!(use crategen_runtime::models::{#(#types),*};));
    let macros: Vec<_> = macros.into_iter().map(crate::names::ident).collect();
    let macros = (!macros.is_empty()).then(|| quote!(use crategen_runtime::{#(#macros),*};));
    let heads = file.path_heads();
    let runtime = heads.contains("runtime").then(|| {
        quote!(
            use crategen_runtime::models as runtime;
        )
    });
    let third_party = third_party::imports(cx, Krate::Models, &heads);
    let rules = (heads.contains("rules") || uses.rules).then(|| crate::names::ident("rules"));
    let others = uses.types.iter().filter(|id| !own.contains(id)).map(|id| cx.names.ty(*id));
    let mut of_crate: Vec<Ident> = others.filter(|name| names.contains(&name.to_string())).cloned().collect();
    of_crate.sort();
    of_crate.splice(..0, rules);
    let of_crate = match of_crate.as_slice() {
        [] => None,
        [only] => Some(quote!(use super::super::#only;)),
        several => Some(quote!(use super::super::{#(#several),*};)),
    };
    quote!(#of_crate #third_party #runtime #types #macros)
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
