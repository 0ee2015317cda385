//! Operations without a documented response.

use axum::response::Response;

use super::{BoxError, Rejection};
use crate::models::problem::Problem;
use crate::server::context::RequestInfo;
use crate::server::respond;

/// The reason why an operation has no documented response.
#[derive(Debug)]
pub enum Failure {
    /// The request was rejected.
    Rejection(Rejection),
    /// The implementation failed.
    Internal(BoxError),
    /// The response to send instead.
    Response(Box<Response>),
}

impl Failure {
    /// Returns the response, which the implementation decides for rejections and internal errors.
    pub fn into_response(
        self,
        on_rejection: impl FnOnce(Rejection) -> Response,
        on_internal_error: impl FnOnce(BoxError) -> Response,
    ) -> Response {
        match self {
            Self::Rejection(rejection) => on_rejection(rejection),
            Self::Internal(error) => on_internal_error(error),
            Self::Response(response) => *response,
        }
    }
}

/// Logs an error that a handler returned, and responds with 500 without any detail.
pub fn log_internal_error(error: &BoxError, request: &RequestInfo<'_>) -> Response {
    tracing::error!(operation = request.operation.id, error = %error, "internal error");
    respond::problem(&Problem::of(500))
}

impl From<Rejection> for Failure {
    fn from(rejection: Rejection) -> Self {
        Self::Rejection(rejection)
    }
}

/// Returns the error of an operation that is not implemented: 501.
pub fn not_implemented() -> BoxError {
    Box::new(Problem::of(501).with_detail("this operation is not implemented"))
}
