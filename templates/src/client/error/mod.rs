//! Errors of clients.

mod any;
mod build;
mod call;
mod decode;
mod request;
mod send;
mod transport;

pub use any::{Error, Result};
pub use build::BuildError;
pub use call::CallError;
pub use decode::DecodeError;
pub use request::RequestError;
pub(super) use send::SendError;
pub use transport::TransportError;
