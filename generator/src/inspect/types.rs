//! Types, as `inspect` shows them.

use serde::Serialize;

use crate::emit::{self, Cx};
use crate::ir::{Presence, Shape, Ty, TypeDef, TypeId};

/// A type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InspectedType {
    /// The location of its schema, such as `#/components/schemas/User`.
    pub pointer: String,
    /// Its path in the models crate.
    pub rust: String,
    /// What it is.
    pub kind: TypeKind,
    /// The fields of a struct, or the variants of an enum or union.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<InspectedMember>,
    /// The type that an alias stands for, or that a newtype holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
}

/// What a type is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TypeKind {
    /// An object with known properties.
    Struct,
    /// One of several values.
    Enum,
    /// The only value of its schema.
    Constant,
    /// One of several types.
    Union,
    /// Another name for a type.
    Alias,
    /// A type of its own around another type.
    Newtype,
}

impl TypeKind {
    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Struct => "struct",
            Self::Enum => "enum",
            Self::Constant => "constant",
            Self::Union => "union",
            Self::Alias => "alias",
            Self::Newtype => "newtype",
        }
    }
}

/// A field or a variant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InspectedMember {
    /// Its name in Rust.
    pub rust: String,
    /// The name of the property, the value, or the value of the tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wire: Option<String>,
    /// Its type; variants of an enum have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ty: Option<String>,
    /// Whether the property is required.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
}

/// The path of a type in the models crate.
fn path(cx: &Cx<'_>, ty: &Ty) -> String {
    emit::shown_type(cx, ty).replace("models::", "")
}

pub(super) fn inspected(cx: &Cx<'_>, id: TypeId, def: &TypeDef) -> InspectedType {
    let (kind, members, target) = match &def.shape {
        Shape::Struct(_) => (TypeKind::Struct, fields(cx, id, def), None),
        Shape::Enum(shape) if shape.only().is_some() => {
            (TypeKind::Constant, Vec::new(), shape.only().map(|only| only.literal.json()))
        }
        Shape::Enum(_) => (TypeKind::Enum, values(cx, id, def), None),
        Shape::Union(_) => (TypeKind::Union, variants(cx, id, def), None),
        Shape::Alias(ty) => (TypeKind::Alias, Vec::new(), Some(path(cx, ty))),
        Shape::Newtype(ty) => (TypeKind::Newtype, Vec::new(), Some(path(cx, ty))),
    };
    InspectedType { pointer: def.at.to_string(), rust: path(cx, &Ty::Named(id)), kind, members, target }
}

fn fields(cx: &Cx<'_>, id: TypeId, def: &TypeDef) -> Vec<InspectedMember> {
    let Shape::Struct(shape) = &def.shape else { return Vec::new() };
    let field = |(field, name): (&crate::ir::Field, &proc_macro2::Ident)| InspectedMember {
        rust: name.to_string(),
        wire: Some(field.wire.clone()),
        ty: Some(emit::shown_field(cx, field)),
        required: field.presence == Presence::Required,
    };
    shape.fields.iter().zip(&cx.names.of(id).members).map(field).collect()
}

fn values(cx: &Cx<'_>, id: TypeId, def: &TypeDef) -> Vec<InspectedMember> {
    let Shape::Enum(shape) = &def.shape else { return Vec::new() };
    let value = |(value, name): (&crate::ir::Value, &proc_macro2::Ident)| InspectedMember {
        rust: name.to_string(),
        wire: Some(value.literal.text()),
        ty: None,
        required: false,
    };
    shape.values.iter().zip(&cx.names.of(id).members).map(value).collect()
}

fn variants(cx: &Cx<'_>, id: TypeId, def: &TypeDef) -> Vec<InspectedMember> {
    let Shape::Union(union) = &def.shape else { return Vec::new() };
    let variant = |(variant, name): (&crate::ir::Variant, &proc_macro2::Ident)| InspectedMember {
        rust: name.to_string(),
        wire: variant.tags.first().map(crate::ir::Literal::text),
        ty: Some(path(cx, &variant.ty)),
        required: false,
    };
    union.variants.iter().zip(&cx.names.of(id).members).map(variant).collect()
}
