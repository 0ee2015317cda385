//! Unions that are variants of each other, such as `A: oneOf [B, integer]` beside `B: oneOf [A, string]`. A value of the circle is a
//! value of a variant that leads out of it.

use std::collections::{BTreeMap, BTreeSet};

use super::super::lowering::Lowering;
use super::unsettled::{Alternative, Unsettled};
use crate::ir::{Ty, TypeId};

/// Gives each union of a circle the variants that lead out of the circle. Reading such a union would never end otherwise.
pub(super) fn untangle(cx: &mut Lowering<'_, '_>, unions: &mut [Unsettled]) {
    let variants = variants_on_circles(cx, unions);
    for union in unions.iter_mut().filter(|union| variants.contains_key(&union.id)) {
        union.variants = leading_out(cx, &variants, union.id);
    }
}

/// The variants of the unions on circles, and of those between them.
fn variants_on_circles(cx: &Lowering<'_, '_>, unions: &[Unsettled]) -> BTreeMap<TypeId, Vec<Alternative>> {
    let mut left: BTreeMap<TypeId, &[Alternative]> =
        unions.iter().map(|union| (union.id, union.variants.as_slice())).collect();
    // Inner unions come first, so the first round removes all but circles, and what leads to them.
    loop {
        let before = left.len();
        for union in unions {
            let leads_on =
                union.variants.iter().any(|variant| named(cx, &variant.ty).is_some_and(|id| left.contains_key(&id)));
            if !leads_on {
                left.remove(&union.id);
            }
        }
        if left.len() == before {
            return left.into_iter().map(|(id, variants)| (id, variants.to_vec())).collect();
        }
    }
}

/// The variants that a union has itself, and through the other unions of the circle, but for these unions.
fn leading_out(cx: &Lowering<'_, '_>, circle: &BTreeMap<TypeId, Vec<Alternative>>, id: TypeId) -> Vec<Alternative> {
    let mut found: Vec<Alternative> = Vec::new();
    let mut seen = BTreeSet::from([id]);
    let mut open = vec![id];
    while let Some(id) = open.pop() {
        for variant in circle.get(&id).into_iter().flatten() {
            let on_circle = named(cx, &variant.ty).filter(|id| circle.contains_key(id));
            if let Some(other) = on_circle.filter(|other| seen.insert(*other)) {
                open.push(other);
            }
            let outside = match (on_circle, cx.api.resolve(&variant.ty)) {
                (None, _) => Some(variant.ty.clone()),
                (Some(_), Ty::Nullable(_)) => Some(Ty::Null),
                (Some(_), _) => None,
            };
            if let Some(ty) = outside.filter(|ty| found.iter().all(|known| known.ty != *ty)) {
                found.push(match ty {
                    Ty::Null => Alternative { at: variant.at.clone(), hint: None, ty, parts: Vec::new() },
                    _ => variant.clone(),
                });
            }
        }
    }
    found
}

/// The named type that a type is, or is beside `null`.
fn named(cx: &Lowering<'_, '_>, ty: &Ty) -> Option<TypeId> {
    match cx.api.resolve(cx.api.resolve(ty).not_null()) {
        Ty::Named(id) => Some(*id),
        _ => None,
    }
}
