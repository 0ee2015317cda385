//! Request bodies: a limit for stalled ones, and what happens to those that nobody reads to their end.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use http::header::EXPECT;
use http::request::Parts;
use http_body::{Body as _, Frame, SizeHint};
use tokio::runtime::Handle;
use tokio::time::{Instant, Sleep};

use super::error::Rejection;
use super::limits::Limits;

/// A request body.
///
/// HTTP/1.1 servers close a connection whose request they do not read, and then callers often see a broken pipe instead
/// of the response. So a body that is dropped before its end is discarded in the background, up to a limit.
pub(super) struct Received {
    body: Body,
    limits: Limits,
    silence: Option<Pin<Box<Sleep>>>,
    /// Whether the caller has sent the body already, or will in any case.
    is_sent: bool,
}

/// How fast a body arrives.
pub(super) struct Rate {
    stall_timeout: Duration,
    least: u64,
    /// When the body was first waited for. Most bodies are there at once, and need no clock.
    start: Option<Instant>,
    received: u64,
}

impl Rate {
    pub fn new(limits: &Limits) -> Self {
        Self { stall_timeout: limits.stall_timeout, least: limits.body_rate, start: None, received: 0 }
    }

    /// Counts the time from now on, unless it is counted already.
    pub fn wait(&mut self) {
        self.start.get_or_insert_with(Instant::now);
    }

    /// Counts bytes that have arrived.
    ///
    /// Fails if there are too few of them after all this time.
    pub fn add(&mut self, bytes: usize) -> Result<(), Rejection> {
        self.received = self.received.saturating_add(bytes as u64);
        let Some(start) = self.start else { return Ok(()) };
        let late = start.elapsed().saturating_sub(self.stall_timeout);
        let expected = late.as_secs().saturating_mul(self.least);
        if self.received < expected { Err(Rejection::BodyTooSlow) } else { Ok(()) }
    }
}

/// Why a request body ends early.
#[derive(Debug)]
pub(super) enum BodyError {
    /// The caller sent nothing for this long.
    Stalled(Duration),
    /// The connection was lost, or the body is malformed.
    Interrupted(axum::Error),
}

impl Received {
    /// Wraps the body of a request.
    pub fn wrap(parts: &Parts, body: Body, limits: Limits) -> Body {
        if body.is_end_stream() { body } else { Body::new(Self::new(parts, body, limits)) }
    }

    fn new(parts: &Parts, body: Body, limits: Limits) -> Self {
        // A caller that waits for `100 Continue` sends the body when it is first read (RFC 9110 §10.1.1).
        let is_sent = !parts.headers.contains_key(EXPECT);
        Self { body, limits, silence: None, is_sent }
    }

    /// Fails once nothing has arrived for too long.
    fn poll_silence(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        let limit = self.limits.stall_timeout;
        let silence = self.silence.get_or_insert_with(|| Box::pin(tokio::time::sleep(limit)));
        silence.as_mut().poll(cx).map(|()| {
            // A caller that sends nothing does not wait for a response that would be lost.
            self.is_sent = false;
            Some(Err(BodyError::Stalled(limit)))
        })
    }
}

impl http_body::Body for Received {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        self.is_sent = true;
        match Pin::new(&mut self.body).poll_frame(cx) {
            Poll::Pending => self.poll_silence(cx),
            Poll::Ready(frame) => {
                self.silence = None;
                if !matches!(frame, Some(Ok(_))) {
                    self.is_sent = false;
                }
                Poll::Ready(frame.map(|frame| frame.map_err(BodyError::Interrupted)))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Received {
    fn drop(&mut self) {
        if !self.is_sent || self.body.is_end_stream() {
            return;
        }
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(discard(std::mem::take(&mut self.body), self.limits));
        }
    }
}

/// Reads a body up to the limits.
async fn discard(mut body: Body, limits: Limits) {
    let until = Instant::now() + limits.drain_timeout.min(FAR);
    let mut left = limits.drain;
    loop {
        let frame = std::future::poll_fn(|cx| Pin::new(&mut body).poll_frame(cx));
        let Ok(Some(Ok(frame))) = tokio::time::timeout_at(until, frame).await else { return };
        let size = frame.data_ref().map_or(0, Bytes::len);
        match left.checked_sub(size as u64) {
            Some(rest) => left = rest,
            None => return,
        }
    }
}

/// A time that is as good as none, which clocks can still be set to.
const FAR: Duration = Duration::from_secs(365 * 86_400);

impl fmt::Display for BodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stalled(limit) => write!(f, "the body stalled for {limit:?}"),
            Self::Interrupted(error) => write!(f, "the body was interrupted: {error}"),
        }
    }
}

impl std::error::Error for BodyError {}
