//! Types of finite size: which edges between types must be indirect.

use std::collections::{BTreeMap, BTreeSet};

use super::containers::cycles;
use crate::ir::{Api, Shape, Ty, TypeId};

/// Boxes the edges that close a cycle of types.
pub(super) fn box_edges(api: &mut Api) {
    let cycles = cycles(api);
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    for cycle in &cycles {
        *sizes.entry(*cycle).or_default() += 1;
    }
    let ids: Vec<TypeId> = api.types.ids().collect();
    for id in ids {
        let is_boxed = |ty: &Ty| {
            let Ty::Named(part) = ty.not_null() else { return false };
            let cycle = cycles.get(id.index());
            if cycle != cycles.get(part.index()) {
                return false;
            }
            let size = cycle.and_then(|cycle| sizes.get(cycle)).copied().unwrap_or_default();
            if size > MAX_SEARCHED { *part <= id } else { contains(api, ty, id, &cycles) }
        };
        let boxed: Vec<bool> = edges(api, id).iter().map(|(ty, _)| is_boxed(ty)).collect();
        let mut boxed = boxed.into_iter();
        match &mut api.types[id].shape {
            Shape::Struct(shape) => {
                for field in &mut shape.fields {
                    field.boxed = boxed.next().unwrap_or(false);
                }
            }
            Shape::Union(union) => {
                for variant in &mut union.variants {
                    variant.boxed = boxed.next().unwrap_or(false);
                }
            }
            Shape::Enum(_) | Shape::Alias(_) | Shape::Newtype(_) => {}
        }
    }
}

/// The types that a type contains, in the order of its fields or variants, and whether that edge is indirect already.
fn edges(api: &Api, id: TypeId) -> Vec<(&Ty, bool)> {
    match &api.types[id].shape {
        Shape::Struct(shape) => shape.fields.iter().map(|field| (&field.ty, field.boxed)).collect(),
        Shape::Union(union) => union.variants.iter().map(|variant| (&variant.ty, variant.boxed)).collect(),
        Shape::Alias(ty) | Shape::Newtype(ty) => vec![(ty, false)],
        Shape::Enum(_) => Vec::new(),
    }
}

/// If more types than this contain each other, every edge to an earlier type is boxed. That is more than necessary, but a search for
/// each edge would take too long.
const MAX_SEARCHED: usize = 1_000;

/// Whether a value of a type contains one of another type on the same cycle without indirection.
fn contains(api: &Api, ty: &Ty, other: TypeId, cycles: &[usize]) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![ty];
    while let Some(ty) = open.pop() {
        // The items of lists and maps are on the heap already.
        let Ty::Named(id) = ty.not_null() else { continue };
        if *id == other {
            return true;
        }
        if cycles.get(id.index()) == cycles.get(other.index()) && seen.insert(*id) {
            open.extend(edges(api, *id).into_iter().filter(|(_, boxed)| !boxed).map(|(ty, _)| ty));
        }
    }
    false
}
