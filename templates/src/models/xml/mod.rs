//! XML bodies (OpenAPI 3.0.3 §4.7.26).
//!
//! Tables say which property is an element, an attribute or a sequence of elements. With them, XML is read as the
//! equivalent JSON value and then decoded; writing goes the other way.

mod element;
mod name;
mod read;
mod tree;
mod write;

use std::fmt;

pub use element::{Content, Element, Member, Object};
pub use read::read;
pub use write::write;

/// The maximum depth of nested elements.
const MAX_DEPTH: usize = 128;

/// The error for a text that is not XML, or a value that cannot be written as XML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct XmlError(String);

impl fmt::Display for XmlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for XmlError {}
