//! Which types have defaults that servers fill in.

use super::reachable;
use crate::ir::{Analysis, Api, Operation, Rest, Shape, Ty, TypeId};

/// Marks the types of request bodies that have a property with a default, in themselves or in a type that they contain.
pub(super) fn mark(api: &Api, analysis: &mut Analysis) {
    let in_bodies = reachable::from_types(api, api.operations.iter().flat_map(body_types).collect());
    loop {
        let is_new = |id: &TypeId| !analysis[*id].has_defaults && has_defaults(api, analysis, *id);
        let found: Vec<TypeId> = in_bodies.iter().copied().filter(is_new).collect();
        if found.is_empty() {
            return;
        }
        for id in found {
            analysis[id].has_defaults = true;
        }
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

fn has_defaults(api: &Api, analysis: &Analysis, id: TypeId) -> bool {
    let inside = |ty: &Ty| analysis.has_defaults(ty);
    match &api.types[id].shape {
        Shape::Struct(shape) => {
            shape.fields.iter().any(|field| field.filled_default().is_some() || inside(&field.ty))
                || matches!(&shape.rest, Rest::Collect(ty) if inside(ty))
        }
        Shape::Union(union) => union.variants.iter().any(|variant| inside(&variant.ty)),
        Shape::Alias(ty) | Shape::Newtype(ty) => inside(ty),
        Shape::Enum(_) => false,
    }
}
