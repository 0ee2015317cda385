//! What a success leads to (OpenAPI 3.0.3 §4.7.20).

use super::{Docs, Literal, OpId};
use crate::diag::Pointer;

/// A call that a success leads to.
#[derive(Clone, Debug)]
pub struct Link {
    /// Where it stands.
    pub at: Pointer,
    /// Its key in the document.
    pub name: String,
    /// What the document says of it.
    pub docs: Docs,
    /// The operation that it calls.
    pub target: OpId,
    /// The arguments that it gives: positions among the target's parameters, and what they are.
    pub arguments: Vec<(usize, LinkValue)>,
    /// The body that it gives.
    pub body: Option<LinkValue>,
}

/// What an argument of a link is (runtime expressions: OpenAPI 3.0.3 §4.7.20.3).
#[derive(Clone, Debug, PartialEq)]
pub enum LinkValue {
    /// A value that the document says.
    Constant(Literal),
    /// A parameter of the call that was made, by its position.
    Parameter(usize),
    /// What a JSON pointer leads to in the body that was sent.
    RequestBody(String),
    /// What a JSON pointer leads to in the body that came.
    ResponseBody(String),
    /// A header that came.
    ResponseHeader(String),
    /// The status that came.
    Status,
}
