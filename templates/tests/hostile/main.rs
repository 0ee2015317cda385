//! Attacks on servers and clients, each of which must end within a stated time.

#![allow(clippy::pedantic, missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[cfg(all(feature = "events", feature = "oauth", feature = "pagination"))]
mod hostile_client;
#[cfg(all(feature = "server", feature = "serve", feature = "multipart-server"))]
mod hostile_server;
#[cfg(all(unix, feature = "serve", feature = "events"))]
mod hostile_shutdown;
