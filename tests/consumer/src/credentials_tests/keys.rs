//! Keys, passwords and tokens that do not change, alone, together and one or the other.

use super::api::serve;
use crate::security::client::{Client, ClientBuilder};
use crate::security::server::{
    Api, AuthError, ClosedError, Context, Credentials, MaybeError, OpenError, RequestInfo, SecurityApi, Server,
};

struct App;

impl Api for App {
    type Principal = ();

    async fn authenticate(&self, credentials: Credentials, _: &RequestInfo<'_>) -> Result<(), AuthError> {
        let known = match credentials {
            Credentials::Token(token) => token.ct_eq("token-secret"),
            Credentials::AppAndKey { app, key } => app.ct_eq("app secret&=") && key.ct_eq("key-secret"),
            Credentials::Login(login) => login.user == "jane" && login.ct_eq("pass:word-secret"),
            Credentials::Anonymous => true,
        };
        if known { Ok(()) } else { Err(AuthError::unauthorized("no")) }
    }
}

impl SecurityApi for App {
    async fn open(&self, _: Context<()>) -> Result<(), OpenError> {
        Ok(())
    }

    async fn maybe(&self, cx: Context<()>) -> Result<(), MaybeError> {
        if cx.header("x-login") == Some("needed") && cx.header("authorization").is_none() {
            return Err(AuthlessLogin.into());
        }
        Ok(())
    }

    async fn closed(&self, _: Context<()>) -> Result<(), ClosedError> {
        Ok(())
    }
}

#[derive(Debug)]
struct AuthlessLogin;

impl std::fmt::Display for AuthlessLogin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("no login came")
    }
}

impl std::error::Error for AuthlessLogin {}

async fn closed(set: impl Fn(ClientBuilder) -> ClientBuilder) -> u16 {
    let url = serve(Server::new(App).base_path("").into_app()).await;
    let client = set(Client::builder().base_url(url)).build().unwrap();
    // What needs nothing is open to whoever has anything.
    client.open().await.unwrap();
    match client.closed().send_response().await {
        Ok(response) => response.status.as_u16(),
        // Without a status, nothing was sent.
        Err(error) => error.status().map_or(0, |status| status.as_u16()),
    }
}

#[test]
fn servers_are_urls() {
    use crate::security::client::{DEFAULT_BASE_URL, servers};
    let url = |client: Client| client.base_url().to_string();
    let at = |url: String| Client::builder().base_url(url).build().unwrap();
    let region = servers::ExampleCom { region: servers::Region::Us };
    assert_eq!(url(at(region.into())), "https://us.example.com/v2");
    assert_eq!(url(Client::builder().build().unwrap()), "https://eu.example.com/v2");
    assert_eq!(DEFAULT_BASE_URL, String::from(servers::ExampleCom::default()));
    let local = servers::OnYourMachine { port: "81".to_owned(), ..servers::OnYourMachine::default() };
    assert_eq!(String::from(local), "http://localhost:81/{none}/81");
    assert_eq!(servers::DEFAULT2, "https://test.example.com");
}

#[tokio::test]
async fn one_alternative_or_the_other_lets_in() {
    assert_eq!(closed(|builder| builder.token("token-secret")).await, 204);
    assert_eq!(closed(|builder| builder.app("app secret&=").key("key-secret")).await, 204);
    assert_eq!(closed(|builder| builder.token_provider(async || Ok("token-secret".to_owned()))).await, 204);
}

#[tokio::test]
async fn wrong_and_missing_credentials_do_not() {
    assert_eq!(closed(|builder| builder).await, 401);
    assert_eq!(closed(|builder| builder.token("wrong")).await, 401);
    assert_eq!(closed(|builder| builder.app("app secret&=").key("wrong")).await, 401);
    // Half of an alternative is a mistake of the program.
    assert_eq!(closed(|builder| builder.app("app secret&=")).await, 0);
    assert_eq!(closed(|builder| builder.login("jane", "pass:word-secret")).await, 401);
}

#[tokio::test]
async fn a_login_that_is_optional_is_sent_if_it_is_there() {
    let url = serve(Server::new(App).base_path("").into_app()).await;
    let with = Client::builder().base_url(&url).login("jane", "pass:word-secret").build().unwrap();
    with.maybe().header("x-login", "needed").await.unwrap();
    let wrong = Client::builder().base_url(&url).login("jane", "wrong").build().unwrap();
    assert_eq!(wrong.maybe().await.unwrap_err().status().unwrap(), 401);
    let without = Client::builder().base_url(&url).build().unwrap();
    without.maybe().await.unwrap();
    assert_eq!(without.maybe().header("x-login", "needed").await.unwrap_err().status().unwrap(), 500);
}
