//! Branches that do not require the property of their discriminator, although values are told apart by it (OpenAPI 3.0.3 §4.7.25.2).

use super::super::facts::Discriminator;
use super::super::lowering::Lowering;
use super::discriminator::is_object;
use crate::diag::Code;
use crate::ir::{Presence, Shape, Ty, Union};

/// Unions in unions deeper than this are not looked into.
const MAX_DEPTH: usize = 4;
/// How many types are looked at for one discriminator. Unions of unions of unions have many.
const MAX_TYPES: usize = 10_000;

/// What a branch says of the property.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Declared {
    /// The branch does not declare it.
    No,
    /// It is a property that may be absent.
    Optional,
    /// It is a property that is always there.
    Required,
}

/// Warns of a discriminator that no branch declares as a property, or that some branches do not require: a value without it belongs to
/// no branch. If there is a branch for such values, only the first is a mistake.
pub(super) fn report(cx: &mut Lowering<'_, '_>, discriminator: &Discriminator, union: &Union) {
    let objects = union.variants.iter().filter(|variant| is_object(cx, &variant.ty));
    let mut budget = MAX_TYPES;
    let found: Vec<_> = objects
        .map(|variant| (&variant.at, declared(cx, &variant.ty, &discriminator.property, 0, &mut budget)))
        .collect();
    let property = &discriminator.property;
    if found.iter().all(|(_, declared)| *declared == Declared::No) {
        if cx.first_report(&discriminator.at.push("propertyName")) {
            let message =
                format!("no branch declares the discriminator property `{property}`; servers refuse values without it");
            cx.diags
                .warn(Code::OddSchema, &discriminator.at, message)
                .help(format!("declare and require `{property}` in every branch, or correct `propertyName`"));
        }
        return;
    }
    let Some((at, _)) = found.iter().find(|(_, declared)| *declared != Declared::Required) else { return };
    if union.default.is_none() && cx.first_report(&discriminator.at.push("propertyName")) {
        let message = format!("not every branch requires `{property}`; servers refuse values without it");
        cx.diags
            .warn(Code::OddSchema, &discriminator.at, message)
            .related(at, "this branch does not require it")
            .help(format!("list `{property}` under `required` in every branch"));
    }
}

/// What a type says of a property: of the branches of a union, that which says least.
fn declared(cx: &Lowering<'_, '_>, ty: &Ty, property: &str, depth: usize, budget: &mut usize) -> Declared {
    let id = match cx.api.resolve(ty.not_null()) {
        Ty::Named(id) => id,
        // Any key may be there, and `required` is a rule.
        Ty::Map(_) => return Declared::Required,
        _ => return Declared::No,
    };
    let Some(rest) = budget.checked_sub(1) else { return Declared::Required };
    *budget = rest;
    match &cx.api.types[*id].shape {
        Shape::Struct(shape) => match shape.fields.iter().find(|field| field.wire == property) {
            Some(field) if field.presence == Presence::Required => Declared::Required,
            Some(_) => Declared::Optional,
            None => Declared::No,
        },
        Shape::Union(_) if depth >= MAX_DEPTH => Declared::Required,
        Shape::Union(union) => {
            let of = |variant: &crate::ir::Variant| declared(cx, &variant.ty, property, depth + 1, &mut *budget);
            union.variants.iter().map(of).min().unwrap_or(Declared::No)
        }
        Shape::Newtype(inner) if depth < MAX_DEPTH => declared(cx, inner, property, depth + 1, budget),
        Shape::Newtype(_) | Shape::Alias(_) | Shape::Enum(_) => Declared::No,
    }
}
