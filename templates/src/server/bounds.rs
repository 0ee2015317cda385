//! Limits how many operations run at once, and for how long.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::response::Response;

use super::error::{Failure, Rejection};
use super::limits::Limits;

/// How many operations of a server are running.
#[derive(Clone, Debug, Default)]
pub(super) struct Bounds(Arc<AtomicUsize>);

impl Bounds {
    /// Runs an operation within the limits.
    ///
    /// Fails with 503 if too many run already, or if it takes too long.
    pub async fn run(
        &self,
        limits: &Limits,
        work: impl Future<Output = Result<Response, Failure>>,
    ) -> Result<Response, Failure> {
        let _running = match limits.concurrency {
            None => None,
            Some(most) => Some(Running::start(&self.0, most).ok_or(Rejection::Busy)?),
        };
        match limits.request_timeout {
            None => work.await,
            Some(limit) => {
                // Boxed, so that servers without this limit have no room for it in each of their futures.
                let done = Box::pin(tokio::time::timeout(limit, work)).await;
                done.unwrap_or_else(|_| Err(Rejection::TimedOut(limit).into()))
            }
        }
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
