//! Where tokens are had.

use std::borrow::Cow;

use http::Method;
use serde_json::Value;
use url::Url;

use super::error::TokenError;
use super::exchange;
use crate::client::Transport;

type Text = Option<Cow<'static, str>>;

/// The URLs of an authorization server (RFC 8414 §2). URLs that are not absolute are below the base URL of the client.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuthorizationServer {
    /// Where tokens are had.
    pub token_url: Text,
    /// Where tokens are renewed, if elsewhere.
    pub refresh_url: Text,
    /// Where people say yes.
    pub authorization_url: Text,
    /// Where a device asks for a code (RFC 8628).
    pub device_authorization_url: Text,
    /// Where the server describes itself: OpenID Connect Discovery 1.0 §4 or RFC 8414.
    pub metadata_url: Text,
}

impl AuthorizationServer {
    /// Nothing is known yet.
    pub const UNKNOWN: Self = Self {
        token_url: None,
        refresh_url: None,
        authorization_url: None,
        device_authorization_url: None,
        metadata_url: None,
    };

    /// The server whose metadata are at this URL, usually `<issuer>/.well-known/openid-configuration`.
    pub fn described_at(metadata_url: impl Into<String>) -> Self {
        Self { metadata_url: Some(Cow::Owned(metadata_url.into())), ..Self::UNKNOWN }
    }

    /// Asks the server for the URLs that are not known.
    ///
    /// Fails if there is no `metadata_url`, or no metadata behind it.
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

/// An URL of the server; `name` is what to set if there is none.
pub(super) fn resolve(url: Option<&str>, base: Option<&Url>, name: &str) -> Result<Url, TokenError> {
    let text = url.ok_or_else(|| {
        TokenError::new(format!(
            "the `{name}` of the authorization server is not known; set it in its `AuthorizationServer`"
        ))
    })?;
    let url = match base {
        Some(base) => below(base, text),
        None => Url::parse(text),
    };
    url.map_err(|error| TokenError::because(format!("the `{name}` of the authorization server"), error))
}

/// Relative URLs are relative to the base URL as if it ended in a slash (OpenAPI 3.2.0 §4.5.3).
fn below(base: &Url, text: &str) -> Result<Url, url::ParseError> {
    let mut base = base.clone();
    let path = format!("{}/", base.path().trim_end_matches('/'));
    base.set_path(&path);
    base.join(text)
}
