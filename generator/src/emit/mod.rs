//! Turns the model into files, one after the other. Emitters cannot fail.

mod arg;
mod by_tag;
mod capability;
mod checks;
mod client;
mod contract;
mod docs;
mod file;
mod home;
mod line;
mod manifest;
mod models;
mod needs;
mod operation;
mod server;
mod table;
mod third_party;
mod ty;

use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;
use quote::quote;

pub use capability::runtime_features;
pub use file::{File, Item, RustFile};
pub use line::line;
pub use needs::Needs;
pub use table::Table;

use crate::config::{Config, Runtime};
use crate::ir::{Analysis, Api, Shared, Ty};
use crate::names::Names;

/// Takes a file by its path below the output folder. The second argument makes the file, so that a file that is not wanted costs
/// nothing, and the tokens of only one file are in memory at a time.
pub type TakeFile<'t> = dyn FnMut(PathBuf, Box<dyn FnOnce() -> File + '_>) + 't;

/// The files of one crate; hands on each file as it is added.
pub struct Files<'f> {
    /// The folder of the crate.
    folder: PathBuf,
    take: &'f mut TakeFile<'f>,
}

impl Files<'_> {
    /// Adds a file by its path inside the crate.
    fn insert(&mut self, path: impl AsRef<Path>, file: impl FnOnce() -> File) {
        (self.take)(self.folder.join(path), Box::new(file));
    }

    fn rust(&mut self, path: impl AsRef<Path>, file: impl FnOnce() -> RustFile) {
        self.insert(path, || File::Rust(file()));
    }

    fn text(&mut self, path: impl AsRef<Path>, text: impl FnOnce() -> String) {
        self.insert(path, || File::Text(text()));
    }
}

/// Everything that an emitter may look at.
#[derive(Clone, Copy)]
pub struct Cx<'a> {
    /// What to emit.
    pub api: &'a Api,
    /// What was found out about it.
    pub analysis: &'a Analysis,
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
    /// Emits the files that other crates do not have.
    emit: fn(&Cx<'_>, &mut Files<'_>),
}

/// Keeps formatters away from the generated files, so that `cargo fmt --all` changes none of them.
const RUSTFMT: &str = "disable_all_formatting = true\n";

impl Emitter {
    /// Emits every file of the crate.
    fn emit_crate(&self, cx: &Cx<'_>, files: &mut Files<'_>) {
        files.text("rustfmt.toml", || RUSTFMT.to_owned());
        (self.emit)(cx, files);
    }
}

/// Every crate that can be generated.
pub const EMITTERS: &[Emitter] = &[models::EMITTER, client::EMITTER, server::EMITTER, contract::EMITTER];

/// Emits every crate that is configured, and the runtime if it is to be written next to them.
pub fn all(cx: &Cx<'_>, take: &mut TakeFile<'_>) {
    for emitter in EMITTERS.iter().filter(|emitter| cx.config.crates.wants(emitter.name)) {
        let folder = PathBuf::from(format!("{}-{}", cx.names.base, emitter.name));
        emitter.emit_crate(cx, &mut Files { folder, take: &mut *take });
    }
    if cx.config.runtime == Runtime::Written {
        runtime(&mut Files { folder: PathBuf::from("crategen-runtime"), take });
    }
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
    line(&ty::ty(cx, ty, ty::Viewpoint::Outside)).replace(",)", ")")
}

/// The version of the runtime that generated code is for.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Makes the compiler say so if the runtime is of a version that generated code is not for.
fn generated_by() -> TokenStream {
    let version = format!("{}.{}", env!("CARGO_PKG_VERSION_MAJOR"), env!("CARGO_PKG_VERSION_MINOR"));
    quote!(crategen_runtime::generated_by!(#version);)
}

/// Adds the runtime as a crate next to the generated ones. It is the same for every document.
fn runtime(files: &mut Files<'_>) {
    for (path, text) in crategen_runtime::sources::files() {
        files.insert(path, || File::Verbatim(text));
    }
}
