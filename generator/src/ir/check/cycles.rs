//! Whether types are finite: aliases do not lead to themselves, and cycles of types have a boxed edge.

use super::Violations;
use crate::ir::api::Api;
use crate::ir::ids::TypeId;
use crate::ir::ty::Ty;
use crate::ir::types::Shape;

pub(super) fn check(api: &Api, violations: &mut Violations) {
    for id in on_cycles(api, aliased) {
        violations.add(&api.types[id].at, "an alias leads to itself");
    }
    for id in on_cycles(api, contained) {
        violations.add(&api.types[id].at, "a type contains itself without a boxed edge");
    }
}

/// The types that an alias mentions.
fn aliased(api: &Api, id: TypeId) -> Vec<TypeId> {
    let mut found = Vec::new();
    if let Shape::Alias(ty) = &api.types[id].shape {
        ty.for_each_named(&mut |id| found.push(id));
    }
    found
}

/// The types that values of a type contain without indirection.
fn contained(api: &Api, id: TypeId) -> Vec<TypeId> {
    let direct = |ty: &Ty| if let Ty::Named(id) = ty.not_null() { Some(*id) } else { None };
    match &api.types[id].shape {
        Shape::Struct(shape) => {
            shape.fields.iter().filter(|field| !field.boxed).filter_map(|field| direct(&field.ty)).collect()
        }
        Shape::Union(union) => {
            union.variants.iter().filter(|variant| !variant.boxed).filter_map(|variant| direct(&variant.ty)).collect()
        }
        Shape::Alias(ty) | Shape::Newtype(ty) => direct(ty).into_iter().collect(),
        Shape::Enum(_) => Vec::new(),
    }
}

/// One type of each cycle of edges, found by a search in depth that uses no recursion.
fn on_cycles(api: &Api, edges: impl Fn(&Api, TypeId) -> Vec<TypeId>) -> Vec<TypeId> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let mut states = vec![State::New; api.types.len()];
    let mut found = Vec::new();
    for root in api.types.ids() {
        let mut path: Vec<(TypeId, Vec<TypeId>)> = Vec::new();
        let mut next = Some(root);
        loop {
            if let Some(id) = next.take() {
                match states.get(id.index()) {
                    Some(State::New) => {
                        if let Some(state) = states.get_mut(id.index()) {
                            *state = State::Open;
                        }
                        path.push((id, edges(api, id)));
                    }
                    Some(State::Open) => found.push(id),
                    _ => {}
                }
            }
            let Some((id, open)) = path.last_mut() else { break };
            next = open.pop();
            if next.is_none() {
                if let Some(state) = states.get_mut(id.index()) {
                    *state = State::Done;
                }
                path.pop();
            }
        }
    }
    found
}
