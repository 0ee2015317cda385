//! Response bodies that are read piece by piece.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http_body::Body as HttpBody;

use crate::client::error::TransportError;
use crate::client::opened::Opened;

/// A response body that is read piece by piece.
pub struct ByteStream {
    body: reqwest::Body,
    /// How many bytes [`Self::bytes`] can keep in memory.
    limit: usize,
}

impl ByteStream {
    /// Reads the body of a response.
    pub fn new(opened: Opened) -> Self {
        let limit = opened.limit();
        Self::of(opened.into_response(), limit)
    }

    pub(in crate::client) fn of(response: reqwest::Response, limit: usize) -> Self {
        Self { body: response.into(), limit }
    }

    /// Returns the next piece; `None` at the end.
    ///
    /// Fails if the connection is lost.
    pub async fn next(&mut self) -> Option<Result<Bytes, TransportError>> {
        std::future::poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// Reads the rest of the body into memory.
    ///
    /// Fails if the connection is lost, or if the body is larger than the
    /// [`max_response_bytes`](crate::client::ClientBuilder::max_response_bytes) of the client.
    pub async fn bytes(mut self) -> Result<Bytes, TransportError> {
        let mut whole = BytesMut::new();
        while let Some(chunk) = self.next().await.transpose()? {
            if whole.len().saturating_add(chunk.len()) > self.limit {
                return Err(TransportError::too_large(self.limit));
            }
            whole.extend_from_slice(&chunk);
        }
        Ok(whole.freeze())
    }

    /// Returns the body of the HTTP client, for example to forward it.
    pub fn into_body(self) -> reqwest::Body {
        self.body
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match ready!(Pin::new(&mut self.body).poll_frame(cx)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(TransportError::of_body(error)))),
                Some(Ok(frame)) => {
                    if let Ok(data) = frame.into_data() {
                        return Poll::Ready(Some(Ok(data)));
                    }
                }
            }
        }
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ByteStream")
    }
}
