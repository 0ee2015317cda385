//! What is given for access tokens.

use std::fmt;
use std::sync::Arc;

use url::Url;

use super::authorization_server::AuthorizationServer;
use super::cache::TokenCache;
use super::client_id::ClientId;
use super::token::Token;
use crate::client::credential::Connect;
use crate::client::{CredentialProvider, Transport};

type Listener = Arc<dyn Fn(&Token) + Send + Sync>;

/// What is given for access tokens, for as long as the client lives: a token is asked for with the first call, kept for all
/// calls, and renewed before it expires or when the server answers 401. `Debug` prints no secret.
#[derive(Clone)]
#[must_use = "a grant does nothing until a client is built with it"]
pub struct Grant {
    pub(super) client: ClientId,
    pub(super) kind: Kind,
    pub(super) scopes: Vec<String>,
    pub(super) fields: Vec<(String, String)>,
    pub(super) server: Option<AuthorizationServer>,
    pub(super) listener: Option<Listener>,
}

#[derive(Clone)]
pub(super) enum Kind {
    ClientCredentials,
    RefreshToken(String),
    Password { user: String, password: String },
}

impl Grant {
    fn new(client: ClientId, kind: Kind) -> Self {
        Self { client, kind, scopes: Vec::new(), fields: Vec::new(), server: None, listener: None }
    }

    /// The client acts for itself (RFC 6749 §4.4).
    pub fn client_credentials(id: impl Into<String>, secret: impl Into<String>) -> Self {
        Self::new(ClientId::confidential(id, secret), Kind::ClientCredentials)
    }

    /// The client acts for somebody who once said yes (RFC 6749 §6). If the server gives another refresh token with an access
    /// token, the next one is had with that; see [`Self::on_token`].
    pub fn refresh_token(client: ClientId, token: impl Into<String>) -> Self {
        Self::new(client, Kind::RefreshToken(token.into()))
    }

    /// The client knows the password of its user (RFC 6749 §4.3), where a server offers nothing better.
    pub fn password(client: ClientId, user: impl Into<String>, password: impl Into<String>) -> Self {
        Self::new(client, Kind::Password { user: user.into(), password: password.into() })
    }

    /// In place of the client that was given: one that proves itself in another way.
    pub fn client(mut self, client: ClientId) -> Self {
        self.client = client;
        self
    }

    /// Asks for a scope, beside those asked for already. Without any, the server decides.
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scopes.push(scope.into());
        self
    }

    /// Another field of the request for a token, such as `audience` or `resource`.
    pub fn field(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.fields.push((name.into(), value.into()));
        self
    }

    /// In place of the authorization server that the document names.
    pub fn server(mut self, server: AuthorizationServer) -> Self {
        self.server = Some(server);
        self
    }

    /// Called with every new token: keep its refresh token if it has one, because the former one may have become worthless.
    pub fn on_token(mut self, listener: impl Fn(&Token) + Send + Sync + 'static) -> Self {
        self.listener = Some(Arc::new(listener));
        self
    }
}

/// Without any secret.
impl fmt::Debug for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match &self.kind {
            Kind::ClientCredentials => "client_credentials",
            Kind::RefreshToken(_) => "refresh_token",
            Kind::Password { .. } => "password",
        };
        let mut out = f.debug_struct("Grant");
        out.field("kind", &kind).field("client", &self.client).field("scopes", &self.scopes).finish_non_exhaustive()
    }
}

/// A grant that waits for the client to be built.
pub struct Unconnected {
    grant: Grant,
    server: AuthorizationServer,
}

impl Unconnected {
    /// `server` is the one that the document names.
    pub fn new(grant: Grant, server: AuthorizationServer) -> Self {
        Self { server: grant.server.clone().unwrap_or(server), grant }
    }
}

impl Connect for Unconnected {
    fn connect(&self, transport: &Arc<dyn Transport>, base_url: &Url) -> Arc<dyn CredentialProvider> {
        let (transport, base_url) = (Arc::clone(transport), base_url.clone());
        Arc::new(TokenCache::new(self.grant.clone(), self.server.clone(), transport, base_url))
    }
}
