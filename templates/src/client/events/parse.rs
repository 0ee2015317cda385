//! From bytes to lines, and from lines to events (WHATWG HTML §9.2.6).

use std::borrow::Cow;
use std::time::Duration;

use memchr::{memchr, memchr2};

use super::{StreamError, StreamEvent};

/// Splits bytes into lines.
#[derive(Debug)]
pub(super) struct Lines {
    buffer: Vec<u8>,
    /// Where the next line starts.
    start: usize,
    /// How much of the buffer has been searched.
    seen: usize,
    limit: usize,
    /// Whether a lone carriage return ends a line.
    carriage_returns: bool,
    /// Whether a line feed that comes next belongs to the carriage return before it.
    skip_line_feed: bool,
}

impl Lines {
    pub fn new(limit: usize, carriage_returns: bool) -> Self {
        Self { buffer: Vec::new(), start: 0, seen: 0, limit, carriage_returns, skip_line_feed: false }
    }

    /// Adds bytes. All complete lines must have been taken before.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), StreamError> {
        self.buffer.drain(..self.start);
        (self.start, self.seen) = (0, self.seen - self.start);
        if self.buffer.len() + bytes.len() > self.limit {
            return Err(StreamError::TooLarge(self.limit));
        }
        self.buffer.extend_from_slice(bytes);
        Ok(())
    }

    /// Returns the next complete line, without its end.
    pub fn next(&mut self) -> Option<Cow<'_, str>> {
        if self.skip_line_feed && self.start < self.buffer.len() {
            self.skip_line_feed = false;
            if self.buffer.get(self.start) == Some(&b'\n') {
                self.start += 1;
                self.seen = self.start;
            }
        }
        let unseen = self.buffer.get(self.seen..).unwrap_or_default();
        let length = if self.carriage_returns { memchr2(b'\n', b'\r', unseen) } else { memchr(b'\n', unseen) };
        let Some(length) = length else {
            self.seen = self.buffer.len();
            return None;
        };
        let end = self.seen + length;
        let line = self.start..end;
        self.skip_line_feed = self.buffer.get(end) == Some(&b'\r');
        self.start = end + 1;
        self.seen = self.start;
        let line = self.buffer.get(line).unwrap_or_default();
        // Most lines are UTF-8, for which this is faster than `from_utf8_lossy`.
        Some(str::from_utf8(line).map_or_else(|_| String::from_utf8_lossy(line), Cow::Borrowed))
    }

    /// Returns what is left at the end of the input.
    pub fn rest(&mut self) -> String {
        let rest = self.buffer.get(self.start..).unwrap_or_default();
        let rest = String::from_utf8_lossy(rest).into_owned();
        self.buffer.clear();
        (self.start, self.seen) = (0, 0);
        rest
    }
}

/// More memory is not kept between events, in bytes.
const SPARE: usize = 64 << 10;

/// Collects the lines of an event.
#[derive(Debug, Default)]
pub(super) struct Parser {
    data: Option<String>,
    event: Option<String>,
    retry: Option<Duration>,
    /// The id of the last event that had one.
    pub last_id: Option<String>,
    /// The memory of an event that has been read, for the next one.
    spare: String,
    started: bool,
}

impl Parser {
    /// Adds a line. An empty one completes the event.
    pub fn line(&mut self, line: &str) -> Option<StreamEvent<String>> {
        let line = if self.started { line } else { line.strip_prefix('\u{feff}').unwrap_or(line) };
        self.started = true;
        if line.is_empty() {
            let (data, event, retry) = (self.data.take(), self.event.take(), self.retry.take());
            return Some(StreamEvent { data: data?, event, id: self.last_id.clone(), retry });
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "data" => match &mut self.data {
                Some(data) => {
                    data.push('\n');
                    data.push_str(value);
                }
                None => {
                    let mut data = std::mem::take(&mut self.spare);
                    data.push_str(value);
                    self.data = Some(data);
                }
            },
            "event" => self.event = Some(value.to_owned()),
            "id" if !value.contains('\0') => self.last_id = Some(value.to_owned()),
            "retry" => self.retry = value.parse().ok().map(Duration::from_millis).or(self.retry),
            _ => {}
        }
        None
    }

    /// Takes back the data of an event that has been read.
    pub fn reuse(&mut self, mut data: String) {
        if data.capacity() <= SPARE {
            data.clear();
            self.spare = data;
        }
    }

    /// Returns the size of the event so far, in bytes.
    pub fn size(&self) -> usize {
        self.data.as_ref().map_or(0, String::len)
    }

    /// Discards the current event, for a new connection.
    pub fn restart(&mut self) {
        *self = Self { last_id: self.last_id.take(), ..Self::default() };
    }
}
