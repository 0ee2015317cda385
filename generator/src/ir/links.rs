//! Links from successful responses to other operations (OpenAPI 3.0.3 §4.7.20).

use super::docs::Docs;
use super::ids::OpId;
use super::literal::Literal;
use crate::diag::Pointer;

/// A call that a successful response leads to.
#[derive(Clone, Debug)]
pub struct Link {
    /// Its place.
    pub at: Pointer,
    /// Its key in the document.
    pub name: String,
    /// Its documentation.
    pub docs: Docs,
    /// The operation that it calls.
    pub target: OpId,
    /// Its arguments: positions among the parameters of the target, with their values.
    pub arguments: Vec<(usize, LinkValue)>,
    /// The body of the call, if the link gives one.
    pub body: Option<LinkValue>,
}

/// The value of an argument (runtime expressions: OpenAPI 3.0.3 §4.7.20.3).
#[derive(Clone, Debug, PartialEq)]
pub enum LinkValue {
    /// A value from the document.
    Constant(Literal),
    /// The value of a parameter of the first call, by its position.
    Parameter(usize),
    /// The value at a JSON pointer in the body that was sent.
    RequestBody(String),
    /// The value at a JSON pointer in the body of the response.
    ResponseBody(String),
    /// A header of the response.
    ResponseHeader(String),
    /// The status of the response.
    Status,
}
