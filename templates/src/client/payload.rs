//! Bodies of requests.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;

use super::error::RequestError;

/// The body of a request, which is opened for each attempt.
#[derive(Clone)]
pub(super) struct Payload(Arc<dyn Open>);

/// A body that is opened when it is sent.
pub(super) trait Open: Send + Sync + 'static {
    /// Opens the body.
    fn open(&self) -> Result<reqwest::Body, RequestError>;

    /// Returns whether the body can be opened again, for another attempt.
    fn is_repeatable(&self) -> bool {
        true
    }
}

impl Open for Bytes {
    fn open(&self) -> Result<reqwest::Body, RequestError> {
        Ok(self.clone().into())
    }
}

impl Payload {
    pub fn new(body: impl Open) -> Self {
        Self(Arc::new(body))
    }

    pub fn open(&self) -> Result<reqwest::Body, RequestError> {
        self.0.open()
    }

    pub fn is_repeatable(&self) -> bool {
        self.0.is_repeatable()
    }
}

impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Payload")
    }
}
