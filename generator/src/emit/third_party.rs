//! Crates that generated files mention: they come through the runtime, so that manifests need not name them.

use proc_macro2::TokenStream;
use quote::quote;

use super::Cx;
use super::file::RustFile;

/// The crates that emitted code mentions by their names.
const CRATES: &[&str] =
    &["axum", "bytes", "chrono", "http", "indexmap", "jiff", "reqwest", "serde", "serde_json", "tokio", "url", "uuid"];

/// Imports the crates that a file mentions, unless the manifest of the user names them.
pub(super) fn imports(cx: &Cx<'_>, file: &RustFile) -> TokenStream {
    let is_given = |name: &str| cx.config.types.dependencies.contains_key(name);
    let used = CRATES.iter().filter(|name| !is_given(name) && file.has_path_into(name));
    let used: Vec<_> = used.map(|name| crate::names::ident(name)).collect();
    match used.as_slice() {
        [] => TokenStream::new(),
        [only] => quote!(use crategen_runtime::#only;),
        several => quote!(use crategen_runtime::{#(#several),*};),
    }
}
