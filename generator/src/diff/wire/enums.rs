//! Compares lists of values.

use std::collections::BTreeSet;

use super::super::change::Level;
use super::super::kind::ChangeKind;
use super::flow::{Effect, Role};
use super::walk::{Spot, Walk};
use crate::ir::Enum;

/// Reports values that were added or removed.
pub(super) fn compare(walk: &mut Walk<'_>, spot: &Spot, old: &Enum, new: &Enum) {
    let keys = |shape: &Enum| -> BTreeSet<String> { shape.values.iter().map(|value| value.literal.key()).collect() };
    let (before, after) = (keys(old), keys(new));
    for value in new.values.iter().filter(|value| !before.contains(&value.literal.key())) {
        let spot = Spot { at: value.at.clone(), ..spot.clone() };
        let text = value.literal.json();
        if old.open && !spot.flow.is_sent && spot.flow.role == Role::Value {
            let message = format!("`{text}` is a new value, which clients keep as an unknown one");
            walk.report(Level::Minor, ChangeKind::ValueAdded, &spot, &message);
        } else {
            walk.effect(Effect::Widens, ChangeKind::ValueAdded, &spot, &format!("`{text}` is a new value"));
        }
    }
    for value in old.values.iter().filter(|value| !after.contains(&value.literal.key())) {
        let message = format!("`{}` is not a value any more", value.literal.json());
        let level = spot.flow.level(Effect::Narrows);
        walk.report_old(level, ChangeKind::ValueRemoved, spot, &value.at, &message);
    }
}
