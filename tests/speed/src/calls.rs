//! Calls of a server in the same process.

use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use bytes::Bytes;
use http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt as _;
use tokio::runtime::Runtime;
use tower_service::Service as _;

use crate::measure::Side;

/// A request that is sent again and again.
#[derive(Clone)]
pub struct Call {
    /// What it is called in tables.
    pub name: &'static str,
    method: Method,
    path: String,
    headers: Vec<(&'static str, &'static str)>,
    body: Bytes,
}

impl Call {
    /// A call without a body.
    pub fn new(name: &'static str, method: Method, path: impl Into<String>) -> Self {
        let headers = vec![("host", "localhost"), ("user-agent", "speed"), ("accept", "application/json")];
        Self { name, method, path: path.into(), headers, body: Bytes::new() }
    }

    /// Sets a header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers.retain(|(known, _)| *known != name);
        self.headers.push((name, value));
        self
    }

    /// Sets the body.
    #[must_use]
    pub fn json(mut self, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self.header("content-type", "application/json")
    }

    /// Sets a form with a file of so many bytes.
    #[must_use]
    pub fn photo(mut self, bytes: usize) -> Self {
        let text = |name: &str, text: &str| {
            format!("--b\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n")
        };
        let file = "--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.png\"\r\ncontent-type: image/png\r\n\r\n";
        let parts = [
            text("title", "A photo"),
            text("width", "640"),
            file.to_owned(),
            "x".repeat(bytes),
            "\r\n--b--\r\n".to_owned(),
        ];
        self.body = parts.concat().into();
        self.header("content-type", "multipart/form-data; boundary=b")
    }

    /// Whether it takes so long that it is made less often.
    pub fn is_large(&self) -> bool {
        self.body.len() > 10_000
    }

    fn request(&self) -> Request<Body> {
        let mut request = Request::builder().method(&self.method).uri(&self.path);
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
    /// A server that is called in one way.
    pub fn new(router: &Router, call: &Call) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        Self { runtime, router: router.clone(), call: call.clone() }
    }

    /// Prepares requests.
    pub fn requests(&self, calls: usize) -> Vec<Request<Body>> {
        (0..calls).map(|_| self.call.request()).collect()
    }

    /// Serves requests one after the other, and reads the responses.
    pub fn serve(&mut self, requests: Vec<Request<Body>>) {
        let router = &mut self.router;
        self.runtime.block_on(async {
            for request in requests {
                let mut body = router.call(request).await.unwrap().into_body();
                while let Some(frame) = body.frame().await {
                    std::hint::black_box(frame.unwrap());
                }
            }
        });
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
        let requests = self.requests(calls);
        let start = Instant::now();
        self.serve(requests);
        start.elapsed()
    }
}
