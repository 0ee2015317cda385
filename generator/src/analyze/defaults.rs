//! Which types have defaults that servers fill in.

use super::{containers, reachable};
use crate::ir::{Analysis, Api, Operation, Shape, TypeId};

/// Marks the types of request bodies that have a property with a default, in themselves or in a type that they contain.
pub(super) fn mark(api: &Api, analysis: &mut Analysis) {
    let in_bodies = reachable::from_types(api, api.operations.iter().flat_map(body_types).collect());
    let found = in_bodies.iter().copied().filter(|id| has_defaults(api, *id)).collect();
    for id in containers::of_types(api, found, |id| in_bodies.contains(&id)) {
        analysis[id].has_defaults = true;
    }
}

fn body_types(operation: &Operation) -> Vec<TypeId> {
    let mut found = Vec::new();
    if operation.fills_defaults() {
        let contents = operation.body.iter().flat_map(|body| &body.contents);
        contents.filter_map(|content| content.media.ty()).for_each(|ty| ty.for_each_named(&mut |id| found.push(id)));
    }
    found
}

/// Whether a property of a type itself has a default.
fn has_defaults(api: &Api, id: TypeId) -> bool {
    let Shape::Struct(shape) = &api.types[id].shape else { return false };
    shape.fields.iter().any(|field| field.filled_default().is_some())
}
