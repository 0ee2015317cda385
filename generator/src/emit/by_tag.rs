//! Modules of a generated crate that stand in a private folder, so that no name of a tag or a schema can collide with one of
//! the crate's own modules.

use std::path::PathBuf;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::file::RustFile;
use super::{Cx, Files};

/// One module of a folder.
pub(super) struct Module<'a> {
    /// Its name, which is also that of its file.
    pub name: &'a Ident,
    /// The condition that it is compiled under.
    pub cfg: Option<TokenStream>,
}

/// The folder with one module per tag.
const BY_TAG: &str = "by_tag";

/// The file of a tag's module.
pub(super) fn path(cx: &Cx<'_>, index: usize) -> PathBuf {
    PathBuf::from("src").join(BY_TAG).join(format!("{}.rs", cx.names.group(index).module))
}

/// The modules of some tags, by their positions.
pub(super) fn modules<'a>(cx: &Cx<'a>, indexes: impl IntoIterator<Item = usize>) -> Vec<Module<'a>> {
    let module = |index| Module { name: &cx.names.group(index).module, cfg: super::cfg(cx, index) };
    indexes.into_iter().map(module).collect()
}

/// `by_tag.rs`: the declarations of the modules, and what else the file has.
pub(super) fn declare(files: &mut Files<'_>, modules: &[Module<'_>], others: &TokenStream) {
    declare_in(files, BY_TAG, "One module per tag.", modules, others);
}

/// The file that declares the modules of a folder.
pub(super) fn declare_in(
    files: &mut Files<'_>,
    folder: &str,
    about: &str,
    modules: &[Module<'_>],
    others: &TokenStream,
) {
    files.rust(format!("src/{folder}.rs"), || {
        let mut file = RustFile { docs: vec![about.into()], ..RustFile::default() };
        let declarations = modules.iter().map(|Module { name, cfg }| quote!(#cfg pub(crate) mod #name;));
        file.tokens(quote!(#(#declarations)* #others));
        file
    });
}

/// Makes everything public in the modules of a folder part of the crate's root.
pub(super) fn exports(folder: &TokenStream, modules: &[Module<'_>]) -> TokenStream {
    modules.iter().map(|Module { name, cfg }| quote!(#cfg pub use self::#folder::#name::*;)).collect()
}
