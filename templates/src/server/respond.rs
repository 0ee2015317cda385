//! Responses.

use axum::body::Body;
use axum::response::Response;
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;

use super::error::Failure;
use crate::models::params::text;
use crate::models::problem::Problem;

/// Responds with problem details, with their own status, or 500 if they have none.
pub fn problem(problem: &Problem) -> Response {
    let status = problem.status.unwrap_or(500);
    match serde_json::to_vec(problem) {
        Ok(body) => response(status, "application/problem+json", body.into()),
        Err(_) => response(500, "text/plain", Body::empty()),
    }
}

/// Responds with JSON.
///
/// Fails if the body cannot be written as JSON.
pub fn json<T: Serialize>(status: u16, media_type: &'static str, body: &T) -> Result<Response, Failure> {
    match serde_json::to_vec(body) {
        Ok(bytes) => Ok(response(status, media_type, bytes.into())),
        Err(error) => Err(Failure::Internal(error.into())),
    }
}

/// Responds with text. Never fails.
#[allow(clippy::unnecessary_wraps)] // all responses have the same type
pub fn text(status: u16, media_type: &'static str, body: String) -> Result<Response, Failure> {
    Ok(response(status, media_type, body.into()))
}

/// Responds with one value as text.
///
/// Fails if the body is not one value.
pub fn text_of<T: Serialize>(status: u16, media_type: &'static str, body: &T) -> Result<Response, Failure> {
    match text::write(body) {
        Ok(text) => Ok(response(status, media_type, text.into())),
        Err(error) => Err(Failure::Internal(error.into())),
    }
}

/// Responds with bytes. Never fails.
#[allow(clippy::unnecessary_wraps)] // all responses have the same type
pub fn bytes(status: u16, media_type: &'static str, body: bytes::Bytes) -> Result<Response, Failure> {
    Ok(response(status, media_type, body.into()))
}

/// Responds with a body that is sent as a stream. Never fails.
#[allow(clippy::unnecessary_wraps)] // all responses have the same type
pub fn stream(status: u16, media_type: &'static str, body: Body) -> Result<Response, Failure> {
    Ok(response(status, media_type, body))
}

/// Responds without a body. Never fails.
#[allow(clippy::unnecessary_wraps)] // all responses have the same type
pub fn empty(status: u16) -> Result<Response, Failure> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = code(status);
    Ok(response)
}

fn response(status: u16, media_type: &'static str, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = code(status);
    // Most bodies are JSON, whose name need not be checked each time.
    let media_type = if media_type == "application/json" { JSON } else { HeaderValue::from_static(media_type) };
    response.headers_mut().insert(header::CONTENT_TYPE, media_type);
    response
}

#[allow(clippy::declare_interior_mutable_const, reason = "its bytes are static, so nothing in it changes")]
const JSON: HeaderValue = HeaderValue::from_static("application/json");

fn code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}
