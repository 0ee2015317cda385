//! Which alternative of a security requirement counts.

#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use axum::body::Body;
use http::Request;
use tower::ServiceExt as _;

use super::credentials::Credentials;
use super::models::operations::{Operation, Requirement};
use super::runtime::{Api, AuthError, RequestInfo, Route, Routes, Settings};

struct App;

impl Api for App {
    type Principal = u16;

    async fn authenticate(&self, credentials: Credentials, _: &RequestInfo<'_>) -> Result<u16, AuthError> {
        Ok(match credentials {
            Credentials::Key(_) | Credentials::Token(_) => 201,
            Credentials::Anonymous => 202,
        })
    }
}

static OPTIONAL: Operation = Operation {
    security: &[&[], &[Requirement { scheme: "key", scopes: &[] }]],
    method: "GET",
    path: "/a",
    ..Operation::UNDOCUMENTED
};

#[tokio::test]
async fn a_credential_that_is_there_is_not_hidden_by_the_alternative_that_needs_none() {
    let route = Route::new(&OPTIONAL, |api: Arc<App>, mut request| {
        Box::pin(async move {
            let status = request.authenticate(&*api).await?;
            super::runtime::empty(status)
        })
    });
    let router: axum::Router = Routes { routes: vec![route] }.into_router(&Arc::new(App), &Settings::new(""));
    let with_key = Request::get("/a").header("x-key", "k").body(Body::empty()).unwrap();
    assert_eq!(router.clone().oneshot(with_key).await.unwrap().status(), 201);
    let without = Request::get("/a").body(Body::empty()).unwrap();
    assert_eq!(router.oneshot(without).await.unwrap().status(), 202);
}

static SCOPED: Operation = Operation {
    security: &[
        &[Requirement { scheme: "token", scopes: &["read", "write"] }],
        &[Requirement { scheme: "token", scopes: &["all"] }],
    ],
    method: "GET",
    path: "/b",
    ..Operation::UNDOCUMENTED
};

struct Scopes;

impl Api for Scopes {
    type Principal = String;

    async fn authenticate(&self, credentials: Credentials, _: &RequestInfo<'_>) -> Result<String, AuthError> {
        match credentials {
            Credentials::Token(token) if token.expose() == "stolen" => Err(AuthError::unauthorized("no")),
            Credentials::Token(token) => Ok(token.expose().to_owned()),
            _ => Err(AuthError::forbidden("no")),
        }
    }

    fn has_scope(&self, principal: &String, scope: &str) -> bool {
        principal.split('+').any(|has| has == scope)
    }
}

#[tokio::test]
async fn scopes_are_required_of_one_of_the_alternatives() {
    let route = Route::new(&SCOPED, |api: Arc<Scopes>, mut request| {
        Box::pin(async move {
            request.authenticate(&*api).await?;
            super::runtime::empty(204)
        })
    });
    let router: axum::Router = Routes { routes: vec![route] }.into_router(&Arc::new(Scopes), &Settings::new(""));
    let ask = async |token: &str| {
        let request = Request::get("/b").header("authorization", format!("Bearer {token}")).body(Body::empty());
        let response = router.clone().oneshot(request.unwrap()).await.unwrap();
        let challenge = response.headers().get("www-authenticate").map(|value| value.to_str().unwrap().to_owned());
        (response.status().as_u16(), challenge.unwrap_or_default())
    };
    assert_eq!(ask("read+write").await, (204, String::new()));
    assert_eq!(ask("all").await, (204, String::new()));
    let missing = "Bearer error=\"insufficient_scope\", scope=\"write\"";
    assert_eq!(ask("read").await, (403, missing.to_owned()));
    assert_eq!(ask("stolen").await, (401, "Bearer error=\"invalid_token\"".to_owned()));
    let without = Request::get("/b").body(Body::empty()).unwrap();
    let response = router.clone().oneshot(without).await.unwrap();
    assert_eq!(
        (response.status().as_u16(), &response.headers()["www-authenticate"]),
        (401, &http::HeaderValue::from_static("Bearer"))
    );
}
