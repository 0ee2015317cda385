//! Compares values without parts.

use super::flow::Effect;
use crate::ir::{Int, Scalar};

/// How the values changed; `None` if they are the same.
pub(super) fn effect(old: Scalar, new: Scalar) -> Option<Effect> {
    if old == new {
        return None;
    }
    Some(match (contains(new, old), contains(old, new)) {
        (true, _) => Effect::Widens,
        (false, true) => Effect::Narrows,
        (false, false) => Effect::Differs,
    })
}

/// Whether all values of one type are values of another one.
fn contains(outer: Scalar, inner: Scalar) -> bool {
    match (outer, inner) {
        (Scalar::Int(outer), Scalar::Int(inner)) => {
            let ((outer_min, outer_max), (inner_min, inner_max)) = (Int::range(outer), Int::range(inner));
            outer_min <= inner_min && outer_max >= inner_max
        }
        (Scalar::Float, Scalar::Int(_)) => true,
        (Scalar::String, Scalar::Base64 | Scalar::Date | Scalar::DateTime | Scalar::Uuid) => true,
        _ => false,
    }
}

/// Whether a type has all values of its JSON type.
pub(super) fn is_general(scalar: Scalar) -> bool {
    matches!(scalar, Scalar::String | Scalar::Float | Scalar::Bool)
}
