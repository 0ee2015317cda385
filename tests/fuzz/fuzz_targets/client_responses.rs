//! Responses: whatever a server sends, calls, streams and lists end with values or errors.
//!
//! The input is the value of several headers, an empty line, and the body.

#![no_main]

use std::sync::LazyLock;
use std::task::{Context, Poll};
use std::time::Duration;

use crategen_runtime::api_error;
use crategen_runtime::client::pagination::{Next, Paginated};
use crategen_runtime::client::{
    ApiOperation, Arguments, Call, Client, ClientBuilder, EventStream, InProcess, LineStream, RawResponse, Read, Response,
    RetryPolicy,
};
use crategen_runtime::http::{self, HeaderValue};
use crategen_runtime::models::Operation;
use crategen_runtime::reqwest;
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

static OPERATION: Operation = Operation::new("fuzzed", "GET", "/fuzzed");

#[derive(Debug)]
enum Failed {
    Unexpected(RawResponse),
}

api_error!(Failed {});

macro_rules! operation {
    ($name:ident, $output:ty, $read:expr) => {
        #[derive(Clone, Default)]
        struct $name(Option<String>);

        impl ApiOperation for $name {
            type Output = $output;
            type Headers = ();
            type Error = Failed;

            const OPERATION: &'static Operation = &OPERATION;
            const READ: Read<$output> = $read;

            fn write(&self, request: &mut Arguments) {
                if let Some(cursor) = &self.0 {
                    request.query("cursor", cursor);
                }
            }
        }
    };
}

operation!(Events, EventStream<Value>, Read::Streamed(EventStream::json));
operation!(Lines, LineStream<Value>, Read::Streamed(LineStream::new));
operation!(List, Vec<Value>, Read::JSON);

impl Paginated for List {
    type Item = Value;

    fn items(page: Vec<Value>) -> Vec<Value> {
        page
    }

    fn advance(&mut self, page: &Response<Vec<Value>>) -> Next {
        match Next::link(&page.headers) {
            Next::End => Next::cursor(&mut self.0, page.body.last().map(Value::to_string)),
            next => next,
        }
    }
}

/// Sends the same response to every request.
#[derive(Clone)]
struct Hostile {
    header: HeaderValue,
    status: u16,
    body: Vec<u8>,
}

impl tower::Service<http::Request<reqwest::Body>> for Hostile {
    type Response = http::Response<reqwest::Body>;
    type Error = std::convert::Infallible;
    type Future = std::future::Ready<Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: http::Request<reqwest::Body>) -> Self::Future {
        let mut response = http::Response::new(self.body.clone().into());
        *response.status_mut() = http::StatusCode::from_u16(self.status).unwrap_or_default();
        for name in ["link", "location", "retry-after", "content-type"] {
            response.headers_mut().insert(name, self.header.clone());
        }
        std::future::ready(Ok(response))
    }
}

static RUNTIME: LazyLock<tokio::runtime::Runtime> =
    LazyLock::new(|| tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime"));

fuzz_target!(|input: &[u8]| {
    let end = input.windows(2).position(|pair| pair == b"\n\n").unwrap_or(input.len());
    let (header, body) = input.split_at(end);
    let Ok(header) = HeaderValue::from_bytes(header) else { return };
    for status in [200, 302, 503] {
        let hostile = Hostile { header: header.clone(), status, body: body.get(2..).unwrap_or_default().to_vec() };
        // Without pauses, and without more of them than a run can take.
        let policy = RetryPolicy::default().retries(1).pause(Duration::ZERO).longest_pause(Duration::ZERO);
        let builder = ClientBuilder::new(Some("http://fuzzed.test/v1"), "fuzz", &[]).retry(policy);
        let client = builder.transport(InProcess(hostile)).max_response_bytes(1 << 16).build().expect("a client");
        RUNTIME.block_on(calls(&client));
    }
});

async fn calls(client: &Client) {
    if let Ok(mut events) = Call::new(client, Events::default()).send().await {
        while events.next().await.is_some() {}
    }
    if let Ok(mut lines) = Call::new(client, Lines::default()).send().await {
        while lines.next().await.is_some() {}
    }
    let mut items = Call::new(client, List::default()).items();
    while items.next().await.is_some() {}
    if let Err(error) = Call::new(client, List::default()).send().await {
        let _ = error.raw().map(|raw| (raw.message(), raw.retry_after(), raw.problem()));
    }
}
