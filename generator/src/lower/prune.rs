//! Which types operations lead to: what nobody needs once only some operations are generated, and what only one group needs.

use std::collections::BTreeSet;

use crate::ir::{Api, Checks, Operation, Origin, Role, Shape, Ty, TypeId};

/// Marks the types that no operation leads to.
pub(super) fn mark(api: &mut Api) {
    let needed = needed(api, api.operations.iter().flat_map(of_operation).collect());
    let ids: Vec<TypeId> = api.types.ids().collect();
    for id in ids {
        api.types[id].pruned = !needed.contains(&id);
    }
}

/// Marks the types that the operations of one group alone lead to.
pub(super) fn mark_groups(api: &mut Api) {
    // What values are held against is in one place, whoever needs it, and so is what it is made of.
    let is_condition = |id: &TypeId| match &api.types[*id].origin {
        Origin::Inline { roles, .. } => roles.iter().any(|role| matches!(role, Role::Condition(_))),
        Origin::Component(_) => false,
    };
    let mut several = needed(api, api.types.ids().filter(is_condition).collect());
    let mut only: Vec<Option<usize>> = vec![None; api.types.len()];
    for (index, group) in api.groups.iter().enumerate() {
        let operations = group.operations.iter().map(|id| api.operation(*id));
        for id in needed(api, operations.flat_map(of_operation).collect()) {
            match only.get_mut(id.index()) {
                Some(first @ None) => *first = Some(index),
                _ => {
                    several.insert(id);
                }
            }
        }
    }
    // What nobody needs stays where it is, and so does what it is made of.
    let unneeded = api.types.ids().zip(&only).filter(|(_, group)| group.is_none()).map(|(id, _)| id);
    several.extend(needed(api, unneeded.collect()));
    let ids: Vec<TypeId> = api.types.ids().collect();
    for (id, group) in ids.into_iter().zip(only) {
        api.types[id].group = group.filter(|_| !several.contains(&id));
    }
}

/// The types that these lead to, and these.
pub(super) fn needed(api: &Api, mut open: Vec<TypeId>) -> BTreeSet<TypeId> {
    let mut needed = BTreeSet::new();
    while let Some(id) = open.pop() {
        if needed.insert(id) {
            of_type(api, id, &mut open);
        }
    }
    needed
}

/// The types that an operation mentions.
fn of_operation(operation: &Operation) -> Vec<TypeId> {
    let mut open: Vec<TypeId> = Vec::new();
    operation.for_each_ty(&mut |ty| of_ty(ty, &mut open));
    operation.params.iter().for_each(|param| of_checks(&param.checks, &mut open));
    let bodies = operation.body.iter().flat_map(|body| &body.contents);
    let responses = operation.responses.iter().flat_map(|response| &response.contents);
    bodies.chain(responses).for_each(|content| of_checks(&content.checks, &mut open));
    open
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
