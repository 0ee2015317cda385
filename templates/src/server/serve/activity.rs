//! What a connection is doing, and until when it may.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use axum::body::Body;
use bytes::Bytes;
use http_body::{Frame, SizeHint};
use tokio::sync::Notify;
use tokio::time::Instant;

use crate::server::limits::Limits;

/// What a connection is doing.
#[derive(Clone)]
pub(super) struct Activity(Arc<Shared>);

struct Shared {
    state: Mutex<State>,
    changed: Notify,
}

struct State {
    /// How many requests are in progress, from their headers to the end of their responses.
    requests: usize,
    /// Since when there have been none.
    idle_since: Instant,
    /// When the first byte of the next request arrived.
    next_since: Option<Instant>,
}

impl Activity {
    pub fn new() -> Self {
        let state = State { requests: 0, idle_since: Instant::now(), next_since: None };
        Self(Arc::new(Shared { state: Mutex::new(state), changed: Notify::new() }))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Records that bytes have arrived.
    pub fn received(&self) {
        let mut state = self.state();
        if state.requests == 0 && state.next_since.is_none() {
            state.next_since = Some(Instant::now());
            self.0.changed.notify_one();
        }
    }

    /// Records that the headers of a request are complete.
    pub fn start(&self) -> InProgress {
        let mut state = self.state();
        state.requests += 1;
        state.next_since = None;
        InProgress(self.clone())
    }

    /// Waits until the connection has been idle, or a request incomplete, for too long.
    pub async fn expired(&self, limits: &Limits) {
        loop {
            let until = self.until(limits);
            let sleep = async {
                match until {
                    Some(until) => tokio::time::sleep_until(until).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                () = sleep => if self.until(limits).is_some_and(|until| until <= Instant::now()) { return },
                () = self.0.changed.notified() => {}
            }
        }
    }

    /// Returns when the connection is to be closed if nothing happens; `None` while a request is in progress.
    fn until(&self, limits: &Limits) -> Option<Instant> {
        let state = self.state();
        let idle = state.idle_since.checked_add(limits.idle_timeout);
        let next = state.next_since.and_then(|since| since.checked_add(limits.header_timeout));
        // A request that has begun has the time that requests have, however long the connection was idle before.
        if state.requests > 0 { None } else { next.or(idle) }
    }
}

/// A request in progress. It ends when this is dropped.
pub(super) struct InProgress(Activity);

impl Drop for InProgress {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.requests = state.requests.saturating_sub(1);
        if state.requests == 0 {
            state.idle_since = Instant::now();
            self.0.0.changed.notify_one();
        }
    }
}

/// The body of a response, whose end is the end of its request.
pub(super) struct Sent {
    pub body: Body,
    pub _request: InProgress,
}

impl http_body::Body for Sent {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
