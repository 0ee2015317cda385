//! Streams of JSON values, one per line (NDJSON, JSON Lines) or one per record separator (RFC 7464).

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::super::streams::ByteStream;
use super::StreamError;
use super::parse::Lines;
use crate::client::Opened;
use crate::models::from_json;

/// A stream of JSON values, one per line (NDJSON, JSON Lines) or one per record separator (RFC 7464).
pub struct LineStream<T> {
    bytes: Option<ByteStream>,
    lines: Lines,
    decode: fn(&str) -> serde_json::Result<T>,
}

impl<T: DeserializeOwned> LineStream<T> {
    /// Reads the values of a response.
    pub fn new(opened: Opened) -> Self {
        let lines = Lines::new(opened.limit(), false);
        Self { bytes: Some(ByteStream::new(opened)), lines, decode: |text| from_json(text.as_bytes()) }
    }
}

impl<T> LineStream<T> {
    /// Returns the next value; `None` at the end of the stream.
    pub async fn next(&mut self) -> Option<Result<T, StreamError>> {
        std::future::poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }
}

/// Reads the value of a line, if it has one.
fn read<T>(decode: fn(&str) -> serde_json::Result<T>, line: &str) -> Option<Result<T, StreamError>> {
    let text = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{1e}');
    if text.is_empty() {
        return None;
    }
    Some(decode(text).map_err(|error| StreamError::Decode { text: text.to_owned(), error }))
}

impl<T> Stream for LineStream<T> {
    type Item = Result<T, StreamError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let stream = self.get_mut();
        loop {
            while let Some(line) = stream.lines.next() {
                if let Some(value) = read(stream.decode, &line) {
                    return Poll::Ready(Some(value));
                }
            }
            let Some(bytes) = &mut stream.bytes else { return Poll::Ready(None) };
            let failed = match ready!(Pin::new(bytes).poll_next(cx)) {
                Some(Ok(chunk)) => match stream.lines.push(&chunk) {
                    Ok(()) => continue,
                    Err(error) => error,
                },
                Some(Err(error)) => error.into(),
                None => {
                    stream.bytes = None;
                    let rest = stream.lines.rest();
                    return Poll::Ready(read(stream.decode, &rest));
                }
            };
            stream.bytes = None;
            stream.lines.rest();
            return Poll::Ready(Some(Err(failed)));
        }
    }
}

impl<T> fmt::Debug for LineStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LineStream")
    }
}
