//! When a failed attempt is repeated.

use std::time::Duration;

use super::error::TransportError;

/// When failed attempts are repeated: after connection errors and the statuses 429, 502, 503 and 504, for idempotent methods,
/// with exponentially growing, jittered pauses; a `Retry-After` of the server is honoured.
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

    /// Whether a request of a method may be repeated after so many failures.
    pub(super) fn allows(&self, method: &str, failures: u32) -> bool {
        failures < self.retries && (self.any_method || is_idempotent(method))
    }
}

fn is_idempotent(method: &str) -> bool {
    matches!(method, "GET" | "HEAD" | "OPTIONS" | "PUT" | "DELETE" | "TRACE" | "QUERY")
}

/// The attempts of one call.
pub(super) struct Attempts<'p> {
    policy: &'p RetryPolicy,
    any_method: bool,
    repeatable: bool,
    done: u32,
}

impl<'p> Attempts<'p> {
    /// `repeatable`: whether the request can be sent twice at all.
    pub fn new(policy: &'p RetryPolicy, method: &str, repeatable: bool) -> Self {
        Self { policy, any_method: is_idempotent(method) || policy.any_method, repeatable, done: 0 }
    }

    pub fn count(&mut self) {
        self.done += 1;
    }

    /// How long to wait before the next attempt, if there is to be one.
    pub fn pause_after_status(&self, status: u16, retry_after: Option<Duration>) -> Option<Duration> {
        if !matches!(status, 429 | 502..=504) || !self.may_repeat() {
            return None;
        }
        match retry_after {
            Some(asked) if asked > self.policy.longest => None,
            Some(asked) => Some(asked),
            None => Some(self.backoff()),
        }
    }

    /// How long to wait before the next attempt, if there is to be one.
    pub fn pause_after_error(&self, error: &TransportError) -> Option<Duration> {
        // A connection that was never made carried no request, so any method may be repeated.
        let harmless = error.is_connect() || (self.any_method && !error.is_final());
        let repeat = harmless && self.repeatable && self.done < self.policy.retries;
        repeat.then(|| self.backoff())
    }

    fn may_repeat(&self) -> bool {
        self.repeatable && self.any_method && self.done < self.policy.retries
    }

    /// Full jitter between half the pause and the pause.
    fn backoff(&self) -> Duration {
        let pause = self.policy.pause.saturating_mul(1 << self.done.min(16)).min(self.policy.longest);
        pause.mul_f64(0.5 + fastrand::f64() / 2.0)
    }
}
