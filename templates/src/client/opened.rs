//! An answer whose body is still to come, and how to ask for it again.

#[cfg(feature = "events")]
use super::reopen::Reopen;

/// An answer whose body is still to come.
#[derive(Debug)]
pub struct Opened {
    pub(super) response: reqwest::Response,
    /// How many bytes may be held in memory.
    pub(super) limit: usize,
    #[cfg(feature = "events")]
    pub(super) reopen: Reopen,
}

impl Opened {
    /// The status of the answer.
    pub fn status(&self) -> u16 {
        self.response.status().as_u16()
    }

    /// How many bytes may be held in memory.
    pub fn limit(&self) -> usize {
        self.limit
    }

    /// The response itself.
    pub fn into_response(self) -> reqwest::Response {
        self.response
    }

    #[cfg(feature = "events")]
    pub(super) fn into_parts(self) -> (reqwest::Response, Reopen) {
        (self.response, self.reopen)
    }
}
