//! What ties generated crates to the runtime.

use proc_macro2::TokenStream;
use quote::quote;

use super::emitter::RUSTFMT;
use super::file::File;
use super::files::Files;

/// The version of the runtime that generated code is for.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Makes the compiler say so if the runtime is of a version that generated code is not for.
pub(super) fn generated_by() -> TokenStream {
    let version = format!("{}.{}", env!("CARGO_PKG_VERSION_MAJOR"), env!("CARGO_PKG_VERSION_MINOR"));
    quote!(crategen_runtime::generated_by!(#version);)
}

/// Adds the runtime as a crate next to the generated ones. It is the same for every document.
pub(super) fn runtime(files: &mut Files<'_>) {
    files.insert("rustfmt.toml", || File::Verbatim(RUSTFMT));
    for (path, text) in crategen_runtime::sources::files() {
        files.insert(path, || File::Verbatim(text));
    }
}
