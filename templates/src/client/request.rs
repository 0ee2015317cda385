//! Requests that are being built.

use std::borrow::Cow;
use std::fmt;
#[cfg(feature = "pagination")]
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde::Serialize;
use url::Url;

#[cfg(feature = "pagination")]
use super::below;
use super::credential;
use super::error::RequestError;
use super::payload::Payload;
use super::redirect::Outgoing;
use super::retry;
use super::transport::BoxError;
use super::user_info;
use crate::models::Operation;
use crate::models::params::form::{self, Field};
use crate::models::params::{self, Param, Params, Style, Writer};
use crate::models::problem::Violation;

/// A request that is being built: path, query, headers and body. `Debug` prints no credential.
#[derive(Clone)]
pub struct Request {
    pub(super) method: Method,
    pub(super) path: Cow<'static, str>,
    /// The path before its parameters were written.
    template: &'static str,
    pub(super) headers: HeaderMap,
    pub(super) body: Option<Payload>,
    /// Whether redirects are followed. They are not if the document describes them as a success.
    pub(super) follow: bool,
    has_key: bool,
    /// The base URL, if it is not that of the client.
    base: Option<Url>,
    /// The URL, if it is not below the base URL.
    url: Option<Url>,
    /// Whether that URL can be on another host.
    other_host: bool,
    params: Writer,
}

impl Request {
    pub(super) fn new(method: Method, path: impl Into<Cow<'static, str>>) -> Self {
        Self {
            method,
            path: path.into(),
            template: "",
            headers: HeaderMap::new(),
            body: None,
            follow: true,
            has_key: false,
            base: None,
            url: None,
            other_host: false,
            params: Writer::default(),
        }
    }

    pub(super) fn of(operation: &'static Operation) -> Result<Self, RequestError> {
        let method = Method::try_from(operation.method)
            .map_err(|error| RequestError::new(format!("invalid method `{}`", operation.method), Some(error.into())))?;
        let path = operation.path.split(['#', '?']).next().unwrap_or_default();
        Ok(Self { template: path, ..Self::new(method, path) })
    }

    /// Sends the request to a server of its own, whose URL can be relative to the base URL of the client.
    ///
    /// Fails if the URL is invalid, or not http or https.
    pub(super) fn server(&mut self, url: &str, base: &Url) -> Result<(), RequestError> {
        let bad = |error: url::ParseError| RequestError::new("invalid URL of the server", Some(error.into()));
        let mut url = base.join(url).map_err(bad)?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(RequestError::new("the URL of the server is not http or https", None));
        }
        if let Some(credential) = user_info::take(&mut url) {
            self.secret_header(http::header::AUTHORIZATION.as_str(), &credential)?;
        }
        self.other_host = url.origin() != base.origin();
        self.base = Some(url);
        Ok(())
    }

    /// Returns the base URL: that of the client, unless the request has a server of its own.
    pub(super) fn base<'u>(&'u self, of_client: &'u Url) -> &'u Url {
        self.base.as_ref().unwrap_or(of_client)
    }

    /// Writes a parameter into the path template.
    ///
    /// Fails if the value cannot be written, or would change which resource the path names.
    pub fn path_param<T: Serialize + ?Sized>(&mut self, param: &Param, value: &T) -> Result<(), RequestError> {
        let mut text = params::write_path(param, value)?;
        if param.style == Style::Simple
            && let Some(separator) = separator(self.template, param.name)
        {
            text = text.replace(separator, &format!("%{:02X}", u32::from(separator)));
        }
        let (mut path, mut rest) = (String::with_capacity(self.path.len() + text.len()), &*self.path);
        while let Some((before, after)) = around(rest, param.name) {
            path.push_str(before);
            path.push_str(&text);
            rest = after;
        }
        path.push_str(rest);
        self.path = Cow::Owned(path);
        Ok(())
    }

    /// Adds query, header and cookie parameters.
    ///
    /// Fails if a value cannot be written in the style of its parameter.
    pub fn params<P: Params>(&mut self, params: &P) -> Result<(), RequestError> {
        Ok(params.write(&mut self.params)?)
    }

    /// Sets a JSON body.
    ///
    /// Fails if the value cannot be written as JSON.
    pub fn json<T: Serialize + ?Sized>(&mut self, media_type: &'static str, body: &T) -> Result<(), RequestError> {
        let bytes = serde_json::to_vec(body)
            .map_err(|error| RequestError::new("the body cannot be written as JSON", Some(error.into())))?;
        self.bytes(media_type, bytes.into());
        Ok(())
    }

    /// Sets a body of form fields, written like a query string.
    ///
    /// Fails if a value cannot be written in the style of its field.
    pub fn form<T: Serialize + ?Sized>(
        &mut self,
        media_type: &'static str,
        fields: &[Field],
        body: &T,
    ) -> Result<(), RequestError> {
        let text = form::write(fields, body)?;
        self.bytes(media_type, text.into());
        Ok(())
    }

    /// Sets a body of bytes.
    pub fn bytes(&mut self, media_type: &'static str, body: Bytes) {
        self.headers.insert(http::header::CONTENT_TYPE, HeaderValue::from_static(media_type));
        self.body = Some(Payload::new(body));
    }

    /// Sets a body of bytes with a media type of the caller.
    ///
    /// Fails if the media type is not a valid header value.
    pub fn bytes_of(&mut self, media_type: &str, body: Bytes) -> Result<(), RequestError> {
        self.payload(media_type, Payload::new(body))
    }

    /// Sets a body that is opened when it is sent.
    pub(super) fn payload(&mut self, media_type: &str, payload: Payload) -> Result<(), RequestError> {
        self.payload_of(Some(media_type), payload)
    }

    /// Sets a body that is opened when it is sent. Its media type may be unknown.
    pub(super) fn payload_of(&mut self, media_type: Option<&str>, payload: Payload) -> Result<(), RequestError> {
        if let Some(media_type) = media_type {
            self.header(http::header::CONTENT_TYPE.as_str(), media_type)?;
        }
        self.body = Some(payload);
        Ok(())
    }

    /// Sets the `Accept` header.
    pub fn accept(&mut self, media_types: &'static str) {
        self.headers.insert(http::header::ACCEPT, HeaderValue::from_static(media_types));
    }

    /// Sends the request to a URL of a response, which can be relative to that of the request and whose query replaces
    /// the query parameters.
    ///
    /// Fails if the URL is not below the base URL, because the request carries the credentials of the API.
    #[cfg(feature = "pagination")]
    pub(super) fn follow_link(&mut self, url: &str, base: &Url) -> Result<(), RequestError> {
        let bad = |error: url::ParseError| RequestError::new("invalid URL of the next page", Some(error.into()));
        let mut url = self.outgoing(base)?.url.join(url).map_err(bad)?;
        let base = self.base(base);
        // Servers behind a proxy often do not know that clients use TLS.
        if base.scheme() == "https" && url.scheme() == "http" && url.host() == base.host() && url.port().is_none() {
            let _ = url.set_scheme("https");
        }
        if url.origin() != base.origin() {
            return Err(RequestError::new("the next page is on another host", None));
        }
        if !below::is_below(&url, base) {
            return Err(RequestError::new(format!("the next page is outside the base path `{}`", base.path()), None));
        }
        url.query().unwrap_or_default().clone_into(&mut self.params.query);
        url.set_query(None);
        self.url = Some(url);
        Ok(())
    }

    /// Returns a hash of everything that decides which page of a list the request is for.
    #[cfg(feature = "pagination")]
    pub(super) fn fingerprint(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        let Writer { query, headers, cookies } = &self.params;
        (self.url.as_ref().map(Url::as_str), &self.path, query, headers, cookies).hash(&mut hasher);
        hasher.finish()
    }

    /// Sends the request to an absolute URL. The query parameters are added to its query.
    ///
    /// Fails if the URL is invalid, or not http or https.
    pub fn target(&mut self, url: &str) -> Result<(), RequestError> {
        let mut url = Url::parse(url).map_err(|error| RequestError::new("invalid target URL", Some(error.into())))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(RequestError::new("the target URL is not http or https", None));
        }
        if let Some(query) = url.query().filter(|query| !query.is_empty()) {
            self.params.push_query(query);
        }
        url.set_query(None);
        self.url = Some(url);
        self.other_host = true;
        Ok(())
    }

    /// Adds an idempotency key, by which the server recognizes a repeated request, unless the request has one.
    ///
    /// The key is a random UUID, the same for all attempts.
    ///
    /// Fails if `name` is not a valid header name.
    pub fn idempotency_key(&mut self, name: &str) -> Result<(), RequestError> {
        let given = self.params.headers.iter().any(|(set, _)| set.eq_ignore_ascii_case(name));
        if !given && !self.headers.contains_key(name) {
            let bits = (fastrand::u128(..) & !(0xF << 76 | 0x3 << 62)) | 0x4 << 76 | 0x2 << 62;
            let hex = format!("{bits:032x}");
            let parts = [0..8, 8..12, 12..16, 16..20, 20..32].map(|range| hex.get(range).unwrap_or_default());
            self.header(name, &parts.join("-"))?;
        }
        self.has_key = true;
        Ok(())
    }

    /// Returns whether the request can be sent twice, because of its method or its idempotency key.
    pub(super) fn is_idempotent(&self) -> bool {
        self.has_key || retry::is_idempotent(self.method.as_str())
    }

    /// Adds the headers of the client that the request does not set itself. Secret ones are not sent to other hosts.
    pub(super) fn defaults(&mut self, headers: &HeaderMap) {
        for (name, value) in headers {
            let kept = self.other_host && value.is_sensitive();
            if !kept && !self.headers.contains_key(name) {
                self.headers.insert(name, value.clone());
            }
        }
    }

    pub(super) fn header(&mut self, name: &str, value: &str) -> Result<(), RequestError> {
        insert(&mut self.headers, name, HeaderValue::try_from(value))
    }

    pub(super) fn secret_header(&mut self, name: &str, value: &str) -> Result<(), RequestError> {
        insert(&mut self.headers, name, credential::sensitive(value))
    }

    pub(super) fn query_pair(&mut self, name: &str, value: &str) {
        let encode = |text| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC);
        self.params.push_query(&format!("{}={}", encode(name), encode(value)));
    }

    /// Adds a credential to the query, unless a parameter has the same name.
    pub(super) fn secret_query(&mut self, name: &str, value: &str) {
        if !params::pairs(&self.params.query).any(|(known, _)| known == name) {
            self.query_pair(name, value);
        }
    }

    /// Adds a credential as a cookie, unless a parameter has the same name.
    pub(super) fn secret_cookie(&mut self, name: &str, value: &str) {
        if !self.params.cookies.iter().any(|cookie| cookie.split_once('=').is_some_and(|(known, _)| known == name)) {
            self.params.cookies.push(format!("{name}={value}"));
        }
    }

    /// Returns the request to send, with its parameters applied.
    pub(super) fn outgoing(&self, base: &Url) -> Result<Outgoing, RequestError> {
        let mut headers = self.headers.clone();
        for (name, value) in &self.params.headers {
            insert(&mut headers, name, HeaderValue::try_from(value))?;
        }
        if let Some((first, others)) = self.params.cookies.split_first() {
            let all = if others.is_empty() { Cow::Borrowed(first) } else { Cow::Owned(self.params.cookies.join("; ")) };
            insert(&mut headers, "cookie", credential::sensitive(&all))?;
        }
        let mut url = self.url.clone().unwrap_or_else(|| {
            let base = self.base(base);
            let mut url = base.clone();
            match base.path().trim_end_matches('/') {
                "" => url.set_path(&self.path),
                below => url.set_path(&format!("{below}{}", self.path)),
            }
            url
        });
        if !self.params.query.is_empty() {
            url.set_query(Some(&self.params.query));
        }
        if self.body.is_none() && matches!(self.method, Method::POST | Method::PUT | Method::PATCH) {
            headers.insert(http::header::CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        Ok(Outgoing { method: self.method.clone(), url, headers, body: self.body.clone() })
    }
}

/// Sets a header, unless its name or value is invalid.
fn insert<E: Into<BoxError>>(
    headers: &mut HeaderMap,
    name: &str,
    value: Result<HeaderValue, E>,
) -> Result<(), RequestError> {
    let bad = |error| RequestError::new(format!("invalid header `{name}`"), Some(error));
    let parsed = HeaderName::try_from(name).map_err(|error| bad(error.into()))?;
    headers.insert(parsed, value.map_err(|error| bad(error.into()))?);
    Ok(())
}

/// Prints no credential.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Request");
        out.field("method", &self.method).field("path", &self.path).field("params", &self.params);
        out.finish_non_exhaustive()
    }
}

impl From<Violation> for RequestError {
    fn from(violation: Violation) -> Self {
        Self::new(format!("parameter `{}`: {}", violation.location, violation.detail), None)
    }
}

/// The character between a parameter and another one before it in the same segment, if it has to be escaped in the parameter so that
/// servers find where that starts: in `{name}.{extension}`, `tar.gz` is `tar%2Egz`, which means the same (RFC 3986 §6.2.2.2). All
/// other characters that can separate parameters are always escaped.
fn separator(template: &str, name: &str) -> Option<char> {
    let (before, _) = around(template, name)?;
    let before = before.rsplit('/').next()?;
    let last = before.chars().next_back()?;
    (before.contains('}') && "-._~".contains(last)).then_some(last)
}

/// What is before and after the first `{name}` of a path template.
fn around<'t>(template: &'t str, name: &str) -> Option<(&'t str, &'t str)> {
    template.match_indices('{').find_map(|(start, _)| {
        let (before, place) = template.split_at(start);
        Some((before, place.strip_prefix('{')?.strip_prefix(name)?.strip_prefix('}')?))
    })
}
