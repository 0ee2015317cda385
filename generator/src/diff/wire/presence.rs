//! Whether a part of a message has to be there: a property, a parameter, a header or a body.

use super::super::kind::ChangeKind;
use super::flow::Effect;
use super::walk::{Spot, Walk};

/// What is reported if a part becomes required or optional.
pub(super) struct Kinds {
    pub required: (ChangeKind, &'static str),
    pub optional: (ChangeKind, &'static str),
}

/// Of headers of responses, and of parts.
pub(super) const HEADER: Kinds = Kinds {
    required: (ChangeKind::HeaderRequired, "the header is always there"),
    optional: (ChangeKind::HeaderOptional, "the header may be absent"),
};

/// Compares whether a part is required.
pub(super) fn compare(walk: &mut Walk<'_>, spot: &Spot, kinds: &Kinds, was_required: bool, is_required: bool) {
    match (was_required, is_required) {
        (false, true) => walk.effect(Effect::Narrows, kinds.required.0, spot, kinds.required.1),
        (true, false) => walk.effect(Effect::Widens, kinds.optional.0, spot, kinds.optional.1),
        _ => {}
    }
}
