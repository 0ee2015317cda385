//! What handlers receive of a request, and what of it becomes part of the response.

#![cfg(feature = "server")]
#![allow(clippy::pedantic, missing_docs, clippy::unwrap_used)]

use std::sync::Arc;

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use crategen_runtime::models::{Operation, Problem};
use crategen_runtime::server::{Failure, Incoming, RequestHead, Route, Routes, Settings, empty, problem, text};
use http::Request;
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

static SEND: Operation = Operation::new("send", "POST", "/send");

async fn ask<F>(handler: fn(Arc<()>, Incoming) -> F, request: Request<Body>) -> Response
where
    F: Future<Output = Result<Response, Failure>> + Send + 'static,
{
    let routes = Routes {
        routes: vec![Route::new(&SEND, handler)],
        operations: &[],
        respond: |(), failure, _| {
            failure.into_response(|rejection| rejection.into_response(), |_| problem(&Problem::of(500)))
        },
    };
    routes.into_router(&Arc::new(()), &Settings::new("")).oneshot(request).await.unwrap()
}

fn request(body: impl Into<Body>) -> Request<Body> {
    Request::post("/send").body(body.into()).unwrap()
}

#[tokio::test]
async fn a_small_body_of_bytes_does_not_keep_the_buffer_of_its_connection() {
    async fn handler(_: Arc<()>, mut request: Incoming) -> Result<Response, Failure> {
        let body = request.bytes().await?.unwrap();
        empty(if body.is_unique() { 204 } else { 200 })
    }
    let buffer = Bytes::from(vec![7; 100_000]);
    assert_eq!(ask(handler, request(buffer.slice(..10))).await.status(), 204);
    assert_eq!(ask(handler, request(buffer.slice(..50_000))).await.status(), 200);
}

#[tokio::test]
async fn the_head_of_a_request_is_printed_without_credentials() {
    async fn handler(_: Arc<()>, request: Incoming) -> Result<Response, Failure> {
        let context = request.context(());
        let head: &RequestHead = &context;
        text(200, "text/plain", format!("{head:?}"))
    }
    let mut request = request(Body::empty());
    *request.uri_mut() = "/send?key=secret".parse().unwrap();
    for (name, value) in [("authorization", "Bearer secret"), ("accept", "text/plain")] {
        request.headers_mut().insert(name, value.parse().unwrap());
    }
    request.extensions_mut().insert("secret");
    let printed = ask(handler, request).await.into_body().collect().await.unwrap().to_bytes();
    let printed = String::from_utf8(printed.to_vec()).unwrap();
    assert!(printed.contains("/send?key=") && printed.contains("text/plain"), "{printed}");
    assert!(!printed.contains("secret"), "{printed}");
}

#[tokio::test]
async fn responses_have_the_extensions_of_their_handler_only() {
    async fn plain(_: Arc<()>, _: Incoming) -> Result<Response, Failure> {
        empty(204)
    }
    async fn extending(_: Arc<()>, _: Incoming) -> Result<Response, Failure> {
        let mut response = empty(204)?;
        response.extensions_mut().insert(7_u32);
        Ok(response)
    }
    let request = || {
        let mut request = request(Body::empty());
        request.extensions_mut().insert("of the request");
        request
    };
    for (response, of_handler) in [(ask(plain, request()).await, None), (ask(extending, request()).await, Some(&7))] {
        let extensions = response.extensions();
        assert_eq!((extensions.get::<&str>(), extensions.get::<u32>()), (None, of_handler));
        assert_eq!(extensions.get::<&Operation>().map(|operation| operation.id), Some("send"));
    }
}
