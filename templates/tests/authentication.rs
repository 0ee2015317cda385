//! Authentication: which alternative of a security requirement applies, and which scopes are required.

#![cfg(feature = "server")]
#![allow(clippy::pedantic, missing_docs, clippy::unwrap_used, clippy::result_large_err)]

use std::sync::Arc;

use axum::body::Body;
use crategen_runtime::models::{Operation, Problem, Requirement};
use crategen_runtime::server::{
    ApiKey, AuthError, Failure, Incoming, RequestHead, Route, Routes, Settings, empty, problem,
};
use http::Request;
use tower::ServiceExt as _;

/// Stands for the enum that is generated from the security schemes of a document.
enum Credentials {
    Key,
    Token(ApiKey),
    Anonymous,
}

impl Credentials {
    fn read(alternative: &[Requirement], request: &RequestHead) -> Option<Self> {
        let [only] = alternative else { return Some(Self::Anonymous) };
        match only.scheme {
            "key" => ApiKey::header(request, "x-key").map(|_| Self::Key),
            "token" => ApiKey::bearer(request).map(Self::Token),
            _ => None,
        }
    }
}

const CHALLENGES: &[(&str, &str)] = &[("key", "ApiKey"), ("token", "Bearer")];

/// Stands for `Api::authenticate`.
trait Authenticate {
    type Principal;

    fn authenticate(&self, credentials: Credentials) -> Result<Self::Principal, AuthError>;

    fn has_scope(_: &Self::Principal, _: &str) -> bool {
        true
    }
}

/// Authenticates a request as generated handlers do.
fn authenticate<A: Authenticate>(api: &A, request: &Incoming) -> Result<A::Principal, Failure> {
    let (credentials, satisfied) = request.credentials(Credentials::read, CHALLENGES)?;
    request.authorize(satisfied, api.authenticate(credentials), A::has_scope)
}

fn router<A: Send + Sync + 'static>(api: A, route: Route<A>) -> axum::Router {
    let routes = Routes {
        routes: vec![route],
        operations: &[],
        respond: |_, failure, _| {
            failure.into_response(|rejection| rejection.into_response(), |_| problem(&Problem::of(500)))
        },
    };
    routes.into_router(&Arc::new(api), &Settings::new(""))
}

struct Statuses;

impl Authenticate for Statuses {
    type Principal = u16;

    fn authenticate(&self, credentials: Credentials) -> Result<u16, AuthError> {
        Ok(if matches!(credentials, Credentials::Anonymous) { 202 } else { 201 })
    }
}

static OPTIONAL: Operation = Operation::new("optional", "GET", "/a").security(&[&[], &[Requirement::new("key", &[])]]);

#[tokio::test]
async fn credentials_are_read_even_if_none_are_required() {
    let route = Route::new(&OPTIONAL, |api: Arc<Statuses>, request| {
        Box::pin(async move { empty(authenticate(&*api, &request)?) })
    });
    let router = router(Statuses, route);
    let with_key = Request::get("/a").header("x-key", "k").body(Body::empty()).unwrap();
    assert_eq!(router.clone().oneshot(with_key).await.unwrap().status(), 201);
    let without = Request::get("/a").body(Body::empty()).unwrap();
    assert_eq!(router.oneshot(without).await.unwrap().status(), 202);
}

struct Scopes;

impl Authenticate for Scopes {
    type Principal = String;

    fn authenticate(&self, credentials: Credentials) -> Result<String, AuthError> {
        match credentials {
            Credentials::Token(token) if token.expose() == "stolen" => Err(AuthError::unauthorized("no")),
            Credentials::Token(token) => Ok(token.expose().to_owned()),
            _ => Err(AuthError::forbidden("no")),
        }
    }

    fn has_scope(principal: &String, scope: &str) -> bool {
        principal.split('+').any(|has| has == scope)
    }
}

static SCOPED: Operation = Operation::new("scoped", "GET", "/b")
    .security(&[&[Requirement::new("token", &["read", "write"])], &[Requirement::new("token", &["all"])]]);

#[tokio::test]
async fn the_scopes_of_one_alternative_are_enough() {
    let route = Route::new(&SCOPED, |api: Arc<Scopes>, request| {
        Box::pin(async move {
            authenticate(&*api, &request)?;
            empty(204)
        })
    });
    let router = router(Scopes, route);
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
