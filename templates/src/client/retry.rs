//! When a failed attempt is repeated.

use std::time::Duration;

use super::budget::Budget;
use super::error::TransportError;
use super::payload::Payload;
use super::request::Request;

/// When failed attempts are repeated: after connection errors and the statuses 429, 502, 503 and 504, for idempotent methods
/// and for requests with an idempotency key, with exponentially growing, jittered pauses; a `Retry-After` of the server is
/// honoured. How much all calls of a client repeat together is bounded by its
/// [`retry_budget`](super::ClientBuilder::retry_budget).
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
    /// The first failure is final.
    #[must_use]
    pub fn none() -> Self {
        Self { retries: 0, ..Self::default() }
    }

    /// How often an attempt is repeated. 2 by default.
    #[must_use]
    pub fn retries(mut self, retries: u32) -> Self {
        self.retries = retries;
        self
    }

    /// The pause before the first repetition; it doubles each time. 200 ms by default.
    #[must_use]
    pub fn pause(mut self, pause: Duration) -> Self {
        self.pause = pause;
        self
    }

    /// The longest pause; a server that asks for a longer one gets no further attempt. 30 s by default.
    #[must_use]
    pub fn longest_pause(mut self, longest: Duration) -> Self {
        self.longest = longest;
        self
    }

    /// Also repeats requests that are not idempotent: the server must be able to recognise a repetition.
    #[must_use]
    pub fn any_method(mut self) -> Self {
        self.any_method = true;
        self
    }

    /// Whether a request may be repeated after so many failures.
    #[cfg(feature = "events")]
    pub(super) fn allows(&self, request: &Request, failures: u32) -> bool {
        failures < self.retries && (self.any_method || request.is_idempotent())
    }
}

/// Whether a request of the method may be sent twice (RFC 9110 §9.2.2).
pub(super) fn is_idempotent(method: &str) -> bool {
    matches!(method, "GET" | "HEAD" | "OPTIONS" | "PUT" | "DELETE" | "TRACE" | "QUERY")
}

/// The attempts of one call.
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

    /// Whether the request can be sent twice at all.
    pub fn is_repeatable(&self) -> bool {
        self.repeatable
    }

    /// Counts a repetition; how many there were.
    pub fn count(&mut self) -> u32 {
        self.done += 1;
        self.done
    }

    /// How long to wait before the next attempt, if there is to be one.
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

    /// How long to wait before the next attempt, if there is to be one.
    pub fn after_error(&self, error: &TransportError) -> Option<Duration> {
        // A connection that was never made carried no request, so any method may be repeated.
        let harmless = error.is_connect() || (self.any_method && !error.is_final());
        self.may_repeat(harmless).then(|| self.backoff())
    }

    fn may_repeat(&self, harmless: bool) -> bool {
        harmless && self.repeatable && self.done < self.policy.retries && self.budget.take()
    }

    /// Full jitter between half the pause and the pause.
    fn backoff(&self) -> Duration {
        let pause = self.policy.pause.saturating_mul(1 << self.done.min(16)).min(self.policy.longest);
        pause.mul_f64(0.5 + fastrand::f64() / 2.0)
    }
}
