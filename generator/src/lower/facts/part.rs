//! Which schemas, or which views of them, a value must satisfy.

use super::json_type::JsonType;
use crate::diag::Pointer;

/// One schema that a value must satisfy, or a view of one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in super::super) struct Part {
    pub at: Pointer,
    pub view: View,
}

/// Which keywords of a schema count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in super::super) struct View {
    /// All but `oneOf` and `anyOf`, its own and those of the schemas that it refers to.
    pub without_unions: bool,
    /// Those that apply to values of one type.
    pub only: Option<JsonType>,
}

impl Part {
    /// A whole schema.
    pub fn whole(at: &Pointer) -> Self {
        Self { at: at.clone(), view: View::default() }
    }
}
