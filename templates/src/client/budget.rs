//! Limits the retries of all calls of a client.

use std::sync::atomic::{AtomicU32, Ordering};

/// What a successful call returns, in the unit of [`COST`].
const REFILL: u32 = 1;
/// What a retry takes.
const COST: u32 = 5;

/// The retry tokens of a client. Each retry takes one, and five successful calls return one. So clients fail fast while
/// a server is down instead of multiplying its load.
#[derive(Debug)]
pub(super) struct Budget {
    most: u32,
    left: AtomicU32,
}

impl Budget {
    pub fn new(tokens: u32) -> Self {
        let most = tokens.saturating_mul(COST);
        Self { most, left: AtomicU32::new(most) }
    }

    /// Takes a token; returns whether there was one.
    pub fn take(&self) -> bool {
        let taken = |left: u32| left.checked_sub(COST);
        self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, taken).is_ok()
    }

    /// Records a successful call.
    pub fn refill(&self) {
        let filled = |left: u32| Some(left.saturating_add(REFILL).min(self.most));
        let _ = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, filled);
    }
}
