//! Types, as the document means them.

use std::ops::{Index, IndexMut};

use super::{Checks, Literal, OpId};
use crate::diag::Pointer;

/// The number of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(u32);

impl TypeId {
    /// The position in [`Types`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Every type of a document, in the order in which they were met.
#[derive(Clone, Debug, Default)]
pub struct Types(Vec<TypeDef>);

impl Types {
    /// Adds a type.
    pub fn push(&mut self, def: TypeDef) -> TypeId {
        let id = TypeId(u32::try_from(self.0.len()).unwrap_or(u32::MAX));
        self.0.push(def);
        id
    }

    /// Every type with its id.
    pub fn iter(&self) -> impl Iterator<Item = (TypeId, &TypeDef)> {
        self.ids().zip(&self.0)
    }

    /// Every id.
    pub fn ids(&self) -> impl Iterator<Item = TypeId> + use<> {
        (0..u32::try_from(self.0.len()).unwrap_or(u32::MAX)).map(TypeId)
    }

    /// How many types there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Index<TypeId> for Types {
    type Output = TypeDef;

    fn index(&self, id: TypeId) -> &TypeDef {
        &self.0[id.index()]
    }
}

impl IndexMut<TypeId> for Types {
    fn index_mut(&mut self, id: TypeId) -> &mut TypeDef {
        &mut self.0[id.index()]
    }
}

/// A type with a name of its own.
#[derive(Clone, Debug)]
pub struct TypeDef {
    /// Where its schema stands.
    pub at: Pointer,
    /// What it can be named after.
    pub origin: Origin,
    /// What the document says of it.
    pub docs: Docs,
    /// What it consists of.
    pub shape: Shape,
    /// What its values must satisfy beyond what it consists of.
    pub checks: Checks,
}

/// What a type can be named after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A schema under `components`, by its key.
    Component(String),
    /// A schema that stands where it is used.
    Inline {
        /// What it is a part of.
        owner: Owner,
        /// Which part, from the outside in.
        roles: Vec<Role>,
    },
}

/// What an inline type is a part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// Another type.
    Type(TypeId),
    /// An operation.
    Operation(OpId),
}

/// Which part of its owner an inline type is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// The value of a property.
    Property(String),
    /// The items of a list.
    Item,
    /// The values of a mapping.
    Entry,
    /// A branch of a union: its title or what tells it apart.
    Variant(String),
    /// A request body.
    Request,
    /// A response body: the status if the operation has several successful ones.
    Response(Option<String>),
    /// The error body of a status.
    Error(String),
    /// A parameter.
    Parameter(String),
    /// A response header.
    Header(String),
    /// The item of a list at a position, from 0.
    Position(usize),
    /// What a value is held against: `not`, `if` and their kin.
    Condition(String),
}

/// What the document says of a thing, for its documentation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Docs {
    /// `title` or `summary`: one line.
    pub summary: String,
    /// `description`, in Markdown.
    pub description: String,
    /// One more line each: bounds, formats, defaults.
    pub notes: Vec<String>,
    /// `deprecated: true`.
    pub deprecated: bool,
}

impl TypeDef {
    /// What its values, and those of its parts, must satisfy.
    pub fn for_each_checks_mut(&mut self, visit: &mut impl FnMut(&mut Checks)) {
        visit(&mut self.checks);
        match &mut self.shape {
            Shape::Struct(shape) => {
                shape.fields.iter_mut().for_each(|field| visit(&mut field.checks));
                visit(&mut shape.rest_checks);
            }
            Shape::Union(union) => union.variants.iter_mut().for_each(|variant| visit(&mut variant.checks)),
            Shape::Enum(_) | Shape::Alias(_) | Shape::Newtype(_) => {}
        }
    }
}

/// What a named type consists of.
#[derive(Clone, Debug)]
pub enum Shape {
    /// An object with known properties.
    Struct(Struct),
    /// One of a list of values.
    Enum(Enum),
    /// One of several types.
    Union(Union),
    /// Another name for a type.
    Alias(Ty),
    /// A type of its own around another one, because an alias would lead to itself.
    Newtype(Ty),
}

impl Shape {
    /// Every type that it mentions, in the order of the document.
    pub fn for_each_ty(&self, visit: &mut impl FnMut(&Ty)) {
        match self {
            Self::Struct(shape) => {
                shape.fields.iter().for_each(|field| visit(&field.ty));
                if let Rest::Collect(ty) = &shape.rest {
                    visit(ty);
                }
            }
            Self::Union(union) => union.variants.iter().for_each(|variant| visit(&variant.ty)),
            Self::Alias(ty) | Self::Newtype(ty) => visit(ty),
            Self::Enum(_) => {}
        }
    }

    /// Every type that it mentions, to change it.
    pub fn for_each_ty_mut(&mut self, visit: &mut impl FnMut(&mut Ty)) {
        match self {
            Self::Struct(shape) => {
                shape.fields.iter_mut().for_each(|field| visit(&mut field.ty));
                if let Rest::Collect(ty) = &mut shape.rest {
                    visit(ty);
                }
            }
            Self::Union(union) => union.variants.iter_mut().for_each(|variant| visit(&mut variant.ty)),
            Self::Alias(ty) | Self::Newtype(ty) => visit(ty),
            Self::Enum(_) => {}
        }
    }

    /// Whether it mentions a named type that satisfies a condition, in whatever list or map.
    pub fn mentions(&self, is: &impl Fn(TypeId) -> bool) -> bool {
        let mut found = false;
        self.for_each_ty(&mut |ty| ty.for_each_named(&mut |id| found |= is(id)));
        found
    }
}

/// A type at the place where it is used.
#[derive(Clone, Debug, PartialEq)]
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
    /// A type that the user gave, by its position in [`super::Api::given`].
    Given(usize),
    /// A list.
    List(Box<Ty>),
    /// A list of a fixed length whose positions have types of their own.
    Tuple(Vec<Ty>),
    /// A mapping from strings.
    Map(Box<Ty>),
    /// The type or `null`.
    Nullable(Box<Ty>),
}

impl Ty {
    /// The type or `null`, once.
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

    /// Every named type that is mentioned.
    pub fn for_each_named(&self, visit: &mut impl FnMut(TypeId)) {
        match self {
            Self::Named(id) => visit(*id),
            Self::List(ty) | Self::Map(ty) | Self::Nullable(ty) => ty.for_each_named(visit),
            Self::Tuple(items) => items.iter().for_each(|ty| ty.for_each_named(visit)),
            Self::Any | Self::Null | Self::Never | Self::Scalar(_) | Self::Given(_) => {}
        }
    }
}

impl Ty {
    /// Replaces every named type that is mentioned.
    pub fn rename(&mut self, to: &impl Fn(TypeId) -> TypeId) {
        match self {
            Self::Named(id) => *id = to(*id),
            Self::List(ty) | Self::Map(ty) | Self::Nullable(ty) => ty.rename(to),
            Self::Tuple(items) => items.iter_mut().for_each(|ty| ty.rename(to)),
            Self::Any | Self::Null | Self::Never | Self::Scalar(_) | Self::Given(_) => {}
        }
    }
}

/// A value without parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scalar {
    /// `boolean`
    Bool,
    /// `integer`, by its format.
    Int(Int),
    /// `number`
    Float,
    /// `string`
    String,
    /// `string` of format `byte`: base64 on the wire.
    Base64,
    /// `string` of format `date`: RFC 3339 full-date.
    Date,
    /// `string` of format `date-time`: RFC 3339.
    DateTime,
    /// `string` of format `uuid`: RFC 9562.
    Uuid,
    /// `string` of format `binary` in a field of a `multipart/form-data` body: a file.
    File,
}

/// The width of an integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Int {
    I8,
    I16,
    I32,
    I64,
    U8,
    U16,
    U32,
    U64,
    I128,
}

impl Int {
    /// The least and the greatest value.
    pub fn range(self) -> (i128, i128) {
        match self {
            Self::I8 => (i8::MIN.into(), i8::MAX.into()),
            Self::I16 => (i16::MIN.into(), i16::MAX.into()),
            Self::I32 => (i32::MIN.into(), i32::MAX.into()),
            Self::I64 => (i64::MIN.into(), i64::MAX.into()),
            Self::U8 => (0, u8::MAX.into()),
            Self::U16 => (0, u16::MAX.into()),
            Self::U32 => (0, u32::MAX.into()),
            Self::U64 => (0, u64::MAX.into()),
            Self::I128 => (i128::MIN, i128::MAX),
        }
    }
}

/// An object with known properties.
#[derive(Clone, Debug, Default)]
pub struct Struct {
    /// The known properties.
    pub fields: Vec<Field>,
    /// What other keys mean.
    pub rest: Rest,
    /// What each value of the other keys must satisfy.
    pub rest_checks: Checks,
    /// Properties that must not be there (`false` as their schema).
    pub forbidden: Vec<String>,
}

/// What keys mean that are no known property (`additionalProperties`).
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Rest {
    /// Nothing was said: they are ignored.
    #[default]
    Ignore,
    /// They are forbidden.
    Closed,
    /// They are kept, with values of this type.
    Collect(Ty),
}

/// A property of an object.
#[derive(Clone, Debug)]
pub struct Field {
    /// Where its schema stands.
    pub at: Pointer,
    /// Its name on the wire.
    pub wire: String,
    /// What the document says of it.
    pub docs: Docs,
    /// Its type; [`Ty::Nullable`] if `null` is a value.
    pub ty: Ty,
    /// Whether it must be there.
    pub presence: Presence,
    /// What it means if it is absent.
    pub default: Option<Literal>,
    /// The edge is on a cycle of types and must be indirect.
    pub boxed: bool,
    /// Never to be printed: passwords and their kin, `writeOnly`.
    pub secret: bool,
    /// `readOnly`: only in responses.
    pub read_only: bool,
    /// `writeOnly`: only in requests.
    pub write_only: bool,
    /// What its value must satisfy.
    pub checks: Checks,
}

impl Field {
    /// What a server fills in if the property is absent: a default, unless absent and `null` are the same.
    pub fn filled_default(&self) -> Option<&Literal> {
        let tells_absence = match self.presence {
            Presence::Required => false,
            Presence::Optional => !matches!(self.ty, Ty::Nullable(_)),
            Presence::Patch => true,
        };
        self.default.as_ref().filter(|default| tells_absence && **default != Literal::Null)
    }
}

/// Whether a property must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It must be there.
    Required,
    /// It may be absent.
    Optional,
    /// It may be absent, and `null` means something else than absent.
    Patch,
}

/// One of a list of values.
#[derive(Clone, Debug)]
pub struct Enum {
    /// What the values are on the wire.
    pub repr: Repr,
    /// The values.
    pub values: Vec<Value>,
    /// Values that are not listed are kept, because a newer server may send them.
    pub open: bool,
}

impl Enum {
    /// The value of a constant: the only one, and no other is kept.
    pub fn only(&self) -> Option<&Value> {
        match self.values.as_slice() {
            [only] if !self.open => Some(only),
            _ => None,
        }
    }
}

/// What the values of an [`Enum`] are on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repr {
    /// Texts.
    Text,
    /// Whole numbers of at most 64 bits.
    Int,
    /// Anything else, or values of several types.
    Json,
}

/// One value of an [`Enum`].
#[derive(Clone, Debug)]
pub struct Value {
    /// Where it stands.
    pub at: Pointer,
    /// What it is on the wire.
    pub literal: Literal,
    /// The name that `x-enum-varnames` gives it.
    pub name: Option<String>,
    /// What `x-enum-descriptions` says of it.
    pub docs: Docs,
}

/// One of several types.
#[derive(Clone, Debug)]
pub struct Union {
    /// How they are told apart.
    pub tag: Tag,
    /// The types, in the order of the document.
    pub variants: Vec<Variant>,
    /// What no variant claims is kept, because a newer server may send it.
    pub open: bool,
    /// The variant of what has no tag or another one (OpenAPI 3.2.0 §4.25), by its position.
    pub default: Option<usize>,
}

/// How the variants of a [`Union`] are told apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tag {
    /// By the value of a property.
    Property(String),
    /// By what the value looks like.
    Shape,
}

/// One type of a [`Union`].
#[derive(Clone, Debug)]
pub struct Variant {
    /// Where its schema stands.
    pub at: Pointer,
    /// What it can be named after.
    pub hint: String,
    /// What it is.
    pub ty: Ty,
    /// The values of the tag that mean it.
    pub tags: Vec<String>,
    /// The edge is on a cycle of types and must be indirect.
    pub boxed: bool,
    /// What the document says of it.
    pub docs: Docs,
    /// What its value must satisfy.
    pub checks: Checks,
}
