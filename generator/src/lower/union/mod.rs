//! `oneOf`, `anyOf`, several types, and inheritance by discriminator.
//!
//! The variants are told apart by a discriminator, else by a property whose constants differ, else by the shape of a value.

mod alternatives;
mod branch_names;
mod build;
mod inheritance;
mod tags;

use std::collections::BTreeSet;

use super::facts::{self, Alternatives, Facts, JsonType, Part, View};
use super::lowering::{CheckSite, Lowering, NameSite};
use super::schema;
use super::schema::target::{Target, reserve};
use crate::diag::Pointer;
use crate::ir::{Role, Ty, TypeId, Variant};
use alternatives::Branch;
pub(super) use alternatives::{has_any_string, is_union};
pub(super) use inheritance::{find_heirs, is_heir};

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
        [only] if only.parts != parts => schema::lower_parts(cx, &only.parts, &target.site()),
        [_] => Ty::Any,
        _ => lower_branches(cx, facts, parts, at, target, &branches),
    }
}

/// The type of branches that are all `null` or `false`.
fn of_nothing(cx: &Lowering<'_, '_>, unions: &[Alternatives]) -> Ty {
    let null = |at: &Pointer| cx.spec.node(at).is_some_and(|node| facts::is_null(&node));
    if unions.iter().any(|union| union.branches.iter().any(null)) { Ty::Null } else { Ty::Never }
}

/// Lowers a schema with several branches: a variant each, those of the same type once.
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
    let mut variants: Vec<Variant> = Vec::new();
    let mut unnamed = BTreeSet::new();
    for branch in branches {
        let hint = branch_names::hint(cx, &branch.at);
        let site = NameSite::of_type(id)
            .with(Role::Variant(hint.clone().unwrap_or_else(|| branch_names::numbered(variants.len()))));
        let ty = schema::lower_parts(cx, &branch.parts, &site);
        if ty == Ty::Named(id) || variants.iter().any(|known| known.ty == ty) {
            continue;
        }
        if hint.is_none() {
            unnamed.insert(variants.len());
        }
        let hint = hint.unwrap_or_else(|| branch_names::kind(cx, &ty).to_owned());
        cx.pending.push((CheckSite::Variant(id, variants.len()), branch.parts.clone()));
        variants.push(build::variant(&branch.at, hint, ty));
    }
    let ty = build::finish(cx, id, variants, facts.discriminator.as_ref());
    branch_names::settle(cx, id, &unnamed);
    ty
}

/// Lowers a schema with a discriminator to the union of the schemas that inherit from it.
pub(super) fn lower_heirs(cx: &mut Lowering<'_, '_>, id: TypeId, facts: &Facts, heirs: &[Pointer]) -> Ty {
    let mut variants = Vec::new();
    for at in heirs {
        let Some(node) = cx.spec.node(at) else { continue };
        let ty = schema::lower_definition(cx, &node);
        variants.push(build::variant(at, at.last(), ty));
    }
    cx.api.types[id].docs = facts.docs.clone();
    build::finish(cx, id, variants, facts.discriminator.as_ref())
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
    let mut variants = Vec::new();
    let number = types.contains(&JsonType::Number);
    for ty in types.iter().filter(|ty| !(number && **ty == JsonType::Integer)) {
        let view = |part: &Part| View { only: Some(*ty), ..part.view };
        let only: Vec<Part> = parts.iter().map(|part| Part { at: part.at.clone(), view: view(part) }).collect();
        let word = match ty {
            JsonType::Array => "list",
            other => other.as_str(),
        };
        let lowered = schema::lower_parts(cx, &only, &NameSite::of_type(id).with(Role::Variant(word.to_owned())));
        cx.pending.push((CheckSite::Variant(id, variants.len()), only));
        variants.push(build::variant(at, word.to_owned(), lowered));
    }
    build::finish(cx, id, variants, None)
}
