//! A request that has arrived at its operation.

use axum::body::Body;
use bytes::{Bytes, BytesMut};
use http::StatusCode;
use http::request::Parts;
use http_body_util::BodyExt as _;
use serde::de::DeserializeOwned;

use super::accept;
use super::context::{Context, RequestInfo};
use super::error::{Failure, Rejection};
use crate::models::Operation;
use crate::models::params::form::{self, Field};
use crate::models::params::{self, Param, Params, Reader};
use crate::models::problem::Violation;
use crate::models::{Checks, strict};

/// How many bytes of a request are read.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Of a body that is held in memory.
    pub body: usize,
    /// Of a form with files.
    pub upload: u64,
}

/// A request that has arrived at its operation.
#[derive(Debug)]
pub struct Incoming {
    pub(super) operation: &'static Operation,
    pub(super) parts: Parts,
    pub(super) body: Body,
    pub(super) captures: Vec<(&'static str, String)>,
    pub(super) limits: Limits,
    pub(super) violations: Vec<Violation>,
}

impl Incoming {
    pub fn limits(&self) -> Limits {
        self.limits
    }

    pub fn info(&self) -> RequestInfo<'_> {
        RequestInfo::new(self.operation, &self.parts.method, &self.parts.uri, &self.parts.headers)
    }

    /// Reads a path parameter; a violation is kept for [`Incoming::check`].
    pub fn path<T: DeserializeOwned>(&mut self, name: &'static str) -> Option<T> {
        self.path_as(&Param::path(name))
    }

    /// Reads a path parameter of another style than the usual one.
    pub fn path_as<T: DeserializeOwned>(&mut self, param: &Param) -> Option<T> {
        let raw = self.captures.iter().find(|(name, _)| *name == param.name).map(|(_, raw)| raw.as_str());
        params::read_path(param, raw.unwrap_or_default(), &mut self.violations)
    }

    /// Reads the parameters that are no part of the path; violations are kept for [`Incoming::check`].
    pub fn params<P: Params>(&mut self) -> Option<P> {
        let headers = self
            .parts
            .headers
            .iter()
            .filter_map(|(name, value)| Some((name.as_str(), std::str::from_utf8(value.as_bytes()).ok()?)));
        let reader = Reader::new(self.parts.uri.query().unwrap_or_default(), headers);
        P::read(&reader, &mut self.violations)
    }

    /// The value, unless anything was wrong with the request so far.
    pub fn check<T>(&mut self, value: Option<T>) -> Result<T, Failure> {
        match value {
            Some(value) if self.violations.is_empty() => Ok(value),
            _ => {
                let status = StatusCode::from_u16(self.operation.invalid_status).unwrap_or(StatusCode::BAD_REQUEST);
                Err(Rejection::Invalid { status, violations: std::mem::take(&mut self.violations) }.into())
            }
        }
    }

    /// Holds the arguments against the rules of the document.
    pub fn judge(&mut self, check: impl FnOnce(&mut Checks<'_>)) -> Result<(), Failure> {
        check(&mut Checks::new("#", &mut self.violations));
        self.check(Some(()))
    }

    /// Reads a JSON body; a violation is kept for [`Incoming::check`].
    pub async fn json<T: DeserializeOwned>(&mut self, expected: &'static str) -> Result<Option<T>, Failure> {
        self.media_type(expected, |essence| {
            essence == "application/json" || essence.ends_with("+json") || essence == expected
        })?;
        let bytes = self.read().await?;
        let mut deserializer = serde_json::Deserializer::from_slice(&bytes);
        let value = strict(|| serde_path_to_error::deserialize(&mut deserializer));
        let Some(value) = self.decoded(value) else { return Ok(None) };
        match deserializer.end() {
            Ok(()) => Ok(Some(value)),
            Err(error) => Ok(self.violation("#".to_owned(), &error)),
        }
    }

    /// Reads a body of fields; violations are kept for [`Incoming::check`].
    pub async fn form<T: DeserializeOwned>(
        &mut self,
        expected: &'static str,
        fields: &'static [Field],
    ) -> Result<Option<T>, Failure> {
        self.media_type(expected, |essence| essence == "application/x-www-form-urlencoded")?;
        let bytes = self.read().await?;
        match std::str::from_utf8(&bytes) {
            Ok(text) => {
                let parts = form::read(fields, text, &mut self.violations);
                Ok(self.decoded(strict(|| serde_path_to_error::deserialize(parts))))
            }
            Err(error) => Ok(self.violation("#".to_owned(), &error)),
        }
    }

    /// What was decoded, or a violation at its place.
    pub fn decoded<T, E: std::fmt::Display>(&mut self, value: Result<T, serde_path_to_error::Error<E>>) -> Option<T> {
        match value {
            Ok(value) => Some(value),
            Err(error) => {
                let at = pointer(error.path());
                self.violation(at, &error.into_inner())
            }
        }
    }

    /// Reads a text body.
    pub async fn text(&mut self, expected: &'static str) -> Result<Option<String>, Failure> {
        self.media_type(expected, |essence| essence.starts_with("text/") || essence == expected)?;
        let bytes = self.read().await?;
        match String::from_utf8(bytes.to_vec()) {
            Ok(text) => Ok(Some(text)),
            Err(error) => Ok(self.violation("#".to_owned(), &error)),
        }
    }

    /// Reads a body of bytes.
    pub async fn bytes(&mut self) -> Result<Option<Bytes>, Failure> {
        Ok(Some(self.read().await?))
    }

    /// Hands out the body as it comes, without a limit.
    pub fn stream(&mut self) -> Body {
        std::mem::take(&mut self.body)
    }

    /// The media type of the body, without parameters, in lower case.
    pub fn essence(&self) -> String {
        let given = self.parts.headers.get(http::header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        given.unwrap_or_default().split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// Whether the caller would rather have one media type than another one.
    pub fn prefers(&self, media_type: &str, other: &str) -> bool {
        accept::prefers(&self.parts.headers, media_type, other)
    }

    /// Whether there is certainly no body.
    pub fn has_no_body(&self) -> bool {
        use http_body::Body as _;
        self.body.is_end_stream()
    }

    /// What the implementation gets beside the arguments.
    pub fn context<P>(self, principal: P) -> Context<P> {
        let Parts { method, uri, headers, extensions, .. } = self.parts;
        Context::new(principal, self.operation, method, uri, headers, extensions)
    }

    /// Keeps a violation for [`Incoming::check`].
    pub fn violation<T>(&mut self, at: String, error: &dyn std::fmt::Display) -> Option<T> {
        self.violations.push(Violation::new(at, error));
        None
    }

    /// Refuses a body of another media type.
    pub fn media_type(&self, expected: &'static str, accepts: impl Fn(&str) -> bool) -> Result<(), Failure> {
        if accepts(&self.essence()) { Ok(()) } else { Err(Rejection::UnsupportedMediaType { expected }.into()) }
    }

    /// The body, if it is not too large.
    pub async fn read(&mut self) -> Result<Bytes, Failure> {
        let mut body = std::mem::take(&mut self.body);
        let mut bytes = BytesMut::new();
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|error| Failure::Internal(error.into()))?;
            let Ok(data) = frame.into_data() else { continue };
            if bytes.len() + data.len() > self.limits.body {
                return Err(Rejection::BodyTooLarge(self.limits.body as u64).into());
            }
            bytes.extend_from_slice(&data);
        }
        Ok(bytes.freeze())
    }
}

/// Gives a parameter that is absent the value that the document says, as JSON.
pub fn default<T: DeserializeOwned>(value: &mut Option<T>, json: &str) {
    if value.is_none() {
        *value = serde_json::from_str(json).ok();
    }
}

/// `users[0].email` as `#/users/0/email`.
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
