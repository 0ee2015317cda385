//! What is sent: what requests may contain, and what responses may contain.
//!
//! A change breaks callers if a request that was valid is refused, or a part of it is ignored, and if a response contains what
//! it could not contain before. See [`flow`].

mod bodies;
mod enums;
mod flow;
mod formats;
mod forms;
mod media_ranges;
mod objects;
mod params;
mod presence;
mod responses;
mod rule_schemas;
mod rules;
mod scalars;
mod security;
mod servers;
mod types;
mod unions;
mod walk;
mod xml;

use super::change::Sink;
use super::operations::Pairs;
use super::view::View;
use walk::Walk;

/// Compares what the operations of two versions send.
pub(super) fn compare(sink: &mut Sink, old: &View<'_>, new: &View<'_>, pairs: &Pairs) {
    let mut walk = Walk::new(*old, *new);
    servers::compare(&mut walk, pairs);
    for pair in &pairs.kept {
        security::compare(&mut walk, *pair);
        params::compare(&mut walk, *pair);
        bodies::compare(&mut walk, *pair);
        responses::compare(&mut walk, *pair);
        types::run(&mut walk);
    }
    sink.0.append(&mut walk.sink.0);
}
