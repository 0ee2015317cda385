//! Forms and multipart bodies of requests: no body makes the server panic or respond with a status of 500 or above.

#![no_main]

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use crategen_runtime::axum::Router;
use crategen_runtime::axum::body::Body;
use crategen_runtime::http::Request;
use crategen_runtime::models::Operation;
use crategen_runtime::models::params::form::Field;
use crategen_runtime::server::{Failure, Incoming, Rejection, Route, Routes, Settings, empty, problem, with_fallbacks};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use tower::ServiceExt as _;

static FORM: Operation = Operation::new("form", "POST", "/form");
static PARTS: Operation = Operation::new("parts", "POST", "/parts");
static FIELDS: &[Field] = &[Field::text("a"), Field::list("b"), Field::json("c"), Field::file("f"), Field::files("g")];

type Handled = std::pin::Pin<Box<dyn Future<Output = Result<crategen_runtime::axum::response::Response, Failure>> + Send>>;

fn form(_: Arc<()>, mut request: Incoming) -> Handled {
    Box::pin(async move {
        let body: Option<BTreeMap<String, Value>> = request.form("application/x-www-form-urlencoded", FIELDS).await?;
        request.check(body)?;
        empty(204)
    })
}

fn parts(_: Arc<()>, mut request: Incoming) -> Handled {
    Box::pin(async move {
        let body: Option<BTreeMap<String, Value>> = request.multipart(FIELDS).await?;
        request.check(body)?;
        empty(204)
    })
}

static APP: LazyLock<Router> = LazyLock::new(|| {
    let settings = Settings::new("");
    let routes = Routes {
        routes: vec![Route::new(&FORM, form), Route::new(&PARTS, parts)],
        operations: &[],
        respond: |_: &(), failure, _| {
            failure.into_response(Rejection::into_response, |_| problem(&crategen_runtime::models::Problem::of(500)))
        },
    };
    with_fallbacks(routes.into_router(&Arc::new(()), &settings), settings.limits)
});

static RUNTIME: LazyLock<tokio::runtime::Runtime> =
    LazyLock::new(|| tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime"));

fuzz_target!(|body: &[u8]| {
    for (path, media_type) in [
        ("/form", "application/x-www-form-urlencoded"),
        ("/parts", "multipart/form-data; boundary=b"),
    ] {
        let request = Request::post(path).header("content-type", media_type).body(Body::from(body.to_vec()));
        let response = RUNTIME.block_on(APP.clone().oneshot(request.expect("a request"))).expect("a response");
        assert!(!response.status().is_server_error(), "{path}: {}", response.status());
    }
});
