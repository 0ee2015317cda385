//! Schemas that values are validated against without becoming part of their types: those of `not`, `if`, `contains` and so on.

use super::super::facts::Part;
use super::super::lowering::{CheckSite, Lowering, NameSite};
use super::super::schema;
use crate::diag::Pointer;
use crate::ir::{Role, Shape, Ty, TypeId};

/// The type of a schema that values are validated against. It is a named type, which has checks of its own.
pub(super) fn lower_condition(cx: &mut Lowering<'_, '_>, parts: &[Part], site: &NameSite, word: &str) -> TypeId {
    if let Some(known) = cx.conditions.get(parts) {
        return *known;
    }
    let site = site.with(Role::Condition(word.to_owned()));
    let ty = schema::lower_parts(cx, parts, &site);
    let id = match &ty {
        Ty::Named(id) if !matches!(cx.api.types[*id].shape, Shape::Alias(_)) => *id,
        _ => {
            let at = parts.first().map(|part| part.at.clone()).unwrap_or_default();
            let id = cx.reserve(&at, site.origin());
            cx.api.types[id].shape = Shape::Newtype(ty);
            cx.pending.push((CheckSite::Type(id), parts.to_vec()));
            id
        }
    };
    cx.conditions.insert(parts.to_vec(), id);
    id
}

/// The type of the schema that no value satisfies.
pub(super) fn never(cx: &mut Lowering<'_, '_>, site: &NameSite) -> TypeId {
    if let Some(known) = cx.conditions.get(&Vec::new()) {
        return *known;
    }
    let id = cx.reserve(&Pointer::default(), site.with(Role::Condition("nothing".to_owned())).origin());
    cx.api.types[id].shape = Shape::Newtype(Ty::Never);
    cx.conditions.insert(Vec::new(), id);
    id
}
