//! Lists of values.

use super::docs::Docs;
use super::literal::Literal;
use crate::diag::Pointer;

/// One of a list of values.
#[derive(Clone, Debug)]
pub struct Enum {
    /// What the values are on the wire.
    pub repr: Repr,
    /// The values.
    pub values: Vec<Value>,
    /// Whether values that are not listed are kept, because a newer server may send them.
    pub open: bool,
}

impl Enum {
    /// The value of a constant: the only value of an enum that is not open.
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
    /// Strings.
    Text,
    /// Whole numbers of at most 64 bits.
    Int,
    /// Anything else, or values of several types.
    Json,
}

/// One value of an [`Enum`].
#[derive(Clone, Debug)]
pub struct Value {
    /// Its place.
    pub at: Pointer,
    /// The value on the wire.
    pub literal: Literal,
    /// The name that the document gives it: in `x-enum-varnames`, or as the title of a constant.
    pub name: Option<String>,
    /// Its documentation: from `x-enum-descriptions`, or the description of a constant.
    pub docs: Docs,
}
