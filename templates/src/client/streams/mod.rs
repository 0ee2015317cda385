//! Bodies that are sent and received piece by piece.

mod byte_stream;
mod segments;
mod upload_body;

pub use byte_stream::ByteStream;
#[cfg(feature = "multipart")]
pub(super) use segments::{Segment, Segments};
pub use upload_body::UploadBody;
