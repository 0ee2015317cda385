//! Obtains, keeps and renews access tokens.

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::Instant;
use url::Url;

use super::authorization_server::{self, AuthorizationServer};
use super::error::TokenError;
use super::exchange;
use super::grant::{Grant, Kind};
use super::token::Token;
use crate::client::{BoxError, BoxFuture, CredentialProvider, Transport};

/// Tokens are renewed this long before they expire, to allow for clock skew and slow requests.
const MARGIN: Duration = Duration::from_secs(30);

/// The token that all calls of a client share. While one call requests a new one, the others wait for it.
pub(super) struct TokenCache {
    grant: Grant,
    transport: Arc<dyn Transport>,
    base_url: Url,
    asking: Mutex<Asking>,
    kept: std::sync::Mutex<Option<Kept>>,
}

/// State that only the call that requests a token needs.
struct Asking {
    server: AuthorizationServer,
    refresh_token: Option<String>,
    failed: Option<(Instant, String)>,
}

struct Kept {
    access_token: String,
    until: Option<Instant>,
}

impl TokenCache {
    pub fn new(grant: Grant, server: AuthorizationServer, transport: Arc<dyn Transport>, base_url: Url) -> Self {
        let refresh_token = if let Kind::RefreshToken(token) = &grant.kind { Some(token.clone()) } else { None };
        let asking = Mutex::new(Asking { server, refresh_token, failed: None });
        Self { grant, transport, base_url, asking, kept: std::sync::Mutex::new(None) }
    }

    /// Returns the token if it has not expired.
    fn kept(&self) -> Option<String> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let good = |kept: &&Kept| kept.until.is_none_or(|until| Instant::now() < until);
        kept.as_ref().filter(good).map(|kept| kept.access_token.clone())
    }

    async fn token(&self) -> Result<String, BoxError> {
        if let Some(token) = self.kept() {
            return Ok(token);
        }
        let came = Instant::now();
        let mut asking = self.asking.lock().await;
        // Another call that held the lock may have obtained a token, or failed to.
        if let Some(token) = self.kept() {
            return Ok(token);
        }
        if let Some((_, message)) = asking.failed.as_ref().filter(|(when, _)| *when >= came) {
            return Err(message.clone().into());
        }
        match self.ask(&mut asking).await {
            Ok(token) => {
                asking.failed = None;
                Ok(self.keep(&token))
            }
            Err(error) => {
                asking.failed = Some((Instant::now(), error.to_string()));
                Err(error.into())
            }
        }
    }

    async fn ask(&self, asking: &mut Asking) -> Result<Token, TokenError> {
        let url = self.token_url(asking).await?;
        match self.request(url.clone(), asking.refresh_token.as_deref()).await {
            Ok(token) => {
                if let Some(next) = token.refresh_token() {
                    asking.refresh_token = Some(next.to_owned());
                }
                Ok(token)
            }
            // The refresh token that came with an access token has expired, so the grant starts again.
            Err(error) if error.code() == Some("invalid_grant") && asking.may_begin_anew(&self.grant) => {
                asking.refresh_token = None;
                self.request(url, None).await
            }
            Err(error) => Err(error),
        }
    }

    async fn token_url(&self, asking: &mut Asking) -> Result<Url, TokenError> {
        if asking.server.token_url.is_none() && asking.server.metadata_url.is_some() {
            let metadata = asking.server.metadata_url.as_deref();
            let url = authorization_server::resolve(metadata, Some(&self.base_url), "metadata_url")?;
            asking.server = asking.server.discover_at(&*self.transport, url).await?;
        }
        let server = &asking.server;
        let refresh_url = server.refresh_url.as_deref().filter(|_| asking.refresh_token.is_some());
        let url = refresh_url.or(server.token_url.as_deref());
        authorization_server::resolve(url, Some(&self.base_url), "token_url")
    }

    async fn request(&self, url: Url, refresh_token: Option<&str>) -> Result<Token, TokenError> {
        let scope = self.grant.scopes.join(" ");
        let mut fields = match (refresh_token, &self.grant.kind) {
            (Some(token), _) => vec![("grant_type", "refresh_token"), ("refresh_token", token)],
            (None, Kind::Password { user, password }) => {
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

    fn keep(&self, token: &Token) -> String {
        // The margin is at most a tenth of the lifetime, for tokens that expire soon.
        let good = |lifetime: Duration| lifetime.saturating_sub(MARGIN.min(lifetime / 10));
        let until = token.expires_in().and_then(|lifetime| Instant::now().checked_add(good(lifetime)));
        let access_token = token.access_token().to_owned();
        let kept = Kept { access_token: access_token.clone(), until };
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(kept);
        if let Some(listener) = &self.grant.listener {
            listener(token);
        }
        access_token
    }
}

impl Asking {
    fn may_begin_anew(&self, grant: &Grant) -> bool {
        self.refresh_token.is_some() && !matches!(grant.kind, Kind::RefreshToken(_))
    }
}

impl CredentialProvider for TokenCache {
    fn credential(&self) -> BoxFuture<'_, Result<String, BoxError>> {
        Box::pin(self.token())
    }

    /// Drops the token, unless another call has renewed it meanwhile.
    fn rejected(&self, credential: &str) -> bool {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.as_ref().is_some_and(|kept| kept.access_token == credential) {
            *kept = None;
        }
        true
    }
}
