//! Errors before and inside of operations.

use std::time::Duration;

use axum::response::Response;
use http::{HeaderValue, StatusCode};

use super::context::RequestInfo;
use super::respond;
use crate::models::problem::{Problem, Violation};

/// A boxed error of any kind.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// The reason why a request is rejected before its operation runs.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Rejection {
    /// 401: the request has no credential.
    MissingCredential {
        /// The value of `WWW-Authenticate`.
        challenge: String,
    },
    /// 401: `Api::authenticate` does not know the caller.
    BadCredential {
        /// The explanation.
        problem: Box<Problem>,
        /// The value of `WWW-Authenticate`.
        challenge: String,
    },
    /// 403: `Api::authenticate` does not allow the call.
    Forbidden {
        /// The explanation.
        problem: Box<Problem>,
    },
    /// 403: the caller lacks scopes that the document requires.
    MissingScope {
        /// The missing scopes.
        scopes: Vec<&'static str>,
        /// The value of `WWW-Authenticate`, if a token was used.
        challenge: Option<String>,
    },
    /// 400, or 422 if the document describes that: the parameters or the body do not match the document.
    Invalid {
        /// The status.
        status: StatusCode,
        /// All violations.
        violations: Vec<Violation>,
    },
    /// 406: the client accepts none of the media types of the operation.
    NotAcceptable {
        /// The media types of the operation.
        produces: &'static [&'static str],
    },
    /// 503: too many operations are running.
    Busy,
    /// 503: the operation took longer than the limit.
    TimedOut(Duration),
    /// 413: the body is larger than the limit, in bytes.
    BodyTooLarge(u64),
    /// 415: the operation does not accept the media type of the body.
    UnsupportedMediaType {
        /// The media type that it accepts.
        expected: &'static str,
    },
}

impl Rejection {
    /// Returns the status of the response.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::MissingCredential { .. } | Self::BadCredential { .. } => StatusCode::UNAUTHORIZED,
            Self::Forbidden { .. } | Self::MissingScope { .. } => StatusCode::FORBIDDEN,
            Self::Invalid { status, .. } => *status,
            Self::NotAcceptable { .. } => StatusCode::NOT_ACCEPTABLE,
            Self::Busy | Self::TimedOut(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::BodyTooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnsupportedMediaType { .. } => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        }
    }

    /// Returns the problem details of the response.
    pub fn problem(&self) -> Problem {
        let problem = Problem::of(self.status().as_u16());
        match self {
            Self::MissingCredential { .. } => problem.with_detail("a credential is required"),
            Self::BadCredential { problem, .. } | Self::Forbidden { problem } => (**problem).clone(),
            Self::MissingScope { scopes, .. } => problem.with_detail(format!("missing scopes: {}", scopes.join(", "))),
            Self::NotAcceptable { produces } => {
                problem.with_detail(format!("the response is one of: {}", produces.join(", ")))
            }
            Self::Invalid { violations, .. } => {
                problem.with_detail("the request does not match the document").with_errors(violations.clone())
            }
            Self::Busy => problem.with_detail("too many concurrent requests"),
            Self::TimedOut(_) => problem.with_detail("the operation took too long"),
            Self::BodyTooLarge(limit) => problem.with_detail(format!("the body is larger than {limit} bytes")),
            Self::UnsupportedMediaType { expected } => problem.with_detail(format!("the body must be `{expected}`")),
        }
    }

    /// Returns the value of `WWW-Authenticate`, if there is one.
    fn challenge(&self) -> Option<&str> {
        match self {
            Self::MissingCredential { challenge } | Self::BadCredential { challenge, .. } => {
                Some(challenge.as_str()).filter(|text| !text.is_empty())
            }
            Self::MissingScope { challenge, .. } => challenge.as_deref(),
            _ => None,
        }
    }

    /// Returns the response: problem details, with `WWW-Authenticate` and `Retry-After` where they apply.
    pub fn into_response(self) -> Response {
        let mut response = respond::problem(&self.problem());
        if let Some(challenge) = self.challenge()
            && let Ok(value) = HeaderValue::try_from(challenge)
        {
            response.headers_mut().insert(http::header::WWW_AUTHENTICATE, value);
        }
        if self == Self::Busy {
            response.headers_mut().insert(http::header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        response
    }
}

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

/// Implements the errors of an operation from a table:
///
/// ```text
/// operation_error!(Type {
///     code 404 => NotFound raw;
///     code 400 => BadRequest json "media/type";
///     default 0 => Default xml "media/type" ELEMENT;
/// });
/// ```
///
/// `raw` variants hold a problem, `json` and `xml` variants a body, preceded by the status unless the variant has only
/// one. The variants `Internal` and `Other` always exist.
#[macro_export]
macro_rules! operation_error {
    ($name:ident { $($kind:ident $status:literal => $variant:ident $how:ident $($media:literal $($element:ident)?)?;)* }) => {
        impl $name {
            /// Sets the detail of the problem, if the variant holds one.
            #[must_use]
            pub fn with_detail(self, detail: impl Into<String>) -> Self {
                let _ = &detail;
                match self {
                    $($crate::operation_error!(@problem $variant, body, $how) => {
                        $crate::operation_error!(@detail $variant, body, detail, $how)
                    })*
                    other => other,
                }
            }

            pub(crate) fn into_failure(self) -> Result<$crate::axum::response::Response, $crate::server::Failure> {
                match self {
                    $($crate::operation_error!(@pattern $variant, status, body, $kind $how) => {
                        $crate::operation_error!(@respond status, $status, body, $kind $how $($media $($element)?)?)
                    })*
                    Self::Internal(error) => Err($crate::server::Failure::Internal(error)),
                    Self::Other(response) => Ok(*response),
                }
            }
        }

        /// Any other error becomes `Internal`, so that `?` can be used; a `Problem` is sent as it is.
        impl<E: Into<$crate::server::BoxError>> From<E> for $name {
            fn from(error: E) -> Self {
                match error.into().downcast::<$crate::models::Problem>() {
                    Ok(problem) => Self::Other(Box::new($crate::server::problem(&problem))),
                    Err(error) => Self::Internal(error),
                }
            }
        }
    };
    (@problem $variant:ident, $body:ident, raw) => { Self::$variant($body) };
    (@problem $variant:ident, $body:ident, $how:ident) => { $body @ Self::$variant(..) };
    (@detail $variant:ident, $body:ident, $detail:ident, raw) => { Self::$variant($body.with_detail($detail)) };
    (@detail $variant:ident, $body:ident, $detail:ident, $how:ident) => { $body };
    (@pattern $variant:ident, $got:ident, $body:ident, $kind:ident raw) => { Self::$variant($body) };
    (@pattern $variant:ident, $got:ident, $body:ident, code $how:ident) => { Self::$variant($body) };
    (@pattern $variant:ident, $got:ident, $body:ident, $kind:ident $how:ident) => { Self::$variant($got, $body) };
    (@respond $got:ident, $status:literal, $body:ident, code raw) => {{
        let mut problem = $body;
        problem.status = Some($status);
        Ok($crate::server::problem(&problem))
    }};
    (@respond $got:ident, $status:literal, $body:ident, $kind:ident raw) => { Ok($crate::server::problem(&$body)) };
    (@respond $got:ident, $status:literal, $body:ident, code json $media:literal) => {
        $crate::server::json($status, $media, &$body)
    };
    (@respond $got:ident, $status:literal, $body:ident, $kind:ident json $media:literal) => {
        $crate::server::json($got.as_u16(), $media, &$body)
    };
    (@respond $got:ident, $status:literal, $body:ident, code xml $media:literal $element:ident) => {
        $crate::server::xml($status, $media, &models::elements::$element, &$body)
    };
    (@respond $got:ident, $status:literal, $body:ident, $kind:ident xml $media:literal $element:ident) => {
        $crate::server::xml($got.as_u16(), $media, &models::elements::$element, &$body)
    };
}

/// Returns the error of an operation that is not implemented: 501.
pub fn not_implemented() -> BoxError {
    Box::new(Problem::of(501).with_detail("this operation is not implemented"))
}
