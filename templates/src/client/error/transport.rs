//! Errors of the connection.

use std::fmt;
use std::time::Duration;

use super::RequestError;
use crate::client::BoxError;
use crate::models::Operation;

/// The error of a request that got no usable response.
pub struct TransportError {
    pub(super) operation: Option<&'static Operation>,
    kind: Kind,
    source: Option<BoxError>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
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
            Some(error) if error.is_connect() => Kind::Connect,
            Some(error) if error.is_timeout() => Kind::Timeout(Duration::ZERO),
            Some(error) if error.is_builder() => Kind::Request,
            _ => Kind::Other,
        };
        Self { operation: None, kind, source: Some(source) }
    }

    /// Creates the error of a body that was interrupted.
    pub fn of_body(error: reqwest::Error) -> Self {
        Self::new(error.without_url().into())
    }

    pub(in crate::client) fn timeout(limit: Duration) -> Self {
        Self { operation: None, kind: Kind::Timeout(limit), source: None }
    }

    pub(in crate::client) fn total_timeout(limit: Duration) -> Self {
        Self { operation: None, kind: Kind::TotalTimeout(limit), source: None }
    }

    pub(in crate::client) fn too_large(limit: usize) -> Self {
        Self { operation: None, kind: Kind::TooLarge(limit), source: None }
    }

    pub(in crate::client) fn from_request(error: RequestError) -> Self {
        Self { operation: None, kind: Kind::Request, source: Some(Box::new(error)) }
    }

    pub(in crate::client) fn of(mut self, operation: &'static Operation) -> Self {
        self.operation = Some(operation);
        self
    }

    /// Returns whether a time limit was exceeded.
    pub fn is_timeout(&self) -> bool {
        matches!(self.kind, Kind::Timeout(_) | Kind::TotalTimeout(_))
    }

    /// Returns whether the connection could not be established.
    pub fn is_connect(&self) -> bool {
        self.kind == Kind::Connect
    }

    /// Returns the cause, such as an error of `reqwest`. The message contains it already.
    pub fn cause(&self) -> Option<&BoxError> {
        self.source.as_ref()
    }

    /// Returns the kind of the error, for tracing.
    pub(super) fn kind(&self) -> &'static str {
        match self.kind {
            Kind::Timeout(_) | Kind::TotalTimeout(_) => "timeout",
            Kind::Connect => "connect",
            Kind::TooLarge(_) => "too_large",
            Kind::Request => "request",
            Kind::Other => "transport",
        }
    }

    /// Returns whether another attempt would fail in the same way.
    pub(in crate::client) fn is_final(&self) -> bool {
        matches!(self.kind, Kind::TooLarge(_) | Kind::Request)
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.operation {
            write!(f, "{}: ", operation.id)?;
        }
        match self.kind {
            Kind::Timeout(Duration::ZERO) => f.write_str("timed out")?,
            Kind::Timeout(limit) => write!(f, "no response within {limit:?}")?,
            Kind::TotalTimeout(limit) => write!(f, "the call with all its attempts took longer than {limit:?}")?,
            Kind::Connect => f.write_str("cannot connect")?,
            Kind::TooLarge(limit) => {
                write!(f, "the response body is larger than {limit} bytes; `max_response_bytes` sets the limit")?;
            }
            Kind::Request => f.write_str("the request could not be built")?,
            Kind::Other => f.write_str("the request failed")?,
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
