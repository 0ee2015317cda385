//! Clients on reqwest: building requests, credentials, retries, redirects, and reading responses.
//!
//! A generated client wraps [`Client`], [`ClientBuilder`] and [`Call`] in types of its own, because only those can have
//! methods for the operations and security schemes of one document. Everything else is shared by all clients.

mod api_error;
mod arguments;
mod authorize;
#[cfg(feature = "pagination")]
mod below;
#[cfg(feature = "blocking")]
mod blocking;
mod budget;
mod builder;
mod call;
mod credential;
#[cfg(feature = "oauth")]
pub mod credentials;
#[macro_use]
mod error;
#[cfg(feature = "events")]
mod events;
mod handle;
#[cfg(feature = "in-process")]
mod in_process;
#[cfg(feature = "links")]
pub mod links;
mod media_type;
mod message;
#[cfg(feature = "multipart")]
mod multipart;
mod opened;
#[cfg(feature = "pagination")]
pub mod pagination;
mod payload;
mod raw;
mod redirect;
#[cfg(feature = "events")]
mod reopen;
mod request;
mod response;
mod retry;
mod send;
mod span;
#[cfg(feature = "streams")]
mod streams;
mod transport;
mod user_info;
#[cfg(feature = "xml")]
mod xml;

pub use api_error::{ApiError, ErrorResponse, display_failure};
pub use arguments::Arguments;
pub use builder::ClientBuilder;
pub use call::{ApiOperation, Call, Read};
pub use credential::{CredentialProvider, Scheme, SchemePlace};
pub use error::{BuildError, CallError, DecodeError, Error, RequestError, Result, TransportError};
#[cfg(feature = "events")]
pub use events::{EventStream, LineStream, StreamError};
pub use handle::Client;
#[cfg(feature = "in-process")]
pub use in_process::InProcess;
pub use media_type::Head;
pub use message::message_of;
pub use opened::Opened;
pub use raw::RawRequest;
pub use request::Request;
pub use response::{RawResponse, Response, typed_headers};
pub use retry::RetryPolicy;
#[cfg(feature = "streams")]
pub use streams::{ByteStream, UploadBody};
pub use transport::{BoxError, BoxFuture, Transport};

pub use crate::models::{WithHeaders, WithMediaType, params, validate};
