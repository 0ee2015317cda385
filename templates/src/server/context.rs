//! What a handler receives besides its arguments, and authentication errors.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use http::request::Parts;
use http::{Extensions, HeaderMap, Method, Uri};

use super::accept::Accept;
use super::error::BoxError;
use super::head::Head;
use super::redacted::{Headers, Target};
use crate::models::Operation;
use crate::models::problem::Problem;

/// A request, as far as it is known before its operation runs. `Debug` prints no credential.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct RequestInfo<'r> {
    /// The operation.
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

/// The head of a request. `Debug` prints no credential.
#[non_exhaustive]
pub struct RequestHead {
    /// The method.
    pub method: Method,
    /// The URI.
    pub uri: Uri,
    /// The headers.
    pub headers: HeaderMap,
    /// What layers have added.
    pub extensions: Extensions,
}

impl From<Parts> for RequestHead {
    fn from(Parts { method, uri, headers, extensions, .. }: Parts) -> Self {
        Self { method, uri, headers, extensions }
    }
}

/// Prints no credential.
impl fmt::Debug for RequestHead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("RequestHead");
        out.field("method", &self.method).field("uri", &Target(&self.uri));
        out.field("headers", &Headers(&self.headers)).finish_non_exhaustive()
    }
}

/// The request that a handler serves. `P` is the principal; it is `()` for operations without a security requirement.
///
/// It dereferences to the [`RequestHead`]: `cx.method`, `cx.uri`, `cx.headers`, and `cx.extensions`, which layers can
/// add.
///
/// `Debug` prints no credential, except what that of the principal prints.
#[non_exhaustive]
pub struct Context<P> {
    /// The authenticated caller.
    pub principal: P,
    /// The operation.
    pub operation: &'static Operation,
    head: Arc<Head>,
}

impl<P> Deref for Context<P> {
    type Target = RequestHead;

    fn deref(&self) -> &RequestHead {
        &self.head.request
    }
}

impl<P> Context<P> {
    pub(super) fn new(principal: P, head: Arc<Head>) -> Self {
        Self { principal, operation: head.operation, head }
    }

    /// Returns a header as text, if it is present and is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Returns the media types that the client accepts.
    pub fn accept(&self) -> Accept {
        Accept::of(&self.headers)
    }

    /// Returns the documented media type of a response that the client prefers, if the document names any.
    pub fn preferred_media_type(&self) -> &'static str {
        self.accept().choose(self.operation.produces)
    }

    /// Returns an extension that a layer added.
    pub fn extension<T: Clone + Send + Sync + 'static>(&self) -> Option<T> {
        self.extensions.get::<T>().cloned()
    }
}

/// Prints no credential.
impl fmt::Debug for RequestInfo<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("RequestInfo");
        out.field("operation", &self.operation.id).field("method", self.method);
        out.field("uri", &Target(self.uri)).field("headers", &Headers(self.headers)).finish()
    }
}

/// Prints no credential, except what that of the principal prints.
impl<P: fmt::Debug> fmt::Debug for Context<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Context");
        out.field("principal", &self.principal).field("operation", &self.operation.id).field("method", &self.method);
        out.field("uri", &Target(&self.uri)).field("headers", &Headers(&self.headers)).finish_non_exhaustive()
    }
}

/// The reason why a credential was not accepted.
#[derive(Debug)]
pub enum AuthError {
    /// 401: the caller is unknown.
    Unauthorized(Problem),
    /// 403: the caller is not allowed to do this.
    Forbidden(Problem),
    /// The credential could not be checked: 500, reported to `Api::on_internal_error`.
    Internal(BoxError),
}

impl AuthError {
    /// Creates a 401 with an explanation that the caller receives.
    pub fn unauthorized(detail: impl Into<String>) -> Self {
        Self::Unauthorized(Problem::of(401).with_detail(detail))
    }

    /// Creates a 403 with an explanation that the caller receives.
    pub fn forbidden(detail: impl Into<String>) -> Self {
        Self::Forbidden(Problem::of(403).with_detail(detail))
    }
}

/// Any other error becomes an internal error, so that `?` can be used.
impl<E: Into<BoxError>> From<E> for AuthError {
    fn from(error: E) -> Self {
        Self::Internal(error.into())
    }
}
