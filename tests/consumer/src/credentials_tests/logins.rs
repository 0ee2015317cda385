//! Somebody says yes, in a browser or on another device.

use std::collections::BTreeMap;

use super::api::serve;
use super::authorization_server::AuthorizationServer;
use crate::credentials::client::credentials::{AuthorizationCode, AuthorizationServer as Server, ClientId, DeviceCode};
use crate::credentials::client::{Client, authorization_servers, reqwest};

fn at(url: &str) -> Server {
    Server {
        token_url: Some(format!("{url}/v1/oauth/token").into()),
        device_authorization_url: Some(format!("{url}/device").into()),
        ..authorization_servers::MACHINE_AUTHORIZATION_CODE
    }
}

#[tokio::test]
async fn a_code_is_given_for_a_token() {
    let tokens = AuthorizationServer::default();
    let url = serve(tokens.router()).await;
    let client = ClientId::public("public");
    let login = AuthorizationCode::new(at(&url), client.clone(), "https://app.example.com/back").unwrap().scope("read");
    let there = login.url().unwrap();
    assert!(
        there.as_str().starts_with("https://id.example.com/authorize?response_type=code&client_id=public"),
        "{there}"
    );
    let asked: BTreeMap<_, _> = there.query_pairs().collect();
    assert_eq!((&*asked["scope"], &*asked["code_challenge_method"]), ("read", "S256"));
    let (state, verifier) = (login.state().to_owned(), login.verifier().to_owned());

    // The browser comes back to another process.
    let again = AuthorizationCode::new(at(&url), client, "https://app.example.com/back").unwrap();
    let login = again.resume(&state, &verifier);
    let http = reqwest::Client::new();
    let returned = format!("https://app.example.com/back?code=code%20secret&state={state}");
    let token = login.clone().exchange(&http, &returned).await.unwrap();
    assert_eq!(token.access_token(), "token-secret-1");
    let [asked] = &tokens.asked()[..] else { panic!("asked more than once") };
    let field = |name: &str| asked[name].as_str();
    assert_eq!(
        (field("code"), field("code_verifier"), field("client_id")),
        ("code secret", verifier.as_str(), "public")
    );

    let forged = login.clone().exchange(&http, "?code=c&state=other").await.unwrap_err();
    assert_eq!(forged.to_string(), "the redirect has another state");
    let denied = login.exchange(&http, &format!("?error=access_denied&state={state}")).await.unwrap_err();
    assert_eq!(denied.code(), Some("access_denied"));
}

#[tokio::test]
async fn the_challenge_is_the_hash_of_the_verifier() {
    let login = AuthorizationCode::new(at(""), ClientId::public("public"), "https://app.example.com/back").unwrap();
    // The example of RFC 7636, appendix B.
    let login = login.resume("state", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    let url = login.url().unwrap();
    assert!(url.as_str().contains("code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&"), "{url}");
}

#[tokio::test]
async fn a_device_waits_until_somebody_says_yes() {
    let tokens = AuthorizationServer::default().pending(2);
    let url = serve(tokens.router()).await;
    let http = reqwest::Client::new();
    let code = DeviceCode::request(at(&url), ClientId::public("public"), &["read"], &http).await.unwrap();
    assert_eq!((code.user_code.as_str(), code.verification_url.as_str()), ("AB-CD", "https://id.example.com/device"));
    assert!(!format!("{code:?}").contains("device-secret"));
    let token = code.wait(&http).await.unwrap();
    assert_eq!(token.access_token(), "token-secret-4");
    assert_eq!(tokens.asked().len(), 4);
}

#[tokio::test]
async fn a_redirect_that_is_the_only_success_is_not_followed() {
    let app = super::api::App::new(AuthorizationServer::default());
    let url = serve(app.router()).await;
    let client = Client::builder().base_url(format!("{url}/v1")).build().unwrap();
    let response = client.login().send_response().await.unwrap();
    assert_eq!((response.status.as_u16(), response.typed.location.as_str()), (302, "https://id.example.com/"));
}
