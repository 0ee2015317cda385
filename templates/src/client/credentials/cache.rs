//! Obtains, keeps and renews access tokens.

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::Instant;
use url::Url;

use super::authorization_server::{self, AuthorizationServer};
use super::error::TokenError;
use super::exchange;
use super::grant::{Grant, GrantKind};
use super::token::Token;
use crate::client::{BoxError, BoxFuture, CredentialProvider, Transport};

/// Tokens are renewed this long before they expire, to allow for clock skew and slow requests.
const MARGIN: Duration = Duration::from_secs(30);

/// The token that all calls of a client share. While one call requests a new one, the others wait for it.
pub(super) struct TokenCache {
    grant: Grant,
    transport: Arc<dyn Transport>,
    base_url: Url,
    renewal: Mutex<Renewal>,
    cached: std::sync::Mutex<Option<Cached>>,
}

/// State that only the call that requests a token needs.
struct Renewal {
    server: AuthorizationServer,
    refresh_token: Option<String>,
    failed: Option<(Instant, String)>,
}

struct Cached {
    access_token: String,
    until: Option<Instant>,
}

impl TokenCache {
    pub fn new(grant: Grant, server: AuthorizationServer, transport: Arc<dyn Transport>, base_url: Url) -> Self {
        let refresh_token = if let GrantKind::RefreshToken(token) = &grant.kind { Some(token.clone()) } else { None };
        let renewal = Mutex::new(Renewal { server, refresh_token, failed: None });
        Self { grant, transport, base_url, renewal, cached: std::sync::Mutex::new(None) }
    }

    /// Returns the token if it has not expired.
    fn cached(&self) -> Option<String> {
        let cached = self.cached.lock().unwrap_or_else(PoisonError::into_inner);
        let good = |cached: &&Cached| cached.until.is_none_or(|until| Instant::now() < until);
        cached.as_ref().filter(good).map(|cached| cached.access_token.clone())
    }

    async fn token(&self) -> Result<String, BoxError> {
        if let Some(token) = self.cached() {
            return Ok(token);
        }
        let started = Instant::now();
        let mut renewal = self.renewal.lock().await;
        // Another call that held the lock may have obtained a token, or failed to.
        if let Some(token) = self.cached() {
            return Ok(token);
        }
        if let Some((_, message)) = renewal.failed.as_ref().filter(|(when, _)| *when >= started) {
            return Err(message.clone().into());
        }
        match self.obtain(&mut renewal).await {
            Ok(token) => {
                renewal.failed = None;
                Ok(self.store(&token))
            }
            Err(error) => {
                renewal.failed = Some((Instant::now(), error.to_string()));
                Err(error.into())
            }
        }
    }

    async fn obtain(&self, renewal: &mut Renewal) -> Result<Token, TokenError> {
        let url = self.token_url(renewal).await?;
        match self.request(url.clone(), renewal.refresh_token.as_deref()).await {
            Ok(token) => {
                if let Some(next) = token.refresh_token() {
                    renewal.refresh_token = Some(next.to_owned());
                }
                Ok(token)
            }
            // The refresh token that started with an access token has expired, so the grant starts again.
            Err(error) if error.code() == Some("invalid_grant") && renewal.can_restart(&self.grant) => {
                renewal.refresh_token = None;
                self.request(url, None).await
            }
            Err(error) => Err(error),
        }
    }

    async fn token_url(&self, renewal: &mut Renewal) -> Result<Url, TokenError> {
        if renewal.server.token_url.is_none() && renewal.server.metadata_url.is_some() {
            let metadata = renewal.server.metadata_url.as_deref();
            let url = authorization_server::resolve(metadata, Some(&self.base_url), "metadata_url")?;
            renewal.server = renewal.server.discover_at(&*self.transport, url).await?;
        }
        let server = &renewal.server;
        let refresh_url = server.refresh_url.as_deref().filter(|_| renewal.refresh_token.is_some());
        let url = refresh_url.or(server.token_url.as_deref());
        authorization_server::resolve(url, Some(&self.base_url), "token_url")
    }

    async fn request(&self, url: Url, refresh_token: Option<&str>) -> Result<Token, TokenError> {
        let scope = self.grant.scopes.join(" ");
        let mut fields = match (refresh_token, &self.grant.kind) {
            (Some(token), _) => vec![("grant_type", "refresh_token"), ("refresh_token", token)],
            (None, GrantKind::Password { user, password }) => {
                vec![("grant_type", "password"), ("username", user), ("password", password)]
            }
            (None, _) => vec![("grant_type", "client_credentials")],
        };
        if !scope.is_empty() {
            fields.push(("scope", &scope));
        }
        fields.extend(self.grant.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        exchange::token(&*self.transport, url, &self.grant.client, &fields).await
    }

    fn store(&self, token: &Token) -> String {
        // The margin is at most a tenth of the lifetime, for tokens that expire soon.
        let good = |lifetime: Duration| lifetime.saturating_sub(MARGIN.min(lifetime / 10));
        let until = token.expires_in().and_then(|lifetime| Instant::now().checked_add(good(lifetime)));
        let access_token = token.access_token().to_owned();
        let cached = Cached { access_token: access_token.clone(), until };
        *self.cached.lock().unwrap_or_else(PoisonError::into_inner) = Some(cached);
        if let Some(listener) = &self.grant.listener {
            listener(token);
        }
        access_token
    }
}

impl Renewal {
    fn can_restart(&self, grant: &Grant) -> bool {
        self.refresh_token.is_some() && !matches!(grant.kind, GrantKind::RefreshToken(_))
    }
}

impl CredentialProvider for TokenCache {
    fn credential(&self) -> BoxFuture<'_, Result<String, BoxError>> {
        Box::pin(self.token())
    }

    /// Drops the token, unless another call has renewed it meanwhile.
    fn rejected(&self, credential: &str) -> bool {
        let mut cached = self.cached.lock().unwrap_or_else(PoisonError::into_inner);
        if cached.as_ref().is_some_and(|cached| cached.access_token == credential) {
            *cached = None;
        }
        true
    }
}
