//! Bodies of XML: how values are elements, as the document says it (OpenAPI 3.0.3 §4.7.26).
//!
//! A table says which property is an element, an attribute or a list of elements. By it, XML is read as JSON would be, and then
//! decoded; what is written goes the same way back.

mod element;
mod name;
mod read;
mod tree;
mod write;

use std::fmt;

pub use element::{Content, Element, Member, Object};
pub use read::read;
pub use write::write;

/// Elements inside elements deeper than this are refused.
const MAX_DEPTH: usize = 128;

/// What is no XML, or cannot be written as such.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct XmlError(String);

impl fmt::Display for XmlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for XmlError {}
