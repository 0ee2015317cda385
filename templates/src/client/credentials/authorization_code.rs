//! The authorization code grant with PKCE (RFC 6749 §4.1, RFC 7636): a user gives consent in a browser.

use std::fmt;

use sha2::{Digest as _, Sha256};
use url::Url;

use super::authorization_server::{self, AuthorizationServer};
use super::client_id::ClientId;
use super::error::TokenError;
use super::exchange;
use super::token::Token;
use crate::client::Transport;

/// The consent of one user in a browser: send the browser to [`Self::url`], then pass the URL of the redirect to
/// [`Self::exchange`].
///
/// `Debug` prints no secret.
#[derive(Clone)]
pub struct AuthorizationCode {
    server: AuthorizationServer,
    client: ClientId,
    redirect_url: String,
    scopes: Vec<String>,
    state: String,
    verifier: String,
}

impl AuthorizationCode {
    /// Starts the grant. `redirect_url` is the URL to which the browser returns, as registered with the authorization
    /// server.
    ///
    /// Fails if the system provides no random numbers.
    pub fn new(
        server: AuthorizationServer,
        client: ClientId,
        redirect_url: impl Into<String>,
    ) -> Result<Self, TokenError> {
        let (state, verifier) = (random()?, random()?);
        Ok(Self { server, client, redirect_url: redirect_url.into(), scopes: Vec::new(), state, verifier })
    }

    /// Continues a grant that another process may have started, with its `state` and `verifier`.
    #[must_use]
    pub fn resume(mut self, state: impl Into<String>, verifier: impl Into<String>) -> Self {
        self.state = state.into();
        self.verifier = verifier.into();
        self
    }

    /// Requests a scope, in addition to those requested so far.
    #[must_use]
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scopes.push(scope.into());
        self
    }

    /// Returns the value that ties the redirect to this grant. Keep it in the session of the browser.
    pub fn state(&self) -> &str {
        &self.state
    }

    /// Returns the secret of PKCE (RFC 7636 §4.1). Keep it where the browser cannot see it.
    pub fn verifier(&self) -> &str {
        &self.verifier
    }

    /// Returns the URL to which to send the browser.
    ///
    /// Fails if the authorization endpoint is unknown or not an absolute URL.
    pub fn url(&self) -> Result<Url, TokenError> {
        let known = self.server.authorization_url.as_deref();
        let mut url = authorization_server::resolve(known, None, "authorization_url")?;
        let challenge = base64url(&Sha256::digest(self.verifier.as_bytes()));
        url.query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", self.client.id())
            .append_pair("redirect_uri", &self.redirect_url)
            .append_pair("state", &self.state)
            .append_pair("code_challenge", &challenge)
            .append_pair("code_challenge_method", "S256");
        if !self.scopes.is_empty() {
            url.query_pairs_mut().append_pair("scope", &self.scopes.join(" "));
        }
        Ok(url)
    }

    /// Exchanges the authorization code for a token. `returned` is the URL of the redirect, or its query.
    ///
    /// Fails if the state differs, if the user refused, or if the authorization server responds with an error.
    pub async fn exchange(self, transport: &dyn Transport, returned: &str) -> Result<Token, TokenError> {
        let query = returned.split_once('?').map_or(returned, |(_, query)| query);
        let query = query.split('#').next().unwrap_or_default();
        let value = |key: &str| {
            url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == key).map(|(_, value)| value)
        };
        if value("state").is_none_or(|state| !same(&state, &self.state)) {
            return Err(TokenError::new("the redirect has another state"));
        }
        if let Some(error) = value("error") {
            return Err(TokenError::refused(302, Some(error.into_owned()), value("error_description").as_deref()));
        }
        let code = value("code").ok_or_else(|| TokenError::new("the redirect has no code"))?;
        let url = authorization_server::resolve(self.server.token_url.as_deref(), None, "token_url")?;
        let fields = [
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("redirect_uri", &self.redirect_url),
            ("code_verifier", &self.verifier),
        ];
        exchange::token(transport, url, &self.client, &fields).await
    }
}

/// Returns 256 random bits as text.
fn random() -> Result<String, TokenError> {
    let mut bytes = [0; 32];
    let failed =
        |error: getrandom::Error| TokenError::because("the system provides no random numbers", error.to_string());
    getrandom::fill(&mut bytes).map_err(failed)?;
    Ok(base64url(&bytes))
}

fn base64url(bytes: &[u8]) -> String {
    let text = crate::models::Base64::from(bytes).encode();
    text.trim_end_matches('=').replace('+', "-").replace('/', "_")
}

fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |difference, (x, y)| difference | (x ^ y)) == 0
}

/// Prints no secret.
impl fmt::Debug for AuthorizationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("AuthorizationCode");
        out.field("client", &self.client).field("redirect_url", &self.redirect_url).finish_non_exhaustive()
    }
}
