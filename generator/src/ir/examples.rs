//! Examples of values.

use super::literal::Literal;
use crate::diag::Pointer;

/// An example value.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// Its place.
    pub at: Pointer,
    /// The value.
    pub value: Literal,
}

impl Example {
    /// Whether it is an example of the schema at a place, rather than of a schema that is a part of that.
    pub fn is_of(&self, schema: &Pointer) -> bool {
        let parent = self.at.parent();
        parent == *schema || (parent.last() == "examples" && parent.parent() == *schema)
    }
}
