//! Types that have a name.

use std::ops::{Index, IndexMut};

use super::checks::Checks;
use super::docs::Docs;
use super::enums::Enum;
use super::ids::{ComponentId, OpId, TypeId};
use super::structs::{Rest, Struct};
use super::ty::Ty;
use super::unions::Union;
use crate::diag::Pointer;

/// Every type of a document, in the order in which they were found.
#[derive(Clone, Debug, Default)]
pub struct Types(Vec<TypeDef>);

impl Types {
    /// Adds a type.
    pub fn push(&mut self, def: TypeDef) -> TypeId {
        let id = TypeId::new(self.0.len());
        self.0.push(def);
        id
    }

    /// Every type with its id.
    pub fn iter(&self) -> impl Iterator<Item = (TypeId, &TypeDef)> {
        self.ids().zip(&self.0)
    }

    /// Every type, to change it.
    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut TypeDef> {
        self.0.iter_mut()
    }

    /// Every id.
    pub fn ids(&self) -> impl Iterator<Item = TypeId> + use<> {
        (0..self.0.len()).map(TypeId::new)
    }

    /// Keeps the types for which `is_kept` holds. Returns the new id of each old one; that of a type that was not kept is meaningless.
    pub(super) fn retain(&mut self, is_kept: impl Fn(TypeId) -> bool) -> Vec<TypeId> {
        let mut ids = Vec::with_capacity(self.0.len());
        let mut kept = Vec::new();
        for (index, def) in std::mem::take(&mut self.0).into_iter().enumerate() {
            ids.push(TypeId::new(kept.len()));
            if is_kept(TypeId::new(index)) {
                kept.push(def);
            }
        }
        self.0 = kept;
        ids
    }

    /// How many types there are.
    pub fn len(&self) -> usize {
        self.0.len()
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
    /// The place of its schema.
    pub at: Pointer,
    /// What it is called after.
    pub origin: Origin,
    /// Its documentation.
    pub docs: Docs,
    /// What it consists of.
    pub shape: Shape,
    /// What its values must satisfy beyond what it consists of.
    pub checks: Checks,
}

impl TypeDef {
    /// Visits every named type in it: those of its parts, and those that its rules compare values with.
    pub fn for_each_named(&self, visit: &mut impl FnMut(TypeId)) {
        self.shape.for_each_ty(&mut |ty| ty.for_each_named(visit));
        self.for_each_checks(&mut |checks| {
            checks.for_each_rule(&mut |rule| rule.schemas().into_iter().for_each(&mut *visit));
        });
    }

    /// Replaces every named type in it.
    pub fn rename(&mut self, to: &impl Fn(TypeId) -> TypeId) {
        self.shape.for_each_ty_mut(&mut |ty| ty.rename(to));
        self.for_each_checks_mut(&mut |checks| checks.rename(to));
        if let Origin::Inline { owner: Owner::Type(owner), .. } = &mut self.origin {
            *owner = to(*owner);
        }
    }

    /// Visits the checks of its values and of their parts, to change them.
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

    /// Visits the checks of its values and of their parts.
    pub fn for_each_checks(&self, visit: &mut impl FnMut(&Checks)) {
        visit(&self.checks);
        match &self.shape {
            Shape::Struct(shape) => {
                shape.fields.iter().for_each(|field| visit(&field.checks));
                visit(&shape.rest_checks);
            }
            Shape::Union(union) => union.variants.iter().for_each(|variant| visit(&variant.checks)),
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
    /// A new type around another type, where an alias would lead to itself.
    Newtype(Ty),
}

impl Shape {
    /// Visits every type in it, in the order of the document.
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

    /// Visits every type in it, to change it.
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
}

/// What a type is called after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A schema under `components`, by its key.
    Component(String),
    /// A schema at the place where it is used.
    Inline {
        /// What it is a part of.
        owner: Owner,
        /// Which part, from the outside in.
        roles: Vec<Role>,
    },
}

impl Origin {
    /// Whether the type is the schema of a rule, or a part of one: values are compared with it, and have another type.
    pub fn is_condition(&self) -> bool {
        match self {
            Self::Component(_) => false,
            Self::Inline { roles, .. } => roles.iter().any(|role| matches!(role, Role::Condition(_))),
        }
    }
}

/// What an inline type is a part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// Another type.
    Type(TypeId),
    /// An operation.
    Operation(OpId),
    /// A component other than a schema.
    Component(ComponentId),
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
    /// A branch of a union: its title, or what distinguishes it.
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
    /// A schema that values are validated against, such as that of `not` or `if`.
    Condition(String),
}
