//! Shares the files of one output between several threads.

use std::sync::atomic::{AtomicUsize, Ordering};

/// The files that one of several threads makes.
///
/// Every thread visits the same files in the same order. A thread that has made a file takes the next one that is free.
#[derive(Debug)]
pub struct Share<'a> {
    /// The first file that no thread has taken.
    free: &'a AtomicUsize,
    /// The file that this thread has taken.
    taken: usize,
    /// The file that it visits next.
    next: usize,
}

impl<'a> Share<'a> {
    /// The share of one more thread; `free` is zero when the first one starts.
    pub fn of(free: &'a AtomicUsize) -> Self {
        Self { free, taken: free.fetch_add(1, Ordering::Relaxed), next: 0 }
    }

    /// Visits a file, and makes it if this thread has taken it.
    pub(super) fn visit(&mut self, make: impl FnOnce()) {
        if self.next == self.taken {
            make();
            self.taken = self.free.fetch_add(1, Ordering::Relaxed);
        }
        self.next += 1;
    }
}
