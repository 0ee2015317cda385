//! Where a lowered shape goes.

use super::super::facts::{Facts, Part};
use super::super::lowering::{CheckSite, Lowering, NameSite};
use crate::diag::Pointer;
use crate::ir::{Shape, Ty, TypeId};

/// Where the shape of a schema goes, if it has one.
pub(in super::super) enum Target<'s> {
    /// The schema is inline: its shape becomes a new type that is called after this site.
    Inline(&'s NameSite),
    /// Into a type that was reserved for it.
    Definition(TypeId),
}

impl Target<'_> {
    /// The site that parts of the schema are called after.
    pub fn site(&self) -> NameSite {
        match self {
            Self::Inline(site) => (*site).clone(),
            Self::Definition(id) => NameSite::of_type(*id),
        }
    }
}

/// What a schema became.
pub(in super::super) enum Lowered {
    /// A type that needs no name.
    Ty(Ty),
    /// A shape that needs a name.
    Shape(Shape),
}

/// Gives a shape a type of its own; a type that needs no name stays as it is.
pub(super) fn place(
    cx: &mut Lowering<'_, '_>,
    lowered: Lowered,
    facts: &Facts,
    parts: &[Part],
    at: &Pointer,
    target: Target<'_>,
) -> Ty {
    match lowered {
        Lowered::Ty(ty) => ty,
        Lowered::Shape(shape) => {
            let id = reserve(cx, facts, parts, at, target);
            cx.api.types[id].shape = shape;
            cx.pending.push((CheckSite::Type(id), parts.to_vec()));
            Ty::Named(id)
        }
    }
}

/// Reserves the type of a schema before its parts are lowered, because they may refer to it.
pub(in super::super) fn reserve(
    cx: &mut Lowering<'_, '_>,
    facts: &Facts,
    parts: &[Part],
    at: &Pointer,
    target: Target<'_>,
) -> TypeId {
    let id = match target {
        Target::Definition(id) => id,
        Target::Inline(site) => {
            let id = cx.reserve(at, site.origin());
            cx.known.insert(parts.to_vec(), named(id, facts));
            id
        }
    };
    cx.api.types[id].docs = facts.docs.clone();
    id
}

/// A named type, nullable if its schema allows `null`.
pub(super) fn named(id: TypeId, facts: &Facts) -> Ty {
    if facts.null { Ty::Named(id).nullable() } else { Ty::Named(id) }
}
