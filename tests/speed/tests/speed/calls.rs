//! Calls of a server in the same process.

use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use bytes::Bytes;
use http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt as _;
use tokio::runtime::Runtime;
use tower_service::Service as _;

use super::measure::Side;

/// A request that is sent again and again.
#[derive(Clone)]
pub struct Call {
    pub name: &'static str,
    method: Method,
    path: &'static str,
    headers: Vec<(&'static str, &'static str)>,
    body: Bytes,
}

impl Call {
    pub fn new(name: &'static str, method: Method, path: &'static str) -> Self {
        let headers = vec![("host", "localhost"), ("user-agent", "speed"), ("accept", "application/json")];
        Self { name, method, path, headers, body: Bytes::new() }
    }

    pub fn header(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers.push((name, value));
        self
    }

    pub fn json(mut self, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self.header("content-type", "application/json")
    }

    pub fn is_large(&self) -> bool {
        self.body.len() > 10_000
    }

    fn request(&self) -> Request<Body> {
        let mut request = Request::builder().method(&self.method).uri(self.path);
        for (name, value) in &self.headers {
            request = request.header(*name, *value);
        }
        let body = if self.body.is_empty() { Body::empty() } else { Body::from(self.body.clone()) };
        request.body(body).unwrap()
    }
}

/// A server, and what it is called with.
pub struct Served {
    runtime: Runtime,
    router: Router,
    call: Call,
}

impl Served {
    pub fn new(router: &Router, call: &Call) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        Self { runtime, router: router.clone(), call: call.clone() }
    }

    /// What the caller gets.
    pub fn response(&mut self) -> (StatusCode, HeaderMap, Bytes) {
        let request = self.call.request();
        self.runtime.block_on(async {
            let response = self.router.call(request).await.unwrap();
            let (parts, body) = response.into_parts();
            (parts.status, parts.headers, body.collect().await.unwrap().to_bytes())
        })
    }
}

impl Side for Served {
    fn run(&mut self, calls: usize) -> Duration {
        let requests: Vec<_> = (0..calls).map(|_| self.call.request()).collect();
        let router = &mut self.router;
        self.runtime.block_on(async { timed_calls(router, requests).await })
    }

    fn allocations(&mut self) -> u64 {
        let router = &mut self.router;
        let mut measured = |requests: Vec<Request<Body>>| {
            allocation_counter::measure(|| self.runtime.block_on(all(&mut *router, requests))).count_total
        };
        let once = measured(vec![self.call.request()]);
        let many = measured((0..11).map(|_| self.call.request()).collect());
        (many - once) / 10
    }
}

async fn timed_calls(router: &mut Router, requests: Vec<Request<Body>>) -> Duration {
    let start = Instant::now();
    all(router, requests).await;
    start.elapsed()
}

async fn all(router: &mut Router, requests: Vec<Request<Body>>) {
    for request in requests {
        let response = router.call(request).await.unwrap();
        let mut body = response.into_body();
        while let Some(frame) = body.frame().await {
            std::hint::black_box(frame.unwrap());
        }
    }
}
