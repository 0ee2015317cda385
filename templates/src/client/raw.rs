//! Requests that the document does not describe.

use bytes::Bytes;
use serde::Serialize;

use super::call::Options;
use super::error::{Error, RequestError, Result};
use super::handle::Client;
use super::request::Request;
use super::response::RawResponse;
use super::send;
use crate::models::Operation;

/// A request that the document does not describe; see [`Client::request`]. `Debug` prints no credential.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct RawRequest {
    client: Client,
    request: Request,
    options: Options,
    failed: Option<RequestError>,
}

impl RawRequest {
    pub(super) fn new(client: Client, method: http::Method, path: &str) -> Self {
        Self { client, request: Request::new(method, path.to_owned()), options: Options::default(), failed: None }
    }

    /// Adds a query parameter; name and value are percent-encoded.
    pub fn query(mut self, name: &str, value: &str) -> Self {
        self.request.query_pair(name, value);
        self
    }

    /// Sets a header.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.options.headers.push((name.into(), value.into()));
        self
    }

    /// Sets a JSON body.
    pub fn json<T: Serialize + ?Sized>(mut self, body: &T) -> Self {
        if let Err(error) = self.request.json("application/json", body) {
            self.failed = Some(error);
        }
        self
    }

    /// Sets a body of bytes.
    pub fn body(mut self, media_type: &str, body: impl Into<Bytes>) -> Self {
        if let Err(error) = self.request.bytes_of(media_type, body.into()) {
            self.failed = Some(error);
        }
        self
    }

    /// Sends the request and returns the response, whatever its status is.
    ///
    /// Fails if the request cannot be built or sent.
    pub async fn send(mut self) -> Result<RawResponse> {
        if let Some(error) = self.failed {
            return Err(Error::from(error));
        }
        let core = self.client.core();
        send::buffered(core, &Operation::UNDOCUMENTED, &mut self.request, &self.options).await.map_err(Error::from)
    }
}
