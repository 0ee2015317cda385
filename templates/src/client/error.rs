//! How a call can fail.

use std::fmt;
use std::time::Duration;

use http::StatusCode;

use super::api_error::ApiError;
use super::builder::BuildError;
use super::response::RawResponse;
use super::transport::BoxError;
use crate::models::Operation;

/// The outcome of one call.
#[derive(Debug)]
#[non_exhaustive]
pub enum CallError<E> {
    /// The server answered with a failure.
    Api {
        /// What was called.
        operation: &'static Operation,
        /// What it answered.
        error: E,
    },
    /// There was no usable answer: DNS, connection, TLS, time limit, middleware.
    Transport(TransportError),
    /// The server answered with success, but with a body that does not match the document.
    Decode(DecodeError),
    /// The request could not be built.
    Request(RequestError),
}

impl<E: ApiError> CallError<E> {
    /// The status of the answer, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Api { error, .. } => Some(error.status()),
            Self::Decode(error) => error.response().map(|raw| raw.status),
            Self::Transport(_) | Self::Request(_) => None,
        }
    }

    /// The documented failure, if it is one.
    pub fn api(&self) -> Option<&E> {
        if let Self::Api { error, .. } = self { Some(error) } else { None }
    }

    /// The answer as it came, if it was kept.
    pub fn raw(&self) -> Option<&RawResponse> {
        match self {
            Self::Api { error, .. } => error.raw(),
            Self::Decode(error) => error.response(),
            Self::Transport(_) | Self::Request(_) => None,
        }
    }

    /// Whether a time limit was reached.
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Transport(error) if error.is_timeout())
    }

    /// Whether no connection was made.
    pub fn is_connect(&self) -> bool {
        matches!(self, Self::Transport(error) if error.is_connect())
    }

    /// Whether the same call may succeed later.
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
            Self::Api { operation, error } => write!(f, "{}: {error}", operation.id),
            Self::Transport(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            Self::Request(error) => error.fmt(f),
        }
    }
}

impl<E: ApiError> std::error::Error for CallError<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Transport(error) => error.source(),
            Self::Request(error) => error.source(),
            Self::Api { .. } | Self::Decode(_) => None,
        }
    }
}

impl<E> From<RequestError> for CallError<E> {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}

impl<E> From<SendError> for CallError<E> {
    fn from(error: SendError) -> Self {
        match error {
            SendError::Request(error) => Self::Request(error),
            SendError::Transport(error) => Self::Transport(error),
        }
    }
}

/// Why nothing was sent, or nothing came back.
#[derive(Debug)]
pub(super) enum SendError {
    Request(RequestError),
    Transport(TransportError),
}

impl SendError {
    /// What went wrong, in a word.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Transport(error) => error.kind(),
            Self::Request(_) => "request",
        }
    }
}

impl From<RequestError> for SendError {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}

impl From<TransportError> for SendError {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}

impl From<SendError> for TransportError {
    fn from(error: SendError) -> Self {
        match error {
            SendError::Transport(error) => error,
            SendError::Request(error) => Self::from_request(error),
        }
    }
}

/// There was no usable answer.
#[derive(Debug)]
pub struct TransportError {
    operation: Option<&'static Operation>,
    kind: Kind,
    source: Option<BoxError>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Timeout(Duration),
    Connect,
    TooLarge(usize),
    Request,
    Other,
}

impl TransportError {
    pub(super) fn new(source: BoxError) -> Self {
        let kind = match source.downcast_ref::<reqwest::Error>() {
            Some(error) if error.is_connect() => Kind::Connect,
            Some(error) if error.is_timeout() => Kind::Timeout(Duration::ZERO),
            Some(error) if error.is_builder() => Kind::Request,
            _ => Kind::Other,
        };
        Self { operation: None, kind, source: Some(source) }
    }

    /// The body of an answer broke off.
    pub fn of_body(error: reqwest::Error) -> Self {
        Self::new(error.without_url().into())
    }

    pub(super) fn timeout(limit: Duration) -> Self {
        Self { operation: None, kind: Kind::Timeout(limit), source: None }
    }

    pub(super) fn too_large(limit: usize) -> Self {
        Self { operation: None, kind: Kind::TooLarge(limit), source: None }
    }

    pub(super) fn from_request(error: RequestError) -> Self {
        Self { operation: None, kind: Kind::Request, source: Some(Box::new(error)) }
    }

    pub(super) fn of(mut self, operation: &'static Operation) -> Self {
        self.operation = Some(operation);
        self
    }

    /// Whether a time limit was reached.
    pub fn is_timeout(&self) -> bool {
        matches!(self.kind, Kind::Timeout(_))
    }

    /// Whether no connection was made.
    pub fn is_connect(&self) -> bool {
        self.kind == Kind::Connect
    }

    /// What went wrong, in a word.
    fn kind(&self) -> &'static str {
        match self.kind {
            Kind::Timeout(_) => "timeout",
            Kind::Connect => "connect",
            Kind::TooLarge(_) => "too_large",
            Kind::Request => "request",
            Kind::Other => "transport",
        }
    }

    /// Whether another attempt would fail in the same way.
    pub(super) fn is_final(&self) -> bool {
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
            Kind::Timeout(limit) => write!(f, "no answer within {limit:?}")?,
            Kind::Connect => f.write_str("no connection")?,
            Kind::TooLarge(limit) => write!(f, "the response body is larger than {limit} bytes")?,
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

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|source| &**source as _)
    }
}

/// A success whose body does not match the document.
#[derive(Debug)]
pub struct DecodeError {
    operation: Option<&'static Operation>,
    path: String,
    message: String,
    response: Option<Box<RawResponse>>,
}

impl DecodeError {
    /// A body that does not match at a path in it.
    pub fn new(path: String, message: String) -> Self {
        Self { operation: None, path, message, response: None }
    }

    pub(super) fn of(mut self, operation: &'static Operation, response: RawResponse) -> Self {
        self.operation = Some(operation);
        self.response = Some(Box::new(response));
        self
    }

    /// Where in the body, such as `users[0].email`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The answer as it came.
    pub fn response(&self) -> Option<&RawResponse> {
        self.response.as_deref()
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = self.operation.map_or("", |operation| operation.id);
        write!(f, "{id}: the answer does not match the document at `{}`: {}", self.path, self.message)
    }
}

impl std::error::Error for DecodeError {}

/// A request could not be built: a header value or path parameter that cannot be sent, a credential provider that failed.
#[derive(Debug)]
pub struct RequestError {
    message: String,
    source: Option<BoxError>,
}

impl RequestError {
    /// A request that cannot be built, and why.
    pub fn new(message: impl Into<String>, source: Option<BoxError>) -> Self {
        Self { message: message.into(), source }
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.source {
            Some(source) => write!(f, "{}: {source}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for RequestError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|source| &**source as _)
    }
}

/// Any failure of any operation, for `?` across calls.
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
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
    fn of(source: BoxError) -> Self {
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

    /// The status of the answer, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// The answer as it came, if it was kept.
    pub fn raw(&self) -> Option<&RawResponse> {
        self.0.raw.as_ref()
    }

    /// What was called.
    pub fn operation(&self) -> Option<&'static Operation> {
        self.0.operation
    }

    /// Whether a time limit was reached.
    pub fn is_timeout(&self) -> bool {
        self.0.timeout
    }

    /// Whether the same call may succeed later.
    pub fn is_retryable(&self) -> bool {
        self.0.retryable
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.text)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.source()
    }
}

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

impl From<SendError> for Error {
    fn from(error: SendError) -> Self {
        match error {
            SendError::Request(error) => error.into(),
            SendError::Transport(error) => error.into(),
        }
    }
}
