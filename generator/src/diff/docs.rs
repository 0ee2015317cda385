//! Compares documentation.

use super::change::{At, Level, Sink, Surface};
use super::kind::ChangeKind;
use crate::ir::Docs;

/// Reports a deprecation, or another text.
pub(super) fn compare(sink: &mut Sink, surfaces: &[Surface], symbol: &str, at: At, old: &Docs, new: &Docs) {
    match (old.deprecated, new.deprecated) {
        (false, true) => {
            let message = "it is deprecated: the compiler warns where it is used";
            sink.add((Level::Minor, ChangeKind::Deprecated), surfaces, symbol, at, message);
        }
        (true, false) => {
            let message = "it is not deprecated any more";
            sink.add((Level::Minor, ChangeKind::Undeprecated), surfaces, symbol, at, message);
        }
        _ if text(old) != text(new) => {
            let message = "only its documentation changed";
            sink.add((Level::Patch, ChangeKind::DocumentationChanged), surfaces, symbol, at, message);
        }
        _ => {}
    }
}

fn text(docs: &Docs) -> (&str, &str) {
    (docs.summary.trim(), docs.description.trim())
}
