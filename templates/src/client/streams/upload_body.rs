//! Request bodies that are sent piece by piece.

use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http_body::Body as HttpBody;

use super::segments::{Segment, Segments};
use crate::client::arguments::Arguments;
use crate::client::error::RequestError;
use crate::client::payload::{Open, Payload};
use crate::client::transport::BoxError;

/// A request body: bytes, a file, or any body that yields bytes piece by piece.
#[derive(Clone)]
pub struct UploadBody {
    source: Source,
    content_type: Option<String>,
}

#[derive(Clone)]
enum Source {
    Memory(Bytes),
    Disk(PathBuf),
    Once(Arc<Mutex<Option<reqwest::Body>>>),
}

impl UploadBody {
    /// Creates a body from a file, which is read while it is sent.
    pub fn from_path(path: impl Into<PathBuf>) -> Self {
        Self { source: Source::Disk(path.into()), content_type: None }
    }

    /// Creates a body from any [`http_body::Body`]. It can be sent once, so failed attempts are not retried.
    pub fn from_body<B>(body: B) -> Self
    where
        B: HttpBody + Send + Sync + 'static,
        B::Data: Into<Bytes>,
        B::Error: Into<BoxError>,
    {
        let body = reqwest::Body::wrap(body);
        Self { source: Source::Once(Arc::new(Mutex::new(Some(body)))), content_type: None }
    }

    /// Sets the media type, in place of that of the document. A body of a range of media types, such as `image/*`, has none
    /// otherwise: only the caller knows it (RFC 9110 §8.3).
    #[must_use]
    pub fn with_content_type(mut self, media_type: impl Into<String>) -> Self {
        self.content_type = Some(media_type.into());
        self
    }

    /// Sets the body of a request.
    pub fn write(&self, request: &mut Arguments, media_type: &str) {
        let media_type = self.content_type.as_deref().unwrap_or(media_type);
        request.with(|request| request.payload(media_type, Payload::new(self.source.clone())));
    }

    /// Sets the body of a request that may have any media type of a range. It has the caller's, or else none.
    pub fn write_of_range(&self, request: &mut Arguments) {
        request.with(|request| request.payload_of(self.content_type.as_deref(), Payload::new(self.source.clone())));
    }
}

impl<T: Into<Bytes>> From<T> for UploadBody {
    fn from(bytes: T) -> Self {
        Self { source: Source::Memory(bytes.into()), content_type: None }
    }
}

impl fmt::Debug for UploadBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.source {
            Source::Memory(bytes) => write!(f, "UploadBody({} bytes)", bytes.len()),
            Source::Disk(path) => write!(f, "UploadBody({})", path.display()),
            Source::Once(_) => f.write_str("UploadBody(a stream)"),
        }
    }
}

impl Open for Source {
    fn open(&self) -> Result<reqwest::Body, RequestError> {
        match self {
            Self::Memory(bytes) => Ok(bytes.clone().into()),
            Self::Disk(path) => Ok(reqwest::Body::wrap(Segments::from_iter([Segment::open(path)?]))),
            Self::Once(body) => {
                let taken = body.lock().unwrap_or_else(PoisonError::into_inner).take();
                taken.ok_or_else(|| RequestError::new("the body has already been sent", None))
            }
        }
    }

    fn is_repeatable(&self) -> bool {
        !matches!(self, Self::Once(_))
    }
}
