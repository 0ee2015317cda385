//! Calls of operations.

use std::time::Duration;

use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::api_error::ApiError;
use super::arguments::Arguments;
use super::error::{CallError, DecodeError, RequestError, TransportError};
use super::handle::Client;
use super::media_type::Head;
use super::opened::Opened;
#[cfg(feature = "events")]
use super::reopen::Reopen;
use super::request::Request;
use super::response::{self, RawResponse, Response};
use super::retry::RetryPolicy;
use super::send::{self, IsWhole, Received};
use super::transport::BoxFuture;
use crate::models::Operation;
use crate::models::params::Params;

/// An operation: its arguments, and how its responses are read.
pub trait ApiOperation: Send + Sync + 'static {
    /// The body of a successful response.
    type Output: Send;
    /// The documented headers of a successful response.
    type Headers: Params + Send;
    /// The documented errors.
    type Error: ApiError;

    /// The description of the operation.
    const OPERATION: &'static Operation;

    /// Writes the arguments into a request.
    fn write(&self, request: &mut Arguments);

    /// How a successful response is read.
    const READ: Read<Self::Output>;

    /// Returns whether a status is a documented success.
    fn is_success(status: u16) -> bool {
        (200..300).contains(&status)
    }
}

type Reader<O> = fn(&RawResponse) -> Result<<O as ApiOperation>::Output, DecodeError>;
/// A response whose headers have not been read.
pub(super) type Outcome<O, T> = Result<Response<T>, CallError<<O as ApiOperation>::Error>>;

/// A response with its documented headers.
pub(super) type Typed<O> =
    Result<Response<<O as ApiOperation>::Output, <O as ApiOperation>::Headers>, CallError<<O as ApiOperation>::Error>>;

fn failure<O: ApiOperation>(raw: RawResponse) -> CallError<O::Error> {
    CallError::Api { operation: O::OPERATION, error: O::Error::from_response(raw.clone()), response: Box::new(raw) }
}

/// How a successful response is read.
#[derive(Debug)]
pub enum Read<T> {
    /// From a complete response.
    Buffered(fn(&RawResponse) -> Result<T, DecodeError>),
    /// From a response whose body has not been read.
    Streamed(fn(Opened) -> T),
    /// From one or the other, depending on the status.
    Either {
        /// Returns whether the body is streamed.
        is_streamed: fn(u16) -> bool,
        /// Reads a response whose body has not been read.
        open: fn(Opened) -> T,
        /// Reads a complete response.
        read: fn(&RawResponse) -> Result<T, DecodeError>,
    },
    /// From one or the other, depending on the status and the media type.
    ByMediaType {
        /// Returns whether the body is streamed.
        is_streamed: fn(&Head<'_>) -> bool,
        /// Reads a response whose body has not been read.
        open: fn(Opened) -> T,
        /// Reads a complete response.
        read: fn(&RawResponse) -> Result<T, DecodeError>,
    },
}

impl<T: DeserializeOwned> Read<T> {
    /// Reads JSON.
    pub const JSON: Self = Self::Buffered(RawResponse::decode);
}

impl Read<()> {
    /// Reads nothing.
    pub const NOTHING: Self = Self::Buffered(|_| Ok(()));
}

/// A call of an operation: set options, then `.await` it. It keeps its client, so functions can return it and tasks can take it.
#[derive(Clone)]
#[must_use = "a call does nothing until it is awaited"]
pub struct Call<O> {
    /// The client that sends the request.
    pub client: Client,
    /// The arguments of the operation.
    pub operation: O,
    pub(super) options: Options,
}

/// The settings of one call that differ from those of its client. `Debug` prints no header.
#[derive(Clone, Default)]
pub(super) struct Options {
    pub headers: Vec<(String, String)>,
    pub timeout: Option<Duration>,
    pub total_timeout: Option<Duration>,
    pub retry: Option<RetryPolicy>,
    pub base_url: Option<String>,
}

impl<O: ApiOperation> Call<O> {
    /// Creates a call with these arguments and the settings of the client.
    pub fn new(client: &Client, operation: O) -> Self {
        Self { client: client.clone(), operation, options: Options::default() }
    }

    /// Sets a header of the request. Known credentials are not sent to other hosts: `Authorization`, `Cookie`,
    /// `Proxy-Authorization`, and the headers of security schemes and of
    /// [`secret_header`](super::ClientBuilder::secret_header).
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.options.headers.push((name.into(), value.into()));
        self
    }

    /// Sets how long one attempt can take.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
        self
    }

    /// Sets how long the call can take, with all attempts, redirects and pauses.
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.options.total_timeout = Some(timeout);
        self
    }

    /// Sets when failed attempts are retried.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.options.retry = Some(policy);
        self
    }

    /// Sends the request to another base URL: that of the client, and that of the operation if it has one, are not used. Headers
    /// of [`secret_header`](super::ClientBuilder::secret_header) are not sent to other hosts.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.options.base_url = Some(url.into());
        self
    }

    /// Sends the request and returns the body of the response, as `.await` does.
    ///
    /// Fails with the documented error if the server responds with one, and if the request cannot be built or sent or
    /// the response cannot be decoded.
    pub async fn send(self) -> Result<O::Output, CallError<O::Error>> {
        let mut request = prepare(&self)?;
        Ok(self.send_request(&mut request).await?.body)
    }

    /// Sends the request and returns the response with its status and headers.
    ///
    /// Fails as [`Self::send`] does, and if a required header is missing or malformed.
    pub async fn send_response(self) -> Typed<O> {
        let mut request = prepare(&self)?;
        let Response { status, headers, body, .. } = self.send_request(&mut request).await?;
        match response::typed_headers(&headers) {
            Ok(typed) => Ok(Response { status, headers, typed, body }),
            Err(error) => {
                Err(CallError::Decode(error.of(O::OPERATION, RawResponse { status, headers, body: Bytes::new() })))
            }
        }
    }

    pub(super) async fn send_request(&self, request: &mut Request) -> Outcome<O, O::Output> {
        match O::READ {
            Read::Buffered(read) => buffered(self, request, read).await,
            Read::Streamed(open) => streamed(self, request, open).await,
            Read::Either { is_streamed, open, read } => {
                either(self, request, &|head| is_streamed(head.status), open, read).await
            }
            Read::ByMediaType { is_streamed, open, read } => either(self, request, &is_streamed, open, read).await,
        }
    }

    /// Creates the request. If a URL is given, which must be below the base URL, its path and query replace those of the
    /// operation.
    #[cfg(feature = "pagination")]
    pub(super) fn request_to(&self, url: Option<&str>) -> Result<Request, RequestError> {
        let mut request = prepare(self)?;
        if let Some(url) = url {
            request.follow_link(url, &self.client.core().base_url)?;
        }
        Ok(request)
    }

    /// Sends the request with another `Accept` header, and returns the body of a successful response as a stream.
    ///
    /// Fails as [`Self::send`] does.
    pub async fn send_opened<T>(
        self,
        media_type: &'static str,
        open: fn(Opened) -> T,
    ) -> Result<T, CallError<O::Error>> {
        let mut request = prepare(&self)?;
        request.accept(media_type);
        Ok(streamed(&self, &mut request, open).await?.body)
    }

    /// Sends the request and returns the response of the HTTP client, whatever its status is. The body has not been
    /// read.
    ///
    /// Fails if the request cannot be built or sent.
    pub async fn send_raw(self) -> Result<reqwest::Response, TransportError> {
        match prepare(&self) {
            Ok(mut request) => {
                send::raw(self.client.core(), O::OPERATION, &mut request, &self.options).await.map_err(Into::into)
            }
            Err(error) => Err(TransportError::from_request(error)),
        }
    }
}

// These helpers are functions, so that no setter of an operation can collide with them.

fn prepare<O: ApiOperation>(call: &Call<O>) -> Result<Request, RequestError> {
    let mut arguments = Arguments::new(O::OPERATION);
    call.operation.write(&mut arguments);
    let mut request = arguments.into_request()?;
    let core = call.client.core();
    let of_operation = O::OPERATION.server.filter(|_| !core.only_base_url);
    if let Some(server) = call.options.base_url.as_deref().or(of_operation) {
        request.server(server, &core.base_url)?;
    }
    request.follow = !O::is_success(302);
    Ok(request)
}

async fn buffered<O: ApiOperation>(call: &Call<O>, request: &mut Request, read: Reader<O>) -> Outcome<O, O::Output> {
    let raw = send::buffered(call.client.core(), O::OPERATION, request, &call.options).await?;
    if O::is_success(raw.status.as_u16()) { whole::<O>(raw, read) } else { Err(failure::<O>(raw)) }
}

async fn streamed<O: ApiOperation, T>(call: &Call<O>, request: &mut Request, open: fn(Opened) -> T) -> Outcome<O, T> {
    let received = success(call, request, &|_| false).await?;
    Ok(opened(call, request, received.head, open))
}

async fn either<O: ApiOperation>(
    call: &Call<O>,
    request: &mut Request,
    is_streamed: IsWhole<'_>,
    open: fn(Opened) -> O::Output,
    read: Reader<O>,
) -> Outcome<O, O::Output> {
    let received = success(call, request, &|head| !is_streamed(head)).await?;
    if is_streamed(&received.head()) {
        Ok(opened(call, request, received.head, open))
    } else {
        whole::<O>(received.into_raw(), read)
    }
}

/// Sends the request and returns a successful response, which is read if `is_whole` says so.
async fn success<O: ApiOperation>(
    call: &Call<O>,
    request: &mut Request,
    is_whole: IsWhole<'_>,
) -> Result<Received, CallError<O::Error>> {
    // Errors are read here, so that the time limit covers their bodies.
    let is_whole = |head: &Head<'_>| !O::is_success(head.status) || is_whole(head);
    let received = send::send(call.client.core(), O::OPERATION, request, &call.options, &is_whole).await?;
    if O::is_success(received.status()) { Ok(received) } else { Err(failure::<O>(received.into_raw())) }
}

fn opened<O: ApiOperation, T>(
    call: &Call<O>,
    request: &Request,
    response: reqwest::Response,
    open: fn(Opened) -> T,
) -> Response<T> {
    // Only streams of events send the request again.
    #[cfg(not(feature = "events"))]
    let _ = request;
    let (status, headers) = (response.status(), response.headers().clone());
    let opened = Opened {
        limit: call.client.core().max_response_bytes,
        #[cfg(feature = "events")]
        reopen: Reopen {
            core: call.client.shared_core(),
            operation: O::OPERATION,
            request: request.clone(),
            options: call.options.clone(),
        },
        response,
    };
    Response { status, headers, typed: (), body: open(opened) }
}

fn whole<O: ApiOperation>(raw: RawResponse, read: Reader<O>) -> Outcome<O, O::Output> {
    match read(&raw) {
        Ok(body) => Ok(Response { status: raw.status, headers: raw.headers, typed: (), body }),
        Err(error) => Err(CallError::Decode(error.of(O::OPERATION, raw))),
    }
}

impl<O: ApiOperation> IntoFuture for Call<O> {
    type Output = Result<O::Output, CallError<O::Error>>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

/// Prints no credential.
impl std::fmt::Debug for Options {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let headers: Vec<&String> = self.headers.iter().map(|(name, _)| name).collect();
        f.debug_struct("Options").field("headers", &headers).finish_non_exhaustive()
    }
}

impl<O: ApiOperation> std::fmt::Debug for Call<O> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Call").field("operation", &O::OPERATION.id).finish_non_exhaustive()
    }
}
