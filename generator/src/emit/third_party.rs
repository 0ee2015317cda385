//! Crates that generated files mention: they come through the runtime, so that manifests need not name them.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::Cx;
use super::capability::Krate;
use crate::config::{DateTime, MapType};

/// Whether the runtime of a crate of the output has a third-party crate.
type IsThere = fn(&Cx<'_>, Krate) -> bool;

/// The crates that emitted code mentions by their names, each with whether the runtime of a crate of the output has it.
const CRATES: &[(&str, IsThere)] = &[
    ("axum", |_, krate| krate == Krate::Server),
    ("bytes", |cx, krate| krate != Krate::Models || cx.needs.bytes || cx.needs.multipart),
    ("chrono", |cx, _| has_dates(cx, DateTime::Chrono)),
    ("http", |_, krate| krate != Krate::Models),
    ("indexmap", |cx, _| cx.config.types.map == MapType::IndexMap),
    ("jiff", |cx, _| has_dates(cx, DateTime::Jiff)),
    ("reqwest", |_, krate| krate == Krate::Client),
    ("serde", |_, _| true),
    ("serde_json", |_, _| true),
    ("time", |cx, _| has_dates(cx, DateTime::Time)),
    ("tokio", |_, krate| krate != Krate::Models),
    ("url", |_, krate| krate == Krate::Client),
    ("uuid", |cx, _| cx.needs.uuid),
];

fn has_dates(cx: &Cx<'_>, choice: DateTime) -> bool {
    cx.needs.dates && cx.config.types.date_time == choice
}

/// Imports the crates that a file mentions, by the [first segments](super::file::RustFile::path_heads) of its paths, unless the
/// manifest of the user names them.
pub(super) fn imports(cx: &Cx<'_>, krate: Krate, heads: &BTreeSet<String>) -> TokenStream {
    let is_given = |name: &str| cx.config.types.dependencies.contains_key(name);
    let used = CRATES.iter().filter(|(name, has)| !is_given(name) && has(cx, krate) && heads.contains(*name));
    let used: Vec<_> = used.map(|(name, _)| crate::names::ident(name)).collect();
    match used.as_slice() {
        [] => TokenStream::new(),
        [only] => quote!(use crategen_runtime::#only;),
        several => quote!(use crategen_runtime::{#(#several),*};),
    }
}
