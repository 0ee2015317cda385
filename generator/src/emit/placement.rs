//! Chooses the file of the models crate that declares each type.

use std::collections::BTreeMap;

use crate::ir::{Analysis, Api, Need, OpId, Origin, Owner, TypeId};

/// The file of the models crate that declares a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Placement {
    /// `schemas.rs`: components that every group needs, and the inline types inside them.
    Schemas,
    /// Types that only some groups need, or none. The number is a position in [`Analysis::shared`].
    Shared(usize),
    /// The file of the tag of an operation: types that are declared inline in the operation.
    Operation(OpId),
    /// The file of a tag: components that only its operations need. The number is the position of the group.
    Group(usize),
}

/// The types that each file declares.
pub(super) type TypesByPlacement = BTreeMap<Placement, Vec<TypeId>>;

/// Groups the types by the file that declares them. Types that only rules compare values with are not declared: they are data.
pub(super) fn types_by_placement(api: &Api, analysis: &Analysis) -> TypesByPlacement {
    let mut types = TypesByPlacement::new();
    for id in api.types.ids().filter(|id| !analysis[*id].pruned) {
        if let Some(placement) = placement(api, analysis, id) {
            types.entry(placement).or_default().push(id);
        }
    }
    types
}

/// Returns the placement of a type. With several groups, a type that only some of them need is compiled only with those groups.
///
/// `None` if only rules compare values with it.
fn placement(api: &Api, analysis: &Analysis, id: TypeId) -> Option<Placement> {
    let declared = of_schema(api, id)?;
    if api.groups.len() < 2 {
        return Some(declared);
    }
    Some(match (analysis[id].need, declared) {
        (Need::Always, _) => Placement::Schemas,
        (Need::Shared(index), _) => Placement::Shared(index),
        (Need::Group(index), Placement::Operation(op)) if has(api, index, op) => declared,
        (Need::Group(index), _) => Placement::Group(index),
    })
}

fn has(api: &Api, group: usize, op: OpId) -> bool {
    api.groups.get(group).is_some_and(|group| group.operations.contains(&op))
}

/// Returns the placement that follows from the position of the schema in the document.
fn of_schema(api: &Api, id: TypeId) -> Option<Placement> {
    let mut id = id;
    for _ in 0..=api.types.len() {
        let origin = &api.types[id].origin;
        if origin.is_condition() {
            return None;
        }
        let Origin::Inline { owner, .. } = origin else { return Some(Placement::Schemas) };
        match owner {
            Owner::Operation(op) => return Some(Placement::Operation(*op)),
            Owner::Type(owner) => id = *owner,
        }
    }
    Some(Placement::Schemas)
}
