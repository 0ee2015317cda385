//! What goes wrong while a stream is read.

use std::fmt;

use crate::client::TransportError;

/// Why the next item of a stream cannot be had.
#[derive(Debug)]
#[non_exhaustive]
pub enum StreamError {
    /// The connection broke, and could not be made again.
    Transport(TransportError),
    /// An item does not match the document; the stream goes on behind it.
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
            Self::Decode { error, .. } => write!(f, "an item of the stream does not match the API: {error}"),
            Self::TooLarge(limit) => write!(f, "an item of the stream is larger than {limit} bytes"),
        }
    }
}

impl std::error::Error for StreamError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Transport(error) => Some(error),
            Self::Decode { error, .. } => Some(error),
            Self::TooLarge(_) => None,
        }
    }
}

impl From<TransportError> for StreamError {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}
