//! Errors of calls.

use std::fmt;

use http::StatusCode;

use super::{DecodeError, RequestError, TransportError};
use crate::client::ApiError;
use crate::client::response::RawResponse;
use crate::models::{Operation, Problem};

/// The error of a call.
///
/// Convert it to [`Error`](crate::client::Error) with `?` if its documented variants do not matter.
#[non_exhaustive]
pub enum CallError<E> {
    /// The server responded with an error.
    Api {
        /// The operation.
        operation: &'static Operation,
        /// The error.
        error: E,
        /// The response that it was read from.
        response: Box<RawResponse>,
    },
    /// The request or its response was lost: DNS, connection, TLS, time limit, middleware.
    Transport(TransportError),
    /// The response is successful, but its body does not match the document.
    Decode(DecodeError),
    /// The request could not be built.
    Request(RequestError),
}

impl<E: ApiError> CallError<E> {
    /// Returns the status of the response, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Api { error, .. } => Some(error.status()),
            Self::Decode(error) => error.response().map(|raw| raw.status),
            Self::Transport(_) | Self::Request(_) => None,
        }
    }

    /// Returns the error that the server responded with, if it did.
    pub fn api(&self) -> Option<&E> {
        if let Self::Api { error, .. } = self { Some(error) } else { None }
    }

    /// Returns the response as it came, if there was one.
    pub fn raw(&self) -> Option<&RawResponse> {
        match self {
            Self::Api { response, .. } => Some(response),
            Self::Decode(error) => error.response(),
            Self::Transport(_) | Self::Request(_) => None,
        }
    }

    /// Returns the problem details (RFC 9457) of the response, if there are any.
    pub fn problem(&self) -> Option<Problem> {
        self.raw().and_then(RawResponse::problem)
    }

    /// Returns whether a time limit was exceeded.
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Transport(error) if error.is_timeout())
    }

    /// Returns whether the connection could not be established.
    pub fn is_connect(&self) -> bool {
        matches!(self, Self::Transport(error) if error.is_connect())
    }

    /// Returns whether the same call may succeed later.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Transport(error) => !error.is_final(),
            _ => self.status().is_some_and(|status| matches!(status.as_u16(), 429 | 502..=504)),
        }
    }
}

impl<E: ApiError> fmt::Display for CallError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api { operation, response, .. } => {
                write!(f, "{}: {}", operation.id, response.status)?;
                response.message().map_or(Ok(()), |message| write!(f, ": {message}"))
            }
            Self::Transport(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            Self::Request(error) => error.fmt(f),
        }
    }
}

error_of_message!(CallError<E: ApiError>);

impl<E> From<RequestError> for CallError<E> {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}
