//! Compares objects.

use super::super::change::Level;
use super::super::kind::ChangeKind;
use super::flow::{Effect, Flow, Role};
use super::presence;
use super::walk::{Spot, Walk};
use crate::ir::{Field, Presence, Rest, Struct, Ty, TypeId};

const PROPERTY: presence::Kinds = presence::Kinds {
    required: (ChangeKind::PropertyRequired, "the property is required"),
    optional: (ChangeKind::PropertyOptional, "the property is not required any more"),
};

/// An object and its id.
type Side<'a> = (TypeId, &'a Struct);

/// Compares the properties, and what happens to others.
pub(super) fn compare<'a>(walk: &mut Walk<'a>, spot: &Spot, (old_id, old): Side<'a>, (new_id, new): Side<'a>) {
    let flow = spot.flow;
    let (old_names, new_names) = (walk.old.members(old_id), walk.new.members(new_id));
    for (field, name) in new.fields.iter().zip(&new_names).filter(|(field, _)| travels(field, flow)) {
        let symbol = format!("{}::{name}", spot.symbol);
        let spot = Spot { symbol, at: field.at.clone(), ..spot.clone() };
        match old.fields.iter().find(|before| before.wire == field.wire && travels(before, flow)) {
            Some(before) => property(walk, spot, before, field),
            None => added(walk, &spot, old, field),
        }
    }
    let is_kept = |wire: &str| new.fields.iter().any(|after| after.wire == wire && travels(after, flow));
    let gone = |(field, _): &(&Field, &String)| travels(field, flow) && !is_kept(&field.wire);
    for (field, name) in old.fields.iter().zip(&old_names).filter(gone) {
        let symbol = format!("{}::{name}", spot.symbol);
        removed(walk, &Spot { symbol, ..spot.clone() }, new, field);
    }
    forbidden(walk, spot, old, new);
    rest(walk, spot, old, new);
}

/// Whether a property is part of messages that go this way.
fn travels(field: &Field, flow: Flow) -> bool {
    if flow.is_sent { !field.read_only || field.write_only } else { !field.write_only || field.read_only }
}

fn is_required(field: &Field) -> bool {
    field.presence == Presence::Required
}

fn property<'a>(walk: &mut Walk<'a>, spot: Spot, old: &'a Field, new: &'a Field) {
    presence::compare(walk, &spot, &PROPERTY, is_required(old), is_required(new));
    if spot.flow.role == Role::Value && old.default != new.default {
        let message = match &new.default {
            Some(default) => format!("an absent property means `{}`", default.json()),
            None => "the property has no default any more".to_owned(),
        };
        walk.report(Level::Minor, ChangeKind::DefaultChanged, &spot, &message);
    }
    walk.push((&old.ty, Some(&old.checks)), (&new.ty, Some(&new.checks)), spot);
}

fn added(walk: &mut Walk<'_>, spot: &Spot, old: &Struct, field: &Field) {
    let (flow, required) = (spot.flow, is_required(field));
    let is_unexpected = flow.role == Role::Value && !flow.is_sent && old.rest == Rest::Closed;
    let level = if is_unexpected { Level::Major } else { flow.added(required) };
    let message = match (flow.is_sent || flow.role != Role::Value, required) {
        (true, true) => "new required property",
        (true, false) => "new optional property",
        (false, _) if is_unexpected => "new property of an object that had no others",
        (false, _) => "new property, which existing code ignores",
    };
    walk.report(level, ChangeKind::PropertyAdded, spot, message);
}

fn removed(walk: &mut Walk<'_>, spot: &Spot, new: &Struct, field: &Field) {
    let (flow, required) = (spot.flow, is_required(field));
    let message = match (flow.is_sent, required) {
        _ if flow.role != Role::Value => "the property is gone",
        (true, _) if new.rest == Rest::Closed => "the property is gone, and refused",
        (true, _) => "the property is gone, and ignored where it is sent",
        (false, true) => "the property is gone, and was always there",
        (false, false) => "the property is gone, and was optional",
    };
    walk.report_old(flow.removed(required), ChangeKind::PropertyRemoved, spot, &field.at, message);
}

fn forbidden(walk: &mut Walk<'_>, spot: &Spot, old: &Struct, new: &Struct) {
    for wire in new.forbidden.iter().filter(|wire| !old.forbidden.contains(wire)) {
        let is_known = old.fields.iter().any(|field| field.wire == **wire);
        if !is_known {
            let message = format!("the property `{wire}` is forbidden");
            walk.effect(Effect::Narrows, ChangeKind::RuleAdded, spot, &message);
        }
    }
    for wire in old.forbidden.iter().filter(|wire| !new.forbidden.contains(wire)) {
        let message = format!("the property `{wire}` is not forbidden any more");
        walk.effect(Effect::Widens, ChangeKind::RuleRemoved, spot, &message);
    }
}

/// The values of unknown properties of an object that does not mention them.
static ANY: Ty = Ty::Any;

fn rest<'a>(walk: &mut Walk<'a>, spot: &Spot, old: &'a Struct, new: &'a Struct) {
    let values = |shape: &'a Struct| match &shape.rest {
        Rest::Collect(ty) => ty,
        Rest::Ignore | Rest::Closed => &ANY,
    };
    match (&old.rest, &new.rest) {
        (Rest::Closed, Rest::Closed) | (Rest::Ignore, Rest::Ignore) => {}
        (_, Rest::Closed) => {
            let message = "unknown properties are forbidden";
            walk.effect(Effect::Narrows, ChangeKind::ObjectClosed, spot, message);
        }
        (Rest::Closed, _) => {
            let message = "unknown properties are allowed";
            // Clients ignore what they do not know.
            let level = if spot.flow.role == Role::Value { Level::Minor } else { spot.flow.level(Effect::Widens) };
            walk.report(level, ChangeKind::ObjectOpened, spot, message);
        }
        _ => {
            let spot = Spot { symbol: format!("{}{{}}", spot.symbol), ..spot.clone() };
            walk.push((values(old), Some(&old.rest_checks)), (values(new), Some(&new.rest_checks)), spot);
        }
    }
}
