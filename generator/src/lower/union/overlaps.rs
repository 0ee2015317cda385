//! Reports variants that cannot be told apart, or that a value can satisfy at once.

use super::super::facts::{self, Part};
use super::super::lowering::Lowering;
use super::tags::{as_struct, constants, texts};
use crate::diag::Code;
use crate::ir::{Field, Presence, Rest, Rule, Struct, TypeId, Variant};

/// Reports the first two objects of which a value may be read as the wrong one, or loses properties.
pub(super) fn report(cx: &mut Lowering<'_, '_>, id: TypeId, variants: &[Variant]) {
    let objects: Vec<&Variant> = variants.iter().filter(|variant| as_struct(cx, &variant.ty).is_some()).collect();
    let of_any_of: Vec<&Variant> = objects.iter().copied().filter(|variant| is_any_of(variant)).collect();
    let (found, message, help) = if let Some((a, b)) = pairs(&objects).find(|(a, b)| are_alike(cx, a, b)) {
        let differ = "differ by optional properties only; a value is read as the one that declares most of its keys";
        let help = "add a `discriminator`, or require a property that only one of them declares";
        ((a, b), format!("`{}` and `{}` {differ}", a.hint, b.hint), help)
    } else if let Some((a, b)) = pairs(&of_any_of).find(|(a, b)| a.at != b.at && can_be_both(cx, a, b)) {
        let both = if a.hint == b.hint {
            "two of these branches".to_owned()
        } else {
            format!("`{}` and `{}`", a.hint, b.hint)
        };
        let message =
            format!("a value can satisfy {both}; it is read as one of them and loses what only the other declares");
        let help = "write `oneOf` if it is always one of them, or else one schema with the properties of both";
        ((a, b), message, help)
    } else {
        return;
    };
    let at = cx.api.types[id].at.push("oneOf");
    let (first, second) = found;
    if cx.first_report(&at) {
        cx.diags.warn(Code::AmbiguousUnion, &second.at, message).related(&first.at, "the other branch").help(help);
    }
}

/// Every two of several variants.
fn pairs<'v>(variants: &[&'v Variant]) -> impl Iterator<Item = (&'v Variant, &'v Variant)> {
    let others = |index: usize| variants.iter().skip(index + 1);
    variants.iter().enumerate().flat_map(move |(index, a)| others(index).map(move |b| (*a, *b)))
}

/// Whether two objects differ by optional properties only.
fn are_alike(cx: &Lowering<'_, '_>, a: &Variant, b: &Variant) -> bool {
    let (Some(a), Some(b)) = (as_struct(cx, &a.ty), as_struct(cx, &b.ty)) else { return false };
    let has_own = |a: &Struct, b: &Struct| {
        let mut required = a.fields.iter().filter(|field| field.presence == Presence::Required);
        required.any(|field| find(b, &field.wire).is_none())
    };
    !has_own(a, b) && !has_own(b, a)
}

fn find<'s>(shape: &'s Struct, wire: &str) -> Option<&'s Field> {
    shape.fields.iter().find(|field| field.wire == wire)
}

/// Whether a variant is a branch of an `anyOf`, of which a value may satisfy several (JSON Schema Core 2020-12 §10.2.1.2).
fn is_any_of(variant: &Variant) -> bool {
    variant.at.parent().last() == "anyOf"
}

/// Whether a value can satisfy both objects, and have a property of each that the other one ignores.
fn can_be_both(cx: &mut Lowering<'_, '_>, first: &Variant, second: &Variant) -> bool {
    if [first, second].iter().any(|variant| excludes(cx, variant)) {
        return false;
    }
    let (Some(a), Some(b)) = (as_struct(cx, &first.ty), as_struct(cx, &second.ty)) else { return false };
    let ignores = |a: &Struct, b: &Struct| {
        let is_ignored = |field: &Field| find(a, &field.wire).is_none() && !a.forbidden.contains(&field.wire);
        a.rest == Rest::Ignore && b.fields.iter().any(is_ignored)
    };
    let forbids = |a: &Struct, b: &Struct| {
        let mut required = b.fields.iter().filter(|field| field.presence == Presence::Required);
        required.any(|field| a.forbidden.contains(&field.wire))
    };
    if !ignores(a, b) || !ignores(b, a) || forbids(a, b) || forbids(b, a) {
        return false;
    }
    let shared = a.fields.iter().filter_map(|field| Some((field, find(b, &field.wire)?)));
    let required = shared.filter(|(a, b)| [a, b].iter().any(|field| field.presence == Presence::Required));
    let kinds = required.map(|(a, b)| (a.wire.clone(), cx.api.json_kind(&a.ty).overlaps(cx.api.json_kind(&b.ty))));
    let kinds: Vec<(String, bool)> = kinds.collect();
    kinds.iter().all(|(property, overlaps)| *overlaps && can_be_equal(cx, first, second, property))
}

/// Whether a branch has rules that may exclude the values of another one.
fn excludes(cx: &mut Lowering<'_, '_>, variant: &Variant) -> bool {
    let facts = facts::gather(cx, &[Part::whole(&variant.at)]);
    !facts.not.is_empty() || facts.validation.iter().any(|rule| matches!(rule, Rule::MaxProperties(_)))
}

/// Whether a property of two objects can have the same value.
fn can_be_equal(cx: &mut Lowering<'_, '_>, a: &Variant, b: &Variant, property: &str) -> bool {
    let (a, b) = (texts(&constants(cx, &a.ty, property)), texts(&constants(cx, &b.ty, property)));
    a.is_empty() || b.is_empty() || a.iter().any(|value| b.contains(value))
}
