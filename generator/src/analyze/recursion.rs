//! Types of finite size: which edges between types must be indirect.

use std::collections::BTreeSet;

use crate::ir::{Api, Shape, Ty, TypeId};

/// Boxes the edges that close a cycle of types.
pub(super) fn box_edges(api: &mut Api) {
    let ids: Vec<TypeId> = api.types.ids().collect();
    for id in ids {
        let boxed: Vec<bool> = edges(api, id).iter().map(|(ty, _)| contains(api, ty, id)).collect();
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

/// Whether a value of a type contains one of another type without indirection.
fn contains(api: &Api, ty: &Ty, other: TypeId) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![ty];
    while let Some(ty) = open.pop() {
        // The items of lists and maps are on the heap already.
        let Ty::Named(id) = ty.not_null() else { continue };
        if *id == other {
            return true;
        }
        if seen.insert(*id) {
            open.extend(edges(api, *id).into_iter().filter(|(_, boxed)| !boxed).map(|(ty, _)| ty));
        }
    }
    false
}
