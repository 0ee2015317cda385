//! Limits how many operations run at once, and for how long.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::error::Rejection;
use super::limits::Limits;
use super::work::{Caught, Served, Work};

/// How many operations of a server are running.
#[derive(Clone, Debug, Default)]
pub(super) struct Bounds(Arc<AtomicUsize>);

impl Bounds {
    /// Runs an operation within the limits.
    ///
    /// Fails with 503 if too many run already, or if it takes too long.
    pub async fn run(&self, limits: &Limits, work: Pin<&mut dyn Work>) -> Served {
        let running = limits.concurrency.map(|most| Running::start(&self.0, most));
        // Declared after `running`, so that it is dropped before it, also if the client disconnects.
        let mut work = Caught::new(work);
        let served = match running {
            Some(None) => Err(Rejection::Busy.into()),
            Some(Some(_)) | None => work.run(limits.request_timeout).await,
        };
        work.end()?;
        served
    }
}

/// A running operation. It ends when this is dropped, also if the client disconnects.
struct Running<'b>(&'b AtomicUsize);

impl<'b> Running<'b> {
    fn start(running: &'b AtomicUsize, most: usize) -> Option<Self> {
        let running = Self(running);
        let before = running.0.fetch_add(1, Ordering::SeqCst);
        // If it is not started, dropping it reverts the count.
        (before < most).then_some(running)
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}
