//! Which groups of operations need which types, and which types nothing needs.

use super::reachable;
use crate::ir::{Analysis, Api, Need, Origin, Owner, Shared, TypeId};

/// Prunes the types that no operation needs.
pub(super) fn prune(api: &Api, analysis: &mut Analysis) {
    let needed = reachable::from_operations(api, api.operations.iter());
    for id in api.types.ids().filter(|id| !needed.contains(id)) {
        analysis[id].pruned = true;
    }
}

/// Finds out which groups need each type.
pub(super) fn assign(api: &Api, analysis: &mut Analysis) {
    let users = users(api, analysis);
    for (id, users) in api.types.ids().zip(users) {
        let need = match users.groups.as_slice() {
            _ if users.groups.len() == api.groups.len() => Need::Always,
            [only] if !users.unused => Need::Group(*only),
            _ => Need::Shared(position(&mut analysis.shared, users)),
        };
        analysis[id].need = need;
    }
}

/// What needs each type, in the order of the types.
fn users(api: &Api, analysis: &Analysis) -> Vec<Shared> {
    let mut users: Vec<Shared> = api.types.ids().map(|_| Shared { groups: Vec::new(), unused: false }).collect();
    for (index, group) in api.groups.iter().enumerate() {
        let operations = group.operations.iter().map(|id| api.operation(*id));
        for id in reachable::from_operations(api, operations) {
            users.get_mut(id.index()).into_iter().for_each(|users| users.groups.push(index));
        }
    }
    // Pruned types do not make their parts necessary.
    let is_unused = |(id, users): &(TypeId, &Shared)| {
        users.groups.is_empty() && !analysis[*id].pruned && !is_of_condition(api, *id)
    };
    let unused = api.types.ids().zip(&users).filter(is_unused).map(|(id, _)| id);
    for id in reachable::from_types(api, unused.collect()) {
        users.get_mut(id.index()).into_iter().for_each(|users| users.unused = true);
    }
    users
}

/// Whether a type is the schema of a rule, or stands inside one.
fn is_of_condition(api: &Api, id: TypeId) -> bool {
    let mut id = id;
    for _ in 0..=api.types.len() {
        let origin = &api.types[id].origin;
        if origin.is_condition() {
            return true;
        }
        let Origin::Inline { owner: Owner::Type(owner), .. } = origin else { return false };
        id = *owner;
    }
    false
}

/// The position of an entry in a list, which is added if it is not there yet.
fn position(list: &mut Vec<Shared>, wanted: Shared) -> usize {
    list.iter().position(|known| *known == wanted).unwrap_or_else(|| {
        list.push(wanted);
        list.len() - 1
    })
}
