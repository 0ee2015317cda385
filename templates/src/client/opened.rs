//! Responses whose body has not been read.

#[cfg(feature = "events")]
use super::reopen::Reopen;

/// A response whose body has not been read.
#[derive(Debug)]
pub struct Opened {
    pub(super) response: reqwest::Response,
    /// How many bytes the reader can keep in memory.
    pub(super) limit: usize,
    #[cfg(feature = "events")]
    pub(super) reopen: Reopen,
}

impl Opened {
    /// Returns the status.
    pub fn status(&self) -> u16 {
        self.response.status().as_u16()
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
