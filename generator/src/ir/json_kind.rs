//! The JSON type of the values of a type.

use super::api::Api;
use super::enums::Repr;
use super::scalar::Scalar;
use super::ty::Ty;
use super::types::Shape;
use super::unions::{Tag, Union, Variant};

/// The JSON type of the values of a type, as far as they have only one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonKind {
    /// Several types.
    Any,
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// A number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl JsonKind {
    /// Whether a value can be of both.
    pub fn overlaps(self, other: Self) -> bool {
        self == other || self == Self::Any || other == Self::Any
    }
}

impl Api {
    /// The type behind aliases and newtypes, as far as there is one.
    pub fn behind_newtypes<'a>(&'a self, ty: &'a Ty) -> &'a Ty {
        let mut ty = self.resolve(ty);
        for _ in 0..=self.types.len() {
            let Ty::Named(id) = ty else { break };
            let Shape::Newtype(inner) = &self.types[*id].shape else { break };
            ty = self.resolve(inner);
        }
        ty
    }

    /// Whether the values of a variant are not objects, so that a tag says nothing about them.
    pub fn is_other(&self, union: &Union, variant: &Variant) -> bool {
        union.tag != Tag::Shape && variant.tags.is_empty() && self.json_kind(&variant.ty) != JsonKind::Object
    }

    /// Whether a union with a tag has variants whose values are not objects.
    pub fn has_others(&self, union: &Union) -> bool {
        union.variants.iter().any(|variant| self.is_other(union, variant))
    }

    /// The JSON type of the values of a type.
    pub fn json_kind(&self, ty: &Ty) -> JsonKind {
        match self.behind_newtypes(ty) {
            Ty::Null => JsonKind::Null,
            Ty::List(_) | Ty::Tuple(_) => JsonKind::Array,
            Ty::Map(_) => JsonKind::Object,
            Ty::Scalar(Scalar::Bool) => JsonKind::Boolean,
            Ty::Scalar(Scalar::Int(_) | Scalar::Float) => JsonKind::Number,
            Ty::Scalar(_) => JsonKind::String,
            Ty::Named(id) => match &self.types[*id].shape {
                Shape::Struct(_) => JsonKind::Object,
                Shape::Union(union) if union.tag != Tag::Shape && !self.has_others(union) => JsonKind::Object,
                Shape::Enum(shape) => match shape.repr {
                    Repr::Text => JsonKind::String,
                    Repr::Int => JsonKind::Number,
                    Repr::Json => JsonKind::Any,
                },
                Shape::Union(_) | Shape::Alias(_) | Shape::Newtype(_) => JsonKind::Any,
            },
            Ty::Any | Ty::Never | Ty::Nullable(_) | Ty::Given(_) => JsonKind::Any,
        }
    }
}
