//! Which file of the models a type belongs to.

use std::collections::BTreeMap;

use crate::ir::{Analysis, Api, Need, OpId, Origin, Owner, Role, TypeId};

/// A file of the models.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Home {
    /// Components, and the inline types inside them, that every group needs.
    Schemas,
    /// Those that only some groups need, or none, by their position in [`Analysis::shared`].
    Shared(usize),
    /// Types that values are only validated against.
    Conditions,
    /// The types of an operation.
    Operation(OpId),
    /// What only the operations of a group need, by the position of the group.
    Group(usize),
}

/// The types of every file.
pub(super) type Homes = BTreeMap<Home, Vec<TypeId>>;

/// The types by the file that they belong to.
pub(super) fn homes(api: &Api, analysis: &Analysis) -> Homes {
    let mut homes = Homes::new();
    for id in api.types.ids().filter(|id| !analysis[*id].pruned) {
        homes.entry(home(api, analysis, id)).or_default().push(id);
    }
    homes
}

/// The file that a type belongs to: if there are several groups, what only some of them need is compiled only with them.
pub(super) fn home(api: &Api, analysis: &Analysis, id: TypeId) -> Home {
    let place = place(api, id);
    if api.groups.len() < 2 || place == Home::Conditions {
        return place;
    }
    match (analysis[id].need, place) {
        (Need::Always, _) => Home::Schemas,
        (Need::Shared(index), _) => Home::Shared(index),
        (Need::Group(index), Home::Operation(op)) if has(api, index, op) => place,
        (Need::Group(index), _) => Home::Group(index),
    }
}

fn has(api: &Api, group: usize, op: OpId) -> bool {
    api.groups.get(group).is_some_and(|group| group.operations.contains(&op))
}

/// Where the schema of a type stands.
fn place(api: &Api, id: TypeId) -> Home {
    let mut id = id;
    for _ in 0..=api.types.len() {
        let Origin::Inline { owner, roles } = &api.types[id].origin else { return Home::Schemas };
        if roles.iter().any(|role| matches!(role, Role::Condition(_))) {
            return Home::Conditions;
        }
        match owner {
            Owner::Operation(op) => return Home::Operation(*op),
            Owner::Type(owner) => id = *owner,
        }
    }
    Home::Schemas
}
