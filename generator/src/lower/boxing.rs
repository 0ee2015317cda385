//! Types of finite size: which edges on a cycle must be indirect, and which aliases need a type of their own.

use std::collections::BTreeSet;

use crate::diag::{Code, Diags, Pointer};
use crate::ir::{Api, Shape, Ty, TypeId};

/// Marks the edges that close a cycle of types.
pub(super) fn mark(api: &mut Api, diags: &mut Diags) {
    break_alias_cycles(api, diags);
    let ids: Vec<TypeId> = api.types.ids().collect();
    for id in ids {
        let edges: Vec<bool> = edges(api, id).iter().map(|(ty, _)| leads_to(api, ty, id)).collect();
        let mut edges = edges.into_iter();
        match &mut api.types[id].shape {
            Shape::Struct(shape) => {
                for field in &mut shape.fields {
                    field.boxed = edges.next().unwrap_or(false);
                }
            }
            Shape::Union(union) => {
                for variant in &mut union.variants {
                    variant.boxed = edges.next().unwrap_or(false);
                }
            }
            Shape::Enum(_) | Shape::Alias(_) | Shape::Newtype(_) => {}
        }
    }
}

/// The types that a type holds, in the order of its fields or variants, and whether that edge is indirect already.
fn edges(api: &Api, id: TypeId) -> Vec<(&Ty, bool)> {
    match &api.types[id].shape {
        Shape::Struct(shape) => shape.fields.iter().map(|field| (&field.ty, field.boxed)).collect(),
        Shape::Union(union) => union.variants.iter().map(|variant| (&variant.ty, variant.boxed)).collect(),
        Shape::Alias(ty) | Shape::Newtype(ty) => vec![(ty, false)],
        Shape::Enum(_) => Vec::new(),
    }
}

/// Whether a value of type `ty` holds one of type `goal` without indirection.
fn leads_to(api: &Api, ty: &Ty, goal: TypeId) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![ty];
    while let Some(ty) = open.pop() {
        // Lists and maps are on the heap already.
        let Ty::Named(id) = ty.not_null() else { continue };
        if *id == goal {
            return true;
        }
        if seen.insert(*id) {
            open.extend(edges(api, *id).into_iter().filter(|(_, boxed)| !boxed).map(|(ty, _)| ty));
        }
    }
    false
}

/// `Tree = Vec<Tree>` is no alias that Rust accepts: one type on each such cycle becomes a type of its own.
pub(super) fn break_alias_cycles(api: &mut Api, diags: &mut Diags) {
    let ids: Vec<TypeId> = api.types.ids().collect();
    for id in ids {
        let Shape::Alias(ty) = &api.types[id].shape else { continue };
        let ty = ty.clone();
        if alias_leads_to(api, &ty, id) {
            let nothing = only_names(api, &ty);
            if nothing {
                report_circle(&api.types[id].at, diags);
            }
            api.types[id].shape = if nothing { Shape::Alias(Ty::Any) } else { Shape::Newtype(ty) };
        }
    }
}

/// A schema that says nothing but what it refers to, which is itself.
pub(super) fn report_circle(at: &Pointer, diags: &mut Diags) {
    diags
        .warn(
            Code::CircularReference,
            at,
            "this schema leads back to itself and says nothing else; free-form JSON is used",
        )
        .help("describe the value in one of the schemas on the way");
}

fn alias_leads_to(api: &Api, ty: &Ty, goal: TypeId) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![ty.clone()];
    while let Some(ty) = open.pop() {
        let mut named = Vec::new();
        ty.for_each_named(&mut |id| named.push(id));
        for id in named {
            if id == goal {
                return true;
            }
            if let Shape::Alias(target) = &api.types[id].shape
                && seen.insert(id)
            {
                open.push(target.clone());
            }
        }
    }
    false
}

/// A cycle of nothing but references has no values.
fn only_names(api: &Api, ty: &Ty) -> bool {
    let mut ty = ty;
    for _ in 0..=api.types.len() {
        match ty {
            Ty::Nullable(inner) => ty = inner,
            Ty::Named(id) => match &api.types[*id].shape {
                Shape::Alias(target) => ty = target,
                _ => return false,
            },
            _ => return false,
        }
    }
    true
}
