//! What the modules of types are called that several groups need.

use proc_macro2::Ident;

use super::reserved::{self, NameKind, avoid};
use super::scope::Scope;
use super::{TypeNames, ident, words};
use crate::diag::Pointer;
use crate::ir::{Analysis, Api, Need, Origin};

/// The module of the types that no operation needs.
const UNUSED: &str = "unused";

/// The name of each module, in the order of [`Analysis::shared`].
///
/// A module is called after the component in it that comes first in the alphabet, because that changes less often than the order
/// of the document. A module without components is called after an inline type.
pub(super) fn assign(api: &Api, analysis: &Analysis, types: &[TypeNames]) -> Vec<Ident> {
    let mut scope = Scope::default();
    for taken in reserved::DEVICES.iter().chain(&[UNUSED]) {
        scope.claim(&[(*taken).to_owned()], &Pointer::default());
    }
    let names = analysis.shared.iter().enumerate().map(|(index, shared)| {
        if shared.groups.is_empty() {
            return ident(UNUSED);
        }
        let (_, name, at) = first(api, analysis, types, index).unwrap_or_default();
        ident(&scope.claim(&[avoid(words::snake(&name, "schema"), NameKind::Module)], &at).0)
    });
    names.collect()
}

/// The first type of a module: whether it is inline, its name, and its place in the document.
fn first(api: &Api, analysis: &Analysis, types: &[TypeNames], index: usize) -> Option<(bool, String, Pointer)> {
    let is_member = |id| analysis[id].need == Need::Shared(index) && !analysis[id].pruned;
    let members = api.types.iter().zip(types).filter(|((id, _), _)| is_member(*id));
    let members = members
        .map(|((_, def), names)| (!matches!(def.origin, Origin::Component(_)), names.name.to_string(), def.at.clone()));
    members.min_by(|one, other| (one.0, &one.1).cmp(&(other.0, &other.1)))
}
