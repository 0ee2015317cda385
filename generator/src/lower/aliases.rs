//! Aliases that lead to themselves.

use std::collections::BTreeSet;

use crate::diag::{Code, Diags, Pointer};
use crate::ir::{Api, Shape, Ty, TypeId};

/// Breaks each cycle of aliases. Rust accepts no alias `Tree = Vec<Tree>`, so one alias of the cycle becomes a type of its own.
pub(super) fn break_cycles(api: &mut Api, diags: &mut Diags) {
    let ids: Vec<TypeId> = api.types.ids().collect();
    for id in ids {
        let Shape::Alias(ty) = &api.types[id].shape else { continue };
        let ty = ty.clone();
        if mentions(api, &ty, id) {
            let is_empty = is_only_names(api, &ty);
            if is_empty {
                report_circle(&api.types[id].at, diags);
            }
            api.types[id].shape = if is_empty { Shape::Alias(Ty::Any) } else { Shape::Newtype(ty) };
        }
    }
}

/// Reports a schema that only refers to itself.
pub(super) fn report_circle(at: &Pointer, diags: &mut Diags) {
    diags
        .warn(Code::CircularReference, at, "this schema only refers to itself; free-form JSON is used")
        .help("describe the value in one of the schemas of the circle");
}

/// Whether a type mentions a type, directly or through aliases.
fn mentions(api: &Api, ty: &Ty, goal: TypeId) -> bool {
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

/// Whether a type consists of references only. A cycle of such types has no values.
fn is_only_names(api: &Api, ty: &Ty) -> bool {
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
