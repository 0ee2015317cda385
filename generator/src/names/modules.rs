//! What the modules of types are called: after the types.

use std::collections::BTreeMap;

use proc_macro2::Ident;

use super::reserved::{self, NameKind, avoid};
use super::scope::Scope;
use super::{TypeNames, ident, words};
use crate::diag::Pointer;
use crate::ir::{Api, Origin, TypeId};

/// The module of each type, in the order of the types. Components come first, so that inline types never rename their modules.
pub(super) fn assign(api: &Api, types: &[TypeNames]) -> Vec<Ident> {
    let mut scope = Scope::default();
    for taken in reserved::DEVICES {
        scope.claim(&[(*taken).to_owned()], &Pointer::default());
    }
    let is_component = |id: &TypeId| matches!(api.types[*id].origin, Origin::Component(_));
    let (components, inline): (Vec<TypeId>, Vec<TypeId>) = api.types.ids().partition(is_component);
    let mut modules: BTreeMap<TypeId, Ident> = BTreeMap::new();
    for id in components.into_iter().chain(inline) {
        let Some(names) = types.get(id.index()) else { continue };
        let wanted = avoid(words::snake(&names.name.to_string(), "schema"), NameKind::Module);
        modules.insert(id, ident(&scope.claim(&[wanted], &api.types[id].at).0));
    }
    modules.into_values().collect()
}
