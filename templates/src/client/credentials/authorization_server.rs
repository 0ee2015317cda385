//! The endpoints of an authorization server.

use std::borrow::Cow;

use http::Method;
use serde_json::Value;
use url::{Host, Url};

use super::error::TokenError;
use super::exchange;
use crate::client::{Transport, user_info};

type Text = Option<Cow<'static, str>>;

/// The endpoints of an authorization server (RFC 8414 §2). Relative URLs are resolved against the base URL of the
/// client.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuthorizationServer {
    /// Token endpoint.
    pub token_url: Text,
    /// Endpoint for refresh tokens, if it is not the token endpoint.
    pub refresh_url: Text,
    /// Authorization endpoint.
    pub authorization_url: Text,
    /// Device authorization endpoint (RFC 8628).
    pub device_authorization_url: Text,
    /// Metadata document (OpenID Connect Discovery 1.0 §4, RFC 8414).
    pub metadata_url: Text,
}

impl AuthorizationServer {
    /// No endpoint is known.
    pub const UNKNOWN: Self = Self {
        token_url: None,
        refresh_url: None,
        authorization_url: None,
        device_authorization_url: None,
        metadata_url: None,
    };

    /// Creates a server with only the URL of its metadata, usually `<issuer>/.well-known/openid-configuration`.
    pub fn described_at(metadata_url: impl Into<String>) -> Self {
        Self { metadata_url: Some(Cow::Owned(metadata_url.into())), ..Self::UNKNOWN }
    }

    /// Fetches the metadata of the server, and returns the server with all endpoints.
    ///
    /// Fails if there is no `metadata_url`, if the metadata cannot be read, or if it names a token or device endpoint
    /// that is not to be trusted: on another host than the metadata, or without encryption. Endpoints that are set already are not replaced,
    /// so set those that really are on another host.
    pub async fn discover(&self, transport: &dyn Transport) -> Result<Self, TokenError> {
        let url = resolve(self.metadata_url.as_deref(), None, "metadata_url")?;
        self.discover_at(transport, url).await
    }

    pub(super) async fn discover_at(&self, transport: &dyn Transport, url: Url) -> Result<Self, TokenError> {
        let metadata = exchange::json(transport, reqwest::Request::new(Method::GET, url.clone())).await?;
        let named = |key: &str| metadata.get(key).and_then(Value::as_str);
        let endpoint = |known: &Text, key: &str, field: &str| match (known, named(key)) {
            (None, Some(text)) => trusted(&url, text, field).map(|url| Some(Cow::Owned(url.into()))),
            (known, _) => Ok(known.clone()),
        };
        // The browser goes there, without any secret.
        let authorization_url = named("authorization_endpoint").map(|text| Cow::Owned(text.to_owned()));
        Ok(Self {
            token_url: endpoint(&self.token_url, "token_endpoint", "token_url")?,
            refresh_url: self.refresh_url.clone(),
            authorization_url: self.authorization_url.clone().or(authorization_url),
            device_authorization_url: endpoint(
                &self.device_authorization_url,
                "device_authorization_endpoint",
                "device_authorization_url",
            )?,
            metadata_url: self.metadata_url.clone(),
        })
    }
}

/// Returns the URL of an endpoint that metadata name, if it can be trusted as much as the metadata; `field` is the field to
/// set otherwise. These endpoints receive secrets of the client.
fn trusted(metadata: &Url, endpoint: &str, field: &str) -> Result<Url, TokenError> {
    let shown = user_info::hidden(metadata.as_str());
    let bad = |what: &str| {
        TokenError::new(format!("the metadata at `{shown}` name {what}; if it is right, set `{field}` yourself"))
    };
    let url = metadata.join(endpoint).map_err(|_| bad("an endpoint that is not a URL"))?;
    if url.host() != metadata.host() {
        return Err(bad(&format!("an endpoint on the other host `{}`", url.host_str().unwrap_or_default())));
    }
    let is_encrypted = url.scheme() == "https" || (url.scheme() == "http" && is_loopback(&url));
    if !is_encrypted && url.scheme() != metadata.scheme() {
        return Err(bad("an endpoint without encryption"));
    }
    Ok(url)
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Parses the URL of an endpoint; `name` is the field to set if there is none.
pub(super) fn resolve(url: Option<&str>, base: Option<&Url>, name: &str) -> Result<Url, TokenError> {
    let text = url.ok_or_else(|| {
        TokenError::new(format!("the `{name}` of the authorization server is unknown; set it in `AuthorizationServer`"))
    })?;
    let url = match base {
        Some(base) => below(base, text),
        None => Url::parse(text),
    };
    url.map_err(|error| TokenError::because(format!("invalid `{name}` of the authorization server"), error))
}

/// Resolves a URL against the base URL as if that ended with a slash (OpenAPI 3.2.0 §4.5.3).
fn below(base: &Url, text: &str) -> Result<Url, url::ParseError> {
    let mut base = base.clone();
    let path = format!("{}/", base.path().trim_end_matches('/'));
    base.set_path(&path);
    base.join(text)
}
