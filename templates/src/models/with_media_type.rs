//! Bodies that can have any of several media types.

/// A body and its media type, where the document allows several or a range of them, such as `image/*`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WithMediaType<T> {
    /// The media type, such as `image/png`.
    pub media_type: String,
    /// The body.
    pub body: T,
}

impl<T> WithMediaType<T> {
    /// Creates a body of a media type.
    pub fn new(media_type: impl Into<String>, body: impl Into<T>) -> Self {
        Self { media_type: media_type.into(), body: body.into() }
    }
}
