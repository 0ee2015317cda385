//! Servers on axum: routing, authentication, reading requests and sending responses.
//!
//! A generated server has its own `Api` trait, `Credentials` and `Server`; everything else is shared by all servers.

mod accept;
mod api_trait;
mod authenticate;
mod bounds;
mod context;
mod credential;
#[cfg(feature = "docs")]
mod docs;
mod error;
#[cfg(feature = "events")]
mod events;
mod head;
mod incoming;
mod limits;
#[cfg(feature = "mock")]
mod mock;
#[cfg(feature = "multipart-server")]
mod multipart;
mod no_operations;
#[cfg(feature = "multipart-server")]
mod paced;
mod panics;
mod received;
mod redacted;
mod respond;
mod route;
mod router;
#[cfg(feature = "serve")]
mod serve;
mod service;
mod template;
mod with_headers;
mod with_media_type;
mod work;
#[cfg(feature = "xml")]
mod xml;

pub use accept::Accept;
pub use authenticate::{Challenges, Satisfied};
pub use context::{AuthError, Context, RequestHead, RequestInfo};
pub use credential::{ApiKey, Basic, ClientCertificate};
#[cfg(feature = "docs")]
pub use docs::docs_routes;
pub use error::{BoxError, Failure, Rejection, log_internal_error, not_implemented};
#[cfg(feature = "events")]
pub use events::{Disconnected, EventBody, LineBody, StreamSender, WholeOrEvents, json_events, lines, text_events};
pub use incoming::{Incoming, default};
pub use limits::Limits;
#[cfg(feature = "mock")]
pub use mock::Examples;
pub use respond::{bytes, empty, json, problem, stream, text, text_of};
pub use route::Route;
pub use router::{Respond, Routes, Settings, with_fallbacks};
#[cfg(feature = "serve")]
pub use serve::{serve, serve_until};
pub use with_headers::with_headers;
pub use with_media_type::with_media_type;
#[cfg(feature = "xml")]
pub use xml::xml;

pub use crate::models::{WithHeaders, WithMediaType, params, validate};
