//! How requests are served: the same for every operation, so it is written once.

mod accept;
mod api;
mod authenticate;
mod bounds;
mod credential;
#[cfg(feature = "docs")]
mod docs;
mod error;
mod incoming;
#[cfg(feature = "mock")]
pub(crate) mod mock;
mod respond;
mod route;
mod router;
#[cfg(feature = "serve")]
mod shutdown;
mod with_headers;

#[allow(unused_imports)]
pub(crate) use api::no_operations;
pub use api::{Api, AuthError, Context, RequestInfo};
pub use credential::{ApiKey, Basic, ClientCertificate};
#[cfg(feature = "docs")]
pub(crate) use docs::docs_routes;
pub use error::{BoxError, Failure, Rejection};
#[allow(unused_imports)]
pub(crate) use error::{not_implemented, operation_error};
pub use incoming::Incoming;
#[allow(unused_imports)]
pub(crate) use incoming::default;
pub use respond::problem;
#[allow(unused_imports)]
pub(crate) use respond::{bytes, empty, json, stream, text};
pub(crate) use route::Route;
pub use router::Settings;
pub(crate) use router::{Routes, with_fallbacks};
#[cfg(feature = "serve")]
pub(crate) use shutdown::shutdown;
pub use with_headers::WithHeaders;
#[allow(unused_imports)]
pub(crate) use with_headers::with_headers;

use super::{credentials, models};
