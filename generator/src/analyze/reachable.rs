//! Which types other types and operations need. Rules need none: they are data.

use std::collections::BTreeSet;

use crate::ir::{Api, Operation, Ty, TypeId};

/// The given types and all types that they need.
pub(super) fn from_types(api: &Api, mut open: Vec<TypeId>) -> BTreeSet<TypeId> {
    let mut needed = BTreeSet::new();
    while let Some(id) = open.pop() {
        if needed.insert(id) {
            add_type(api, id, &mut open);
        }
    }
    needed
}

/// The types that some operations need, directly or through other types.
pub(super) fn from_operations<'a>(api: &'a Api, operations: impl Iterator<Item = &'a Operation>) -> BTreeSet<TypeId> {
    let mut open = Vec::new();
    operations.for_each(|operation| add_operation(operation, &mut open));
    from_types(api, open)
}

fn add_operation(operation: &Operation, open: &mut Vec<TypeId>) {
    operation.for_each_ty(&mut |ty| add_ty(ty, open));
}

fn add_type(api: &Api, id: TypeId, open: &mut Vec<TypeId>) {
    let def = &api.types[id];
    def.shape.for_each_ty(&mut |ty| add_ty(ty, open));
}

fn add_ty(ty: &Ty, open: &mut Vec<TypeId>) {
    ty.for_each_named(&mut |id| open.push(id));
}
