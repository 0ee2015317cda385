//! Grants: how a client obtains access tokens.

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

/// How a client obtains access tokens (RFC 6749). A token is requested with the first call, kept for all calls, and
/// renewed before it expires or when the server responds with 401. `Debug` prints no secret.
#[derive(Clone)]
#[must_use = "a grant does nothing until a client is built with it"]
pub struct Grant {
    pub(super) client: ClientId,
    pub(super) kind: GrantKind,
    pub(super) scopes: Vec<String>,
    pub(super) fields: Vec<(String, String)>,
    pub(super) server: Option<AuthorizationServer>,
    pub(super) listener: Option<Listener>,
}

#[derive(Clone)]
pub(super) enum GrantKind {
    ClientCredentials,
    RefreshToken(String),
    Password { user: String, password: String },
}

impl Grant {
    fn new(client: ClientId, kind: GrantKind) -> Self {
        Self { client, kind, scopes: Vec::new(), fields: Vec::new(), server: None, listener: None }
    }

    /// Creates a client credentials grant: the client acts on its own behalf (RFC 6749 §4.4).
    pub fn client_credentials(id: impl Into<String>, secret: impl Into<String>) -> Self {
        Self::new(ClientId::confidential(id, secret), GrantKind::ClientCredentials)
    }

    /// Creates a refresh token grant: the client acts on behalf of a user who gave consent before (RFC 6749 §6). If the
    /// server returns a new refresh token, that one is used next; see [`Self::on_token`].
    pub fn refresh_token(client: ClientId, token: impl Into<String>) -> Self {
        Self::new(client, GrantKind::RefreshToken(token.into()))
    }

    /// Creates a password grant (RFC 6749 §4.3), for servers that offer nothing better.
    pub fn password(client: ClientId, user: impl Into<String>, password: impl Into<String>) -> Self {
        Self::new(client, GrantKind::Password { user: user.into(), password: password.into() })
    }

    /// Replaces the client, for example to authenticate in another way.
    pub fn client(mut self, client: ClientId) -> Self {
        self.client = client;
        self
    }

    /// Requests a scope, in addition to those requested so far. Without any, the server decides.
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scopes.push(scope.into());
        self
    }

    /// Adds a field to the token request, such as `audience` or `resource`.
    pub fn field(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.fields.push((name.into(), value.into()));
        self
    }

    /// Replaces the authorization server that the document names.
    pub fn server(mut self, server: AuthorizationServer) -> Self {
        self.server = Some(server);
        self
    }

    /// Calls a function with every new token. Store its refresh token if it has one, because the previous one may be
    /// invalid now.
    pub fn on_token(mut self, listener: impl Fn(&Token) + Send + Sync + 'static) -> Self {
        self.listener = Some(Arc::new(listener));
        self
    }
}

/// Prints no secret.
impl fmt::Debug for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match &self.kind {
            GrantKind::ClientCredentials => "client_credentials",
            GrantKind::RefreshToken(_) => "refresh_token",
            GrantKind::Password { .. } => "password",
        };
        let mut out = f.debug_struct("Grant");
        out.field("kind", &kind).field("client", &self.client).field("scopes", &self.scopes).finish_non_exhaustive()
    }
}

/// A grant that waits for the transport of the client.
pub struct Unconnected {
    grant: Grant,
    server: AuthorizationServer,
}

impl Unconnected {
    /// Creates it; `server` is the authorization server that the document names.
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
