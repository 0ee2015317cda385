//! Credentials of requests.

use std::fmt;

use http::HeaderMap;

use super::context::RequestHead;
use crate::models::Base64;
use crate::models::params;

/// An API key or token. `Debug` does not print it.
#[derive(Clone)]
pub struct ApiKey(String);

impl ApiKey {
    /// Returns the key.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Compares the key in constant time.
    pub fn ct_eq(&self, other: &str) -> bool {
        same(&self.0, other)
    }
}

/// How the key is read from a request; `None` if it is not there.
impl ApiKey {
    /// Reads the key from a header.
    pub fn header(request: &RequestHead, name: &str) -> Option<Self> {
        text(&request.headers, name).map(|key| Self(key.to_owned()))
    }

    /// Reads the key from a query parameter.
    pub fn query(request: &RequestHead, name: &str) -> Option<Self> {
        let decode = |text: &str| params::unescape(&text.replace('+', "%20"));
        let pairs = request.uri.query()?.split('&').filter_map(|pair| pair.split_once('='));
        pairs
            .map(|(key, value)| (decode(key), decode(value)))
            .find(|(key, _)| key == name)
            .map(|(_, value)| Self(value))
    }

    /// Reads the key from a cookie.
    pub fn cookie(request: &RequestHead, name: &str) -> Option<Self> {
        let cookies = request.headers.get_all(http::header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut pairs = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.find(|(key, _)| *key == name).map(|(_, value)| Self(value.to_owned()))
    }

    /// Reads a bearer token (RFC 6750).
    pub fn bearer(request: &RequestHead) -> Option<Self> {
        authorization(&request.headers, "bearer").map(|token| Self(token.to_owned()))
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey([redacted])")
    }
}

/// A user name and a password (RFC 7617). `Debug` does not print the password.
#[derive(Clone)]
pub struct Basic {
    /// The user name.
    pub user: String,
    password: String,
}

impl Basic {
    /// Returns the password.
    pub fn expose(&self) -> &str {
        &self.password
    }

    /// Compares the password in constant time.
    pub fn ct_eq(&self, password: &str) -> bool {
        same(&self.password, password)
    }

    /// Reads the user name and password from `Authorization: Basic`; `None` if it is missing or malformed.
    pub fn read(request: &RequestHead) -> Option<Self> {
        Self::from_headers(&request.headers)
    }

    /// The same from the headers of a request, such as `cx.headers` of a [`Context`](super::Context).
    pub fn from_headers(headers: &HeaderMap) -> Option<Self> {
        let bytes = Base64::decode(authorization(headers, "basic")?).ok()?.0;
        let (user, password) =
            String::from_utf8(bytes).ok()?.split_once(':').map(|(u, p)| (u.to_owned(), p.to_owned()))?;
        Some(Self { user, password })
    }
}

impl fmt::Debug for Basic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Basic").field("user", &self.user).field("password", &"[redacted]").finish()
    }
}

/// The client certificate of a connection, DER-encoded.
///
/// The layer that terminates TLS adds it to the extensions of the request after verifying it. With `axum::serve`, the
/// listener provides it as `ConnectInfo`.
#[derive(Clone, PartialEq, Eq)]
pub struct ClientCertificate(pub bytes::Bytes);

impl ClientCertificate {
    /// Reads the certificate from the extensions of a request.
    pub fn of(request: &RequestHead) -> Option<Self> {
        request.extensions.get::<Self>().cloned()
    }
}

impl fmt::Debug for ClientCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ClientCertificate({} bytes)", self.0.len())
    }
}

fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |difference, (x, y)| difference | (x ^ y)) == 0
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok().filter(|text| !text.is_empty())
}

fn authorization<'p>(headers: &'p HeaderMap, scheme: &str) -> Option<&'p str> {
    let (found, credential) = text(headers, "authorization")?.split_once(' ')?;
    if found.eq_ignore_ascii_case(scheme) { Some(credential.trim()) } else { None }
}
