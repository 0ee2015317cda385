//! The runtime of the crates that [crategen](https://github.com/crategen/crategen) generates from OpenAPI documents.
//!
//! Generated crates depend on this crate and enable the features that their document needs. All APIs in a program share
//! its types, and a new version brings its fixes to all of them without generating code again.
//!
//! # What applications use
//!
//! | item | purpose |
//! |---|---|
//! | [`models::Patch`] | a property that is absent, `null` or a value |
//! | [`models::Problem`], [`models::Violation`] | problem details (RFC 9457) |
//! | [`models::Validate`], [`models::Invalid`] | validation of values |
//! | [`models::Base64`], `models::FilePart`, `models::StreamEvent` | bytes, files and server-sent events |
//! | `client::Transport`, `client::InProcess` | how requests are sent |
//! | `client::RetryPolicy` | when failed attempts are retried |
//! | `client::CredentialProvider`, `client::credentials` | credentials that change, access tokens of OAuth 2 |
//! | `client::CallError`, `client::Error` | errors of calls |
//! | `server::Context`, `server::RequestInfo` | the request that a handler serves |
//! | `server::AuthError`, `server::Rejection` | requests that are refused |
//!
//! Generated crates re-export what their users need, so few programs name this crate in their manifest. One that uses
//! several APIs can share values between them:
//!
#![cfg_attr(feature = "client", doc = "```")]
#![cfg_attr(not(feature = "client"), doc = "```ignore")]
//! use std::time::Duration;
//! use crategen_runtime::client::RetryPolicy;
//! use crategen_runtime::models::Patch;
//!
//! // Every generated client accepts this policy.
//! let policy = RetryPolicy::default().retries(5).pause(Duration::from_millis(100));
//!
//! // And every generated type uses this `Patch`.
//! let name: Patch<String> = "Ada".into();
//! assert!(!name.is_absent());
//! # drop(policy);
//! ```
//!
//! # Modules
//!
//! - `models` (feature `models`): objects, enums, unions, parameters, validation.
//! - `client` (feature `client`): clients on reqwest.
//! - `server` (feature `server`): servers on axum.
//!
//! The macros are part of the generated code. Their tables can change when the version becomes 0.2; [`generated_by`] checks it.

#![cfg_attr(not(feature = "models"), allow(rustdoc::broken_intra_doc_links))]
#![forbid(unsafe_code)]

#[cfg(feature = "client")]
pub mod client;
#[cfg(feature = "models")]
pub mod models;
#[cfg(feature = "server")]
pub mod server;
#[cfg(feature = "sources")]
pub mod sources;
mod version;

#[cfg(feature = "models")]
mod third_party {
    //! Crates whose types occur in generated code, so that generated crates do not need dependencies of their own.
    #[cfg(feature = "server")]
    pub use axum;
    #[cfg(any(feature = "bytes", feature = "client", feature = "server", feature = "streams"))]
    pub use bytes;
    #[cfg(feature = "chrono")]
    pub use chrono;
    #[cfg(any(feature = "client", feature = "server"))]
    pub use http;
    #[cfg(feature = "indexmap")]
    pub use indexmap;
    #[cfg(feature = "jiff")]
    pub use jiff;
    #[cfg(feature = "client")]
    pub use reqwest;
    pub use serde;
    pub use serde_json;
    #[cfg(feature = "time")]
    pub use time;
    #[cfg(any(feature = "client", feature = "serve"))]
    pub use tokio;
    #[cfg(feature = "client")]
    pub use url;
    #[cfg(feature = "uuid")]
    pub use uuid;
}
#[cfg(feature = "models")]
#[doc(no_inline)]
pub use third_party::*;
