//! One error for all calls.

use std::fmt;

use http::StatusCode;

use super::{BuildError, CallError, RequestError, TransportError};
use crate::client::response::RawResponse;
use crate::client::{ApiError, BoxError};
use crate::models::Operation;

/// Any error of any call, for functions that make several calls and use `?`.
pub struct Error(Box<Inner>);

struct Inner {
    text: String,
    operation: Option<&'static Operation>,
    status: Option<StatusCode>,
    raw: Option<RawResponse>,
    timeout: bool,
    retryable: bool,
    source: BoxError,
}

/// The result of a function that makes calls.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    pub(in crate::client) fn of(source: BoxError) -> Self {
        let text = source.to_string();
        Self(Box::new(Inner {
            text,
            operation: None,
            status: None,
            raw: None,
            timeout: false,
            retryable: false,
            source,
        }))
    }

    /// Returns the status of the response, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// Returns the response as it came, if there was one.
    pub fn raw(&self) -> Option<&RawResponse> {
        self.0.raw.as_ref()
    }

    /// Returns the operation, if it is known.
    pub fn operation(&self) -> Option<&'static Operation> {
        self.0.operation
    }

    /// Returns the error that this one was made of, such as a [`CallError`]. The message is the same.
    pub fn cause(&self) -> &BoxError {
        &self.0.source
    }

    /// Returns whether a time limit was exceeded.
    pub fn is_timeout(&self) -> bool {
        self.0.timeout
    }

    /// Returns whether the same call may succeed later.
    pub fn is_retryable(&self) -> bool {
        self.0.retryable
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.text)
    }
}

error_of_message!(Error);

impl<E: ApiError> From<CallError<E>> for Error {
    fn from(error: CallError<E>) -> Self {
        let (status, raw) = (error.status(), error.raw().cloned());
        let (timeout, retryable) = (error.is_timeout(), error.is_retryable());
        let operation = match &error {
            CallError::Api { operation, .. } => Some(*operation),
            CallError::Transport(error) => error.operation,
            CallError::Decode(error) => error.operation,
            CallError::Request(_) => None,
        };
        let mut out = Self::of(Box::new(error));
        out.0.operation = operation;
        out.0.status = status;
        out.0.raw = raw;
        out.0.timeout = timeout;
        out.0.retryable = retryable;
        out
    }
}

impl From<BuildError> for Error {
    fn from(error: BuildError) -> Self {
        Self::of(Box::new(error))
    }
}

impl From<RequestError> for Error {
    fn from(error: RequestError) -> Self {
        Self::of(Box::new(error))
    }
}

impl From<TransportError> for Error {
    fn from(error: TransportError) -> Self {
        let (timeout, retryable, operation) = (error.is_timeout(), !error.is_final(), error.operation);
        let mut out = Self::of(Box::new(error));
        out.0.timeout = timeout;
        out.0.retryable = retryable;
        out.0.operation = operation;
        out
    }
}
