//! Streams of server-sent events and of JSON values.

mod error;
mod event_stream;
mod line_stream;
mod parse;

pub use error::StreamError;
pub use event_stream::EventStream;
pub use line_stream::LineStream;

use crate::models::StreamEvent;
