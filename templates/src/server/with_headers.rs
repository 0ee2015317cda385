//! Responses with the headers that the document describes.

use axum::response::Response;
use http::{HeaderName, HeaderValue, header};

use super::error::{BoxError, Failure};
use crate::models::params::{Params, Writer};

/// Adds headers to a response.
///
/// Fails if a value cannot be written as a header.
pub fn with_headers<H: Params>(response: Result<Response, Failure>, headers: &H) -> Result<Response, Failure> {
    let internal = |error: BoxError| Failure::Internal(error);
    let mut response = response?;
    let mut writer = Writer::default();
    headers.write(&mut writer).map_err(|violation| internal(violation.detail.into()))?;
    for (name, value) in writer.headers {
        let name = HeaderName::try_from(name).map_err(|error| internal(error.into()))?;
        let value = HeaderValue::from_bytes(value.as_bytes()).map_err(|error| internal(error.into()))?;
        if name == header::CACHE_CONTROL {
            // It replaces what streams of events have.
            response.headers_mut().insert(name, value);
        } else {
            response.headers_mut().append(name, value);
        }
    }
    Ok(response)
}
