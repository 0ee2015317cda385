//! Bodies that consist of several pieces.

use std::collections::VecDeque;
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use http_body::{Body as HttpBody, Frame, SizeHint};
use tokio::io::{AsyncRead, ReadBuf};

use crate::client::error::RequestError;

/// A piece of a body.
pub(in crate::client) enum Segment {
    /// Bytes in memory.
    #[cfg(feature = "multipart")]
    Memory(Bytes),
    /// An open file, and how many bytes of it are left.
    Disk(tokio::fs::File, u64),
}

impl Segment {
    /// Opens a file.
    pub fn open(path: &Path) -> Result<Self, RequestError> {
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
pub(in crate::client) struct Segments(VecDeque<Segment>);

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
