//! OAuth 2.

use crate::oauth::client::credentials::{AuthorizationCode, ClientId, Grant, Token, TokenError};
use crate::oauth::client::{BuildError, Client, ClientBuilder, Transport, authorization_servers};
use crate::oauth::models::NewAlbum;
use crate::oauth::server::{AlbumsApi, Api, AuthError, Context, CreateAlbumError, Credentials, RequestInfo};

// ANCHOR: machine
/// Creates a client that acts on its own behalf.
pub fn machine(builder: ClientBuilder, id: &str, secret: &str) -> Result<Client, BuildError> {
    builder.account_grant(Grant::client_credentials(id, secret).scope("write")).build()
}
// ANCHOR_END: machine

// ANCHOR: login
/// Starts a login. The browser goes to `login.url()`; `login.state()` and `login.verifier()` are kept in its session.
pub fn start() -> Result<AuthorizationCode, TokenError> {
    let redirect = "https://app.example.com/logged-in";
    let login = AuthorizationCode::new(authorization_servers::ACCOUNT, ClientId::public("photo-app"), redirect)?;
    Ok(login.scope("write"))
}

/// Ends a login, when the browser has come back to `returned`.
pub async fn finish(login: AuthorizationCode, http: &dyn Transport, returned: &str) -> Result<Token, TokenError> {
    login.exchange(http, returned).await
}
// ANCHOR_END: login

// ANCHOR: refresh
/// Creates a client that acts for a user who logged in before.
pub fn user(
    builder: ClientBuilder,
    refresh_token: &str,
    keep: impl Fn(&str) + Send + Sync + 'static,
) -> Result<Client, BuildError> {
    let grant = Grant::refresh_token(ClientId::public("photo-app"), refresh_token);
    // The authorization server may replace the refresh token: keep the new one.
    let grant = grant.on_token(move |token| token.refresh_token().into_iter().for_each(&keep));
    builder.account_grant(grant).build()
}
// ANCHOR_END: refresh

// ANCHOR: server
/// Who calls, and what they may do.
pub struct Caller {
    name: String,
    scopes: Vec<String>,
}

/// An API whose tokens are `NAME:SCOPE`. A real one verifies a signature, or asks the authorization server.
pub struct App;

impl Api for App {
    type Principal = Caller;

    async fn authenticate(&self, credentials: Credentials, _: &RequestInfo<'_>) -> Result<Caller, AuthError> {
        let Credentials::Account(token) = credentials;
        let parts = token.expose().split_once(':');
        let (name, scope) = parts.ok_or_else(|| AuthError::unauthorized("unknown token"))?;
        Ok(Caller { name: name.to_owned(), scopes: vec![scope.to_owned()] })
    }

    fn has_scope(&self, caller: &Caller, scope: &str) -> bool {
        caller.scopes.iter().any(|has| has == scope)
    }
}

impl AlbumsApi for App {
    async fn create_album(&self, cx: Context<Caller>, body: NewAlbum) -> Result<(), CreateAlbumError> {
        println!("{} creates {}", cx.principal.name, body.title);
        Ok(())
    }
}
// ANCHOR_END: server

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::oauth::client::{CallError, InProcess};
    use crate::oauth::server::axum::routing::post;
    use crate::oauth::server::{Server, axum};

    /// The API, and an authorization server that responds with this JSON.
    fn http(token: &'static str) -> InProcess<axum::Router> {
        let tokens = axum::Router::new()
            .route("/oauth/token", post(async move || ([("content-type", "application/json")], token)));
        InProcess(Server::new(App).into_app().merge(tokens))
    }

    async fn create(client: &Client) -> Option<u16> {
        let created = client.albums().create_album(NewAlbum::new("Summer")).await;
        created.err().map(|error: CallError<_>| error.status().map_or(0, |status| status.as_u16()))
    }

    const TOKEN: &str = r#"{"access_token": "jane:write", "token_type": "Bearer", "refresh_token": "next"}"#;

    #[tokio::test]
    async fn a_token_is_obtained_with_the_first_call() {
        let client = machine(Client::builder().transport(http(TOKEN)), "id", "secret").unwrap();
        assert_eq!(create(&client).await, None);
    }

    #[tokio::test]
    async fn the_next_refresh_token_is_kept() {
        let kept = Arc::new(Mutex::new(Vec::new()));
        let list = Arc::clone(&kept);
        let keep = move |token: &str| list.lock().unwrap().push(token.to_owned());
        let client = user(Client::builder().transport(http(TOKEN)), "before", keep).unwrap();
        assert_eq!(create(&client).await, None);
        assert_eq!(*kept.lock().unwrap(), ["next"]);
    }

    #[tokio::test]
    async fn a_scope_is_required() {
        let read = r#"{"access_token": "jane:read", "token_type": "Bearer"}"#;
        let client = machine(Client::builder().transport(http(read)), "id", "secret").unwrap();
        assert_eq!(create(&client).await, Some(403));
        let client = Client::builder().transport(http(read)).account("nonsense").build().unwrap();
        assert_eq!(create(&client).await, Some(401));
    }

    #[tokio::test]
    async fn a_login_returns_a_token() {
        let login = start().unwrap();
        let url = login.url().unwrap();
        assert!(url.as_str().starts_with("https://photos.example.com/oauth/authorize?response_type=code"), "{url}");
        let returned = format!("https://app.example.com/logged-in?code=c&state={}", login.state());
        let token = finish(login, &http(TOKEN), &returned).await.unwrap();
        assert_eq!((token.access_token(), token.refresh_token()), ("jane:write", Some("next")));
        let forged = finish(start().unwrap(), &http(TOKEN), "?code=c&state=forged").await.unwrap_err();
        assert_eq!(forged.to_string(), "the redirect has another state");
    }
}
