//! A request that has arrived at its operation.

use axum::body::Body;
use bytes::{Bytes, BytesMut};
use http::request::Parts;
use http_body_util::BodyExt as _;
use serde::de::DeserializeOwned;

use super::api::{Api, AuthError, Context, RequestInfo};
use super::credentials::{self, Credentials};
use super::error::{Failure, Rejection};
use super::models::operations::Operation;
use super::models::problem::Violation;
use super::models::support::params::{self, Param, Params, Reader};
use super::models::support::{Checks, strict};
use super::respond;

/// A request that has arrived at its operation.
#[derive(Debug)]
pub struct Incoming {
    pub(super) operation: &'static Operation,
    pub(super) parts: Parts,
    pub(super) body: Body,
    pub(super) captures: Vec<(&'static str, String)>,
    pub(super) body_limit: usize,
    pub(super) violations: Vec<Violation>,
}

#[allow(dead_code)]
impl Incoming {
    pub(super) fn info(&self) -> RequestInfo<'_> {
        RequestInfo::new(self.operation, &self.parts.method, &self.parts.uri, &self.parts.headers)
    }

    /// Asks the implementation who is calling.
    pub(crate) async fn authenticate<A: Api>(&mut self, api: &A) -> Result<A::Principal, Failure> {
        // `{}` asks for nothing, so it would hide every credential that is there.
        let find = |anonymous: bool| {
            let mut needed = self.operation.security.iter().filter(|needed| needed.is_empty() == anonymous);
            needed.find_map(|needed| Credentials::read(needed, &self.parts))
        };
        let found = find(false).or_else(|| find(true));
        let Some(credentials) = found else {
            let challenge = credentials::challenge(self.operation);
            return Err(Rejection::MissingCredential { challenge }.into());
        };
        match api.authenticate(credentials, &self.info()).await {
            Ok(principal) => Ok(principal),
            Err(AuthError::Unauthorized(problem)) => {
                let mut response = respond::problem(&problem);
                if let Ok(value) = http::HeaderValue::try_from(credentials::challenge(self.operation)) {
                    response.headers_mut().insert(http::header::WWW_AUTHENTICATE, value);
                }
                Err(Failure::Response(Box::new(response)))
            }
            Err(AuthError::Forbidden(problem)) => Err(Failure::Response(Box::new(respond::problem(&problem)))),
            Err(AuthError::Internal(error)) => Err(Failure::Internal(error)),
        }
    }

    /// Reads a path parameter; a violation is kept for [`Incoming::check`].
    pub(crate) fn path<T: DeserializeOwned>(&mut self, param: &Param) -> Option<T> {
        let raw = self.captures.iter().find(|(name, _)| *name == param.name).map(|(_, raw)| raw.as_str());
        params::read_path(param, raw.unwrap_or_default(), &mut self.violations)
    }

    /// Reads the parameters that are no part of the path; violations are kept for [`Incoming::check`].
    pub(crate) fn params<P: Params>(&mut self) -> Option<P> {
        let headers = self.parts.headers.iter().filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)));
        let reader = Reader::new(self.parts.uri.query().unwrap_or_default(), headers);
        P::read(&reader, &mut self.violations)
    }

    /// The value, unless anything was wrong with the request so far.
    pub(crate) fn check<T>(&mut self, value: Option<T>) -> Result<T, Failure> {
        match value {
            Some(value) if self.violations.is_empty() => Ok(value),
            _ => Err(Rejection::Invalid(std::mem::take(&mut self.violations)).into()),
        }
    }

    /// Holds the arguments against the rules of the document.
    pub(crate) fn judge(&mut self, check: impl FnOnce(&mut Checks<'_>)) -> Result<(), Failure> {
        check(&mut Checks::new("#", &mut self.violations));
        self.check(Some(()))
    }

    /// Reads a JSON body; a violation is kept for [`Incoming::check`].
    pub(crate) async fn json<T: DeserializeOwned>(&mut self, expected: &'static str) -> Result<Option<T>, Failure> {
        self.media_type(expected, |essence| essence == "application/json" || essence.ends_with("+json"))?;
        let bytes = self.read().await?;
        let mut deserializer = serde_json::Deserializer::from_slice(&bytes);
        match strict(|| serde_path_to_error::deserialize(&mut deserializer)) {
            Ok(value) => match deserializer.end() {
                Ok(()) => Ok(Some(value)),
                Err(error) => Ok(self.violation("#".to_owned(), &error)),
            },
            Err(error) => {
                let at = pointer(error.path());
                Ok(self.violation(at, &error.into_inner()))
            }
        }
    }

    /// Reads a JSON body that may be absent.
    pub(crate) async fn optional_json<T: DeserializeOwned>(
        &mut self,
        expected: &'static str,
    ) -> Result<Option<Option<T>>, Failure> {
        if self.has_no_body() { Ok(Some(None)) } else { Ok(self.json(expected).await?.map(Some)) }
    }

    /// Reads a text body.
    pub(crate) async fn text(&mut self, expected: &'static str) -> Result<Option<String>, Failure> {
        self.media_type(expected, |essence| essence.starts_with("text/") || essence == expected)?;
        let bytes = self.read().await?;
        match String::from_utf8(bytes.to_vec()) {
            Ok(text) => Ok(Some(text)),
            Err(error) => Ok(self.violation("#".to_owned(), &error)),
        }
    }

    /// Reads a body of bytes.
    pub(crate) async fn bytes(&mut self) -> Result<Option<Bytes>, Failure> {
        Ok(Some(self.read().await?))
    }

    /// Whether there is certainly no body.
    pub(crate) fn has_no_body(&self) -> bool {
        use http_body::Body as _;
        self.body.is_end_stream()
    }

    /// What the implementation gets beside the arguments.
    pub(crate) fn context<P>(self, principal: P) -> Context<P> {
        let Parts { method, uri, headers, extensions, .. } = self.parts;
        Context::new(principal, self.operation, method, uri, headers, extensions)
    }

    fn violation<T>(&mut self, at: String, error: &dyn std::fmt::Display) -> Option<T> {
        self.violations.push(Violation::new(at, error));
        None
    }

    fn media_type(&self, expected: &'static str, accepts: impl Fn(&str) -> bool) -> Result<(), Failure> {
        let given = self.parts.headers.get(http::header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let essence = given.unwrap_or_default().split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        if accepts(&essence) { Ok(()) } else { Err(Rejection::UnsupportedMediaType { expected }.into()) }
    }

    async fn read(&mut self) -> Result<Bytes, Failure> {
        let mut body = std::mem::take(&mut self.body);
        let mut bytes = BytesMut::new();
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|error| Failure::Internal(error.into()))?;
            let Ok(data) = frame.into_data() else { continue };
            if bytes.len() + data.len() > self.body_limit {
                return Err(Rejection::BodyTooLarge(self.body_limit).into());
            }
            bytes.extend_from_slice(&data);
        }
        Ok(bytes.freeze())
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
