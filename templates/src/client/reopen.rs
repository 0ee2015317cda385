//! Sends the request of an interrupted stream again.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::call::Options;
use super::error::TransportError;
use super::handle::Core;
use super::payload::Payload;
use super::request::Request;
use super::retry::RetryPolicy;
use super::send;
use crate::models::Operation;

/// A request that can be sent again.
#[derive(Clone)]
pub struct Reopen {
    pub(super) core: Arc<Core>,
    pub(super) operation: &'static Operation,
    pub(super) request: Request,
    pub(super) options: Options,
}

impl Reopen {
    fn policy(&self) -> &RetryPolicy {
        self.options.retry.as_ref().unwrap_or(&self.core.retry)
    }

    /// Returns the pause before the request is sent again: the one that the server asked for, but not longer than the
    /// policy allows.
    pub fn pause(&self, asked: Duration) -> Duration {
        self.policy().shortened(asked)
    }

    /// Returns whether the request can be sent again after this many consecutive failures.
    pub fn may_repeat(&self, failures: u32) -> bool {
        let policy = self.policy();
        let repeatable = self.request.body.as_ref().is_none_or(Payload::is_repeatable);
        repeatable && policy.allows(&self.request, failures)
    }

    /// Sends the request again with further headers.
    ///
    /// Fails unless the response is successful.
    pub async fn send(
        mut self,
        headers: impl IntoIterator<Item = (String, String)>,
    ) -> Result<reqwest::Response, TransportError> {
        self.options.headers.extend(headers);
        let sent = send::raw(&self.core, self.operation, &mut self.request, &self.options).await;
        let response = sent.map_err(TransportError::from)?;
        if response.status().is_success() {
            Ok(response)
        } else {
            Err(TransportError::new(format!("the server responded with {}", response.status()).into()))
        }
    }
}

impl fmt::Debug for Reopen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reopen").field("operation", &self.operation.id).finish_non_exhaustive()
    }
}
