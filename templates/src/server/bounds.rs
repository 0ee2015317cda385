//! Limits how many operations run at once, and for how long.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::response::Response;

use super::error::{Failure, Rejection};

/// The limits of a server.
#[derive(Clone, Debug, Default)]
pub(super) struct Bounds {
    /// How long an operation can take until its response begins.
    pub deadline: Option<Duration>,
    /// How many operations can run at once.
    pub concurrency: Option<usize>,
    running: Arc<AtomicUsize>,
}

impl Bounds {
    /// Runs an operation within the limits.
    ///
    /// Fails with 503 if too many run already, or if it takes too long.
    pub async fn run(&self, work: impl Future<Output = Result<Response, Failure>>) -> Result<Response, Failure> {
        let Some(_running) = Running::start(self) else { return Err(Rejection::Busy.into()) };
        match self.deadline {
            None => work.await,
            Some(deadline) => {
                let done = tokio::time::timeout(deadline, work).await;
                done.unwrap_or_else(|_| Err(Rejection::TimedOut(deadline).into()))
            }
        }
    }
}

/// A running operation. It ends when this is dropped, also if the client disconnects.
struct Running<'b>(&'b AtomicUsize);

impl<'b> Running<'b> {
    fn start(bounds: &'b Bounds) -> Option<Self> {
        let running = Self(&bounds.running);
        let before = running.0.fetch_add(1, Ordering::SeqCst);
        // If it is not started, dropping it reverts the count.
        bounds.concurrency.is_none_or(|most| before < most).then_some(running)
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}
