//! Chooses the file of the models crate that declares each type.
//!
//! A type stays in its file when other operations start to use it: files follow from the document's structure, and cargo features
//! stand where the files are declared.

use std::collections::BTreeMap;

use proc_macro2::Ident;

use super::Cx;
use super::features::{cfg, cfg_of_shared};
use super::modules::{Exported, Folder, Module};
use crate::ir::{Need, OpId, Origin, Owner, TypeId};

/// The file of the models crate that declares a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Placement {
    /// The file of a type: a component with the inline types in it, or an inline type that is needed by others than its owner.
    Schema(TypeId),
    /// The file of the tag of an operation: types that are declared inline in the operation.
    Operation(OpId),
}

/// The types that each file declares.
pub(super) type TypesByPlacement = BTreeMap<Placement, Vec<TypeId>>;

/// Groups the types by the file that declares them. Types that only rules compare values with are not declared: they are data.
pub(super) fn types_by_placement(cx: &Cx<'_>) -> TypesByPlacement {
    let mut types = TypesByPlacement::new();
    for id in cx.api.types.ids().filter(|id| !cx.analysis[*id].pruned) {
        if let Some(placement) = placement(cx, id) {
            types.entry(placement).or_default().push(id);
        }
    }
    types
}

/// Whether the models crate declares a type.
pub fn is_declared(cx: &Cx<'_>, id: TypeId) -> bool {
    !cx.analysis[id].pruned && placement(cx, id).is_some()
}

/// The module of a placement that is the file of a type, with the names of the types in it.
pub(super) fn module_of_schema<'a>(cx: &Cx<'a>, id: TypeId, names: Vec<Ident>) -> Module<'a> {
    let exported = Exported::Names(names);
    Module { folder: Folder::Schemas, name: cx.names.module(id), cfg: cfg_of_type(cx, id), exported }
}

/// Returns the placement of a type; `None` if only rules compare values with it.
///
/// An inline type stands beside its owner, unless other groups of operations need it as well: then it is compiled with these.
pub(super) fn placement(cx: &Cx<'_>, id: TypeId) -> Option<Placement> {
    let mut id = id;
    for _ in 0..=cx.api.types.len() {
        let origin = &cx.api.types[id].origin;
        if origin.is_condition() {
            return None;
        }
        let Origin::Inline { owner, .. } = origin else { return Some(Placement::Schema(id)) };
        match owner {
            Owner::Type(owner) if is_needed_alike(cx, id, *owner) => id = *owner,
            Owner::Operation(op) if is_needed_by_group_of(cx, id, *op) => return Some(Placement::Operation(*op)),
            _ => return Some(Placement::Schema(id)),
        }
    }
    Some(Placement::Schema(id))
}

fn is_needed_alike(cx: &Cx<'_>, id: TypeId, owner: TypeId) -> bool {
    cx.api.groups.len() < 2 || cx.analysis[id].need == cx.analysis[owner].need
}

/// Whether only the group of an operation needs a type.
fn is_needed_by_group_of(cx: &Cx<'_>, id: TypeId, op: OpId) -> bool {
    cx.api.groups.len() < 2
        || matches!(cx.analysis[id].need, Need::Group(index)
            if cx.api.groups.get(index).is_some_and(|group| group.operations.contains(&op)))
}

fn cfg_of_type(cx: &Cx<'_>, id: TypeId) -> Option<proc_macro2::TokenStream> {
    if cx.api.groups.len() < 2 {
        return None;
    }
    match cx.analysis[id].need {
        Need::Always => None,
        Need::Group(index) => cfg(cx, index),
        Need::Shared(index) => cx.analysis.shared.get(index).and_then(|shared| cfg_of_shared(cx, shared)),
    }
}
