//! Modules of a generated crate that stand in a private folder, so that no name of a tag or a schema can collide with one of
//! the crate's own modules.

use std::path::PathBuf;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::features::has_tags;
use super::file::RustFile;
use super::{Cx, Files};

/// A folder of modules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Folder {
    /// One module per tag, and one each for webhooks and callbacks.
    ByTag,
    /// One module per segment of the paths of operations without a tag.
    ByPath,
    /// One module per schema.
    Schemas,
}

impl Folder {
    const ALL: [Self; 3] = [Self::ByPath, Self::ByTag, Self::Schemas];

    /// The folders of some modules.
    fn of(modules: &[Module<'_>]) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|folder| modules.iter().any(|module| module.folder == *folder))
    }

    fn name(self) -> &'static str {
        match self {
            Self::ByTag => "by_tag",
            Self::ByPath => "by_path",
            Self::Schemas => "schemas",
        }
    }

    fn about(self) -> &'static str {
        match self {
            Self::ByTag => "One module per tag.",
            Self::ByPath => "The operations without a tag: one module per segment of their paths.",
            Self::Schemas => "The schemas of the document: one module per component.",
        }
    }

    fn ident(self) -> Ident {
        crate::names::ident(self.name())
    }
}

/// One module of a folder.
#[derive(Clone)]
pub(super) struct Module<'a> {
    /// Its folder.
    pub folder: Folder,
    /// Its name, which is also that of its file.
    pub name: &'a Ident,
    /// The condition that it is compiled under.
    pub cfg: Option<TokenStream>,
    /// The public items that are also items of its folder.
    pub exported: Exported,
}

/// Public items of a module.
#[derive(Clone)]
pub(super) enum Exported {
    /// All of them.
    All,
    /// These. A name costs the compiler less than a glob, which it looks at again and again: a thousand globs take seconds.
    Names(Vec<Ident>),
}

impl ToTokens for Exported {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self {
            Self::All => quote!(*),
            Self::Names(names) => match names.as_slice() {
                [only] => quote!(#only),
                names => quote!({#(#names),*}),
            },
        });
    }
}

impl Module<'_> {
    /// Its file.
    pub fn file(&self) -> PathBuf {
        PathBuf::from("src").join(self.folder.name()).join(format!("{}.rs", self.name))
    }

    /// Its path below the root of the crate.
    pub fn path(&self) -> TokenStream {
        let (folder, name) = (self.folder.ident(), self.name);
        quote!(#folder::#name)
    }
}

/// The module of a group, by the position of the group.
pub(super) fn module<'a>(cx: &Cx<'a>, index: usize) -> Module<'a> {
    let is_untagged = cx.api.is_untagged(index);
    Module {
        folder: if is_untagged { Folder::ByPath } else { Folder::ByTag },
        name: &cx.names.group(index).module,
        cfg: super::cfg(cx, index),
        exported: Exported::All,
    }
}

/// The modules of all groups.
pub(super) fn modules<'a>(cx: &Cx<'a>) -> Vec<Module<'a>> {
    (0..cx.api.groups.len()).map(|index| module(cx, index)).collect()
}

/// The files that declare the modules of each folder. `others` returns what else the file of a folder has.
pub(super) fn declare(files: &mut Files<'_>, modules: &[Module<'_>], others: &dyn Fn(Folder, &mut RustFile)) {
    for folder in Folder::ALL {
        let modules: Vec<&Module<'_>> = modules.iter().filter(|module| module.folder == folder).collect();
        if modules.is_empty() {
            continue;
        }
        files.rust(format!("src/{}.rs", folder.name()), || {
            let mut file = RustFile { docs: vec![folder.about().into()], ..RustFile::default() };
            let declarations = modules.iter().map(|Module { name, cfg, .. }| quote!(#cfg pub(crate) mod #name;));
            file.tokens(quote!(#(#declarations)*));
            others(folder, &mut file);
            file
        });
    }
}

/// The declarations of the folders of these modules.
pub(super) fn folders(modules: &[Module<'_>]) -> TokenStream {
    let folders = Folder::of(modules).map(Folder::ident);
    quote!(#(mod #folders;)*)
}

/// Makes everything public in the folders of these modules part of the crate's root.
pub(super) fn folder_exports(cx: &Cx<'_>, modules: &[Module<'_>]) -> TokenStream {
    let allow = has_tags(cx).then(|| quote!(#[allow(unused_imports, reason = "all of it may be disabled")]));
    let folders = Folder::of(modules).map(Folder::ident);
    quote!(#(#allow pub use self::#folders::*;)*)
}

/// Makes what the modules of one folder export part of the folder.
pub(super) fn exports_of(folder: Folder, modules: &[Module<'_>]) -> TokenStream {
    let exports = modules.iter().filter(|module| module.folder == folder).map(|module| {
        let Module { cfg, name, exported, .. } = module;
        quote!(#cfg pub use self::#name::#exported;)
    });
    exports.collect()
}

/// Makes everything public in these modules part of the crate's root.
pub(super) fn exports(modules: &[Module<'_>]) -> TokenStream {
    let exports = modules.iter().map(|module| {
        let (cfg, path) = (&module.cfg, module.path());
        quote!(#cfg pub use self::#path::*;)
    });
    exports.collect()
}
