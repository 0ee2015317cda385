//! When failed attempts are retried.

use std::time::Duration;

use super::budget::Budget;
use super::error::TransportError;
use super::payload::Payload;
use super::request::Request;

/// When failed attempts are retried.
///
/// Connection errors and the statuses 429, 502, 503 and 504 are retried for idempotent methods (RFC 9110 §9.2.2) and
/// for requests with an idempotency key. Pauses grow exponentially with jitter, unless the server asks for one with
/// `Retry-After`. All calls of a client share a [`retry_budget`](super::ClientBuilder::retry_budget).
#[derive(Clone, Debug)]
pub struct RetryPolicy {
    retries: u32,
    pause: Duration,
    longest: Duration,
    any_method: bool,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self { retries: 2, pause: Duration::from_millis(200), longest: Duration::from_secs(30), any_method: false }
    }
}

impl RetryPolicy {
    /// Creates a policy without retries.
    #[must_use]
    pub fn none() -> Self {
        Self { retries: 0, ..Self::default() }
    }

    /// Sets the maximum number of retries. Default: 2.
    #[must_use]
    pub fn retries(mut self, retries: u32) -> Self {
        self.retries = retries;
        self
    }

    /// Sets the pause before the first retry; it doubles each time. Default: 200 ms.
    #[must_use]
    pub fn pause(mut self, pause: Duration) -> Self {
        self.pause = pause;
        self
    }

    /// Sets the longest pause. If the server asks for a longer one, the call is not retried. Default: 30 s.
    #[must_use]
    pub fn longest_pause(mut self, longest: Duration) -> Self {
        self.longest = longest;
        self
    }

    /// Also retries requests that are not idempotent. The server must be able to recognize a repeated request.
    #[must_use]
    pub fn any_method(mut self) -> Self {
        self.any_method = true;
        self
    }

    /// Returns a pause that the server asked for, shortened to the longest one.
    #[cfg(feature = "events")]
    pub(super) fn shortened(&self, pause: Duration) -> Duration {
        pause.min(self.longest)
    }

    /// Returns whether a request can be sent again after this many failures.
    #[cfg(feature = "events")]
    pub(super) fn allows(&self, request: &Request, failures: u32) -> bool {
        failures < self.retries && (self.any_method || request.is_idempotent())
    }
}

/// Returns whether requests with this method can be sent twice (RFC 9110 §9.2.2).
pub(super) fn is_idempotent(method: &str) -> bool {
    matches!(method, "GET" | "HEAD" | "OPTIONS" | "PUT" | "DELETE" | "TRACE" | "QUERY")
}

/// The attempts of a call.
pub(super) struct Attempts<'c> {
    policy: &'c RetryPolicy,
    budget: &'c Budget,
    any_method: bool,
    repeatable: bool,
    done: u32,
}

impl<'c> Attempts<'c> {
    pub fn new(policy: &'c RetryPolicy, budget: &'c Budget, request: &Request) -> Self {
        let any_method = policy.any_method || request.is_idempotent();
        let repeatable = request.body.as_ref().is_none_or(Payload::is_repeatable);
        Self { policy, budget, any_method, repeatable, done: 0 }
    }

    /// Returns whether the body of the request can be sent twice.
    pub fn is_repeatable(&self) -> bool {
        self.repeatable
    }

    /// Counts a retry; returns how many there have been.
    pub fn count(&mut self) -> u32 {
        self.done += 1;
        self.done
    }

    /// Returns the pause before the next attempt, if the status calls for one.
    pub fn after_status(&self, status: u16, retry_after: Option<Duration>) -> Option<Duration> {
        if !matches!(status, 429 | 502..=504) {
            self.budget.refill();
            return None;
        }
        let pause = match retry_after {
            Some(asked) if asked > self.policy.longest => return None,
            Some(asked) => asked,
            None => self.backoff(),
        };
        self.may_repeat(self.any_method).then_some(pause)
    }

    /// Returns the pause before the next attempt, if the error calls for one.
    pub fn after_error(&self, error: &TransportError) -> Option<Duration> {
        // Without a connection the request was not sent, so any method can be retried.
        let harmless = error.is_connect() || (self.any_method && !error.is_final());
        self.may_repeat(harmless).then(|| self.backoff())
    }

    fn may_repeat(&self, harmless: bool) -> bool {
        harmless && self.repeatable && self.done < self.policy.retries && self.budget.take()
    }

    /// Returns a random pause between one half and the whole of the exponential one.
    fn backoff(&self) -> Duration {
        let pause = self.policy.pause.saturating_mul(1 << self.done.min(16)).min(self.policy.longest);
        let half = pause / 2;
        half.saturating_add(half.mul_f64(fastrand::f64()))
    }
}
