//! Compares a type with a type.

use super::super::kind::ChangeKind;
use super::super::view::View;
use super::flow::{Effect, Role};
use super::walk::{Spot, TypePair, Walk};
use super::{enums, formats, objects, rules, scalars, unions};
use crate::ir::{Api, Checks, JsonKind, Shape, Ty, TypeId};

/// Looks at every pair of the queue.
pub(super) fn run(walk: &mut Walk<'_>) {
    loop {
        if let Some(pair) = walk.queue.pop_front() {
            compare(walk, pair);
        } else if let Some((before, after, spot)) = walk.ids.pop_front() {
            named(walk, &spot, (before, after), &Ty::Named(before), &Ty::Named(after));
        } else {
            return;
        }
    }
}

/// A type without aliases, `null` and newtypes around it.
struct Bare<'a> {
    ty: &'a Ty,
    is_nullable: bool,
    /// The rules of the newtypes.
    checks: Vec<&'a Checks>,
}

/// Newtypes in newtypes deeper than this are not looked into.
const MAX_DEPTH: usize = 16;

impl<'a> Bare<'a> {
    fn of(api: &'a Api, ty: &'a Ty, checks: Option<&'a Checks>) -> Self {
        let mut bare = Self { ty, is_nullable: false, checks: checks.into_iter().collect() };
        for _ in 0..MAX_DEPTH {
            bare.ty = aliased(api, bare.ty, &mut bare.checks);
            match bare.ty {
                Ty::Nullable(inner) => {
                    bare.is_nullable = true;
                    bare.ty = inner;
                }
                Ty::Named(id) => match &api.types[*id].shape {
                    Shape::Newtype(inner) => {
                        bare.checks.push(&api.types[*id].checks);
                        bare.ty = inner;
                    }
                    _ => break,
                },
                _ => break,
            }
        }
        bare.is_nullable |= matches!(bare.ty, Ty::Any | Ty::Null);
        bare
    }
}

/// The type behind aliases, whose rules are collected.
fn aliased<'a>(api: &'a Api, ty: &'a Ty, checks: &mut Vec<&'a Checks>) -> &'a Ty {
    let mut ty = ty;
    for _ in 0..=api.types.len() {
        let Ty::Named(id) = ty else { break };
        let Shape::Alias(target) = &api.types[*id].shape else { break };
        checks.push(&api.types[*id].checks);
        ty = target;
    }
    ty
}

fn compare<'a>(walk: &mut Walk<'a>, pair: TypePair<'a>) {
    let old = Bare::of(walk.old.api, pair.old.0, pair.old.1);
    let new = Bare::of(walk.new.api, pair.new.0, pair.new.1);
    let spot = &pair.spot;
    if !matches!((old.ty, new.ty), (Ty::Any | Ty::Null, _) | (_, Ty::Any | Ty::Null)) {
        match (old.is_nullable, new.is_nullable) {
            (false, true) => {
                walk.effect(Effect::Widens, ChangeKind::NullAllowed, spot, "it may be `null`, and could not be");
            }
            (true, false) => {
                walk.effect(Effect::Narrows, ChangeKind::NullForbidden, spot, "it is not `null` any more");
            }
            _ => {}
        }
    }
    rules::compare(walk, spot, &old.checks, &new.checks);
    shapes(walk, spot, &old, &new);
}

fn shapes<'a>(walk: &mut Walk<'a>, spot: &Spot, old: &Bare<'a>, new: &Bare<'a>) {
    let inner = |suffix: &str| Spot { symbol: format!("{}{suffix}", spot.symbol), ..spot.clone() };
    let (old_items, new_items) = (items(&old.checks), items(&new.checks));
    match (old.ty, new.ty) {
        (Ty::Any, Ty::Any) | (Ty::Null, Ty::Null) | (Ty::Never, Ty::Never) | (Ty::Given(_), _) | (_, Ty::Given(_)) => {}
        (Ty::List(old), Ty::List(new)) => walk.push((old, old_items), (new, new_items), inner("[]")),
        (Ty::Map(old), Ty::Map(new)) => walk.push((old, old_items), (new, new_items), inner("{}")),
        (Ty::Tuple(old_parts), Ty::Tuple(new_parts)) if old_parts.len() == new_parts.len() => {
            for (index, (old_part, new_part)) in old_parts.iter().zip(new_parts).enumerate() {
                let old_checks = old.checks.iter().find_map(|checks| checks.positions.get(index));
                let new_checks = new.checks.iter().find_map(|checks| checks.positions.get(index));
                walk.push((old_part, old_checks), (new_part, new_checks), inner(&format!("[{index}]")));
            }
        }
        (Ty::Scalar(before), Ty::Scalar(after)) => match scalars::effect(*before, *after) {
            Some(effect) => changed(walk, spot, effect, old.ty, new.ty),
            None => formats::compare(walk, spot, &old.checks, &new.checks),
        },
        (Ty::Named(before), Ty::Named(after)) => named(walk, spot, (*before, *after), old.ty, new.ty),
        _ => {
            let effect = mixed(walk, old.ty, new.ty);
            changed(walk, spot, effect, old.ty, new.ty);
        }
    }
}

/// The rules of the items of a list.
fn items<'a>(checks: &[&'a Checks]) -> Option<&'a Checks> {
    checks.iter().find_map(|checks| checks.items.as_deref())
}

fn named(walk: &mut Walk<'_>, spot: &Spot, (before, after): (TypeId, TypeId), old: &Ty, new: &Ty) {
    if !walk.is_new(before.index(), after.index(), spot.flow) {
        return;
    }
    let (old_api, new_api) = (walk.old.api, walk.new.api);
    let (old_def, new_def) = (&old_api.types[before], &new_api.types[after]);
    let is_condition = new_def.origin.is_condition();
    let symbol = if is_condition { spot.symbol.clone() } else { walk.new.path(after) };
    let spot = &Spot { symbol, flow: spot.flow, at: new_def.at.clone() };
    rules::compare_own(walk, spot, old_def, new_def);
    match (&old_def.shape, &new_def.shape) {
        (Shape::Struct(old_shape), Shape::Struct(new_shape)) => {
            objects::compare(walk, spot, (before, old_shape), (after, new_shape));
        }
        (Shape::Enum(before), Shape::Enum(after)) => enums::compare(walk, spot, before, after),
        (Shape::Union(old_union), Shape::Union(new_union)) => {
            unions::compare(walk, spot, (before, old_union), (after, new_union));
        }
        (Shape::Alias(before) | Shape::Newtype(before), Shape::Alias(after) | Shape::Newtype(after)) => {
            walk.push((before, None), (after, None), spot.clone());
        }
        _ => {
            let effect = mixed(walk, old, new);
            changed(walk, spot, effect, old, new);
        }
    }
}

/// Reports another type.
fn changed(walk: &mut Walk<'_>, spot: &Spot, effect: Effect, old: &Ty, new: &Ty) {
    let (before, after) = (type_name(&walk.old, old), type_name(&walk.new, new));
    let (kind, message) = match effect {
        Effect::Narrows => (ChangeKind::ValueTypeNarrowed, format!("only {after} is a value, and {before} was")),
        Effect::Widens => (ChangeKind::ValueTypeWidened, format!("{after} is a value, and only {before} was")),
        Effect::Differs => (ChangeKind::ValueTypeChanged, format!("the value is {after}, and was {before}")),
    };
    // Clients keep the values of open enums as they are, so they can read any other text.
    let is_open =
        matches!(old, Ty::Named(id) if matches!(&walk.old.api.types[*id].shape, Shape::Enum(shape) if shape.open));
    let is_tolerated = is_open && walk.new.api.json_kind(new) == walk.old.api.json_kind(old);
    if effect == Effect::Widens && is_tolerated && !spot.flow.is_sent && spot.flow.role == Role::Value {
        walk.effect(Effect::Narrows, kind, spot, &message);
    } else {
        walk.effect(effect, kind, spot, &message);
    }
}

/// The effect of a change between types of different shapes.
fn mixed(walk: &Walk<'_>, old: &Ty, new: &Ty) -> Effect {
    let (old_api, new_api) = (walk.old.api, walk.new.api);
    match (old, new) {
        (Ty::Never, _) | (_, Ty::Any) => return Effect::Widens,
        (_, Ty::Never) | (Ty::Any, _) => return Effect::Narrows,
        _ => {}
    }
    if is_branch(walk.old, old, walk.new, new) {
        return Effect::Widens;
    }
    if is_branch(walk.new, new, walk.old, old) {
        return Effect::Narrows;
    }
    if old_api.json_kind(old) != new_api.json_kind(new) {
        return Effect::Differs;
    }
    match (general(old_api, old), general(new_api, new)) {
        (true, false) => Effect::Narrows,
        (false, true) => Effect::Widens,
        _ => Effect::Differs,
    }
}

/// Whether a type has all values of its JSON type.
fn general(api: &Api, ty: &Ty) -> bool {
    match ty {
        Ty::Map(value) => matches!(api.resolve(value), Ty::Any),
        Ty::List(item) => matches!(api.resolve(item), Ty::Any),
        Ty::Scalar(scalar) => scalars::is_general(*scalar),
        _ => false,
    }
}

/// Whether a type is a branch of a union, which has the same Rust name in both versions.
fn is_branch(of: View<'_>, ty: &Ty, in_view: View<'_>, union: &Ty) -> bool {
    let Ty::Named(id) = union else { return false };
    let Shape::Union(shape) = &in_view.api.types[*id].shape else { return false };
    let own = of.shown(ty);
    shape.variants.iter().any(|variant| in_view.shown(&variant.ty).is_same(&own))
}

/// A type in a sentence.
fn type_name(view: &View<'_>, ty: &Ty) -> String {
    let kind = match view.api.json_kind(ty) {
        JsonKind::Any => "any JSON value",
        JsonKind::Null => "`null`",
        JsonKind::Boolean => "a boolean",
        JsonKind::Number => "a number",
        JsonKind::String => "a string",
        JsonKind::Array => "an array",
        JsonKind::Object => "an object",
    };
    match ty {
        Ty::Any | Ty::Null => kind.to_owned(),
        _ => format!("{kind} (`{}`)", view.shown(ty).written),
    }
}
