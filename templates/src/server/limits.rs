//! The limits of a server.

use std::time::Duration;

/// The limits of a server: what one request, one connection and one shutdown can take.
///
/// Those that concern connections apply to `Server::serve`. The others apply to every server that the router is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The largest body that is held in memory, and the largest text of a form with files, in bytes; 413 above it.
    /// Default: 2 MiB.
    pub body: usize,
    /// The size of all files of a form together, in bytes; 413 above it. Default: 64 MiB.
    pub upload: u64,
    /// The number of parts of a `multipart/form-data` body; 413 above it. Default: 1,000.
    pub parts: usize,
    /// The size of the headers of one part, in bytes; 413 above it. Default: 8 KiB.
    pub part_headers: usize,
    /// The number of fields of a form, with 413 above it, and of parameters in a query, with 414 above it.
    /// Default: 10,000.
    pub fields: usize,
    /// How many bytes of a body are discarded after the request was refused, so that the caller receives the response
    /// before the connection is closed. Default: 8 MiB.
    pub drain: u64,
    /// How long a body is discarded. Default: 5 s.
    pub drain_timeout: Duration,
    /// How long an operation can take until its response begins; 503 after it. Default: no limit.
    pub request_timeout: Option<Duration>,
    /// How many operations can run at once, each until its response begins; 503 above it. Default: no limit.
    pub concurrency: Option<usize>,
    /// How many connections can be open; further callers wait until one is closed. Default: 10,000.
    pub connections: usize,
    /// How long a request can take until its headers are complete. Then the connection is closed. Default: 30 s.
    pub header_timeout: Duration,
    /// How long a connection can be open without a request. Default: 60 s.
    pub idle_timeout: Duration,
    /// How long a request body can stall, with 408 after it, also one that a handler receives as a stream; and how long a
    /// caller can leave a response unread, after which the connection is closed. Default: 30 s.
    pub stall_timeout: Duration,
    /// How fast a request body must arrive on average, in bytes per second, once it has taken as long as
    /// [`Self::stall_timeout`]; 408 below it. It does not concern bodies that a handler receives as a stream.
    /// Default: 1 KiB.
    pub body_rate: u64,
    /// How long requests in progress, streams of events among them, can go on after the signal to shut down. Then their
    /// connections are closed. Default: 20 s.
    pub shutdown_grace: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body: 2 << 20,
            upload: 64 << 20,
            parts: 1_000,
            part_headers: 8 << 10,
            fields: 10_000,
            drain: 8 << 20,
            drain_timeout: Duration::from_secs(5),
            request_timeout: None,
            concurrency: None,
            connections: 10_000,
            header_timeout: Duration::from_secs(30),
            idle_timeout: Duration::from_secs(60),
            stall_timeout: Duration::from_secs(30),
            body_rate: 1 << 10,
            shutdown_grace: Duration::from_secs(20),
        }
    }
}
