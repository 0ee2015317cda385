//! JSON through unions, conditions and patterns: no body makes the generated server panic or respond with a status of 500 or above.

#![no_main]

use std::sync::LazyLock;

use crategen_runtime::axum::Router;
use crategen_runtime::axum::body::Body;
use crategen_runtime::http::Request;
use libfuzzer_sys::fuzz_target;
use tower::ServiceExt as _;

#[allow(dead_code, missing_docs)]
mod api {
    include!(concat!(env!("OUT_DIR"), "/api.rs"));
}

use api::models::{Filter, Shape, Value};
use api::server::{Api, Context, FuzzedApi, PutFilterError, PutShapeError, PutValueError, Server};

struct Service;

impl Api for Service {}

impl FuzzedApi for Service {
    async fn put_filter(&self, _: Context<()>, _: Filter) -> Result<(), PutFilterError> {
        Ok(())
    }

    async fn put_shape(&self, _: Context<()>, _: Shape) -> Result<(), PutShapeError> {
        Ok(())
    }

    async fn put_value(&self, _: Context<()>, _: Value) -> Result<(), PutValueError> {
        Ok(())
    }
}

static APP: LazyLock<Router> = LazyLock::new(|| Server::new(Service).into_router());

static RUNTIME: LazyLock<tokio::runtime::Runtime> =
    LazyLock::new(|| tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime"));

fuzz_target!(|body: &[u8]| {
    for path in ["/filters", "/shapes", "/values"] {
        let request = Request::post(path).header("content-type", "application/json").body(Body::from(body.to_vec()));
        let response = RUNTIME.block_on(APP.clone().oneshot(request.expect("a request"))).expect("a response");
        assert!(!response.status().is_server_error(), "{path}: {}", response.status());
    }
});
