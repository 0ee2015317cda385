//! Which operation of the new version is which one of the old version.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Api, OpId, Operation};

/// An operation in both versions.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Pair {
    pub old: OpId,
    pub new: OpId,
}

/// The operations of two versions.
#[derive(Debug, Default)]
pub(in super::super) struct Pairs {
    pub kept: Vec<Pair>,
    pub added: Vec<OpId>,
    pub removed: Vec<OpId>,
}

/// Pairs the operations: by method and path, because that is what is sent, then by id, and then by place, because paths of callbacks
/// are made of ids.
pub(in super::super) fn pairs(old: &Api, new: &Api) -> Pairs {
    let mut found: BTreeMap<OpId, OpId> = BTreeMap::new();
    let mut taken: BTreeSet<OpId> = BTreeSet::new();
    let keys: [fn(&Operation) -> String; 4] =
        [|operation| exact(operation), |operation| route(operation), by_id, |operation| operation.at.to_string()];
    for key in keys {
        let mut known: BTreeMap<String, OpId> = BTreeMap::new();
        for (id, operation) in old.operation_ids().filter(|(id, _)| !taken.contains(id)) {
            known.entry(key(operation)).or_insert(id);
        }
        for (id, operation) in new.operation_ids() {
            if !found.contains_key(&id)
                && let Some(before) = known.remove(&key(operation))
            {
                taken.insert(before);
                found.insert(id, before);
            }
        }
    }
    Pairs {
        kept: found.iter().map(|(new, old)| Pair { old: *old, new: *new }).collect(),
        added: new.operation_ids().map(|(id, _)| id).filter(|id| !found.contains_key(id)).collect(),
        removed: old.operation_ids().map(|(id, _)| id).filter(|id| !taken.contains(id)).collect(),
    }
}

/// Method, path and id: several operations may have the same method and path.
fn exact(operation: &Operation) -> String {
    format!("{} {}", route(operation), operation.id)
}

/// The method and the path without the names of its parameters. For webhooks and callbacks, the path is made of their names.
fn route(operation: &Operation) -> String {
    let Operation { direction, method, path, .. } = operation;
    format!("{direction:?} {} {:?} {:?}", method.0, path.shape(), path.query)
}

fn by_id(operation: &Operation) -> String {
    format!("{:?} {}", operation.direction, operation.id)
}
