//! One of several types.

use super::checks::Checks;
use super::docs::Docs;
use super::literal::Literal;
use super::ty::Ty;
use crate::diag::Pointer;

/// One of several types.
#[derive(Clone, Debug)]
pub struct Union {
    /// How they are told apart.
    pub tag: Tag,
    /// The types, in the order of the document.
    pub variants: Vec<Variant>,
    /// Whether values of no variant are kept, because a newer server may send them.
    pub open: bool,
    /// The variant of values without a tag or with an unknown tag (OpenAPI 3.2.0 §4.25), by its position.
    pub default: Option<usize>,
}

impl Union {
    /// The variants that a value may be of, with their positions: that of its tag, or else the default; all of them if no tag tells them
    /// apart.
    pub fn possible(&self, value: &Literal) -> Vec<(usize, &Variant)> {
        let all = || self.variants.iter().enumerate();
        let (Tag::Property(property), Some(map)) = (&self.tag, value.as_object()) else { return all().collect() };
        let tag = map.get(property);
        let tagged = all().find(|(_, variant)| tag.is_some_and(|tag| variant.tags.contains(tag)));
        let default = || self.default.and_then(|index| Some((index, self.variants.get(index)?)));
        tagged.or_else(default).into_iter().collect()
    }
}

/// How the variants of a [`Union`] are told apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tag {
    /// By the value of a property.
    Property(String),
    /// By the shape of the value.
    Shape,
}

/// One type of a [`Union`].
#[derive(Clone, Debug)]
pub struct Variant {
    /// The place of its schema.
    pub at: Pointer,
    /// What it is called after.
    pub hint: String,
    /// Its type.
    pub ty: Ty,
    /// The values of the tag that stand for it: strings, whole numbers or booleans. None if its values are not objects, which the
    /// property of [`Tag::Property`] does not tell apart.
    pub tags: Vec<Literal>,
    /// Whether the variant closes a cycle of types, so that it must be indirect.
    pub boxed: bool,
    /// Its documentation.
    pub docs: Docs,
    /// What its value must satisfy.
    pub checks: Checks,
}
