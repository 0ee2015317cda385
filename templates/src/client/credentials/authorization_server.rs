//! The endpoints of an authorization server.

use std::borrow::Cow;

use http::Method;
use serde_json::Value;
use url::Url;

use super::error::TokenError;
use super::exchange;
use crate::client::Transport;

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
    /// Fails if there is no `metadata_url`, or if the metadata cannot be read.
    pub async fn discover(&self, transport: &dyn Transport) -> Result<Self, TokenError> {
        let url = resolve(self.metadata_url.as_deref(), None, "metadata_url")?;
        self.discover_at(transport, url).await
    }

    pub(super) async fn discover_at(&self, transport: &dyn Transport, url: Url) -> Result<Self, TokenError> {
        let metadata = exchange::json(transport, reqwest::Request::new(Method::GET, url)).await?;
        let found = |known: &Text, key: &str| {
            let text = metadata.get(key).and_then(Value::as_str).map(|text| Cow::Owned(text.to_owned()));
            known.clone().or(text)
        };
        Ok(Self {
            token_url: found(&self.token_url, "token_endpoint"),
            refresh_url: self.refresh_url.clone(),
            authorization_url: found(&self.authorization_url, "authorization_endpoint"),
            device_authorization_url: found(&self.device_authorization_url, "device_authorization_endpoint"),
            metadata_url: self.metadata_url.clone(),
        })
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
