//! Which types travel in which direction.

use crate::ir::{Api, Shape, Ty, TypeId, Usage};

const REQUEST: Usage = Usage { request: true, response: false };
const RESPONSE: Usage = Usage { request: false, response: true };

/// Marks every type that an operation mentions, directly or through others; enums and unions of responses are open.
pub(super) fn mark(api: &mut Api) {
    let mut roots: Vec<(TypeId, Usage)> = Vec::new();
    let mut root = |ty: &Ty, usage: Usage| ty.for_each_named(&mut |id| roots.push((id, usage)));
    for operation in &api.operations {
        for param in &operation.params {
            root(&param.ty, REQUEST);
        }
        for content in operation.body.iter().flat_map(|body| &body.contents) {
            if let Some(ty) = content.media.ty() {
                root(ty, REQUEST);
            }
        }
        for response in &operation.responses {
            for content in &response.contents {
                if let Some(ty) = content.media.ty() {
                    root(ty, RESPONSE);
                }
            }
            for header in &response.headers {
                root(&header.ty, RESPONSE);
            }
        }
    }
    spread(api, roots);
    let ids: Vec<TypeId> = api.types.ids().collect();
    for id in ids {
        let def = &mut api.types[id];
        // A type that no operation mentions may travel anywhere.
        let open = def.usage.response || def.usage == Usage::default();
        match &mut def.shape {
            // A single value is a constant, and constants tell types apart.
            Shape::Enum(shape) => shape.open = open && shape.values.len() > 1,
            Shape::Union(shape) => shape.open = open && shape.default.is_none(),
            Shape::Struct(_) | Shape::Alias(_) | Shape::Newtype(_) => {}
        }
    }
}

fn spread(api: &mut Api, mut open: Vec<(TypeId, Usage)>) {
    while let Some((id, usage)) = open.pop() {
        let known = api.types[id].usage;
        let both = Usage { request: known.request || usage.request, response: known.response || usage.response };
        if both == known {
            continue;
        }
        api.types[id].usage = both;
        api.types[id].shape.for_each_ty(&mut |ty| ty.for_each_named(&mut |inner| open.push((inner, both))));
    }
}
