//! Compares formats that have no Rust type of their own.

use super::super::kind::ChangeKind;
use super::flow::Effect;
use super::walk::{Spot, Walk};
use crate::ir::Checks;

/// Reports another `format` of strings or numbers.
pub(super) fn compare(walk: &mut Walk<'_>, spot: &Spot, old: &[&Checks], new: &[&Checks]) {
    let (before, after) = (format(old), format(new));
    let (effect, kind) = match (before.filter(is_narrower), after.filter(is_narrower)) {
        (before, after) if before == after => return,
        (None, _) => (Effect::Narrows, ChangeKind::ValueTypeNarrowed),
        (_, None) => (Effect::Widens, ChangeKind::ValueTypeWidened),
        _ => (Effect::Differs, ChangeKind::ValueTypeChanged),
    };
    let words =
        |format: Option<&str>| format.map_or_else(|| "no format".to_owned(), |format| format!("`format: {format}`"));
    walk.effect(effect, kind, spot, &format!("it has {}, and had {}", words(after), words(before)));
}

fn format<'a>(checks: &[&'a Checks]) -> Option<&'a str> {
    checks.iter().find_map(|checks| checks.format.as_deref())
}

/// Whether a format says which values there are, and the type does not: that of an integer is its type. A number is a `double` without
/// a format as well, and a `password` is any string.
fn is_narrower(format: &&str) -> bool {
    let is_of_type = format.starts_with("int") || format.starts_with("uint");
    !is_of_type && !matches!(*format, "double" | "password")
}
