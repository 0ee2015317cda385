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
            Credentials::Key(_) => 201,
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
