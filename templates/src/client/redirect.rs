//! Redirects (RFC 9110 §15.4). They are followed here, not by the HTTP client, so that no credential goes to another
//! host.

use http::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, LOCATION, PROXY_AUTHORIZATION};
use http::{HeaderMap, HeaderName, Method};
use url::Url;

use super::error::RequestError;
use super::payload::Payload;

/// The maximum number of redirects per attempt.
pub(super) const MOST: usize = 10;

/// A request that is ready to be sent. Its credentials are marked as sensitive by [`Self::mark_secrets`].
#[derive(Clone)]
pub(super) struct Outgoing {
    pub method: Method,
    pub url: Url,
    pub headers: HeaderMap,
    pub body: Option<Payload>,
}

impl Outgoing {
    pub fn into_request(self) -> Result<reqwest::Request, RequestError> {
        let mut request = reqwest::Request::new(self.method, self.url);
        *request.headers_mut() = self.headers;
        *request.body_mut() = self.body.as_ref().map(Payload::open).transpose()?;
        Ok(request)
    }

    /// Returns the request that a response redirects to. `None` if the response is not a redirect, or one that is not
    /// followed: bodies are not sent to other hosts, and https is not left for http.
    pub fn redirected(self, status: u16, headers: &HeaderMap) -> Option<Self> {
        let keeps_method = match status {
            301 | 302 => self.method != Method::POST,
            303 => matches!(self.method, Method::GET | Method::HEAD),
            307 | 308 => true,
            _ => return None,
        };
        let url = self.url.join(headers.get(LOCATION)?.to_str().ok()?).ok()?;
        let downgrade = self.url.scheme() == "https" && url.scheme() != "https";
        if downgrade || !matches!(url.scheme(), "http" | "https") {
            return None;
        }
        let origin = self.url.origin();
        let mut next = Self { url, ..self };
        if !keeps_method {
            next.method = Method::GET;
            next.body = None;
            next.headers.remove(CONTENT_TYPE);
            next.headers.remove(CONTENT_LENGTH);
        }
        if next.body.as_ref().is_some_and(|body| !body.is_repeatable()) {
            return None;
        }
        if next.url.origin() != origin {
            if next.body.is_some() {
                return None;
            }
            next.forget_credentials();
        }
        Some(next)
    }

    /// Marks the headers with these names, and those that are always credentials, as sensitive.
    pub fn mark_secrets(&mut self, is_secret: impl Fn(&HeaderName) -> bool) {
        for (name, value) in &mut self.headers {
            if [AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION].contains(name) || is_secret(name) {
                value.set_sensitive(true);
            }
        }
    }

    /// Removes all credentials and secret headers, which are marked as sensitive.
    fn forget_credentials(&mut self) {
        let secret = self.headers.iter().filter(|(_, value)| value.is_sensitive());
        let secrets: Vec<_> = secret.map(|(name, _)| name.clone()).collect();
        for name in secrets {
            self.headers.remove(name);
        }
    }
}
