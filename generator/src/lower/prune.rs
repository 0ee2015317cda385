//! Which types operations lead to: what nobody needs once only some operations are generated, and which groups need which types.

use std::collections::BTreeSet;

use crate::ir::{Api, Checks, Need, Operation, Origin, Role, Shape, Shared, Ty, TypeId};

/// Marks the types that no operation leads to.
pub(super) fn mark(api: &mut Api) {
    let needed = needed(api, api.operations.iter().flat_map(of_operation).collect());
    let ids: Vec<TypeId> = api.types.ids().collect();
    for id in ids {
        api.types[id].pruned = !needed.contains(&id);
    }
}

/// Marks what needs each type.
pub(super) fn mark_needs(api: &mut Api) {
    let shared = |_| Shared { groups: Vec::new(), unused: false };
    let mut needs: Vec<Shared> = api.types.ids().map(shared).collect();
    for (index, group) in api.groups.iter().enumerate() {
        let operations = group.operations.iter().map(|id| api.operation(*id));
        for id in needed(api, operations.flat_map(of_operation).collect()) {
            needs.get_mut(id.index()).into_iter().for_each(|need| need.groups.push(index));
        }
    }
    // What is left out makes nothing of its parts necessary.
    let is_unused = |(id, need): &(TypeId, &Shared)| need.groups.is_empty() && !api.types[*id].pruned;
    let unused = api.types.ids().zip(&needs).filter(is_unused).map(|(id, _)| id);
    for id in needed(api, unused.collect()) {
        needs.get_mut(id.index()).into_iter().for_each(|need| need.unused = true);
    }
    // What values are held against is in one place, whoever needs it.
    let always = needed(api, api.types.ids().filter(|id| is_condition(api, *id)).collect());
    let ids: Vec<TypeId> = api.types.ids().collect();
    for (id, need) in ids.into_iter().zip(needs) {
        api.types[id].need = match need.groups.as_slice() {
            _ if always.contains(&id) || need.groups.len() == api.groups.len() => Need::Always,
            [only] if !need.unused => Need::Group(*only),
            _ => Need::Shared(position(&mut api.shared, need)),
        };
    }
}

fn is_condition(api: &Api, id: TypeId) -> bool {
    match &api.types[id].origin {
        Origin::Inline { roles, .. } => roles.iter().any(|role| matches!(role, Role::Condition(_))),
        Origin::Component(_) => false,
    }
}

/// Where something is in a list, or is now.
fn position(list: &mut Vec<Shared>, wanted: Shared) -> usize {
    list.iter().position(|known| *known == wanted).unwrap_or_else(|| {
        list.push(wanted);
        list.len() - 1
    })
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
