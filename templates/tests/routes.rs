//! Which methods a path has, where templates differ inside a segment.

#![cfg(feature = "server")]
#![allow(clippy::pedantic, missing_docs, clippy::unwrap_used)]

use std::sync::Arc;

use axum::body::Body;
use crategen_runtime::models::{Operation, Problem};
use crategen_runtime::server::{Route, Routes, Settings, empty, problem};
use http::Request;
use tower::ServiceExt as _;

static GET_JSON: Operation = Operation::new("getJson", "GET", "/{id}.json");
static PUT_JSON: Operation = Operation::new("putJson", "PUT", "/{name}.json");
static POST_XML: Operation = Operation::new("postXml", "POST", "/{id}.xml");
static GET_PLAIN: Operation = Operation::new("getPlain", "GET", "/plain/{id}");
static PUT_PLAIN: Operation = Operation::new("putPlain", "PUT", "/plain/{name}");

fn router(settings: &Settings) -> axum::Router {
    let operations = [&GET_JSON, &PUT_JSON, &POST_XML, &GET_PLAIN, &PUT_PLAIN];
    let route = |operation| Route::new(operation, |_: Arc<()>, _| Box::pin(async { empty(204) }));
    let routes = Routes {
        routes: operations.into_iter().map(route).collect(),
        operations: &[],
        respond: |(), failure, _| {
            failure.into_response(|rejection| rejection.into_response(), |_| problem(&Problem::of(500)))
        },
    };
    routes.into_router(&Arc::new(()), settings)
}

/// The status, and the methods of `Allow` in alphabetical order.
async fn ask(router: &axum::Router, method: &str, path: &str) -> (u16, String) {
    let request = Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
    let response = router.clone().oneshot(request).await.unwrap();
    let allow = response.headers().get("allow").map(|value| value.to_str().unwrap()).unwrap_or_default();
    let mut methods: Vec<&str> = allow.split(',').collect();
    methods.sort_unstable();
    (response.status().as_u16(), methods.join(","))
}

#[tokio::test]
async fn allow_lists_the_methods_of_the_templates_that_match() {
    let mut layered = Settings::new("");
    layered.add_layer(|_, served| served);
    for settings in [Settings::new(""), layered] {
        let router = router(&settings);
        for (method, path, status, allow) in [
            ("GET", "/a.json", 204, ""),
            ("HEAD", "/a.json", 204, ""),
            ("PUT", "/a.json", 204, ""),
            ("POST", "/a.xml", 204, ""),
            // RFC 9110 §15.5.6: `Allow` lists the methods of the target resource.
            ("POST", "/a.json", 405, "GET,HEAD,PUT"),
            ("DELETE", "/a.json", 405, "GET,HEAD,PUT"),
            ("GET", "/a.xml", 405, "POST"),
            ("GET", "/a.txt", 404, ""),
            ("DELETE", "/a.txt", 404, ""),
            ("PUT", "/plain/a", 204, ""),
            ("DELETE", "/plain/a", 405, "GET,HEAD,PUT"),
        ] {
            assert_eq!(ask(&router, method, path).await, (status, allow.to_owned()), "{method} {path}");
        }
    }
}
