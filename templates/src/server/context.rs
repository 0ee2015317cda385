//! What an implementation gets of a request, and why it may refuse one.

use http::{Extensions, HeaderMap, Method, Uri};

use super::error::BoxError;
use crate::models::Operation;
use crate::models::problem::Problem;

/// The request, as far as it is known before its operation runs.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct RequestInfo<'r> {
    /// What is called.
    pub operation: &'static Operation,
    /// The method.
    pub method: &'r Method,
    /// The URI.
    pub uri: &'r Uri,
    /// The headers.
    pub headers: &'r HeaderMap,
}

impl<'r> RequestInfo<'r> {
    pub(super) fn new(operation: &'static Operation, method: &'r Method, uri: &'r Uri, headers: &'r HeaderMap) -> Self {
        Self { operation, method, uri, headers }
    }
}

/// The request around the typed arguments. `P` is the principal, `()` for operations that need no credential.
#[derive(Debug)]
#[non_exhaustive]
pub struct Context<P> {
    /// Who is calling.
    pub principal: P,
    /// What is called.
    pub operation: &'static Operation,
    /// The method.
    pub method: Method,
    /// The URI.
    pub uri: Uri,
    /// The headers.
    pub headers: HeaderMap,
    /// What layers added.
    pub extensions: Extensions,
}

impl<P> Context<P> {
    pub(super) fn new(
        principal: P,
        operation: &'static Operation,
        method: Method,
        uri: Uri,
        headers: HeaderMap,
        extensions: Extensions,
    ) -> Self {
        Self { principal, operation, method, uri, headers, extensions }
    }

    /// A header as text, if it is there and is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// What a layer added.
    pub fn extension<T: Clone + Send + Sync + 'static>(&self) -> Option<T> {
        self.extensions.get::<T>().cloned()
    }
}

/// Why a credential was not accepted.
#[derive(Debug)]
pub enum AuthError {
    /// 401: who is calling is not known.
    Unauthorized(Problem),
    /// 403: who is calling may not do this.
    Forbidden(Problem),
    /// It could not be checked: 500 through `Api::on_internal_error`.
    Internal(BoxError),
}

impl AuthError {
    /// 401 with a reason that the caller sees.
    pub fn unauthorized(detail: impl Into<String>) -> Self {
        Self::Unauthorized(Problem::of(401).with_detail(detail))
    }

    /// 403 with a reason that the caller sees.
    pub fn forbidden(detail: impl Into<String>) -> Self {
        Self::Forbidden(Problem::of(403).with_detail(detail))
    }
}

/// Any error that came by `?`.
impl<E: Into<BoxError>> From<E> for AuthError {
    fn from(error: E) -> Self {
        Self::Internal(error.into())
    }
}
