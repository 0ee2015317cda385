//! Time limits, concurrency limits and layers of operations.

#![cfg(feature = "server")]
#![allow(clippy::pedantic, missing_docs, clippy::panic, clippy::unwrap_used)]

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::middleware::map_response;
use axum::response::Response;
use crategen_runtime::models::{Operation, Problem};
use crategen_runtime::server::{Failure, Route, Routes, Settings, empty, problem};
use http::{HeaderValue, Request};
use tower::ServiceExt as _;

struct App;

/// Responds to failures as generated code does by default.
fn respond(failure: Failure) -> Response {
    failure.into_response(|rejection| rejection.into_response(), |_| problem(&Problem::of(500)))
}

static FAST: Operation = Operation::new("fast", "GET", "/fast");
static SLOW: Operation = Operation::new("slow", "GET", "/slow");
static JSON: Operation = Operation::new("json", "GET", "/{name}.json");
static PAIR: Operation = Operation::new("pair", "GET", "/{one}:{two}");
static CLINGING: Operation = Operation::new("clinging", "GET", "/clinging");
static BROKEN: Operation = Operation::new("broken", "GET", "/broken");
static QUERY: Operation = Operation::new("query", "QUERY", "/{name}.json");

/// Panics when it is dropped.
struct Clinging;

impl Drop for Clinging {
    fn drop(&mut self) {
        panic!("still in use");
    }
}

async fn cling() -> Result<Response, Failure> {
    let _clinging = Clinging;
    std::future::pending().await
}

fn broken() -> Pin<Box<dyn Future<Output = Result<Response, Failure>> + Send>> {
    panic!("a panic before the future is returned");
}

fn router(set: impl FnOnce(&mut Settings)) -> axum::Router {
    let fast = |operation| Route::new(operation, |_: Arc<App>, _| Box::pin(async { empty(204) }));
    let slow = Route::new(&SLOW, |_: Arc<App>, _| {
        Box::pin(async {
            tokio::time::sleep(Duration::from_millis(200)).await;
            empty(204)
        })
    });
    let clinging = Route::new(&CLINGING, |_: Arc<App>, _| cling());
    let broken = Route::new(&BROKEN, |_: Arc<App>, _| broken());
    let routes = vec![fast(&FAST), slow, fast(&JSON), fast(&PAIR), fast(&QUERY), clinging, broken];
    let mut settings = Settings::new("");
    set(&mut settings);
    Routes { routes, operations: &[], respond: |_, failure, _| respond(failure) }.into_router(&Arc::new(App), &settings)
}

async fn ask(router: &axum::Router, method: &str, path: &str) -> Response {
    let request = Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
    router.clone().oneshot(request).await.unwrap()
}

#[tokio::test]
async fn an_operation_that_takes_too_long_gets_a_503() {
    let router = router(|settings| settings.limits.request_timeout = Some(Duration::from_millis(20)));
    assert_eq!(ask(&router, "GET", "/fast").await.status(), 204);
    assert_eq!(ask(&router, "GET", "/slow").await.status(), 503);
}

#[tokio::test]
async fn operations_above_the_limit_get_a_503() {
    let router = router(|settings| settings.limits.concurrency = Some(2));
    let slow = || {
        tokio::spawn({
            let router = router.clone();
            async move { ask(&router, "GET", "/slow").await.status() }
        })
    };
    let (first, second) = (slow(), slow());
    tokio::time::sleep(Duration::from_millis(50)).await;
    let refused = ask(&router, "GET", "/fast").await;
    assert_eq!((refused.status().as_u16(), &refused.headers()["retry-after"]), (503, &HeaderValue::from_static("1")));
    // A client that disconnects makes room.
    first.abort();
    let _ = first.await;
    assert_eq!(ask(&router, "GET", "/fast").await.status(), 204);
    assert_eq!(second.await.unwrap(), 204);
    assert_eq!(ask(&router, "GET", "/fast").await.status(), 204);
}

/// After a panic anywhere in a handler, the implementation responds, and the operation no longer counts as running.
#[tokio::test]
async fn handlers_that_panic_outside_their_future_get_a_500() {
    for concurrency in [None, Some(1)] {
        let router = router(|settings| {
            settings.limits.concurrency = concurrency;
            settings.limits.request_timeout = Some(Duration::from_millis(20));
        });
        for path in ["/clinging", "/broken"] {
            let response = ask(&router, "GET", path).await;
            let media_type = response.headers().get("content-type").map(|value| value.to_str().unwrap());
            assert_eq!((response.status().as_u16(), media_type), (500, Some("application/problem+json")), "{path}");
        }
        // A client that disconnects learns nothing of a panic, and makes room.
        let _ = tokio::time::timeout(Duration::from_millis(1), ask(&router, "GET", "/clinging")).await;
        assert_eq!(ask(&router, "GET", "/fast").await.status(), 204);
    }
}

#[tokio::test]
async fn each_operation_has_its_own_layers() {
    let router = router(|settings| {
        settings.add_layer(|operation, served| {
            if operation.id == "slow" {
                return served;
            }
            served.layer(map_response(move |mut response: Response| {
                response.headers_mut().insert("x-layer", HeaderValue::from_static(operation.id));
                std::future::ready(response)
            }))
        });
    });
    let layer = async |method: &str, path: &str| {
        let response = ask(&router, method, path).await;
        let layer = response.headers().get("x-layer").map(|value| value.to_str().unwrap().to_owned());
        (response.status().as_u16(), layer.unwrap_or_default())
    };
    assert_eq!(layer("GET", "/fast").await, (204, "fast".to_owned()));
    assert_eq!(layer("GET", "/slow").await, (204, String::new()));
    assert_eq!(layer("GET", "/a.json").await, (204, "json".to_owned()));
    assert_eq!(layer("GET", "/a:b").await, (204, "pair".to_owned()));
    assert_eq!(layer("QUERY", "/a.json").await, (204, "query".to_owned()));
    assert_eq!(layer("GET", "/a").await, (404, String::new()));
    assert_eq!(layer("QUERY", "/a:b").await, (405, String::new()));
    assert_eq!(layer("PURGE", "/a.json").await, (405, String::new()));
}
