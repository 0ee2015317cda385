//! Errors of streams.

use std::fmt;

use crate::client::{Error, TransportError};

/// The error of a stream.
#[non_exhaustive]
pub enum StreamError {
    /// The connection was lost and could not be restored.
    Transport(TransportError),
    /// An item does not match the document. The stream continues after it.
    Decode {
        /// The text of the item.
        text: String,
        /// What is wrong with it.
        error: serde_json::Error,
    },
    /// An item is longer than the limit of the client, in bytes.
    TooLarge(usize),
}

impl fmt::Display for StreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Transport(error) => error.fmt(f),
            Self::Decode { error, .. } => write!(f, "an item of the stream does not match the document: {error}"),
            Self::TooLarge(limit) => write!(f, "an item of the stream is larger than {limit} bytes"),
        }
    }
}

error_of_message!(StreamError);

impl From<StreamError> for Error {
    fn from(error: StreamError) -> Self {
        match error {
            StreamError::Transport(error) => error.into(),
            error => Self::of(Box::new(error)),
        }
    }
}

impl From<TransportError> for StreamError {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}
