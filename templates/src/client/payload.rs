//! Bodies of requests.

use std::fmt;
#[cfg(feature = "streams")]
use std::sync::Arc;

use bytes::Bytes;

use super::error::RequestError;

/// The body of a request.
#[derive(Clone)]
pub(super) enum Payload {
    /// Bytes in memory.
    Bytes(Bytes),
    /// A body that is opened for each attempt.
    #[cfg(feature = "streams")]
    Open(Arc<dyn Open>),
}

/// A body that is opened when it is sent.
#[cfg(feature = "streams")]
pub(super) trait Open: Send + Sync {
    /// Opens the body.
    fn open(&self) -> Result<reqwest::Body, RequestError>;

    /// Returns whether the body can be opened again, for another attempt.
    fn is_repeatable(&self) -> bool {
        true
    }
}

impl Payload {
    pub(super) fn open(self) -> Result<reqwest::Body, RequestError> {
        match self {
            Self::Bytes(bytes) => Ok(bytes.into()),
            #[cfg(feature = "streams")]
            Self::Open(open) => open.open(),
        }
    }

    pub(super) fn is_repeatable(&self) -> bool {
        match self {
            Self::Bytes(_) => true,
            #[cfg(feature = "streams")]
            Self::Open(open) => open.is_repeatable(),
        }
    }
}

impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes(bytes) => write!(f, "{} bytes", bytes.len()),
            #[cfg(feature = "streams")]
            Self::Open(_) => f.write_str("a stream"),
        }
    }
}
