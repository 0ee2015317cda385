//! Support code that crategen copies into the crates it generates.
//!
//! The files below `models/`, `client/` and `server/` are copied as they are, so they refer to each other by `super::` only.
//! Here they are compiled and tested alone.

/// A file to copy.
#[derive(Clone, Copy, Debug)]
pub struct Support {
    /// Its path below the folder of support files.
    pub path: &'static str,
    /// Its text.
    pub text: &'static str,
}

macro_rules! support {
    ($folder:literal: $($file:literal),* $(,)?) => {
        &[$(Support { path: $file, text: include_str!(concat!($folder, "/", $file)) }),*]
    };
}

/// What every models crate contains, in `src/support/`.
pub const MODELS: &[Support] = support!(
    "models/support": "mod.rs", "base64.rs", "constants.rs", "defaults.rs", "enums.rs", "never.rs", "object/mod.rs", "object/key.rs", "object/mode.rs", "object/properties.rs", "object/read.rs", "object/unknown.rs", "object/visit.rs", "operation.rs", "params/mod.rs",
    "params/deep.rs", "params/form.rs", "params/param.rs", "params/parts.rs", "params/read.rs", "params/table.rs", "params/write.rs", "patch.rs", "problem.rs", "strict.rs", "unions.rs", "validate.rs",
);

/// What a models crate contains in `src/` if the document has regular expressions.
pub const PATTERNS: &[Support] = support!("models": "patterns.rs");

/// What a models crate contains in `src/` if dates are those of the crate `time`.
pub const DATES: &[Support] = support!("models": "dates.rs");

/// What a models crate contains in `src/` if forms have files.
pub const FILES: &[Support] = support!("models": "files.rs");

/// What a models crate contains in `src/xml/` if bodies are XML.
pub const XML: &[Support] = support!("models/xml": "mod.rs", "element.rs", "name.rs", "read.rs", "tree.rs", "write.rs");

/// What a models crate contains in `src/` if answers are streams of events.
pub const EVENTS: &[Support] = support!("models": "events.rs");

/// What every client crate contains, in `src/runtime/`.
pub const CLIENT: &[Support] = support!(
    "client/runtime": "mod.rs", "api_error.rs", "arguments.rs", "authorize.rs", "blocking.rs", "budget.rs", "builder.rs", "call.rs", "client.rs", "credential.rs", "error.rs", "in_process.rs", "opened.rs", "payload.rs", "raw.rs",
    "redirect.rs", "request.rs", "response.rs", "retry.rs", "send.rs", "span.rs", "transport.rs",
);

/// What a client crate contains in `src/credentials/` if access tokens are had by the rules of OAuth 2.
pub const CLIENT_CREDENTIALS: &[Support] = support!(
    "client/credentials": "mod.rs", "authorization_code.rs", "authorization_server.rs", "cache.rs", "client_id.rs", "device.rs",
    "error.rs", "exchange.rs", "grant.rs", "token.rs",
);

/// What a client crate contains in `src/` if bodies are sent or received piece by piece.
pub const CLIENT_STREAMS: &[Support] = support!("client": "streams.rs");

/// What a client crate contains in `src/` if forms have files.
pub const CLIENT_MULTIPART: &[Support] = support!("client": "multipart.rs");

/// What a client crate contains in `src/` if lists come page by page.
pub const CLIENT_PAGINATION: &[Support] = support!("client": "pagination.rs");

/// What a client crate contains in `src/events/` if answers are streams of events or of JSON values.
pub const CLIENT_EVENTS: &[Support] =
    support!("client/events": "mod.rs", "error.rs", "event_stream.rs", "line_stream.rs", "parse.rs");

/// What every server crate contains, in `src/runtime/`.
pub const SERVER: &[Support] = support!(
    "server/runtime": "mod.rs", "accept.rs", "api.rs", "authenticate.rs", "bounds.rs", "credential.rs", "docs.rs", "error.rs", "incoming.rs", "mock.rs", "respond.rs",
    "route.rs", "router.rs", "shutdown.rs", "with_headers.rs",
);

/// What a client crate contains in `src/` if successes lead to further calls.
pub const CLIENT_LINKS: &[Support] = support!("client": "links.rs");

/// What a client crate contains in `src/` if bodies are XML.
pub const CLIENT_XML: &[Support] = support!("client": "xml.rs");

/// What a server crate contains in `src/` if bodies are XML.
pub const SERVER_XML: &[Support] = support!("server": "xml.rs");

/// What a server crate contains in `src/` if forms have files.
pub const SERVER_MULTIPART: &[Support] = support!("server": "multipart.rs");

/// What a server crate contains in `src/` if answers are streams of events or of JSON values.
pub const SERVER_EVENTS: &[Support] = support!("server": "events.rs");

#[cfg(test)]
#[allow(dead_code, unused_imports, missing_docs, clippy::pedantic)]
mod models {
    mod dates;
    pub mod events;
    pub mod files;
    #[path = "support/object/object_tests.rs"]
    mod object_tests;
    mod patterns;
    #[path = "support/params/property_tests.rs"]
    mod property_tests;
    #[path = "support/params/style_tests.rs"]
    mod style_tests;
    pub mod support;
    pub mod xml;
    #[path = "xml/xml_tests.rs"]
    mod xml_tests;
    use support::params;

    pub use events::StreamEvent;
    pub use files::FilePart;
    pub use support::{Base64, Patch, problem};
    pub mod operations {
        pub use super::support::operation::{Operation, Requirement};
        pub const ALL: &[Operation] = &[];
    }
}

#[cfg(test)]
#[allow(dead_code, unused_imports, missing_docs, clippy::pedantic)]
mod client {
    use super::models;
    mod credentials;
    pub mod events;
    mod links;
    mod multipart;
    pub mod pagination;
    pub mod runtime;
    pub mod streams;
    mod xml;
}

#[cfg(test)]
#[allow(dead_code, unused_imports, missing_docs, clippy::pedantic)]
mod server {
    use super::models;
    #[path = "runtime/authenticate_tests.rs"]
    mod authenticate_tests;
    #[path = "runtime/bounds_tests.rs"]
    mod bounds_tests;
    mod credentials;
    pub mod events;
    mod multipart;
    pub mod runtime;
    mod xml;
}
