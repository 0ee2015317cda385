//! Events of a stream (`text/event-stream`, WHATWG HTML §9.2).

use std::time::Duration;

/// An event of a stream.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StreamEvent<T> {
    /// What it carries.
    pub data: T,
    /// What kind of event it is; `message` if nothing is said.
    pub event: Option<String>,
    /// Its id, by which a client that reconnects says what it has seen.
    pub id: Option<String>,
    /// How long a client is to wait before it reconnects.
    pub retry: Option<Duration>,
}

impl<T> StreamEvent<T> {
    /// An event without a name and an id.
    pub fn new(data: T) -> Self {
        Self { data, event: None, id: None, retry: None }
    }

    /// Says what kind of event it is.
    #[must_use]
    pub fn with_event(mut self, event: impl Into<String>) -> Self {
        self.event = Some(event.into());
        self
    }

    /// Sets its id.
    #[must_use]
    pub fn with_id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Says how long a client is to wait before it reconnects.
    #[must_use]
    pub fn with_retry(mut self, retry: Duration) -> Self {
        self.retry = Some(retry);
        self
    }

    /// The same event with other data.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> StreamEvent<U> {
        StreamEvent { data: change(self.data), event: self.event, id: self.id, retry: self.retry }
    }
}
