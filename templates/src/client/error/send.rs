//! Errors of sending a request.

use super::{CallError, Error, RequestError, TransportError};

/// The error of a request that was not sent or got no response.
#[derive(Debug)]
pub(in crate::client) enum SendError {
    Request(RequestError),
    Transport(TransportError),
}

impl SendError {
    /// Returns the kind of the error, for tracing.
    pub fn kind(&self) -> &'static str {
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

impl<E> From<SendError> for CallError<E> {
    fn from(error: SendError) -> Self {
        match error {
            SendError::Request(error) => Self::Request(error),
            SendError::Transport(error) => Self::Transport(error),
        }
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
