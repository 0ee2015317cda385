//! An answer whose body is still to come, and how to ask for it again.

use std::fmt;
use std::sync::Arc;

use super::call::Options;
use super::client::Core;
use super::error::TransportError;
use super::models::operations::Operation;
use super::payload::Payload;
use super::request::Request;
use super::send;

/// An answer whose body is still to come.
#[derive(Debug)]
pub struct Opened {
    pub(super) response: reqwest::Response,
    pub(super) reopen: Reopen,
}

/// A request that can be sent again.
#[derive(Clone)]
pub(crate) struct Reopen {
    pub(super) core: Arc<Core>,
    pub(super) operation: &'static Operation,
    pub(super) request: Request,
    pub(super) options: Options,
}

#[allow(dead_code)] // needed by streams
impl Opened {
    /// The status of the answer.
    pub(crate) fn status(&self) -> u16 {
        self.response.status().as_u16()
    }

    /// How many bytes may be held in memory.
    pub(crate) fn limit(&self) -> usize {
        self.reopen.core.max_response_bytes
    }

    pub(crate) fn into_response(self) -> reqwest::Response {
        self.response
    }

    pub(crate) fn into_parts(self) -> (reqwest::Response, Reopen) {
        (self.response, self.reopen)
    }
}

#[allow(dead_code)] // needed by streams
impl Reopen {
    /// Whether the request may be sent once more after so many failures in a row.
    pub(crate) fn may_repeat(&self, failures: u32) -> bool {
        let policy = self.options.retry.as_ref().unwrap_or(&self.core.retry);
        let repeatable = self.request.body.as_ref().is_none_or(Payload::is_repeatable);
        repeatable && policy.allows(&self.request, failures)
    }

    /// Sends it again with further headers; only a success is an answer.
    pub(crate) async fn send(
        mut self,
        headers: impl IntoIterator<Item = (String, String)>,
    ) -> Result<reqwest::Response, TransportError> {
        self.options.headers.extend(headers);
        let sent = send::raw(&self.core, self.operation, self.request, &self.options).await;
        let response = sent.map_err(TransportError::from)?;
        if response.status().is_success() {
            Ok(response)
        } else {
            Err(TransportError::new(format!("the server answered {}", response.status()).into()))
        }
    }
}

impl fmt::Debug for Reopen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reopen").field("operation", &self.operation.id).finish_non_exhaustive()
    }
}
