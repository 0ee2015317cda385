//! Types shared by all APIs, and what generated types are made of: objects, enums, unions, parameters, validation.
//!
//! Application code uses the types that are re-exported here, such as [`Patch`] and [`Problem`]. The modules and the
//! macros support generated code.

mod base64;
pub mod constants;
#[cfg(feature = "time")]
mod dates;
pub mod defaults;
#[cfg(any(feature = "client", feature = "server"))]
mod detached;
pub mod enums;
#[cfg(feature = "events")]
mod events;
#[cfg(feature = "multipart")]
pub mod files;
mod into_patch;
mod json;
pub mod media_type;
mod never;
mod node;
pub mod object;
mod operation;
pub mod params;
mod patch;
#[cfg(feature = "patterns")]
mod patterns;
pub mod problem;
pub mod rules;
mod strict;
pub mod unions;
pub mod validate;
mod with_headers;
mod with_media_type;
#[cfg(feature = "xml")]
pub mod xml;

pub use base64::Base64;
#[cfg(feature = "time")]
pub use dates::{Date, DateTime};
pub use defaults::Defaults;
#[cfg(any(feature = "client", feature = "server"))]
pub(crate) use detached::detached;
#[cfg(feature = "events")]
pub use events::StreamEvent;
#[cfg(feature = "multipart")]
pub use files::FilePart;
pub use into_patch::IntoPatch;
pub use json::{again, from_json};
pub use never::Never;
pub use node::{Node, NodeError};
pub use operation::{Operation, Requirement};
pub use patch::Patch;
#[cfg(feature = "patterns")]
pub use patterns::{OwnedPattern, Pattern};
pub use problem::{Problem, Violation};
pub use rules::Rules;
pub use strict::{refuse, strict};
pub use validate::{Checks, Invalid, Validate};
pub use with_headers::WithHeaders;
pub use with_media_type::WithMediaType;
