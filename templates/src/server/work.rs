//! The work of a handler, without its type: what runs it is compiled once, and not for each operation.

use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::response::Response;

use super::error::{Failure, Rejection};
use super::panics::{caught, caught_now};

/// What handlers return.
pub(super) type Served = Result<Response, Failure>;

/// The future of a handler, which can be dropped where it is.
pub(super) trait Work: Send {
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Served>;

    /// Drops the future.
    fn end(self: Pin<&mut Self>);
}

impl<F: Future<Output = Served> + Send> Work for Option<F> {
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Served> {
        self.as_pin_mut().map_or(Poll::Pending, |work| work.poll(cx))
    }

    fn end(mut self: Pin<&mut Self>) {
        self.set(None);
    }
}

/// Work that may panic, wherever it does. It ends when this is dropped.
pub(super) struct Caught<'w>(Pin<&'w mut dyn Work>);

impl<'w> Caught<'w> {
    pub fn new(work: Pin<&'w mut dyn Work>) -> Self {
        Self(work)
    }

    /// Runs the work.
    ///
    /// Fails with 503 if it takes longer than `limit`.
    pub async fn run(&mut self, limit: Option<Duration>) -> Served {
        let work = std::future::poll_fn(|cx| self.0.as_mut().poll(cx));
        let limited = async move {
            match limit {
                None => work.await,
                Some(limit) => {
                    // Boxed, so that the futures of servers without this limit are not larger for it.
                    let done = Box::pin(tokio::time::timeout(limit, work)).await;
                    done.unwrap_or_else(|_| Err(Rejection::TimedOut(limit).into()))
                }
            }
        };
        caught(pin!(limited)).await.unwrap_or_else(|panicked| Err(Failure::Internal(panicked.into())))
    }

    /// Ends the work.
    ///
    /// Fails if that panics.
    pub fn end(&mut self) -> Result<(), Failure> {
        caught_now(|| self.0.as_mut().end()).map_err(|panicked| Failure::Internal(panicked.into()))
    }
}

impl Drop for Caught<'_> {
    fn drop(&mut self) {
        // Nobody waits for a response any more.
        let _ = self.end();
    }
}
