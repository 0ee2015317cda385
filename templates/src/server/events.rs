//! Answers that are sent piece by piece: events, and JSON values.

use std::fmt;
use std::fmt::Write as _;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use futures_core::Stream;
use http_body::Frame;
use serde::Serialize;
use tokio::sync::mpsc;
use tokio::time::{Instant, Sleep};

use crate::models::StreamEvent;
use crate::server::{BoxError, Failure};

/// How long a stream of events may be silent before a comment keeps its connection open.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

type Items<T> = Pin<Box<dyn Stream<Item = Result<T, BoxError>> + Send>>;

/// An answer of JSON values, each sent when it is there. An error ends the connection.
pub struct LineBody<T>(Items<T>);

/// An answer of events, each sent when it is there. An error ends the connection.
pub struct EventBody<T>(Items<StreamEvent<T>>);

/// An answer that is either whole or a stream of events, as the request asks for it.
#[derive(Debug)]
pub enum WholeOrEvents<W, T> {
    /// A whole answer.
    Whole(W),
    /// Events.
    Events(EventBody<T>),
}

/// Where the items of a stream are put in.
pub struct StreamSender<T>(mpsc::Sender<T>);

/// Nobody reads the stream any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Disconnected;

impl<T: Send + 'static> LineBody<T> {
    /// Sends what a stream yields.
    pub fn new(items: impl Stream<Item = Result<T, BoxError>> + Send + 'static) -> Self {
        Self(Box::pin(items))
    }

    /// Sends what is put into the sender, until it is dropped; as many items as `capacity` may wait.
    pub fn channel(capacity: usize) -> (StreamSender<T>, Self) {
        let (sender, items) = channel(capacity);
        (sender, Self(items))
    }
}

impl<T: Send + 'static> EventBody<T> {
    /// Sends what a stream yields.
    pub fn new(events: impl Stream<Item = Result<StreamEvent<T>, BoxError>> + Send + 'static) -> Self {
        Self(Box::pin(events))
    }

    /// Sends what is put into the sender, until it is dropped; as many events as `capacity` may wait.
    pub fn channel(capacity: usize) -> (StreamSender<StreamEvent<T>>, Self) {
        let (sender, items) = channel(capacity);
        (sender, Self(items))
    }
}

impl<T: Send + Unpin + 'static> FromIterator<T> for LineBody<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self(Box::pin(Ready(items.into_iter().collect::<Vec<_>>().into_iter())))
    }
}

impl<T: Send + Unpin + 'static> FromIterator<StreamEvent<T>> for EventBody<T> {
    fn from_iter<I: IntoIterator<Item = StreamEvent<T>>>(events: I) -> Self {
        Self(Box::pin(Ready(events.into_iter().collect::<Vec<_>>().into_iter())))
    }
}

impl<W, T> From<W> for WholeOrEvents<W, T> {
    fn from(whole: W) -> Self {
        Self::Whole(whole)
    }
}

impl<T> fmt::Debug for LineBody<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LineBody")
    }
}

impl<T> fmt::Debug for EventBody<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EventBody")
    }
}

fn channel<T: Send + 'static>(capacity: usize) -> (StreamSender<T>, Items<T>) {
    let (sender, receiver) = mpsc::channel(capacity.max(1));
    (StreamSender(sender), Box::pin(Received(receiver)))
}

impl<T> StreamSender<T> {
    /// Waits until there is room for an item.
    pub async fn send(&self, item: T) -> Result<(), Disconnected> {
        self.0.send(item).await.map_err(|_| Disconnected)
    }
}

impl<T> Clone for StreamSender<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> fmt::Debug for StreamSender<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StreamSender")
    }
}

impl fmt::Display for Disconnected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the caller reads no more")
    }
}

impl std::error::Error for Disconnected {}

struct Received<T>(mpsc::Receiver<T>);

impl<T> Stream for Received<T> {
    type Item = Result<T, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(cx).map(|item| item.map(Ok))
    }
}

struct Ready<T>(std::vec::IntoIter<T>);

impl<T: Unpin> Stream for Ready<T> {
    type Item = Result<T, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.next().map(Ok))
    }
}

/// Answers with events whose data is JSON.
pub fn json_events<T: Serialize + 'static>(
    status: u16,
    media_type: &'static str,
    events: EventBody<T>,
) -> Result<Response, Failure> {
    let write = |event: StreamEvent<T>| Ok(frame(&event, &serde_json::to_string(&event.data)?));
    super::stream(status, media_type, Body::new(Written { items: events.0, write, silence: Some(silence()) }))
}

/// Answers with events whose data is text.
pub fn text_events(status: u16, media_type: &'static str, events: EventBody<String>) -> Result<Response, Failure> {
    let write = |event: StreamEvent<String>| Ok(frame(&event, &event.data));
    super::stream(status, media_type, Body::new(Written { items: events.0, write, silence: Some(silence()) }))
}

/// Answers with one JSON value a line, or behind a record separator each.
pub fn lines<T: Serialize + 'static>(
    status: u16,
    media_type: &'static str,
    lines: LineBody<T>,
) -> Result<Response, Failure> {
    let write: fn(T) -> Result<String, BoxError> = if media_type.contains("json-seq") {
        |item| Ok(format!("\u{1e}{}\n", serde_json::to_string(&item)?))
    } else {
        |item| Ok(format!("{}\n", serde_json::to_string(&item)?))
    };
    super::stream(status, media_type, Body::new(Written { items: lines.0, write, silence: None }))
}

fn silence() -> Pin<Box<Sleep>> {
    Box::pin(tokio::time::sleep(KEEP_ALIVE))
}

/// The lines of an event.
fn frame<T>(event: &StreamEvent<T>, data: &str) -> String {
    let one_line = |text: &str| text.replace(['\r', '\n', '\0'], " ");
    let mut out = String::new();
    if let Some(id) = &event.id {
        let _ = writeln!(out, "id: {}", one_line(id));
    }
    if let Some(name) = &event.event {
        let _ = writeln!(out, "event: {}", one_line(name));
    }
    if let Some(retry) = event.retry {
        let _ = writeln!(out, "retry: {}", retry.as_millis());
    }
    let data = data.replace("\r\n", "\n").replace('\r', "\n");
    for line in data.split('\n') {
        let _ = writeln!(out, "data: {line}");
    }
    out.push('\n');
    out
}

/// Items as bytes.
struct Written<T, F> {
    items: Items<T>,
    write: F,
    silence: Option<Pin<Box<Sleep>>>,
}

impl<T, F: FnMut(T) -> Result<String, BoxError> + Unpin> http_body::Body for Written<T, F> {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if let Poll::Ready(item) = self.items.as_mut().poll_next(cx) {
            if let Some(silence) = &mut self.silence {
                silence.as_mut().reset(Instant::now() + KEEP_ALIVE);
            }
            let Some(item) = item else { return Poll::Ready(None) };
            let written = item.and_then(&mut self.write);
            if let Err(error) = &written {
                tracing::error!(error = %error, "a stream broke off");
            }
            return Poll::Ready(Some(written.map(|text| Frame::data(text.into()))));
        }
        let Some(silence) = &mut self.silence else { return Poll::Pending };
        ready!(silence.as_mut().poll(cx));
        silence.as_mut().reset(Instant::now() + KEEP_ALIVE);
        Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(b":\n\n")))))
    }
}
