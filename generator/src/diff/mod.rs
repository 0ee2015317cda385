//! Compares two versions of an API through the model: what changes for users of the crates, symbol by symbol, and in what is sent.
//!
//! The crates are compared by the names that users write, and the wire by methods and paths, so a type that is only renamed is a
//! change of the crates and not of the wire. Levels of the crates follow the rules of Cargo for semantic versions; levels of the
//! wire are explained in [`wire`].

mod change;
mod comparison;
mod crates;
mod docs;
mod kind;
mod members;
mod operations;
mod report;
mod security;
mod servers;
mod tokens;
mod types;
mod view;
mod wire;

pub use change::{Change, ChangePlace, Level, Surface, Version};
use change::{Found, Sink};
pub use comparison::{Comparison, DiffError};
pub use kind::ChangeKind;
pub(crate) use view::Model;
use view::View;

use crate::config::Config;
use crate::emit::Needs;

/// Finds the changes, the highest levels first, then in the order of the crates and of the document.
pub(crate) fn compare(old: &Model, new: &Model, config: &Config) -> Vec<Found> {
    let (old_needs, new_needs) = (Needs::of(&old.api, &old.analysis), Needs::of(&new.api, &new.analysis));
    let (old, new) = (View::of(old, &old_needs, config), View::of(new, &new_needs, config));
    let pairs = operations::pairs(old.api, new.api);
    let mut sink = Sink::default();
    crates::compare(&mut sink, &old, &new);
    types::compare(&mut sink, &old, &new);
    operations::compare(&mut sink, &old, &new, &pairs);
    security::compare(&mut sink, &old, &new);
    servers::compare(&mut sink, &old, &new);
    wire::compare(&mut sink, &old, &new, &pairs);
    let mut found = sink.0;
    for change in &mut found {
        change.surfaces.retain(|surface| is_generated(*surface, config));
    }
    found.retain(|found| !found.surfaces.is_empty());
    found.sort_by(|a, b| b.level.cmp(&a.level).then_with(|| a.surfaces.cmp(&b.surfaces)));
    found
}

/// Whether a surface exists: the wire always does, and a crate if it is generated.
fn is_generated(surface: Surface, config: &Config) -> bool {
    surface == Surface::Wire || config.crates.wants(surface.as_str())
}
