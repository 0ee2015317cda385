//! What handlers receive of a request, and what of it becomes part of the response.

#![cfg(feature = "server")]
#![allow(clippy::pedantic, missing_docs, clippy::unwrap_used)]

use std::sync::Arc;

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use crategen_runtime::models::{Operation, Problem};
use crategen_runtime::server::{Failure, Incoming, Route, Routes, Settings, empty, problem};
use http::Request;
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
