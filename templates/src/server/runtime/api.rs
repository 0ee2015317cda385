//! What an implementation provides beside its operations, and what it gets of a request.

use axum::response::Response;
use http::{Extensions, HeaderMap, Method, Uri};

use super::credentials::Credentials;
use super::error::{BoxError, Rejection};
use super::models::operations::Operation;
use super::models::problem::Problem;
use super::respond;

/// Who is calling, and what failures look like. Implement it once, beside the traits of the operations.
pub trait Api: Send + Sync + 'static {
    /// What authentication yields; handed to every operation that needs a credential.
    type Principal: Send + Sync + 'static;

    /// Called for each operation that needs a credential, once one is there. Without one, 401 is answered for you.
    fn authenticate(
        &self,
        credentials: Credentials,
        request: &RequestInfo<'_>,
    ) -> impl Future<Output = Result<Self::Principal, AuthError>> + Send;

    /// Whether a principal has a scope that the document requires of the operation; if one is missing, 403 is answered for you.
    /// No by default, so that an operation with scopes is not open by mistake.
    fn has_scope(&self, principal: &Self::Principal, scope: &str) -> bool {
        let _ = (principal, scope);
        false
    }

    /// A request that is refused before its operation runs; a [`Problem`] with the rejection's status by default.
    fn on_rejection(&self, rejection: Rejection, request: &RequestInfo<'_>) -> Response {
        let _ = request;
        rejection.into_response()
    }

    /// A handler failed through `?`: log it here. By default `tracing::error!` and 500 without any detail.
    fn on_internal_error(&self, error: BoxError, request: &RequestInfo<'_>) -> Response {
        tracing::error!(operation = request.operation.id, error = %error, "internal error");
        respond::problem(&Problem::of(500))
    }
}

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

/// `no_operations!(UsersApi);`: what stands in place of a group of operations whose feature is off.
#[allow(unused_macros)]
macro_rules! no_operations {
    ($api:ident) => {
        /// Nothing: the feature of these operations is off.
        pub trait $api: super::runtime::Api {}

        impl<A: super::runtime::Api> $api for A {}

        pub(crate) fn routes<A: $api>() -> Vec<super::runtime::Route<A>> {
            Vec::new()
        }
    };
}
#[allow(unused_imports)]
pub(crate) use no_operations;

/// Why a credential was not accepted.
#[derive(Debug)]
pub enum AuthError {
    /// 401: who is calling is not known.
    Unauthorized(Problem),
    /// 403: who is calling may not do this.
    Forbidden(Problem),
    /// It could not be checked: 500 through [`Api::on_internal_error`].
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
