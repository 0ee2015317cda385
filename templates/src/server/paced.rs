//! The bytes of a `multipart/form-data` body, within limits.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, ready};

use axum::body::Body;
use bytes::Bytes;
use futures_core::Stream;
use http_body::Body as _;

use super::error::{Failure, Rejection};
use super::incoming;
use super::limits::Limits;
use super::received::Rate;

/// How many bytes the parser of parts receives at once.
const PIECE: usize = 8 << 10;

/// The bytes of a body in small pieces.
///
/// The parser of parts keeps what it receives until it understands it: everything that is ready, and headers of any size.
/// So it receives one piece at a time, and only as many as a limit allows while it waits for headers.
pub(super) struct Paced {
    body: Body,
    rest: Bytes,
    /// Whether the parser has to ask again before it receives the next piece.
    paused: bool,
    left: u64,
    whole: u64,
    part_headers: usize,
    gauge: Gauge,
    rate: Rate,
}

/// How many bytes have been received since the parser started to look for the headers of a part.
#[derive(Clone)]
pub(super) struct Gauge(Arc<AtomicU64>);

/// The count while the content of a part is read, which has other limits.
const CONTENT: u64 = u64::MAX;

impl Gauge {
    pub fn start_headers(&self) {
        self.0.store(0, Ordering::Relaxed);
    }

    pub fn start_content(&self) {
        self.0.store(CONTENT, Ordering::Relaxed);
    }

    /// Counts bytes; returns whether the headers are larger than a limit.
    fn exceeds(&self, bytes: usize, limit: u64) -> bool {
        let known = self.0.load(Ordering::Relaxed);
        if known == CONTENT {
            return false;
        }
        self.0.store(known.saturating_add(bytes as u64), Ordering::Relaxed);
        // What is already there is not counted, so that a piece may contain the headers and the content after them.
        known > limit
    }
}

impl Paced {
    pub fn new(body: Body, limits: &Limits) -> Self {
        let headers = (limits.parts as u64).saturating_add(1).saturating_mul(limits.part_headers as u64);
        let whole = limits.upload.saturating_add(limits.body as u64).saturating_add(headers);
        let gauge = Gauge(Arc::new(AtomicU64::new(0)));
        let part_headers = limits.part_headers;
        let mut rate = Rate::new(limits);
        rate.wait();
        Self { body, rest: Bytes::new(), paused: false, left: whole, whole, part_headers, gauge, rate }
    }

    pub fn gauge(&self) -> Gauge {
        self.gauge.clone()
    }

    fn poll_rest(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<(), Interrupted>>> {
        while self.rest.is_empty() {
            match ready!(Pin::new(&mut self.body).poll_frame(cx)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(Interrupted::Lost(error)))),
                Some(Ok(frame)) => self.rest = frame.into_data().unwrap_or_default(),
            }
        }
        Poll::Ready(Some(Ok(())))
    }

    fn piece(&mut self) -> Result<Bytes, Interrupted> {
        let piece = self.rest.split_to(self.rest.len().min(PIECE));
        self.rate.add(piece.len()).map_err(Interrupted::Refused)?;
        let too_large = Interrupted::Refused(Rejection::BodyTooLarge(self.whole));
        self.left = self.left.checked_sub(piece.len() as u64).ok_or(too_large)?;
        if self.gauge.exceeds(piece.len(), self.part_headers as u64) {
            return Err(Interrupted::Refused(Rejection::PartHeadersTooLarge(self.part_headers)));
        }
        Ok(piece)
    }
}

impl Stream for Paced {
    type Item = Result<Bytes, Interrupted>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Interrupted>>> {
        if std::mem::take(&mut self.paused) {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(match ready!(self.poll_rest(cx)) {
            None => None,
            Some(Err(error)) => Some(Err(error)),
            Some(Ok(())) => {
                self.paused = true;
                Some(self.piece())
            }
        })
    }
}

/// Why the parser of parts receives no more bytes.
#[derive(Debug)]
pub(super) enum Interrupted {
    /// The body cannot be read.
    Lost(axum::Error),
    /// A limit is exceeded.
    Refused(Rejection),
}

impl Interrupted {
    pub fn into_failure(self) -> Failure {
        match self {
            Self::Lost(error) => incoming::lost(error),
            Self::Refused(rejection) => rejection.into(),
        }
    }
}

impl fmt::Display for Interrupted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lost(error) => error.fmt(f),
            Self::Refused(rejection) => write!(f, "refused with {}", rejection.status()),
        }
    }
}

impl std::error::Error for Interrupted {}
