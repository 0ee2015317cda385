//! Tokens that the client asks for.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::api::{App, serve};
use super::authorization_server::AuthorizationServer;
use crate::credentials::client::credentials::{AuthorizationServer as Server, ClientId, Grant};
use crate::credentials::client::{Client, ClientBuilder};

async fn start(tokens: &AuthorizationServer) -> (App, ClientBuilder, String) {
    let app = App::new(tokens.clone());
    let url = serve(app.clone().router().merge(tokens.router())).await;
    (app, Client::builder().base_url(format!("{url}/v1")), url)
}

fn status<E: crate::credentials::client::ApiError>(error: &crate::credentials::client::CallError<E>) -> u16 {
    error.status().unwrap().as_u16()
}

#[tokio::test]
async fn a_hundred_calls_ask_for_one_token() {
    let tokens = AuthorizationServer::default().slow(Duration::from_millis(50)).lifetime(3600);
    let (_, builder, _) = start(&tokens).await;
    let client = builder.machine_grant(Grant::client_credentials("client", "client-secret")).build().unwrap();
    let calls = (0..100).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { client.list_things().await.unwrap() })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap();
    }
    assert_eq!(tokens.grants(), ["client_credentials"]);
}

#[tokio::test]
async fn a_hundred_calls_that_get_no_token_ask_once() {
    let tokens = AuthorizationServer::default().slow(Duration::from_millis(50));
    let (_, builder, _) = start(&tokens).await;
    let client = builder.machine_grant(Grant::client_credentials("client", "wrong-secret")).build().unwrap();
    let calls = (0..100).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { client.list_things().await.unwrap_err().to_string() })
    });
    for call in calls.collect::<Vec<_>>() {
        let message = call.await.unwrap();
        assert!(message.contains("invalid_client") && !message.contains("wrong-secret"), "{message}");
    }
    assert_eq!(tokens.asked().len(), 1);
    client.list_things().await.unwrap_err();
    assert_eq!(tokens.asked().len(), 2, "a later call tries again");
}

#[tokio::test]
async fn scopes_are_asked_for_and_held_to() {
    let tokens = AuthorizationServer::default();
    let (_, builder, _) = start(&tokens).await;
    let grant = Grant::client_credentials("client", "client-secret").scope("read").field("audience", "things");
    let client = builder.machine_grant(grant).build().unwrap();
    client.list_things().await.unwrap();
    let refused = client.create_thing().await.unwrap_err();
    assert_eq!(status(&refused), 403);
    let challenge = refused.raw().unwrap().headers["www-authenticate"].to_str().unwrap();
    assert_eq!(challenge, "Bearer error=\"insufficient_scope\", scope=\"write\"");
    let [asked] = &tokens.asked()[..] else { panic!("asked more than once") };
    assert_eq!((asked["scope"].as_str(), asked["audience"].as_str()), ("read", "things"));
}

#[tokio::test]
async fn one_of_the_alternatives_is_enough() {
    let (_, builder, _) = start(&AuthorizationServer::default().with_token("t", "admin")).await;
    let client = builder.machine("t").build().unwrap();
    client.create_thing().await.unwrap();
    assert_eq!(status(&client.list_things().await.unwrap_err()), 403);
}

#[tokio::test]
async fn a_token_is_renewed_before_it_expires() {
    let tokens = AuthorizationServer::default().lifetime(1);
    let (_, builder, _) = start(&tokens).await;
    let client = builder.machine_grant(Grant::client_credentials("client", "client-secret")).build().unwrap();
    client.list_things().await.unwrap();
    client.list_things().await.unwrap();
    assert_eq!(tokens.asked().len(), 1);
    tokio::time::sleep(Duration::from_millis(950)).await;
    client.list_things().await.unwrap();
    assert_eq!(tokens.asked().len(), 2);
}

#[tokio::test]
async fn a_token_that_was_revoked_is_renewed_once() {
    let tokens = AuthorizationServer::default();
    let (app, builder, _) = start(&tokens).await;
    let client = builder.machine_grant(Grant::client_credentials("client", "client-secret")).build().unwrap();
    client.list_things().await.unwrap();
    tokens.revoke_all();
    // A refused request did nothing, so even one that is not idempotent goes again.
    client.create_thing().await.unwrap();
    assert_eq!(app.created.load(std::sync::atomic::Ordering::SeqCst), 1);
    assert_eq!(tokens.asked().len(), 2);
}

#[tokio::test]
async fn a_credential_that_is_wrong_or_missing_is_refused() {
    let (_, builder, url) = start(&AuthorizationServer::default()).await;
    let client = builder.machine("wrong").build().unwrap();
    let refused = client.list_things().await.unwrap_err();
    assert_eq!(status(&refused), 401);
    assert_eq!(refused.raw().unwrap().headers["www-authenticate"], "Bearer error=\"invalid_token\"");
    let client = Client::builder().base_url(format!("{url}/v1")).build().unwrap();
    let refused = client.list_things().await.unwrap_err();
    assert_eq!(status(&refused), 401);
    assert_eq!(refused.raw().unwrap().headers["www-authenticate"], "Bearer");
}

#[tokio::test]
async fn refresh_tokens_that_change_are_used_and_told() {
    let tokens = AuthorizationServer::default().rotating();
    let (_, builder, _) = start(&tokens).await;
    let told = Arc::new(Mutex::new(Vec::new()));
    let listener = Arc::clone(&told);
    let client = ClientId::confidential("client", "client-secret");
    let grant = Grant::refresh_token(client, "refresh-secret")
        .on_token(move |token| listener.lock().unwrap().extend(token.refresh_token().map(str::to_owned)));
    let client = builder.machine_grant(grant).build().unwrap();
    client.list_things().await.unwrap();
    tokens.revoke_all();
    client.list_things().await.unwrap();
    let used: Vec<_> = tokens.asked().iter().map(|fields| fields["refresh_token"].clone()).collect();
    assert_eq!(used, ["refresh-secret", "refresh-secret-1"]);
    assert_eq!(*told.lock().unwrap(), ["refresh-secret-1", "refresh-secret-2"]);
}

#[tokio::test]
async fn a_refresh_token_that_has_ended_is_an_error_that_says_so() {
    let (_, builder, _) = start(&AuthorizationServer::default()).await;
    let grant = Grant::refresh_token(ClientId::public("public"), "ended-secret");
    let client = builder.machine_grant(grant).build().unwrap();
    let message = client.list_things().await.unwrap_err().to_string();
    assert!(message.contains("invalid_grant") && !message.contains("secret"), "{message}");
}

#[tokio::test]
async fn passwords_are_given_for_tokens() {
    let tokens = AuthorizationServer::default();
    let (_, builder, _) = start(&tokens).await;
    let grant = Grant::password(ClientId::public("public"), "jane", "user-secret");
    builder.machine_grant(grant).build().unwrap().list_things().await.unwrap();
    assert_eq!(tokens.grants(), ["password"]);
}

#[tokio::test]
async fn a_provider_describes_itself() {
    let tokens = AuthorizationServer::default();
    let (_, builder, url) = start(&tokens).await;
    let server = Server::described_at(format!("{url}/.well-known/openid-configuration"));
    let grant = Grant::client_credentials("client", "client-secret").scope("openid").server(server);
    let client = builder.people_grant(grant).build().unwrap();
    client.get_me().await.unwrap();
    client.get_me().await.unwrap();
    assert_eq!(tokens.grants(), ["client_credentials"]);
}
