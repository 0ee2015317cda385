//! Which types nobody needs once only some operations are generated.

use std::collections::BTreeSet;

use crate::ir::{Api, Checks, Shape, Ty, TypeId};

/// Marks the types that no operation leads to.
pub(super) fn mark(api: &mut Api) {
    let mut open: Vec<TypeId> = Vec::new();
    for operation in &api.operations {
        for param in &operation.params {
            of_ty(&param.ty, &mut open);
            of_checks(&param.checks, &mut open);
        }
        let bodies = operation.body.iter().flat_map(|body| &body.contents);
        let responses = operation.responses.iter().flat_map(|response| &response.contents);
        for content in bodies.chain(responses) {
            content.media.ty().into_iter().for_each(|ty| of_ty(ty, &mut open));
            of_checks(&content.checks, &mut open);
        }
        let headers = operation.responses.iter().flat_map(|response| &response.headers);
        headers.for_each(|header| of_ty(&header.ty, &mut open));
    }
    let mut needed = BTreeSet::new();
    while let Some(id) = open.pop() {
        if needed.insert(id) {
            of_type(api, id, &mut open);
        }
    }
    let ids: Vec<TypeId> = api.types.ids().collect();
    for id in ids {
        api.types[id].pruned = !needed.contains(&id);
    }
}

fn of_type(api: &Api, id: TypeId, open: &mut Vec<TypeId>) {
    let def = &api.types[id];
    def.shape.for_each_ty(&mut |ty| of_ty(ty, open));
    of_checks(&def.checks, open);
    match &def.shape {
        Shape::Struct(shape) => {
            shape.fields.iter().for_each(|field| of_checks(&field.checks, open));
            of_checks(&shape.rest_checks, open);
        }
        Shape::Union(union) => union.variants.iter().for_each(|variant| of_checks(&variant.checks, open)),
        Shape::Alias(_) | Shape::Newtype(_) | Shape::Enum(_) => {}
    }
}

fn of_ty(ty: &Ty, open: &mut Vec<TypeId>) {
    ty.for_each_named(&mut |id| open.push(id));
}

fn of_checks(checks: &Checks, open: &mut Vec<TypeId>) {
    checks.for_each_rule(&mut |rule| open.extend(rule.schemas()));
}
