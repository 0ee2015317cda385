//! The modules of types that several groups need.

use proc_macro2::Ident;

use super::reserved::{Kind, avoid};
use super::scope::Scope;
use super::{TypeNames, ident, words};
use crate::diag::Pointer;
use crate::ir::{Api, Need, Origin};

/// The module of what no operation needs.
const UNUSED: &str = "unused";

/// The name of each module, in the order of [`Api::shared`]: that of the component in it that is first by the alphabet, which
/// changes less often than the order in which they are met; or that of an inline type, if there are only these.
pub(super) fn assign(api: &Api, types: &[TypeNames]) -> Vec<Ident> {
    let mut scope = Scope::default();
    scope.claim(&[UNUSED.to_owned()], &Pointer::default());
    let names = api.shared.iter().enumerate().map(|(index, shared)| {
        if shared.groups.is_empty() {
            return ident(UNUSED);
        }
        let (_, name, at) = first(api, types, index).unwrap_or_default();
        ident(&scope.claim(&[avoid(words::snake(&name, "schema"), Kind::Module)], &at).0)
    });
    names.collect()
}

/// The first of its types: whether it is inline, its name, and where it stands.
fn first(api: &Api, types: &[TypeNames], index: usize) -> Option<(bool, String, Pointer)> {
    let members = api.types.iter().zip(types).filter(|((_, def), _)| def.need == Need::Shared(index) && !def.pruned);
    let members = members
        .map(|((_, def), names)| (!matches!(def.origin, Origin::Component(_)), names.name.to_string(), def.at.clone()));
    members.min_by(|one, other| (one.0, &one.1).cmp(&(other.0, &other.1)))
}
