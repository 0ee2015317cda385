//! Types at the places where they are used.

use super::ids::TypeId;
use super::scalar::Scalar;

/// A type at the place where it is used.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ty {
    /// Any JSON value.
    Any,
    /// `null` and nothing else.
    Null,
    /// No value at all.
    Never,
    /// A value without parts.
    Scalar(Scalar),
    /// A type with a name.
    Named(TypeId),
    /// A type that the configuration gives, by its position in [`Api::given`](super::Api::given).
    Given(usize),
    /// A list.
    List(Box<Ty>),
    /// A list of fixed length, with a type for each position.
    Tuple(Vec<Ty>),
    /// A mapping from strings.
    Map(Box<Ty>),
    /// The type or `null`.
    Nullable(Box<Ty>),
}

impl Ty {
    /// The type or `null`. A type that allows `null` already stays as it is.
    #[must_use]
    pub fn nullable(self) -> Self {
        match self {
            Self::Any | Self::Null | Self::Nullable(_) => self,
            ty => Self::Nullable(Box::new(ty)),
        }
    }

    /// The type without `null`.
    pub fn not_null(&self) -> &Self {
        if let Self::Nullable(ty) = self { ty } else { self }
    }

    /// Visits the type and every type in it.
    pub fn for_each(&self, visit: &mut impl FnMut(&Self)) {
        visit(self);
        match self {
            Self::List(ty) | Self::Map(ty) | Self::Nullable(ty) => ty.for_each(visit),
            Self::Tuple(items) => items.iter().for_each(|ty| ty.for_each(visit)),
            Self::Any | Self::Null | Self::Never | Self::Scalar(_) | Self::Given(_) | Self::Named(_) => {}
        }
    }

    /// Visits every named type in it.
    pub fn for_each_named(&self, visit: &mut impl FnMut(TypeId)) {
        self.for_each(&mut |ty| {
            if let Self::Named(id) = ty {
                visit(*id);
            }
        });
    }

    /// Replaces every named type in it.
    pub fn rename(&mut self, to: &impl Fn(TypeId) -> TypeId) {
        match self {
            Self::Named(id) => *id = to(*id),
            Self::List(ty) | Self::Map(ty) | Self::Nullable(ty) => ty.rename(to),
            Self::Tuple(items) => items.iter_mut().for_each(|ty| ty.rename(to)),
            Self::Any | Self::Null | Self::Never | Self::Scalar(_) | Self::Given(_) => {}
        }
    }
}
