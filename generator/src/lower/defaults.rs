//! Which types servers fill in the defaults of.

use super::prune;
use crate::ir::{Api, Operation, Rest, Shape, Ty, TypeId};

/// Marks what request bodies consist of, where a property has a default.
pub(super) fn mark(api: &mut Api) {
    let requested = prune::needed(api, api.operations.iter().flat_map(bodies).collect());
    loop {
        let is_new = |id: &TypeId| !api.types[*id].filled && is_filled(api, *id);
        let found: Vec<TypeId> = requested.iter().copied().filter(is_new).collect();
        if found.is_empty() {
            return;
        }
        for id in found {
            api.types[id].filled = true;
        }
    }
}

fn bodies(operation: &Operation) -> Vec<TypeId> {
    let mut found = Vec::new();
    if operation.fills_defaults() {
        let contents = operation.body.iter().flat_map(|body| &body.contents);
        contents.filter_map(|content| content.media.ty()).for_each(|ty| ty.for_each_named(&mut |id| found.push(id)));
    }
    found
}

fn is_filled(api: &Api, id: TypeId) -> bool {
    let holds = |ty: &Ty| api.is_filled(ty);
    match &api.types[id].shape {
        Shape::Struct(shape) => {
            shape.fields.iter().any(|field| field.filled_default().is_some() || holds(&field.ty))
                || matches!(&shape.rest, Rest::Collect(ty) if holds(ty))
        }
        Shape::Union(union) => union.variants.iter().any(|variant| holds(&variant.ty)),
        Shape::Alias(ty) | Shape::Newtype(ty) => holds(ty),
        Shape::Enum(_) => false,
    }
}
