//! Spreads the files of one output over several threads.
//!
//! Tokens do not move between threads. So every thread goes through all files, in the same order, and makes only those that no
//! other thread has taken.

use std::sync::atomic::{AtomicUsize, Ordering};

/// The files that one of several threads makes.
#[derive(Debug)]
pub(super) struct FileQueue<'a> {
    /// The index of the first file that no thread has taken.
    free: &'a AtomicUsize,
    /// The index of the file that this thread has taken.
    taken: usize,
    /// The index of the next file.
    next: usize,
}

impl<'a> FileQueue<'a> {
    /// Creates the queue of one more thread; `free` is zero for the first one.
    pub fn new(free: &'a AtomicUsize) -> Self {
        Self { free, taken: free.fetch_add(1, Ordering::Relaxed), next: 0 }
    }

    /// Goes past the next file; returns whether this thread makes it.
    pub fn takes_next(&mut self) -> bool {
        let takes = self.next == self.taken;
        if takes {
            self.taken = self.free.fetch_add(1, Ordering::Relaxed);
        }
        self.next += 1;
        takes
    }
}

/// Returns how many threads share work. More than a few would repeat the same preparations for too little work each.
pub(crate) fn count() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from).min(4)
}

/// Runs `work` on this thread and `other` on several more; returns all results.
pub(super) fn run<T: Send>(work: impl FnOnce() -> T, other: impl Fn() -> T + Sync) -> Vec<T> {
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..count()).map(|_| scope.spawn(&other)).collect();
        let mut results = vec![work()];
        for other in others {
            results.push(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        results
    })
}
