//! Turns the model into files, one after the other. Emitters cannot fail.

mod arg;
mod argument_docs;
mod arguments;
mod capability;
mod checks;
mod client;
mod contract;
mod cx;
mod docs;
mod emitter;
mod examples;
mod features;
mod file;
mod files;
mod group;
mod html;
mod line;
mod lints;
mod manifest;
mod models;
mod modules;
mod needs;
mod operation;
mod placement;
mod readme;
mod returns;
mod rules;
mod runtime;
mod server;
mod shown;
mod table;
mod third_party;
mod ty;

use std::path::PathBuf;

pub use arguments::body_name;
pub use capability::runtime_features;
pub use client::{AuthorizationServer, authorization_servers};
pub use cx::Cx;
use emitter::Emitter;
pub use examples::FENCE;
use features::{cfg, unused_without_tags};
pub use file::{File, Item, RustFile};
pub use files::{Files, TakeFile};
pub use line::line;
pub use models::construction::Construction;
pub use models::conversions::accepts_others;
pub use needs::Needs;
pub use placement::is_declared;
pub use runtime::VERSION;
use runtime::{generated_by, runtime};
pub use shown::{shown_field, shown_request, shown_response};
pub use table::Table;
pub use ty::shown_type;

use crate::config::Runtime;

/// Every crate that can be generated.
pub const EMITTERS: &[Emitter] = &[models::EMITTER, client::EMITTER, server::EMITTER, contract::EMITTER];

/// A module that implements the traits of the server with bodies that are still to be written.
pub fn scaffold(cx: &Cx<'_>) -> RustFile {
    server::scaffold::file(cx)
}

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
