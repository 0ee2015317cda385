//! Rejected requests.

use std::time::Duration;

use axum::response::Response;
use http::{HeaderValue, StatusCode};

use crate::models::problem::{Problem, Violation};
use crate::server::respond;

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
    /// 413: a form has more fields than the limit.
    TooManyFields(usize),
    /// 413: a form has more parts than the limit.
    TooManyParts(usize),
    /// 413: the headers of a part of a form are larger than the limit, in bytes.
    PartHeadersTooLarge(usize),
    /// 414: the query has more parameters than the limit.
    TooManyParameters(usize),
    /// 408: the body stalled, or arrives too slowly.
    BodyTooSlow,
    /// 400: the body ended early, or its encoding is malformed.
    BodyInterrupted,
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
            Self::BodyTooLarge(_) | Self::TooManyFields(_) | Self::TooManyParts(_) | Self::PartHeadersTooLarge(_) => {
                StatusCode::PAYLOAD_TOO_LARGE
            }
            Self::TooManyParameters(_) => StatusCode::URI_TOO_LONG,
            Self::BodyTooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::BodyInterrupted => StatusCode::BAD_REQUEST,
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
            Self::TooManyFields(limit) => {
                problem.with_detail(format!("the form has more than {limit} fields; send fewer of them at once"))
            }
            Self::TooManyParts(limit) => {
                problem.with_detail(format!("the form has more than {limit} parts; send fewer of them at once"))
            }
            Self::PartHeadersTooLarge(limit) => {
                problem.with_detail(format!("the headers of a part are larger than {limit} bytes; shorten its names"))
            }
            Self::TooManyParameters(limit) => {
                problem.with_detail(format!("the query has more than {limit} parameters; send fewer of them at once"))
            }
            Self::BodyTooSlow => problem.with_detail("the body stalled, or arrives too slowly"),
            Self::BodyInterrupted => problem.with_detail("the body ended early, or its encoding is malformed"),
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
        let header = match &self {
            Self::Busy => Some((http::header::RETRY_AFTER, HeaderValue::from_static("1"))),
            // RFC 9110 §15.5.9
            Self::BodyTooSlow => Some((http::header::CONNECTION, HeaderValue::from_static("close"))),
            other => {
                let challenge = other.challenge().and_then(|challenge| HeaderValue::try_from(challenge).ok());
                challenge.map(|challenge| (http::header::WWW_AUTHENTICATE, challenge))
            }
        };
        let mut response = respond::problem(&self.into_problem());
        response.headers_mut().extend(header);
        response
    }

    /// Returns the same as [`Self::problem`], without copying the violations.
    fn into_problem(self) -> Problem {
        match self {
            Self::Invalid { status, violations } => {
                Self::Invalid { status, violations: Vec::new() }.problem().with_errors(violations)
            }
            other => other.problem(),
        }
    }
}
