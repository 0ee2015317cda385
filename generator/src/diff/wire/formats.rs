//! Compares formats that have no Rust type of their own.

use super::super::kind::ChangeKind;
use super::flow::Effect;
use super::walk::{Spot, Walk};
use crate::ir::Checks;

/// Reports another `format` of strings or numbers.
pub(super) fn compare(walk: &mut Walk<'_>, spot: &Spot, old: &[&Checks], new: &[&Checks]) {
    let (before, after) = (format(old), format(new));
    if before == after {
        return;
    }
    let words =
        |format: Option<&str>| format.map_or_else(|| "no format".to_owned(), |format| format!("`format: {format}`"));
    let message = format!("it has {}, and had {}", words(after), words(before));
    let (effect, kind) = match (before, after) {
        (None, _) => (Effect::Narrows, ChangeKind::ValueTypeNarrowed),
        (_, None) => (Effect::Widens, ChangeKind::ValueTypeWidened),
        _ => (Effect::Differs, ChangeKind::ValueTypeChanged),
    };
    walk.effect(effect, kind, spot, &message);
}

/// The format that says which values there are, if the type does not: that of an integer is its type. A number is a `double` without
/// a format as well, and a `password` is any string.
fn format<'a>(checks: &[&'a Checks]) -> Option<&'a str> {
    let found = checks.iter().find_map(|checks| checks.format.as_deref());
    let is_of_type = |format: &str| format.starts_with("int") || format.starts_with("uint");
    found.filter(|format| !is_of_type(format) && !matches!(*format, "double" | "password"))
}
