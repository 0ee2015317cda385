//! Responses that are sent piece by piece: server-sent events and JSON values.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderValue, header};
use http_body::Frame;
use serde::Serialize;
use tokio::sync::mpsc;
use tokio::time::{Instant, Sleep};

use crate::models::StreamEvent;
use crate::server::{BoxError, Failure};

/// After this much silence, a stream of events sends a comment, so that its connection stays open.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

type Items<T> = Pin<Box<dyn Stream<Item = Result<T, BoxError>> + Send>>;

/// A response of JSON values, each sent as soon as it is available. An error closes the connection.
pub struct LineBody<T>(Items<T>);

/// A response of server-sent events, each sent as soon as it is available. An error closes the connection.
pub struct EventBody<T>(Items<StreamEvent<T>>);

/// A response that is either complete or a stream of events, depending on the request.
#[derive(Debug)]
pub enum WholeOrEvents<W, T> {
    /// A complete response.
    Whole(W),
    /// A stream of events.
    Events(EventBody<T>),
}

/// Sends the items of a stream.
pub struct StreamSender<T>(mpsc::Sender<T>);

/// The error of a stream whose client has disconnected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Disconnected;

impl<T: Send + 'static> LineBody<T> {
    /// Creates a response from a stream.
    pub fn new(items: impl Stream<Item = Result<T, BoxError>> + Send + 'static) -> Self {
        Self(Box::pin(items))
    }

    /// Creates a response and its sender. It ends when the sender is dropped; up to `capacity` items can wait.
    pub fn channel(capacity: usize) -> (StreamSender<T>, Self) {
        let (sender, items) = channel(capacity);
        (sender, Self(items))
    }
}

impl<T: Send + 'static> EventBody<T> {
    /// Creates a response from a stream.
    pub fn new(events: impl Stream<Item = Result<StreamEvent<T>, BoxError>> + Send + 'static) -> Self {
        Self(Box::pin(events))
    }

    /// Creates a response and its sender. It ends when the sender is dropped; up to `capacity` events can wait.
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
    /// Sends an item, once there is room for it.
    ///
    /// Fails if the client has disconnected.
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
        f.write_str("the client has disconnected")
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

/// Responds with events whose data is JSON.
///
/// Never fails; errors of the stream close the connection.
pub fn json_events<T: Serialize + 'static>(
    status: u16,
    media_type: &'static str,
    events: EventBody<T>,
) -> Result<Response, Failure> {
    let write = |event: StreamEvent<T>, out: &mut Vec<u8>| {
        head(&event, out);
        out.extend_from_slice(b"data: ");
        let start = out.len();
        serde_json::to_writer(&mut *out, &event.data)?;
        // JSON that serde writes has no line breaks, but a value may be JSON that was written elsewhere.
        if out.iter().skip(start).any(|byte| matches!(byte, b'\n' | b'\r')) {
            let written = String::from_utf8(out.split_off(start))?;
            out.truncate(start - "data: ".len());
            lines_of(&written).for_each(|line| field(out, "data", line));
            out.push(b'\n');
        } else {
            out.extend_from_slice(b"\n\n");
        }
        Ok(())
    };
    respond(status, media_type, Written { items: events.0, write, silence: Some(silence()) })
}

/// Responds with events whose data is text.
///
/// Never fails; errors of the stream close the connection.
pub fn text_events(status: u16, media_type: &'static str, events: EventBody<String>) -> Result<Response, Failure> {
    let write = |event: StreamEvent<String>, out: &mut Vec<u8>| {
        head(&event, out);
        lines_of(&event.data).for_each(|line| field(out, "data", line));
        out.push(b'\n');
        Ok(())
    };
    respond(status, media_type, Written { items: events.0, write, silence: Some(silence()) })
}

/// Responds with events, which no cache sends again without asking (RFC 9111 §5.2.2.4).
fn respond<T: 'static, F>(status: u16, media_type: &'static str, events: Written<T, F>) -> Result<Response, Failure>
where
    F: FnMut(T, &mut Vec<u8>) -> Result<(), BoxError> + Send + Unpin + 'static,
{
    let mut response = super::stream(status, media_type, Body::new(events))?;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    Ok(response)
}

/// Responds with JSON values, one per line, or one per record separator for `application/json-seq` (RFC 7464).
///
/// Never fails; errors of the stream close the connection.
pub fn lines<T: Serialize + 'static>(
    status: u16,
    media_type: &'static str,
    lines: LineBody<T>,
) -> Result<Response, Failure> {
    let is_sequence = media_type.contains("json-seq");
    let write = move |item: T, out: &mut Vec<u8>| {
        if is_sequence {
            out.push(0x1e);
        }
        serde_json::to_writer(&mut *out, &item)?;
        out.push(b'\n');
        Ok(())
    };
    super::stream(status, media_type, Body::new(Written { items: lines.0, write, silence: None }))
}

fn silence() -> Pin<Box<Sleep>> {
    Box::pin(tokio::time::sleep(KEEP_ALIVE))
}

/// Writes the lines of an event before its data.
fn head<T>(event: &StreamEvent<T>, out: &mut Vec<u8>) {
    for (name, value) in [("id", &event.id), ("event", &event.event)] {
        if let Some(value) = value {
            field(out, name, &value.replace(['\r', '\n', '\0'], " "));
        }
    }
    if let Some(retry) = event.retry {
        field(out, "retry", &retry.as_millis().to_string());
    }
}

fn field(out: &mut Vec<u8>, name: &str, value: &str) {
    for part in [name, ": ", value, "\n"] {
        out.extend_from_slice(part.as_bytes());
    }
}

/// Splits a text into lines at CR, LF or CR LF (WHATWG HTML §9.2.5).
fn lines_of(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some((line, after)) = text.find(['\r', '\n']).and_then(|end| text.split_at_checked(end)) else {
            rest = None;
            return Some(text);
        };
        rest = after.strip_prefix("\r\n").or_else(|| after.get(1..));
        Some(line)
    })
}

/// The space for an item, before it is known how much it needs, in bytes.
const ITEM: usize = 128;

/// Writes items as bytes.
struct Written<T, F> {
    items: Items<T>,
    write: F,
    silence: Option<Pin<Box<Sleep>>>,
}

impl<T, F: FnMut(T, &mut Vec<u8>) -> Result<(), BoxError> + Unpin> http_body::Body for Written<T, F> {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if let Poll::Ready(item) = self.items.as_mut().poll_next(cx) {
            if let Some(silence) = &mut self.silence {
                silence.as_mut().reset(Instant::now() + KEEP_ALIVE);
            }
            let Some(item) = item else { return Poll::Ready(None) };
            let mut out = Vec::with_capacity(ITEM);
            let written = item.and_then(|item| (self.write)(item, &mut out));
            if let Err(error) = &written {
                tracing::error!(error = %error, "a stream was interrupted");
            }
            return Poll::Ready(Some(written.map(|()| Frame::data(out.into()))));
        }
        let Some(silence) = &mut self.silence else { return Poll::Pending };
        ready!(silence.as_mut().poll(cx));
        silence.as_mut().reset(Instant::now() + KEEP_ALIVE);
        Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(b":\n\n")))))
    }
}
