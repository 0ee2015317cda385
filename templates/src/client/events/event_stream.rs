//! Streams of server-sent events, with reconnection (WHATWG HTML §9.2).

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::super::streams::ByteStream;
use super::parse::{Lines, Parser};
use super::{StreamError, StreamEvent};
use crate::client::reopen::Reopen;
use crate::client::{BoxFuture, Opened, TransportError};
use crate::models::from_json;

/// A stream of server-sent events. It ends when the server ends it.
///
/// If the connection is lost, an idempotent request is sent again with `Last-Event-ID`, after the pause that the server
/// asked for (default: 1 s; at most the longest pause of the policy), as many times in a row as the client's [`RetryPolicy`](crate::client::RetryPolicy) allows.
pub struct EventStream<T> {
    state: State,
    lines: Lines,
    parser: Parser,
    limit: usize,
    decode: fn(&str) -> serde_json::Result<T>,
    /// Whether the data `[DONE]` ends the stream, as some servers of JSON events use it.
    sentinel: bool,
    reopen: Option<Reopen>,
    pause: Duration,
    failures: u32,
}

enum State {
    Open(ByteStream),
    Waiting(BoxFuture<'static, Result<Option<reqwest::Response>, TransportError>>),
    Ended,
}

impl<T: DeserializeOwned> EventStream<T> {
    /// Reads events whose data is JSON.
    pub fn json(opened: Opened) -> Self {
        Self::new(opened, |text| from_json(text.as_bytes()), true)
    }
}

impl EventStream<String> {
    /// Reads events whose data is text.
    pub fn text(opened: Opened) -> Self {
        Self::new(opened, |text| Ok(text.to_owned()), false)
    }
}

impl<T> EventStream<T> {
    fn new(opened: Opened, decode: fn(&str) -> serde_json::Result<T>, sentinel: bool) -> Self {
        let limit = opened.limit();
        let (response, reopen) = opened.into_parts();
        Self {
            state: State::Open(ByteStream::of(response, limit)),
            lines: Lines::new(limit, true),
            parser: Parser::default(),
            limit,
            decode,
            sentinel,
            reopen: Some(reopen),
            pause: Duration::from_secs(1),
            failures: 0,
        }
    }

    /// Disables reconnection: the stream ends with an error when the connection is lost.
    #[must_use]
    pub fn without_reconnection(mut self) -> Self {
        self.reopen = None;
        self
    }

    /// Returns the next event; `None` at the end of the stream.
    pub async fn next(&mut self) -> Option<Result<StreamEvent<T>, StreamError>> {
        std::future::poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// Returns the id of the last event that had one.
    pub fn last_event_id(&self) -> Option<&str> {
        self.parser.last_id.as_deref()
    }

    /// Returns an event from the bytes that have arrived.
    fn arrived(&mut self) -> Option<StreamEvent<String>> {
        while let Some(line) = self.lines.next() {
            if let Some(event) = self.parser.line(&line) {
                self.pause = event.retry.unwrap_or(self.pause);
                self.failures = 0;
                return Some(event);
            }
        }
        None
    }

    fn event(&mut self, event: StreamEvent<String>) -> Option<Result<StreamEvent<T>, StreamError>> {
        if self.sentinel && event.data == "[DONE]" {
            self.state = State::Ended;
            return None;
        }
        match (self.decode)(&event.data) {
            Ok(data) => Some(Ok(event.map(|text| {
                self.parser.reuse(text);
                data
            }))),
            Err(error) => Some(Err(StreamError::Decode { text: event.data, error })),
        }
    }

    /// Starts to reconnect. Fails if the request must not be repeated.
    fn reconnect(&mut self, error: TransportError) -> Result<(), StreamError> {
        self.state = State::Ended;
        let Some(reopen) = self.reopen.as_ref().filter(|reopen| reopen.may_repeat(self.failures)) else {
            return Err(error.into());
        };
        self.failures += 1;
        self.parser.restart();
        self.lines = Lines::new(self.limit, true);
        let (reopen, pause, last_id) = (reopen.clone(), reopen.pause(self.pause), self.parser.last_id.clone());
        self.state = State::Waiting(Box::pin(async move {
            tokio::time::sleep(pause).await;
            let headers = last_id.map(|id| ("last-event-id".to_owned(), id));
            let response = reopen.send(headers).await?;
            // 204 tells the client to stop (WHATWG HTML §9.2.3).
            Ok((response.status().as_u16() != 204).then_some(response))
        }));
        Ok(())
    }
}

impl<T> Stream for EventStream<T> {
    type Item = Result<StreamEvent<T>, StreamError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let stream = self.get_mut();
        loop {
            if matches!(stream.state, State::Ended) {
                return Poll::Ready(None);
            }
            if let Some(event) = stream.arrived() {
                return Poll::Ready(stream.event(event));
            }
            let broken = match &mut stream.state {
                State::Ended => return Poll::Ready(None),
                State::Open(bytes) => match ready!(Pin::new(bytes).poll_next(cx)) {
                    Some(Ok(chunk)) => {
                        let size = stream.parser.size() + chunk.len();
                        let pushed =
                            if size > stream.limit { Err(StreamError::TooLarge(stream.limit)) } else { Ok(()) };
                        if let Err(error) = pushed.and_then(|()| stream.lines.push(&chunk)) {
                            stream.state = State::Ended;
                            return Poll::Ready(Some(Err(error)));
                        }
                        continue;
                    }
                    Some(Err(error)) => error,
                    // An event without the empty line at its end is discarded.
                    None => {
                        stream.state = State::Ended;
                        continue;
                    }
                },
                State::Waiting(waiting) => match ready!(waiting.as_mut().poll(cx)) {
                    Ok(Some(response)) => {
                        stream.state = State::Open(ByteStream::of(response, stream.limit));
                        continue;
                    }
                    Ok(None) => {
                        stream.state = State::Ended;
                        continue;
                    }
                    Err(error) => error,
                },
            };
            if let Err(error) = stream.reconnect(broken) {
                return Poll::Ready(Some(Err(error)));
            }
        }
    }
}

impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream").field("last_event_id", &self.parser.last_id).finish_non_exhaustive()
    }
}
