//! Compares unions.

use super::super::change::Level;
use super::super::kind::ChangeKind;
use super::flow::{Effect, Role};
use super::walk::{Spot, Walk};
use crate::ir::{Literal, Tag, TypeId, Union, Variant};

/// A union and its id.
type Side<'a> = (TypeId, &'a Union);

/// Compares the branches, and how they are told apart.
pub(super) fn compare<'a>(walk: &mut Walk<'a>, spot: &Spot, (old_id, old): Side<'a>, (new_id, new): Side<'a>) {
    discriminator(walk, spot, old, new);
    let (old_names, new_names) = (walk.old.members(old_id), walk.new.members(new_id));
    let pairs = pairs((old, &old_names), (new, &new_names));
    for (index, (variant, name)) in new.variants.iter().zip(&new_names).enumerate() {
        let symbol = format!("{}::{name}", spot.symbol);
        let spot = Spot { symbol, at: variant.at.clone(), ..spot.clone() };
        let before = pairs.iter().find(|(_, new)| *new == index).and_then(|(before, _)| old.variants.get(*before));
        match before {
            Some(before) => {
                tags(walk, &spot, before, variant);
                walk.push((&before.ty, Some(&before.checks)), (&variant.ty, Some(&variant.checks)), spot);
            }
            None if !spot.flow.is_sent && spot.flow.role == Role::Value && is_tolerant(old) => {
                let message = "it is a new branch, which clients keep as JSON";
                walk.report(Level::Minor, ChangeKind::BranchAdded, &spot, message);
            }
            None => walk.effect(Effect::Widens, ChangeKind::BranchAdded, &spot, "it is a new branch"),
        }
    }
    for (index, (variant, name)) in old.variants.iter().zip(&old_names).enumerate() {
        if pairs.iter().all(|(old, _)| *old != index) {
            let symbol = format!("{}::{name}", spot.symbol);
            let spot = Spot { symbol, ..spot.clone() };
            let level = spot.flow.level(Effect::Narrows);
            let message = "the branch is gone";
            walk.report_old(level, ChangeKind::BranchRemoved, &spot, &variant.at, message);
        }
    }
}

/// Whether clients keep values with unknown tags.
fn is_tolerant(union: &Union) -> bool {
    union.tag != Tag::Shape && (union.open || union.default.is_some())
}

/// The branches of both versions that belong together: by their tags, then by their names.
fn pairs((old, old_names): (&Union, &[String]), (new, new_names): (&Union, &[String])) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let shares_tag = |before: &Variant, after: &Variant| before.tags.iter().any(|tag| after.tags.contains(tag));
    let by_tag = |before: usize, after: usize| {
        old.variants.get(before).zip(new.variants.get(after)).is_some_and(|(before, after)| shares_tag(before, after))
    };
    let by_name = |before: usize, after: usize| {
        old_names.get(before).zip(new_names.get(after)).is_some_and(|(before, after)| before == after)
    };
    let rules: [&dyn Fn(usize, usize) -> bool; 2] = [&by_tag, &by_name];
    for belong_together in rules {
        for after in 0..new.variants.len() {
            let is_taken = |before: usize| pairs.iter().any(|(old, new)| *old == before || *new == after);
            let found = (0..old.variants.len()).find(|before| !is_taken(*before) && belong_together(*before, after));
            pairs.extend(found.map(|before| (before, after)));
        }
    }
    pairs
}

fn discriminator(walk: &mut Walk<'_>, spot: &Spot, old: &Union, new: &Union) {
    let message = match (&old.tag, &new.tag) {
        (Tag::Property(before), Tag::Property(after)) if before != after => {
            format!("its branches are told apart by `{after}`, and were by `{before}`")
        }
        (Tag::Shape, Tag::Property(after)) => format!("its branches are told apart by `{after}`"),
        (Tag::Property(before), Tag::Shape) => format!("its branches are not told apart by `{before}` any more"),
        _ => return,
    };
    walk.effect(Effect::Differs, ChangeKind::DiscriminatorChanged, spot, &message);
}

fn tags(walk: &mut Walk<'_>, spot: &Spot, old: &Variant, new: &Variant) {
    for tag in new.tags.iter().filter(|tag| !old.tags.contains(tag)) {
        let message = format!("`{}` is a new value of its discriminator", Literal::json(tag));
        walk.effect(Effect::Widens, ChangeKind::ValueAdded, spot, &message);
    }
    for tag in old.tags.iter().filter(|tag| !new.tags.contains(tag)) {
        let message = format!("`{}` is not a value of its discriminator any more", Literal::json(tag));
        walk.effect(Effect::Narrows, ChangeKind::ValueRemoved, spot, &message);
    }
}
