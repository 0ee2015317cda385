//! One call: set options, then `.await`.

use std::time::Duration;

use super::client::Client;
use super::error::{ApiError, CallError, DecodeError, RequestError, TransportError};
use super::models::operations::Operation;
use super::request::Request;
use super::response::{RawResponse, Response};
use super::retry::RetryPolicy;
use super::send;
use super::transport::BoxFuture;

/// What differs from operation to operation.
pub trait ApiOperation: Send + Sync {
    /// What a success carries.
    type Output: Send;
    /// How it can fail.
    type Error: ApiError;

    /// Its description.
    const OPERATION: &'static Operation;

    /// Writes the arguments into a request.
    fn write(&self, request: &mut Request) -> Result<(), RequestError>;

    /// Reads a success.
    fn read(response: &RawResponse) -> Result<Self::Output, DecodeError>;

    /// Whether a status is a documented success.
    fn is_success(status: u16) -> bool {
        (200..300).contains(&status)
    }
}

/// A request of one operation: set options, then `.await`.
#[derive(Clone)]
#[must_use = "a call does nothing until it is awaited"]
pub struct Call<'c, O> {
    client: &'c Client,
    pub(crate) operation: O,
    pub(super) options: Options,
}

/// What one call does differently from its client.
#[derive(Clone, Debug, Default)]
pub(super) struct Options {
    pub headers: Vec<(String, String)>,
    pub timeout: Option<Duration>,
    pub retry: Option<RetryPolicy>,
}

impl<'c, O: ApiOperation> Call<'c, O> {
    pub(crate) fn new(client: &'c Client, operation: O) -> Self {
        Self { client, operation, options: Options::default() }
    }

    /// Sets a header of this request.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.options.headers.push((name.into(), value.into()));
        self
    }

    /// How long one attempt of this call may take.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
        self
    }

    /// When failed attempts of this call are repeated.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.options.retry = Some(policy);
        self
    }

    /// Sends the request, as `.await` does.
    pub async fn send(self) -> Result<O::Output, CallError<O::Error>> {
        Ok(self.send_response().await?.body)
    }

    /// Sends the request; the answer comes with its status and headers.
    pub async fn send_response(self) -> Result<Response<O::Output>, CallError<O::Error>> {
        let request = self.prepare()?;
        let raw = send::buffered(self.client.core(), O::OPERATION, request, &self.options).await?;
        if !O::is_success(raw.status.as_u16()) {
            return Err(CallError::Api { operation: O::OPERATION, error: O::Error::from_response(raw) });
        }
        match O::read(&raw) {
            Ok(body) => Ok(Response { status: raw.status, headers: raw.headers, body }),
            Err(error) => Err(CallError::Decode(error.of(O::OPERATION, raw))),
        }
    }

    /// Sends the request; the answer comes as it is, whatever its status, its body not read.
    pub async fn send_raw(self) -> Result<reqwest::Response, TransportError> {
        match self.prepare() {
            Ok(request) => {
                send::raw(self.client.core(), O::OPERATION, request, &self.options).await.map_err(Into::into)
            }
            Err(error) => Err(TransportError::from_request(error)),
        }
    }

    fn prepare(&self) -> Result<Request, RequestError> {
        let mut request = Request::of(O::OPERATION)?;
        self.operation.write(&mut request)?;
        Ok(request)
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
