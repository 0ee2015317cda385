//! How calls are made: the same for every operation, so it is written once.

mod api_error;
mod arguments;
mod authorize;
#[cfg(feature = "blocking")]
mod blocking;
mod budget;
mod builder;
mod call;
mod client;
mod credential;
mod error;
#[cfg(feature = "in-process")]
mod in_process;
mod opened;
mod payload;
mod raw;
mod redirect;
mod request;
mod response;
mod retry;
mod send;
mod span;
mod transport;

pub use api_error::{Answer, ApiError};
#[allow(unused_imports)]
pub(crate) use api_error::{api_error, display_failure};
pub use arguments::Arguments;
pub use builder::{BuildError, ClientBuilder};
pub use call::{ApiOperation, Call, Read};
pub use client::Client;
#[allow(unused_imports)]
pub(crate) use credential::Connect;
pub use credential::{CredentialProvider, Scheme, SchemePlace};
pub use error::{CallError, DecodeError, Error, RequestError, Result, TransportError};
#[cfg(feature = "in-process")]
pub use in_process::InProcess;
pub use opened::Opened;
#[allow(unused_imports)]
pub(crate) use opened::Reopen;
#[allow(unused_imports)]
pub(crate) use payload::{Open, Payload};
pub use raw::RawRequest;
pub use request::Request;
pub use response::{RawResponse, Response};
pub use retry::RetryPolicy;
pub use transport::{BoxError, BoxFuture, Transport};

use super::models;
