//! From the model to files, one after the other: functions that cannot fail.

mod arg;
mod capability;
mod checks;
mod client;
mod contract;
mod docs;
mod file;
mod home;
mod manifest;
mod models;
mod needs;
mod operation;
mod server;
mod share;
mod third_party;
mod ty;

use std::path::PathBuf;

use proc_macro2::TokenStream;
use quote::quote;

pub use file::{File, Item, RustFile};
pub use needs::Needs;
pub use share::Share;

use crate::config::Config;
use crate::ir::{Api, Shared, Ty};
use crate::names::Names;

/// Whoever takes the files of a crate, each when it is complete, so that its tokens are gone before the next one has any.
pub struct Files<'f, 's> {
    share: &'f mut Share<'s>,
    take: &'f mut dyn FnMut(PathBuf, File),
}

impl<'f, 's> Files<'f, 's> {
    /// Hands every file of a share to `take`, with its path inside the crate.
    pub fn new(share: &'f mut Share<'s>, take: &'f mut dyn FnMut(PathBuf, File)) -> Self {
        Self { share, take }
    }

    /// Adds a file, which is made only if it is in the share.
    fn insert(&mut self, path: impl Into<PathBuf>, file: impl FnOnce() -> File) {
        let Self { share, take } = self;
        share.visit(|| take(path.into(), file()));
    }

    fn rust(&mut self, path: impl Into<PathBuf>, file: impl FnOnce() -> RustFile) {
        self.insert(path, || File::Rust(file()));
    }

    fn text(&mut self, path: impl Into<PathBuf>, text: impl FnOnce() -> String) {
        self.insert(path, || File::Text(text()));
    }
}

/// Everything that an emitter may look at.
#[derive(Clone, Copy)]
pub struct Cx<'a> {
    /// What to emit.
    pub api: &'a Api,
    /// What it needs beyond what every document needs.
    pub needs: &'a Needs,
    /// What to call it.
    pub names: &'a Names,
    /// What the user chose.
    pub config: &'a Config,
    /// The document as JSON, for crates that carry it.
    pub document: &'a str,
}

/// One crate of the output.
pub struct Emitter {
    /// Its value on the command line, and the end of the crate's name.
    pub name: &'static str,
    /// The crate's files.
    pub emit: fn(&Cx<'_>, &mut Files<'_, '_>),
}

/// Every crate that can be generated.
pub const EMITTERS: &[Emitter] = &[models::EMITTER, client::EMITTER, server::EMITTER, contract::EMITTER];

/// The crates that are wanted.
pub fn wanted(config: &Config) -> impl Iterator<Item = &'static Emitter> {
    EMITTERS.iter().filter(|emitter| config.crates.wants(emitter.name))
}

/// The name of a crate.
pub fn crate_name(names: &Names, emitter: &Emitter) -> String {
    format!("{}-{}", names.base, emitter.name)
}

/// What stands before an item that belongs to a group of operations.
fn cfg(cx: &Cx<'_>, group: usize) -> Option<TokenStream> {
    let feature = cx.names.group(group).feature.as_ref()?;
    Some(quote!(#[cfg(feature = #feature)]))
}

/// What stands before an item that several groups have in common.
fn cfg_of_shared(cx: &Cx<'_>, shared: &Shared) -> Option<TokenStream> {
    let groups: Option<Vec<&String>> =
        shared.groups.iter().map(|group| cx.names.group(*group).feature.as_ref()).collect();
    let unused = shared.unused.then_some(crate::names::UNUSED_FEATURE);
    let features: Vec<&str> = groups?.into_iter().map(String::as_str).chain(unused).collect();
    match features.as_slice() {
        [only] => Some(quote!(#[cfg(feature = #only)])),
        _ => Some(quote!(#[cfg(any(#(feature = #features),*))])),
    }
}

/// A type as client and server write it.
pub fn shown_type(cx: &Cx<'_>, ty: &Ty) -> String {
    ty::shown(&ty::ty(cx, ty, ty::Viewpoint::Outside))
}

/// The version of the runtime that generated code is for.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Makes the compiler say so if the runtime is of a version that generated code is not for.
fn generated_by() -> TokenStream {
    let version = format!("{}.{}", env!("CARGO_PKG_VERSION_MAJOR"), env!("CARGO_PKG_VERSION_MINOR"));
    quote!(crategen_runtime::generated_by!(#version);)
}

/// The runtime as a crate beside the generated ones, if the user wants it there: the same bytes for every document.
pub fn runtime(files: &mut Files<'_, '_>) {
    for (path, text) in crategen_runtime::sources::files() {
        files.insert(path, || File::Verbatim(text));
    }
}
