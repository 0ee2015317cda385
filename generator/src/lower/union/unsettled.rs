//! Unions whose variants are known, but not how they are told apart.

use super::super::facts::model::Discriminator;
use super::super::facts::part::Part;
use crate::diag::Pointer;
use crate::ir::{Ty, TypeId};

/// A union whose variants are known, but not how they are told apart.
#[derive(Clone, Debug)]
pub(in super::super) struct Unsettled {
    pub(super) id: TypeId,
    pub(super) variants: Vec<Alternative>,
    pub(super) discriminator: Option<Discriminator>,
    /// The variant of values with other tags, by its position.
    pub(super) default: Option<usize>,
}

/// A variant of an unsettled union.
#[derive(Clone, Debug)]
pub(super) struct Alternative {
    pub at: Pointer,
    /// What the document calls it.
    pub hint: Option<String>,
    pub ty: Ty,
    /// The schemas of its values; none if its type checks them.
    pub parts: Vec<Part>,
}

impl Unsettled {
    /// A union without variants.
    pub(super) fn new(id: TypeId, discriminator: Option<Discriminator>) -> Self {
        Self { id, variants: Vec::new(), discriminator, default: None }
    }

    /// How many variants there are.
    pub(super) fn len(&self) -> usize {
        self.variants.len()
    }

    /// The variant with a type.
    pub(super) fn variant_mut(&mut self, ty: &Ty) -> Option<&mut Alternative> {
        self.variants.iter_mut().find(|known| known.ty == *ty)
    }

    /// Adds a variant.
    pub(super) fn push(&mut self, at: &Pointer, hint: Option<String>, ty: Ty, parts: Vec<Part>) {
        self.variants.push(Alternative { at: at.clone(), hint, ty, parts });
    }

    /// Adds the variant of values with other tags.
    pub(super) fn push_default(&mut self, at: &Pointer, hint: String, ty: Ty, parts: Vec<Part>) {
        self.default = Some(self.variants.len());
        self.push(at, Some(hint), ty, parts);
    }
}
