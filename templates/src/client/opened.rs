//! Responses whose body has not been read.

use std::fmt;

#[cfg(feature = "events")]
use super::reopen::Reopen;

/// A response whose body has not been read. `Debug` does not print the URL, which can contain a credential.
pub struct Opened {
    pub(super) response: reqwest::Response,
    /// How many bytes the reader can keep in memory.
    pub(super) limit: usize,
    #[cfg(feature = "events")]
    pub(super) reopen: Reopen,
}

impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Opened").field("status", &self.status()).finish_non_exhaustive()
    }
}

impl Opened {
    /// Returns the status.
    pub fn status(&self) -> u16 {
        self.response.status().as_u16()
    }

    pub(super) fn headers(&self) -> &http::HeaderMap {
        self.response.headers()
    }

    /// Returns how many bytes the reader can keep in memory.
    pub fn limit(&self) -> usize {
        self.limit
    }

    /// Returns the response of the HTTP client.
    pub fn into_response(self) -> reqwest::Response {
        self.response
    }

    #[cfg(feature = "events")]
    pub(super) fn into_parts(self) -> (reqwest::Response, Reopen) {
        (self.response, self.reopen)
    }
}
