//! What the crates that crategen generates have in common.
//!
//! Generated crates depend on this one and turn on the features that their document needs. Several APIs in one program share its
//! types: one [`models::Patch`] and [`models::Problem`], one `client::Transport` and `client::RetryPolicy`. A new version of it
//! brings its fixes to all of them without generating anything again.
//!
//! - [`models`]: objects, enums, unions, parameters, validation.
//! - `client` (feature `client`): calls on reqwest.
//! - `server` (feature `server`): routing and reading requests on axum.

#![forbid(unsafe_code)]
#![warn(missing_docs, unused_qualifications, clippy::pedantic)]
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
// Each of these would make the code longer, not clearer.
#![allow(clippy::module_name_repetitions, clippy::missing_errors_doc, clippy::must_use_candidate, clippy::doc_markdown)]
#![allow(
    clippy::match_same_arms,
    clippy::needless_pass_by_value,
    clippy::single_match_else,
    clippy::struct_excessive_bools
)]

#[cfg(feature = "client")]
pub mod client;
#[cfg(feature = "models")]
pub mod models;
#[cfg(feature = "server")]
pub mod server;
#[cfg(feature = "sources")]
pub mod sources;
mod version;

mod third_party {
    //! Crates that occur in the API of generated crates, so that these need not name a version of their own.
    #[cfg(feature = "server")]
    pub use axum;
    #[cfg(any(feature = "client", feature = "server", feature = "streams"))]
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
    #[cfg(feature = "models")]
    pub use serde;
    #[cfg(feature = "models")]
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
#[doc(no_inline)]
pub use third_party::*;
