//! Calls of operations.

use std::time::Duration;

use serde::de::DeserializeOwned;

use super::api_error::ApiError;
use super::arguments::Arguments;
use super::error::{CallError, DecodeError, RequestError, TransportError};
use super::handle::Client;
use super::opened::Opened;
#[cfg(feature = "events")]
use super::reopen::Reopen;
use super::request::Request;
use super::response::{self, RawResponse, Response};
use super::retry::RetryPolicy;
use super::send;
use super::transport::BoxFuture;
use crate::models::Operation;
use crate::models::params::Params;

/// An operation: its arguments, and how its responses are read.
pub trait ApiOperation: Send + Sync {
    /// The body of a successful response.
    type Output: Send;
    /// The documented headers of a successful response.
    type Headers: Params + Default + Send;
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
pub(super) type Outcome<O, T> =
    Result<Response<T, <O as ApiOperation>::Headers>, CallError<<O as ApiOperation>::Error>>;

fn failure<O: ApiOperation>(raw: RawResponse) -> CallError<O::Error> {
    CallError::Api { operation: O::OPERATION, error: O::Error::from_response(raw) }
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
}

impl<T: DeserializeOwned> Read<T> {
    /// Reads JSON.
    pub const JSON: Self = Self::Buffered(RawResponse::decode);
}

impl Read<()> {
    /// Reads nothing.
    pub const NOTHING: Self = Self::Buffered(|_| Ok(()));
}

/// A call of an operation: set options, then `.await` it.
#[derive(Clone)]
#[must_use = "a call does nothing until it is awaited"]
pub struct Call<'c, O> {
    /// The client that sends the request.
    pub client: &'c Client,
    /// The arguments of the operation.
    pub operation: O,
    pub(super) options: Options,
}

/// The settings of one call that differ from those of its client.
#[derive(Clone, Debug, Default)]
pub(super) struct Options {
    pub headers: Vec<(String, String)>,
    pub timeout: Option<Duration>,
    pub retry: Option<RetryPolicy>,
}

impl<'c, O: ApiOperation> Call<'c, O> {
    /// Creates a call with these arguments and the settings of the client.
    pub fn new(client: &'c Client, operation: O) -> Self {
        Self { client, operation, options: Options::default() }
    }

    /// Sets a header of the request.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.options.headers.push((name.into(), value.into()));
        self
    }

    /// Sets how long one attempt can take.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
        self
    }

    /// Sets when failed attempts are retried.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.options.retry = Some(policy);
        self
    }

    /// Sends the request and returns the body of the response, as `.await` does.
    ///
    /// Fails with the documented error if the server responds with one, and if the request cannot be built or sent or
    /// the response cannot be decoded.
    pub async fn send(self) -> Result<O::Output, CallError<O::Error>> {
        Ok(self.send_response().await?.body)
    }

    /// Sends the request and returns the response with its status and headers.
    ///
    /// Fails as [`Self::send`] does.
    pub async fn send_response(self) -> Result<Response<O::Output, O::Headers>, CallError<O::Error>> {
        self.send_to(None).await
    }

    /// Sends the request as [`Self::send_response`] does. If a URL is given, it is sent to that URL, which must be on
    /// the same host and whose query replaces the query parameters.
    pub async fn send_to(self, url: Option<String>) -> Outcome<O, O::Output> {
        let mut request = prepare(&self)?;
        if let Some(url) = url {
            request.follow_link(&url, &self.client.core().base_url)?;
        }
        match O::READ {
            Read::Buffered(read) => buffered(self, request, read).await,
            Read::Streamed(open) => streamed(self, request, open).await,
            Read::Either { is_streamed, open, read } => either(self, request, is_streamed, open, read).await,
        }
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
        Ok(streamed(self, request, open).await?.body)
    }

    /// Sends the request and returns the response of the HTTP client, whatever its status is. The body has not been
    /// read.
    ///
    /// Fails if the request cannot be built or sent.
    pub async fn send_raw(self) -> Result<reqwest::Response, TransportError> {
        match prepare(&self) {
            Ok(request) => {
                send::raw(self.client.core(), O::OPERATION, request, &self.options).await.map_err(Into::into)
            }
            Err(error) => Err(TransportError::from_request(error)),
        }
    }
}

// These helpers are functions, so that no setter of an operation can collide with them.

fn prepare<O: ApiOperation>(call: &Call<'_, O>) -> Result<Request, RequestError> {
    let mut arguments = Arguments::new(O::OPERATION);
    call.operation.write(&mut arguments);
    let mut request = arguments.into_request()?;
    request.follow = !O::is_success(302);
    Ok(request)
}

async fn buffered<O: ApiOperation>(call: Call<'_, O>, request: Request, read: Reader<O>) -> Outcome<O, O::Output> {
    let raw = send::buffered(call.client.core(), O::OPERATION, request, &call.options).await?;
    if O::is_success(raw.status.as_u16()) { whole::<O>(raw, read) } else { Err(failure::<O>(raw)) }
}

async fn streamed<O: ApiOperation, T>(call: Call<'_, O>, request: Request, open: fn(Opened) -> T) -> Outcome<O, T> {
    let response = success(&call, &request).await?;
    Ok(opened(call, request, response, open))
}

async fn either<O: ApiOperation>(
    call: Call<'_, O>,
    request: Request,
    is_streamed: fn(u16) -> bool,
    open: fn(Opened) -> O::Output,
    read: Reader<O>,
) -> Outcome<O, O::Output> {
    let response = success(&call, &request).await?;
    if is_streamed(response.status().as_u16()) {
        return Ok(opened(call, request, response, open));
    }
    whole::<O>(send::read_whole(call.client.core(), O::OPERATION, response).await?, read)
}

/// Sends the request and returns a successful response whose body has not been read.
async fn success<O: ApiOperation>(
    call: &Call<'_, O>,
    request: &Request,
) -> Result<reqwest::Response, CallError<O::Error>> {
    let core = call.client.core();
    let response = send::raw(core, O::OPERATION, request.clone(), &call.options).await?;
    if O::is_success(response.status().as_u16()) {
        Ok(response)
    } else {
        Err(failure::<O>(send::read_whole(core, O::OPERATION, response).await?))
    }
}

fn opened<O: ApiOperation, T>(
    call: Call<'_, O>,
    request: Request,
    response: reqwest::Response,
    open: fn(Opened) -> T,
) -> Response<T, O::Headers> {
    // Only streams of events send the request again.
    #[cfg(not(feature = "events"))]
    drop(request);
    let (status, headers) = (response.status(), response.headers().clone());
    let opened = Opened {
        limit: call.client.core().max_response_bytes,
        #[cfg(feature = "events")]
        reopen: Reopen { core: call.client.shared_core(), operation: O::OPERATION, request, options: call.options },
        response,
    };
    let typed = response::typed(&headers);
    Response { status, headers, typed, body: open(opened) }
}

fn whole<O: ApiOperation>(raw: RawResponse, read: Reader<O>) -> Outcome<O, O::Output> {
    match read(&raw) {
        Ok(body) => {
            let typed = response::typed(&raw.headers);
            Ok(Response { status: raw.status, headers: raw.headers, typed, body })
        }
        Err(error) => Err(CallError::Decode(error.of(O::OPERATION, raw))),
    }
}

impl<'c, O: ApiOperation + 'c> IntoFuture for Call<'c, O> {
    type Output = Result<O::Output, CallError<O::Error>>;
    type IntoFuture = BoxFuture<'c, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

impl<O: ApiOperation> std::fmt::Debug for Call<'_, O> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Call").field("operation", &O::OPERATION.id).finish_non_exhaustive()
    }
}
