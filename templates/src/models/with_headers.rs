//! Responses with the headers that the document describes.

/// A response body with headers. `body.into()` has none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WithHeaders<T, H> {
    /// The body.
    pub body: T,
    /// The headers.
    pub headers: H,
}

impl<T, H> WithHeaders<T, H> {
    /// Creates a response body with headers.
    pub fn new(body: T, headers: H) -> Self {
        Self { body, headers }
    }
}

impl<T, H: Default> From<T> for WithHeaders<T, H> {
    fn from(body: T) -> Self {
        Self { body, headers: H::default() }
    }
}
