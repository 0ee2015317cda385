//! Bodies that are sent and received piece by piece.

use std::collections::VecDeque;
use std::fmt;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http_body::{Body as HttpBody, Frame, SizeHint};
use tokio::io::{AsyncRead, ReadBuf};

use super::arguments::Arguments;
use super::error::{RequestError, TransportError};
use super::opened::Opened;
use super::payload::{Open, Payload};
use super::transport::BoxError;

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

    /// Sets the media type, in place of that of the document.
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

/// A piece of a body.
pub enum Segment {
    /// Bytes in memory.
    #[cfg(feature = "multipart")]
    Memory(Bytes),
    /// An open file, and how many bytes of it are left.
    Disk(tokio::fs::File, u64),
}

impl Segment {
    pub fn open(path: &std::path::Path) -> Result<Self, RequestError> {
        let failed = |error: std::io::Error| {
            RequestError::new(format!("cannot open the file `{}`", path.display()), Some(error.into()))
        };
        let file = std::fs::File::open(path).map_err(failed)?;
        let size = file.metadata().map_err(failed)?.len();
        Ok(Self::Disk(tokio::fs::File::from_std(file), size))
    }

    fn size(&self) -> u64 {
        match self {
            #[cfg(feature = "multipart")]
            Self::Memory(bytes) => bytes.len() as u64,
            Self::Disk(_, left) => *left,
        }
    }
}

/// A body that consists of several pieces.
pub struct Segments(VecDeque<Segment>);

impl FromIterator<Segment> for Segments {
    fn from_iter<I: IntoIterator<Item = Segment>>(segments: I) -> Self {
        Self(segments.into_iter().collect())
    }
}

/// How many bytes of a file are read at once.
const CHUNK: usize = 64 << 10;

impl HttpBody for Segments {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        let bytes = match self.0.front_mut() {
            None => return Poll::Ready(None),
            Some(Segment::Disk(file, left)) if *left > 0 => {
                let wanted = usize::try_from(*left).unwrap_or(CHUNK).min(CHUNK);
                let mut chunk = BytesMut::zeroed(wanted);
                let mut buffer = ReadBuf::new(&mut chunk);
                ready!(Pin::new(file).poll_read(cx, &mut buffer))?;
                let read = buffer.filled().len();
                if read == 0 {
                    return Poll::Ready(Some(Err(std::io::ErrorKind::UnexpectedEof.into())));
                }
                *left -= read as u64;
                chunk.truncate(read);
                return Poll::Ready(Some(Ok(Frame::data(chunk.freeze()))));
            }
            Some(Segment::Disk(..)) => Bytes::new(),
            #[cfg(feature = "multipart")]
            Some(Segment::Memory(bytes)) => std::mem::take(bytes),
        };
        self.0.pop_front();
        if bytes.is_empty() { self.poll_frame(cx) } else { Poll::Ready(Some(Ok(Frame::data(bytes)))) }
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0.iter().map(Segment::size).sum())
    }
}

/// A response body that is read piece by piece.
pub struct ByteStream(reqwest::Body);

impl ByteStream {
    /// Reads the body of a response.
    pub fn new(opened: Opened) -> Self {
        Self::of(opened.into_response())
    }

    pub(super) fn of(response: reqwest::Response) -> Self {
        Self(response.into())
    }

    /// Returns the next piece; `None` at the end.
    ///
    /// Fails if the connection is lost.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        std::future::poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await.transpose()
    }

    /// Reads the rest of the body into memory.
    ///
    /// Fails if the connection is lost.
    pub async fn bytes(mut self) -> Result<Bytes, TransportError> {
        let mut whole = BytesMut::new();
        while let Some(chunk) = self.chunk().await? {
            whole.extend_from_slice(&chunk);
        }
        Ok(whole.freeze())
    }

    /// Returns the body of the HTTP client, for example to forward it.
    pub fn into_body(self) -> reqwest::Body {
        self.0
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match ready!(Pin::new(&mut self.0).poll_frame(cx)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(TransportError::of_body(error)))),
                Some(Ok(frame)) => {
                    if let Ok(data) = frame.into_data() {
                        return Poll::Ready(Some(Ok(data)));
                    }
                }
            }
        }
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ByteStream")
    }
}
