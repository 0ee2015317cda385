//! Errors of the connection.

use std::fmt;
use std::time::Duration;

use super::RequestError;
use crate::client::BoxError;
use crate::models::Operation;

/// The error of a request that got no usable response.
pub struct TransportError {
    pub(super) operation: Option<&'static Operation>,
    kind: TransportErrorKind,
    source: Option<BoxError>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TransportErrorKind {
    Timeout(Duration),
    TotalTimeout(Duration),
    Connect,
    TooLarge(usize),
    Request,
    Other,
}

impl TransportError {
    pub(in crate::client) fn new(source: BoxError) -> Self {
        let kind = match source.downcast_ref::<reqwest::Error>() {
            Some(error) if error.is_connect() => TransportErrorKind::Connect,
            Some(error) if error.is_timeout() => TransportErrorKind::Timeout(Duration::ZERO),
            Some(error) if error.is_builder() => TransportErrorKind::Request,
            _ => TransportErrorKind::Other,
        };
        Self { operation: None, kind, source: Some(source) }
    }

    /// Creates the error of a body that was interrupted.
    pub fn of_body(error: reqwest::Error) -> Self {
        Self::new(error.without_url().into())
    }

    pub(in crate::client) fn timeout(limit: Duration) -> Self {
        Self { operation: None, kind: TransportErrorKind::Timeout(limit), source: None }
    }

    pub(in crate::client) fn total_timeout(limit: Duration) -> Self {
        Self { operation: None, kind: TransportErrorKind::TotalTimeout(limit), source: None }
    }

    pub(in crate::client) fn too_large(limit: usize) -> Self {
        Self { operation: None, kind: TransportErrorKind::TooLarge(limit), source: None }
    }

    pub(in crate::client) fn from_request(error: RequestError) -> Self {
        Self { operation: None, kind: TransportErrorKind::Request, source: Some(Box::new(error)) }
    }

    pub(in crate::client) fn of(mut self, operation: &'static Operation) -> Self {
        self.operation = Some(operation);
        self
    }

    /// Returns whether a time limit was exceeded.
    pub fn is_timeout(&self) -> bool {
        matches!(self.kind, TransportErrorKind::Timeout(_) | TransportErrorKind::TotalTimeout(_))
    }

    /// Returns whether the connection could not be established.
    pub fn is_connect(&self) -> bool {
        self.kind == TransportErrorKind::Connect
    }

    /// Returns the cause, such as an error of `reqwest`. The message contains it already.
    pub fn cause(&self) -> Option<&BoxError> {
        self.source.as_ref()
    }

    /// Returns the kind of the error, for tracing.
    pub(super) fn kind(&self) -> &'static str {
        match self.kind {
            TransportErrorKind::Timeout(_) | TransportErrorKind::TotalTimeout(_) => "timeout",
            TransportErrorKind::Connect => "connect",
            TransportErrorKind::TooLarge(_) => "too_large",
            TransportErrorKind::Request => "request",
            TransportErrorKind::Other => "transport",
        }
    }

    /// Returns whether another attempt would fail in the same way.
    pub(in crate::client) fn is_final(&self) -> bool {
        matches!(self.kind, TransportErrorKind::TooLarge(_) | TransportErrorKind::Request)
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.operation {
            write!(f, "{}: ", operation.id)?;
        }
        match self.kind {
            TransportErrorKind::Timeout(Duration::ZERO) => f.write_str("timed out")?,
            TransportErrorKind::Timeout(limit) => write!(f, "no response within {limit:?}")?,
            TransportErrorKind::TotalTimeout(limit) => {
                write!(f, "the call with all its attempts took longer than {limit:?}")?;
            }
            TransportErrorKind::Connect => f.write_str("cannot connect")?,
            TransportErrorKind::TooLarge(limit) => {
                write!(f, "the response body is larger than {limit} bytes; `max_response_bytes` sets the limit")?;
            }
            TransportErrorKind::Request => f.write_str("the request could not be built")?,
            TransportErrorKind::Other => f.write_str("the request failed")?,
        }
        let mut cause: Option<&(dyn std::error::Error + 'static)> = self.source.as_ref().map(|source| &**source as _);
        while let Some(error) = cause {
            write!(f, ": {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}

error_of_message!(TransportError);
