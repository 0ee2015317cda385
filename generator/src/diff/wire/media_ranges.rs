//! Media types, and ranges of them (RFC 9110 §12.5.1).

use super::flow::Effect;
use crate::ir::essence;

/// Whether a range stands for a media type, or for a smaller range.
pub(super) fn covers(range: &str, media_type: &str) -> bool {
    let (range, media_type) = (essence(range), essence(media_type));
    match range.strip_suffix("/*") {
        Some("*") => media_type != range,
        Some(kind) => media_type != range && media_type.split('/').next() == Some(kind),
        None => false,
    }
}

/// What it means if a list of media types and ranges becomes another one.
pub(super) fn effect(old: &[String], new: &[String]) -> Option<Effect> {
    let is_among = |all: &[String], one: &String| all.iter().any(|other| other == one || covers(other, one));
    let is_wider = new.iter().any(|one| !is_among(old, one));
    let is_narrower = old.iter().any(|one| !is_among(new, one));
    Effect::of(is_wider, is_narrower)
}
