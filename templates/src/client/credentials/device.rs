//! The device authorization grant (RFC 8628): a user gives consent on another device.

use std::fmt;
use std::time::Duration;

use serde_json::Value;
use tokio::time::Instant;

use super::authorization_server::{self, AuthorizationServer};
use super::client_id::ClientId;
use super::error::TokenError;
use super::exchange;
use super::token::Token;
use crate::client::Transport;

/// A code that a user enters on another device. `Debug` prints no secret.
#[derive(Clone)]
pub struct DeviceCode {
    /// The code to enter.
    pub user_code: String,
    /// The URL of the page on which to enter it.
    pub verification_url: String,
    /// The same URL including the code, for example to show as a QR code.
    pub verification_url_complete: Option<String>,
    server: AuthorizationServer,
    client: ClientId,
    code: String,
    interval: Duration,
    until: Option<Instant>,
}

impl DeviceCode {
    /// Requests a code.
    ///
    /// Fails if the device authorization endpoint is unknown or not an absolute URL, or if the authorization server
    /// responds with an error.
    pub async fn request(
        server: AuthorizationServer,
        client: ClientId,
        scopes: &[&str],
        transport: &dyn Transport,
    ) -> Result<Self, TokenError> {
        let known = server.device_authorization_url.as_deref();
        let url = authorization_server::resolve(known, None, "device_authorization_url")?;
        let scopes = scopes.join(" ");
        let mut fields = vec![("scope", scopes.as_str())];
        fields.retain(|(_, value)| !value.is_empty());
        // The client is always identified (RFC 8628 §3.1).
        if client.fields().is_empty() {
            fields.push(("client_id", client.id()));
        }
        let members = exchange::json(transport, exchange::form(url, &client, &fields)?).await?;
        let text = |key: &str| members.get(key).and_then(Value::as_str).map(str::to_owned);
        let needed = |key: &str| {
            text(key).ok_or_else(|| TokenError::new(format!("the response of the authorization server has no `{key}`")))
        };
        let seconds = |key: &str| members.get(key).and_then(Value::as_u64).map(Duration::from_secs);
        Ok(Self {
            user_code: needed("user_code")?,
            verification_url: text("verification_url").map_or_else(|| needed("verification_uri"), Ok)?,
            verification_url_complete: text("verification_uri_complete"),
            code: needed("device_code")?,
            interval: seconds("interval").unwrap_or(Duration::from_secs(5)),
            until: seconds("expires_in").and_then(|lifetime| Instant::now().checked_add(lifetime)),
            server,
            client,
        })
    }

    /// Waits until the user gives consent, and returns the token.
    ///
    /// Fails if the user refuses, if the code expires, or if the authorization server cannot be reached.
    pub async fn wait(mut self, transport: &dyn Transport) -> Result<Token, TokenError> {
        let url = authorization_server::resolve(self.server.token_url.as_deref(), None, "token_url")?;
        let fields =
            [("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("device_code", self.code.as_str())];
        loop {
            if self.until.is_some_and(|until| Instant::now() >= until) {
                return Err(TokenError::new("the code expired before the user entered it"));
            }
            tokio::time::sleep(self.interval).await;
            match exchange::token(transport, url.clone(), &self.client, &fields).await {
                Err(error) if error.code() == Some("authorization_pending") => {}
                Err(error) if error.code() == Some("slow_down") => {
                    self.interval = self.interval.saturating_add(Duration::from_secs(5));
                }
                done => return done,
            }
        }
    }
}

/// Prints no secret.
impl fmt::Debug for DeviceCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("DeviceCode");
        out.field("user_code", &self.user_code)
            .field("verification_url", &self.verification_url)
            .finish_non_exhaustive()
    }
}
