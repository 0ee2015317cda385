//! How much all calls of a client may repeat together.

use std::sync::atomic::{AtomicU32, Ordering};

/// What an answer that is no failure gives back, in parts of a repetition.
const REFILL: u32 = 1;
/// The parts of one repetition.
const COST: u32 = 5;

/// A bucket of repetitions: each takes one, five answers that are no failures give one back. While a server is down, its clients
/// fail fast in place of multiplying their load.
#[derive(Debug)]
pub(super) struct Budget {
    most: u32,
    left: AtomicU32,
}

impl Budget {
    pub fn new(repetitions: u32) -> Self {
        let most = repetitions.saturating_mul(COST);
        Self { most, left: AtomicU32::new(most) }
    }

    /// Takes one repetition, if one is left.
    pub fn take(&self) -> bool {
        let taken = |left: u32| left.checked_sub(COST);
        self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, taken).is_ok()
    }

    /// An answer that is no failure.
    pub fn refill(&self) {
        let filled = |left: u32| Some(left.saturating_add(REFILL).min(self.most));
        let _ = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, filled);
    }
}
