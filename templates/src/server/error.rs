//! What goes wrong before an operation runs, and inside it.

use std::time::Duration;

use axum::response::Response;
use http::{HeaderValue, StatusCode};

use super::context::RequestInfo;
use super::respond;
use crate::models::problem::{Problem, Violation};

/// A boxed error of any kind.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Why a request is refused before its operation runs.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Rejection {
    /// 401: no credential is there.
    MissingCredential {
        /// What `WWW-Authenticate` says.
        challenge: String,
    },
    /// 401: [`Api::authenticate`](super::Api::authenticate) does not know who is calling.
    BadCredential {
        /// Why.
        problem: Box<Problem>,
        /// What `WWW-Authenticate` says.
        challenge: String,
    },
    /// 403: [`Api::authenticate`](super::Api::authenticate) says that who is calling may not.
    Forbidden {
        /// Why.
        problem: Box<Problem>,
    },
    /// 403: who is calling lacks scopes that the document requires.
    MissingScope {
        /// The scopes that are missing.
        scopes: Vec<&'static str>,
        /// What `WWW-Authenticate` says, if a token was used.
        challenge: Option<String>,
    },
    /// 400, or 422 where the document says so: parameters or body do not match the document.
    Invalid {
        /// The status.
        status: StatusCode,
        /// Everything that is wrong.
        violations: Vec<Violation>,
    },
    /// 406: the caller takes none of the media types that the operation answers.
    NotAcceptable {
        /// What it answers.
        produces: &'static [&'static str],
    },
    /// 503: as many requests are served as the server takes on.
    Busy,
    /// 503: the operation has not answered in time.
    TimedOut(Duration),
    /// 413: the body is larger than the limit, in bytes.
    BodyTooLarge(u64),
    /// 415: the body is of a media type that the operation does not read.
    UnsupportedMediaType {
        /// What it reads.
        expected: &'static str,
    },
}

impl Rejection {
    /// The status that fits.
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

    /// The same as problem details.
    pub fn problem(&self) -> Problem {
        let problem = Problem::of(self.status().as_u16());
        match self {
            Self::MissingCredential { .. } => problem.with_detail("a credential is required"),
            Self::BadCredential { problem, .. } | Self::Forbidden { problem } => (**problem).clone(),
            Self::MissingScope { scopes, .. } => {
                problem.with_detail(format!("a scope is missing: {}", scopes.join(", ")))
            }
            Self::NotAcceptable { produces } => {
                problem.with_detail(format!("the answer is one of: {}", produces.join(", ")))
            }
            Self::Invalid { violations, .. } => {
                problem.with_detail("the request does not match the API").with_errors(violations.clone())
            }
            Self::Busy => problem.with_detail("too many requests at once"),
            Self::TimedOut(_) => problem.with_detail("the operation took too long"),
            Self::BodyTooLarge(limit) => problem.with_detail(format!("the body is larger than {limit} bytes")),
            Self::UnsupportedMediaType { expected } => problem.with_detail(format!("the body must be `{expected}`")),
        }
    }

    /// What `WWW-Authenticate` says, if anything.
    fn challenge(&self) -> Option<&str> {
        match self {
            Self::MissingCredential { challenge } | Self::BadCredential { challenge, .. } => {
                Some(challenge.as_str()).filter(|text| !text.is_empty())
            }
            Self::MissingScope { challenge, .. } => challenge.as_deref(),
            _ => None,
        }
    }

    /// The same as a response.
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

/// Why an operation has no documented answer.
#[derive(Debug)]
pub enum Failure {
    /// The request cannot be understood.
    Rejection(Rejection),
    /// The implementation failed.
    Internal(BoxError),
    /// The answer to send.
    Response(Box<Response>),
}

impl Failure {
    /// The response: that of the implementation to a rejection or an internal error, or the one that is there.
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

/// `operation_error!(Type { code 404 => NotFound raw; code 400 => BadRequest json "media/type"; default 0 => Default xml "..." ELEMENT; });`
///
/// `raw` variants hold a problem, `json` and `xml` variants a body, behind its status unless that is known from the variant;
/// `Internal` and `Other` always exist.
#[macro_export]
macro_rules! operation_error {
    ($name:ident { $($kind:ident $status:literal => $variant:ident $how:ident $($media:literal $($element:ident)?)?;)* }) => {
        impl $name {
            /// Replaces the detail of the problem, if it is one.
            #[must_use]
            pub fn with_detail(self, detail: impl Into<String>) -> Self {
                let _ = &detail;
                match self {
                    $($crate::operation_error!(@problem $variant, answer, $how) => {
                        $crate::operation_error!(@detail $variant, answer, detail, $how)
                    })*
                    other => other,
                }
            }

            pub(crate) fn into_failure(self) -> Result<$crate::axum::response::Response, $crate::server::Failure> {
                match self {
                    $($crate::operation_error!(@pattern $variant, status, answer, $kind $how) => {
                        $crate::operation_error!(@respond status, $status, answer, $kind $how $($media $($element)?)?)
                    })*
                    Self::Internal(error) => Err($crate::server::Failure::Internal(error)),
                    Self::Other(response) => Ok(*response),
                }
            }
        }

        /// Any error that came by `?`; a `Problem` is sent as it is.
        impl<E: Into<$crate::server::BoxError>> From<E> for $name {
            fn from(error: E) -> Self {
                match error.into().downcast::<$crate::models::Problem>() {
                    Ok(problem) => Self::Other(Box::new($crate::server::problem(&problem))),
                    Err(error) => Self::Internal(error),
                }
            }
        }
    };
    (@problem $variant:ident, $answer:ident, raw) => { Self::$variant($answer) };
    (@problem $variant:ident, $answer:ident, $how:ident) => { $answer @ Self::$variant(..) };
    (@detail $variant:ident, $answer:ident, $detail:ident, raw) => { Self::$variant($answer.with_detail($detail)) };
    (@detail $variant:ident, $answer:ident, $detail:ident, $how:ident) => { $answer };
    (@pattern $variant:ident, $got:ident, $answer:ident, $kind:ident raw) => { Self::$variant($answer) };
    (@pattern $variant:ident, $got:ident, $answer:ident, code $how:ident) => { Self::$variant($answer) };
    (@pattern $variant:ident, $got:ident, $answer:ident, $kind:ident $how:ident) => { Self::$variant($got, $answer) };
    (@respond $got:ident, $status:literal, $answer:ident, code raw) => {{
        let mut problem = $answer;
        problem.status = Some($status);
        Ok($crate::server::problem(&problem))
    }};
    (@respond $got:ident, $status:literal, $answer:ident, $kind:ident raw) => { Ok($crate::server::problem(&$answer)) };
    (@respond $got:ident, $status:literal, $answer:ident, code json $media:literal) => {
        $crate::server::json($status, $media, &$answer)
    };
    (@respond $got:ident, $status:literal, $answer:ident, $kind:ident json $media:literal) => {
        $crate::server::json($got.as_u16(), $media, &$answer)
    };
    (@respond $got:ident, $status:literal, $answer:ident, code xml $media:literal $element:ident) => {
        $crate::server::xml($status, $media, &models::elements::$element, &$answer)
    };
    (@respond $got:ident, $status:literal, $answer:ident, $kind:ident xml $media:literal $element:ident) => {
        $crate::server::xml($got.as_u16(), $media, &models::elements::$element, &$answer)
    };
}

/// What a stub answers: 501.
pub fn not_implemented() -> BoxError {
    Box::new(Problem::of(501).with_detail("this operation is not implemented"))
}
