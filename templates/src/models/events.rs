//! Server-sent events (`text/event-stream`, WHATWG HTML §9.2).

use std::time::Duration;

/// A server-sent event (WHATWG HTML §9.2).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StreamEvent<T> {
    /// The payload.
    pub data: T,
    /// The event type; `None` means `message`.
    pub event: Option<String>,
    /// The id. A client that reconnects sends the last one in `Last-Event-ID`.
    pub id: Option<String>,
    /// How long the client should wait before it reconnects.
    pub retry: Option<Duration>,
}

impl<T> StreamEvent<T> {
    /// Creates an event without type, id and retry time.
    pub fn new(data: T) -> Self {
        Self { data, event: None, id: None, retry: None }
    }

    /// Sets the event type.
    #[must_use]
    pub fn with_event(mut self, event: impl Into<String>) -> Self {
        self.event = Some(event.into());
        self
    }

    /// Sets the id.
    #[must_use]
    pub fn with_id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Sets how long the client should wait before it reconnects.
    #[must_use]
    pub fn with_retry(mut self, retry: Duration) -> Self {
        self.retry = Some(retry);
        self
    }

    /// Returns the event with its payload converted.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> StreamEvent<U> {
        StreamEvent { data: change(self.data), event: self.event, id: self.id, retry: self.retry }
    }
}
