//! Runs the generated client against the service, over a socket.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod concurrent;
mod operations;
mod process;
mod queries;
mod readme;
mod restarts;
mod secrets;
mod support;
