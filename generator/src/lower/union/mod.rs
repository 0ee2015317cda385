//! `oneOf`, `anyOf`, several types, and inheritance by discriminator.
//!
//! The variants are told apart by a discriminator, else by a property whose constants differ, else by the shape of a value.

mod alternatives;
mod branch_names;
mod circles;
mod declared;
mod discriminator;
mod inheritance;
mod overlaps;
mod settle;
mod tags;
pub(super) mod unsettled;

use super::facts::{self, Alternatives, Facts, JsonType, Part, View};
use super::lowering::{CheckSite, Lowering, NameSite};
use super::schema;
use super::schema::target::{Target, reserve};
use crate::diag::Pointer;
use crate::ir::{Role, Ty};
use alternatives::Branch;
pub(super) use alternatives::{has_any_string, is_union};
pub(super) use inheritance::{find_heirs, is_heir, lower_heirs};
pub(super) use settle::settle;
use unsettled::Unsettled;

/// Lowers a schema with branches, without `null`.
pub(super) fn lower_union(
    cx: &mut Lowering<'_, '_>,
    facts: &Facts,
    parts: &[Part],
    at: &Pointer,
    target: Target<'_>,
) -> Ty {
    let unions = alternatives::deciding(cx, facts);
    let Some(branches) = alternatives::combine(cx, facts, &unions, parts, at) else { return Ty::Any };
    match branches.as_slice() {
        [] => Ty::Null,
        [only] if only.parts.is_empty() => of_nothing(cx, &unions),
        [_] if facts.discriminator.is_some() => lower_branches(cx, facts, parts, at, target, &branches),
        [only] if only.parts != parts => schema::lower_parts(cx, &only.parts, &target.site()),
        [_] => Ty::Any,
        _ => lower_branches(cx, facts, parts, at, target, &branches),
    }
}

/// The type of branches that are all `null` or `false`.
fn of_nothing(cx: &Lowering<'_, '_>, unions: &[Alternatives]) -> Ty {
    let null = |at: &Pointer| facts::is_null_at(cx, at);
    if unions.iter().any(|union| union.branches.iter().any(null)) { Ty::Null } else { Ty::Never }
}

/// Lowers a schema with several branches: a variant each, those of the same type once. What such branches say beyond their type is
/// checked by a rule for the whole value, because the variant is that of all of them.
fn lower_branches(
    cx: &mut Lowering<'_, '_>,
    facts: &Facts,
    parts: &[Part],
    at: &Pointer,
    target: Target<'_>,
    branches: &[Branch],
) -> Ty {
    let id = reserve(cx, facts, parts, at, target);
    cx.pending.push((CheckSite::Type(id), parts.to_vec()));
    let mut union = Unsettled::new(id, facts.discriminator.clone());
    // A `type` beside the branches that excludes `null` excludes it in all of them.
    let is_never_null = facts.types.is_some() && !facts.null;
    for branch in branches {
        let hint = branch_names::hint(cx, &branch.at);
        let word = hint.clone().unwrap_or_else(|| branch_names::numbered(union.len()));
        let ty = schema::lower_parts(cx, &branch.parts, &NameSite::of_type(id).with(Role::Variant(word)));
        let ty = if is_never_null { ty.not_null().clone() } else { ty };
        if ty == Ty::Named(id) {
            continue;
        }
        match union.variant_mut(&ty) {
            Some(known) if known.parts == branch.parts => {}
            Some(known) => {
                // What stands beside the union applies to all of its branches.
                known.parts.retain(|part| branch.parts.contains(part));
                cx.merged.insert(id);
            }
            None => union.push(&branch.at, hint, ty, branch.parts.clone()),
        }
    }
    union.defer(cx)
}

/// Lowers a schema of several JSON types: a variant each.
pub(super) fn lower_types(
    cx: &mut Lowering<'_, '_>,
    types: &[JsonType],
    facts: &Facts,
    parts: &[Part],
    at: &Pointer,
    target: Target<'_>,
) -> Ty {
    let id = reserve(cx, facts, parts, at, target);
    let mut union = Unsettled::new(id, None);
    let number = types.contains(&JsonType::Number);
    for ty in types.iter().filter(|ty| !(number && **ty == JsonType::Integer)) {
        let view = |part: &Part| View { only: Some(*ty), ..part.view };
        let only: Vec<Part> = parts.iter().map(|part| Part { at: part.at.clone(), view: view(part) }).collect();
        let word = match ty {
            JsonType::Array => "list",
            other => other.as_str(),
        };
        let lowered = schema::lower_parts(cx, &only, &NameSite::of_type(id).with(Role::Variant(word.to_owned())));
        union.push(at, Some(word.to_owned()), lowered, only);
    }
    union.defer(cx)
}

/// The type of values that satisfy one of several sets of schemas: a union, or the type that all have. A variant that stands for several
/// sets has no checks of its own: rules of the whole value check them.
pub(super) fn lower_one_of(
    cx: &mut Lowering<'_, '_>,
    alternatives: &[(Vec<Part>, Role)],
    site: &NameSite,
    at: &Pointer,
) -> Ty {
    let mut variants: Vec<(Ty, &Pointer, &[Part])> = Vec::new();
    for (parts, role) in alternatives {
        let ty = schema::lower_parts(cx, parts, &site.with(role.clone()));
        match variants.iter_mut().find(|(known, ..)| *known == ty) {
            Some((_, _, of_one)) => *of_one = &[],
            None => variants.push((ty, parts.first().map_or(at, |part| &part.at), parts)),
        }
    }
    match variants.as_slice() {
        [] => Ty::Any,
        [(only, ..)] => only.clone(),
        several if several.iter().any(|(ty, ..)| *ty == Ty::Any) => Ty::Any,
        several => {
            let mut union = Unsettled::new(cx.reserve(at, site.origin()), None);
            for (ty, at, parts) in several {
                union.push(at, branch_names::hint(cx, at), ty.clone(), parts.to_vec());
            }
            union.defer(cx)
        }
    }
}
