//! Requests that have been routed to an operation.

use std::borrow::Cow;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use axum::body::Body;
use bytes::{Bytes, BytesMut};
use http::StatusCode;
use http_body::{Body as _, Frame};
use serde::de::DeserializeOwned;

use super::accept::Accept;
use super::context::{Context, RequestHead, RequestInfo};
use super::error::{Failure, Rejection};
use super::head::Head;
use super::limits::Limits;
use super::received::{BodyError, Rate};
use crate::models::params::form::{self, Field};
use crate::models::params::{self, Param, Params, Reader, text};
use crate::models::problem::Violation;
use crate::models::{Checks, Rules, detached, from_json, media_type, strict};

/// A request that has been routed to an operation. Violations of the document are collected until [`Incoming::check`].
///
/// `Debug` prints no credential.
pub struct Incoming {
    pub(super) head: Arc<Head>,
    pub(super) body: Body,
    pub(super) violations: Vec<Violation>,
    /// The violations of a body that was read; they count from [`Incoming::judge`] on.
    pub(super) of_body: Vec<Violation>,
}

impl Incoming {
    pub(super) fn new(head: Head, body: Body) -> Self {
        Self { head: Arc::new(head), body, violations: Vec::new(), of_body: Vec::new() }
    }

    /// Returns the operation and the head of the request.
    pub fn info(&self) -> RequestInfo<'_> {
        self.head.info()
    }

    /// Reads a path parameter. Violations are collected.
    pub fn path<T: DeserializeOwned>(&mut self, name: &'static str) -> Option<T> {
        self.path_as(&Param::path(name))
    }

    /// Reads a path parameter with a style of its own. Violations are collected.
    pub fn path_as<T: DeserializeOwned>(&mut self, param: &Param) -> Option<T> {
        let raw = self.head.capture(param.name).unwrap_or_default();
        strict(|| params::read_path(param, raw, &mut self.violations))
    }

    /// Reads the parameters that are not part of the path. Violations are collected.
    pub fn params<P: Params>(&mut self) -> Option<P> {
        let RequestHead { uri, headers, .. } = &self.head.request;
        let headers = headers
            .iter()
            .filter_map(|(name, value)| Some((name.as_str(), std::str::from_utf8(value.as_bytes()).ok()?)));
        let reader = Reader::new(uri.query().unwrap_or_default(), headers);
        strict(|| P::read(&reader, &mut self.violations))
    }

    /// Returns the value if there is one and no violation was found.
    ///
    /// Fails with 400 or 422 and all violations.
    pub fn check<T>(&mut self, value: Option<T>) -> Result<T, Failure> {
        match value {
            Some(value) if self.violations.is_empty() => Ok(value),
            _ => {
                let status =
                    StatusCode::from_u16(self.head.operation.invalid_status).unwrap_or(StatusCode::BAD_REQUEST);
                Err(Rejection::Invalid { status, violations: std::mem::take(&mut self.violations) }.into())
            }
        }
    }

    /// Validates the arguments.
    ///
    /// Fails with 400 or 422 if a violation was found.
    pub fn judge(&mut self, check: impl FnOnce(&mut Checks<'_>)) -> Result<(), Failure> {
        check(&mut Checks::new("#", &mut self.violations));
        self.violations.append(&mut self.of_body);
        self.check(Some(()))
    }

    /// Reads a JSON body. If it cannot be read as its type, its schema says what is wrong, everywhere in it. Violations are
    /// collected.
    ///
    /// Fails if the media type is not JSON or the body is too large.
    pub async fn json<T: DeserializeOwned>(
        &mut self,
        expected: &'static str,
        rules: &Rules,
        schema: &str,
    ) -> Result<Option<T>, Failure> {
        let bytes = self.json_text(expected).await?;
        // Tracking the location of an error costs time, so only a body that cannot be read is read again for it.
        match strict(|| from_json(&bytes)) {
            Ok(value) => Ok(Some(value)),
            Err(_) => Ok(self.malformed_json(&bytes, rules, schema)),
        }
    }

    /// Reads a JSON body again, to say what is wrong.
    fn malformed_json<T: DeserializeOwned>(&mut self, bytes: &[u8], rules: &Rules, schema: &str) -> Option<T> {
        let mut deserializer = serde_json::Deserializer::from_slice(bytes);
        let value = strict(|| serde_path_to_error::deserialize(&mut deserializer));
        if value.is_err() {
            let before = self.violations.len();
            rules.explain_json(schema, bytes, &mut self.violations);
            if self.violations.len() > before {
                return None;
            }
        }
        let value = self.decoded(value)?;
        match deserializer.end() {
            Ok(()) => Some(value),
            Err(error) => self.violation("#".to_owned(), &error),
        }
    }

    /// Reads a JSON body that is compared with a schema as it arrived. Violations are collected.
    ///
    /// Fails if the media type is not JSON or the body is too large.
    pub async fn json_by_rules<T: DeserializeOwned>(
        &mut self,
        expected: &'static str,
        rules: &Rules,
        schema: &str,
    ) -> Result<Option<T>, Failure> {
        let bytes = self.json_text(expected).await?;
        let mut found = Vec::new();
        let value = rules.read(schema, &bytes, &mut found);
        // A value that was read does not hide what is wrong with the other arguments.
        let violations = if value.is_some() { &mut self.of_body } else { &mut self.violations };
        violations.append(&mut found);
        Ok(value)
    }

    async fn json_text(&mut self, expected: &'static str) -> Result<Bytes, Failure> {
        self.media_type(expected, |essence| {
            essence == "application/json" || essence.ends_with("+json") || is_listed(expected, essence)
        })?;
        self.read().await
    }

    /// Reads a body of form fields. Violations are collected.
    ///
    /// Fails if the media type is not `application/x-www-form-urlencoded`, or the body is too large or has too many
    /// fields.
    pub async fn form<T: DeserializeOwned>(
        &mut self,
        expected: &'static str,
        fields: &'static [Field],
    ) -> Result<Option<T>, Failure> {
        self.media_type(expected, |essence| essence == "application/x-www-form-urlencoded")?;
        let bytes = self.read().await?;
        match std::str::from_utf8(&bytes) {
            Ok(text) => {
                if params::has_more(text, self.head.limits.fields) {
                    return Err(Rejection::TooManyFields(self.head.limits.fields).into());
                }
                let parts = form::read(fields, text, &mut self.violations);
                Ok(self.decoded(strict(|| serde_path_to_error::deserialize(parts))))
            }
            Err(error) => Ok(self.violation("#".to_owned(), &error)),
        }
    }

    /// Returns a decoded value, or collects the violation at its location.
    pub fn decoded<T, E: fmt::Display>(&mut self, value: Result<T, serde_path_to_error::Error<E>>) -> Option<T> {
        match value {
            Ok(value) => Some(value),
            Err(error) => {
                let at = pointer(error.path());
                self.violation(at, &error.into_inner())
            }
        }
    }

    /// Reads a text body. Violations are collected.
    ///
    /// Fails if the media type is not text or the body is too large.
    pub async fn text(&mut self, expected: &'static str) -> Result<Option<String>, Failure> {
        self.media_type(expected, |essence| is_listed(expected, essence))?;
        let bytes = self.read().await?;
        match String::from_utf8(bytes.to_vec()) {
            Ok(text) => Ok(Some(text)),
            Err(error) => Ok(self.violation("#".to_owned(), &error)),
        }
    }

    /// Reads a text body that is one value. Violations are collected.
    ///
    /// Fails if the media type is not text or the body is too large.
    pub async fn text_as<T: DeserializeOwned>(&mut self, expected: &'static str) -> Result<Option<T>, Failure> {
        let Some(text) = self.text(expected).await? else { return Ok(None) };
        match strict(|| text::read(text)) {
            Ok(value) => Ok(Some(value)),
            Err(error) => Ok(self.violation("#".to_owned(), &error)),
        }
    }

    /// Checks the media type of a required body of text or bytes. `expected` lists media types and ranges, separated by commas. A
    /// body of bytes need not say its media type (RFC 9110 §8.3).
    ///
    /// Fails with 415 if the media type is none of them, and with 400 or 422 if there is no body.
    pub fn accepting(&mut self, expected: &'static str) -> Result<&mut Self, Failure> {
        self.present()?;
        self.media_type(expected, |essence| essence.is_empty() || is_listed(expected, essence))?;
        Ok(self)
    }

    /// Fails with 400 or 422 if there is neither a body nor a media type.
    fn present(&mut self) -> Result<(), Failure> {
        if self.given_essence().is_empty() && self.has_no_body() {
            self.violations.push(Violation::new("#", "is required"));
            self.check(None::<()>)?;
        }
        Ok(())
    }

    /// Reads a body of bytes.
    ///
    /// Fails if it is too large.
    pub async fn bytes(&mut self) -> Result<Option<Bytes>, Failure> {
        Ok(Some(detached(self.read().await?)))
    }

    /// Takes the body as a stream. Its size is not limited; it fails if it stalls (see [`Limits::stall_timeout`]).
    pub fn stream(&mut self) -> Body {
        std::mem::take(&mut self.body)
    }

    /// Returns the media type of the body, without parameters, in lower case.
    pub fn essence(&self) -> String {
        self.given_essence().into_owned()
    }

    fn given_essence(&self) -> Cow<'_, str> {
        let given = self.head.request.headers.get(http::header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let essence = given.unwrap_or_default().split(';').next().unwrap_or_default().trim();
        if essence.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Cow::Owned(essence.to_ascii_lowercase())
        } else {
            Cow::Borrowed(essence)
        }
    }

    /// Returns which of the documented media types the body has. One that says none is bytes (RFC 9110 §8.3).
    ///
    /// Fails with 415 if it has none of them, and with 400 or 422 if there is no body.
    pub fn one_of(&mut self, documented: &[&'static str], expected: &'static str) -> Result<&'static str, Failure> {
        self.present()?;
        let given = self.head.request.headers.get(http::header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let found = media_type::one_of(documented, given.unwrap_or("application/octet-stream"));
        found.ok_or_else(|| Rejection::UnsupportedMediaType { expected }.into())
    }

    /// Returns the media types that the client accepts.
    pub fn accept(&self) -> Accept {
        Accept::of(&self.head.request.headers)
    }

    /// Returns whether the request certainly has no body.
    pub fn has_no_body(&self) -> bool {
        self.body.is_end_stream()
    }

    /// Returns what the handler receives besides its arguments.
    pub fn context<P>(self, principal: P) -> Context<P> {
        Context::new(principal, self.head)
    }

    /// Collects a violation. Returns `None`, in place of the value.
    pub fn violation<T>(&mut self, at: String, error: &dyn fmt::Display) -> Option<T> {
        self.violations.push(Violation::new(at, error));
        None
    }

    /// Fails with 415 unless the media type of the body is accepted, and with 400 or 422 if there is no body.
    pub fn media_type(&mut self, expected: &'static str, accepts: impl Fn(&str) -> bool) -> Result<(), Failure> {
        if accepts(&self.given_essence()) {
            return Ok(());
        }
        self.present()?;
        Err(Rejection::UnsupportedMediaType { expected }.into())
    }

    /// Reads the body into memory.
    ///
    /// Fails with 413 if it is too large, with 408 if it arrives too slowly, and with 400 if it is interrupted.
    pub async fn read(&mut self) -> Result<Bytes, Failure> {
        let mut body = std::mem::take(&mut self.body);
        let Limits { body: limit, .. } = self.head.limits;
        let mut rate = Rate::new(&self.head.limits);
        // Most bodies arrive as one piece, which is not copied.
        let mut whole = Bytes::new();
        let mut pieces = BytesMut::new();
        while let Some(frame) = next_frame(&mut body, &mut rate).await {
            let Ok(data) = frame.map_err(lost)?.into_data() else { continue };
            rate.add(data.len())?;
            if whole.len().max(pieces.len()).saturating_add(data.len()) > limit {
                return Err(Rejection::BodyTooLarge(limit as u64).into());
            }
            if whole.is_empty() && pieces.is_empty() {
                whole = data;
            } else {
                pieces.extend_from_slice(&std::mem::take(&mut whole));
                pieces.extend_from_slice(&data);
            }
        }
        Ok(if pieces.is_empty() { whole } else { pieces.freeze() })
    }
}

/// Returns the next frame of a body. The time that it is waited for counts.
async fn next_frame(body: &mut Body, rate: &mut Rate) -> Option<Result<Frame<Bytes>, axum::Error>> {
    std::future::poll_fn(|cx| {
        let frame = Pin::new(&mut *body).poll_frame(cx);
        if frame.is_pending() {
            rate.wait();
        }
        frame
    })
    .await
}

/// Returns whether a list of media types and ranges contains a media type (RFC 9110 §12.5.1).
pub(super) fn is_listed(list: &str, essence: &str) -> bool {
    list.split(',').map(str::trim).any(|known| match known.strip_suffix('*') {
        Some("*/") => true,
        Some(start) => essence.starts_with(start),
        None => known.split(';').next().is_some_and(|known| known.trim().eq_ignore_ascii_case(essence)),
    })
}

/// Returns the rejection of a request whose body cannot be read.
pub(super) fn lost(error: axum::Error) -> Failure {
    match error.into_inner().downcast_ref() {
        Some(BodyError::Stalled(_)) => Rejection::BodyTooSlow.into(),
        _ => Rejection::BodyInterrupted.into(),
    }
}

/// Prints no credential.
impl fmt::Debug for Incoming {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Incoming").field("request", &self.info()).finish_non_exhaustive()
    }
}

/// Sets an absent parameter to its default, which is written as JSON.
pub fn default<T: DeserializeOwned>(value: &mut Option<T>, json: &str) {
    if value.is_none() {
        *value = from_json(json.as_bytes()).ok();
    }
}

/// Converts `users[0].email` to `#/users/0/email`.
fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let mut out = "#".to_owned();
    for segment in path {
        out.push('/');
        match segment {
            Segment::Seq { index } => out.push_str(&index.to_string()),
            Segment::Map { key } => out.push_str(&key.replace('~', "~0").replace('/', "~1")),
            Segment::Enum { variant } => out.push_str(variant),
            Segment::Unknown => out.push('?'),
        }
    }
    out
}
