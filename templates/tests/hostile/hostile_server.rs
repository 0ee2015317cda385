//! Attacks on a server: requests that would take more memory, time or connections than their share, or show a secret.
//!
//! Every test speaks HTTP as an attacker does, over TCP, and ends within a stated time.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::response::Response;
use crategen_runtime::models::params::form::Field;
use crategen_runtime::models::{Operation, Rules};
use crategen_runtime::server::{
    Failure, Incoming, Limits, Rejection, Route, Routes, Settings, empty, json, problem, with_fallbacks,
};
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

struct App;

/// No schema: what cannot be read is explained by the reader.
static RULES: Rules = Rules::new("{}");
static GET: Operation = Operation::new("get", "GET", "/get");
static BYTES: Operation = Operation::new("bytes", "POST", "/bytes");
static FORM: Operation = Operation::new("form", "POST", "/form");
static PARTS: Operation = Operation::new("parts", "POST", "/parts");
static JSON: Operation = Operation::new("json", "POST", "/json");
static SECRET: Operation = Operation::new("secret", "POST", "/secret");
static PANIC: Operation = Operation::new("panic", "GET", "/panic");
static DEBUG: Operation = Operation::new("debug", "GET", "/debug");
static LARGE: Operation = Operation::new("large", "GET", "/large");

static FORM_FIELDS: &[Field] = &[Field::text("name"), Field::list("tag")];
static PART_FIELDS: &[Field] = &[Field::text("name"), Field::list("tag"), Field::file("file")];

type Handled = std::pin::Pin<Box<dyn Future<Output = Result<Response, Failure>> + Send>>;

fn count(value: &BTreeMap<String, Value>) -> usize {
    value.values().map(|value| value.as_array().map_or(1, Vec::len)).sum()
}

fn form(_: Arc<App>, mut request: Incoming) -> Handled {
    Box::pin(async move {
        let body = request.form::<BTreeMap<String, Value>>("application/x-www-form-urlencoded", FORM_FIELDS).await?;
        json(200, "application/json", &count(&request.check(body)?))
    })
}

fn parts(_: Arc<App>, mut request: Incoming) -> Handled {
    Box::pin(async move {
        let body = request.multipart::<BTreeMap<String, Value>>(PART_FIELDS).await?;
        json(200, "application/json", &count(&request.check(body)?))
    })
}

fn debug(_: Arc<App>, request: Incoming) -> Handled {
    Box::pin(async move {
        let mut text = format!("{request:?} {:?} ", request.info());
        text.push_str(&format!("{:?}", request.context("someone")));
        json(200, "application/json", &text)
    })
}

fn respond(failure: Failure) -> Response {
    failure.into_response(Rejection::into_response, |error| {
        problem(&crategen_runtime::models::Problem::of(500).with_detail(error.to_string()))
    })
}

fn app(set: impl FnOnce(&mut Limits)) -> (axum::Router, Limits) {
    let routes: Vec<Route<App>> = vec![
        Route::new(&GET, |_, _| Box::pin(async { empty(204) })),
        Route::new(&BYTES, |_, mut request| {
            Box::pin(async move {
                let bytes = request.bytes().await?.unwrap();
                json(200, "application/json", &bytes.len())
            })
        }),
        Route::new(&FORM, form),
        Route::new(&PARTS, parts),
        Route::new(&JSON, |_, mut request| {
            Box::pin(async move {
                request.json::<Value>("application/json", &RULES, "any").await?;
                empty(204)
            })
        }),
        Route::new(&SECRET, |_, _| {
            Box::pin(async { Err(Rejection::MissingCredential { challenge: "Bearer".to_owned() }.into()) })
        }),
        Route::new(&PANIC, |_, _| Box::pin(async { panic!("a bug") })),
        Route::new(&DEBUG, debug),
        Route::new(&LARGE, |_, _| Box::pin(async { Ok(Response::new(Body::from(vec![0; 64 << 20]))) })),
    ];
    let mut settings = Settings::new("");
    set(&mut settings.limits);
    let routes = Routes { routes, operations: &[], respond: |_, failure, _| respond(failure) };
    (with_fallbacks(routes.into_router(&Arc::new(App), &settings), settings.limits), settings.limits)
}

/// Starts a server; returns its address.
async fn start(set: impl FnOnce(&mut Limits)) -> std::net::SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (app, limits) = app(set);
    tokio::spawn(crategen_runtime::server::serve(listener, app, limits));
    address
}

/// Runs an attack, which must end within a time.
async fn within<T>(seconds: u64, attack: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(seconds), attack).await.expect("the attack takes too long")
}

fn post(path: &str, media_type: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: test\r\ncontent-type: {media_type}\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

/// Reads one response: its status, and its body as text.
async fn response(stream: &mut TcpStream) -> (u16, String) {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length =
                head.to_ascii_lowercase().lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
            if body.len() >= length.unwrap_or(0) {
                return (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned());
            }
        }
        let read = stream.read_buf(&mut bytes).await.expect("the connection was reset before the response");
        assert!(read > 0, "the connection was closed before the response: {text}");
    }
}

/// Sends a whole request before it reads anything, as simple clients do.
async fn ask(address: std::net::SocketAddr, request: &[u8]) -> (u16, String) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request).await.expect("the connection was closed while the request was sent");
    response(&mut stream).await
}

/// Waits until the server closes the connection; returns how long it took.
async fn closed(stream: &mut TcpStream) -> Duration {
    let start = Instant::now();
    let mut bytes = Vec::new();
    while !matches!(stream.read_buf(&mut bytes).await, Ok(0) | Err(_)) {}
    start.elapsed()
}

const FORM_TYPE: &str = "application/x-www-form-urlencoded";
const PARTS_TYPE: &str = "multipart/form-data; boundary=b";

#[tokio::test]
async fn a_form_takes_linear_time() {
    let address = start(|limits| limits.fields = usize::MAX).await;
    within(40, async {
        for pair in ["x&", "x=1&", "name&", "tag=a&", "&"] {
            let body = pair.repeat((2 << 20) / pair.len());
            let (status, text) = ask(address, &post("/form", FORM_TYPE, body.as_bytes())).await;
            assert!(matches!(status, 200 | 400), "{pair}: {status} {text}");
        }
    })
    .await;
}

#[tokio::test]
async fn no_field_of_a_form_vanishes() {
    let address = start(|_| {}).await;
    within(10, async {
        let body = |count: usize| (0..count).map(|index| format!("n{index}=1")).collect::<Vec<_>>().join("&");
        let (status, text) = ask(address, &post("/form", FORM_TYPE, body(10_000).as_bytes())).await;
        assert_eq!((status, text.as_str()), (200, "10000"));
        let (status, text) = ask(address, &post("/form", FORM_TYPE, body(10_001).as_bytes())).await;
        assert_eq!(status, 413);
        assert!(text.contains("the form has more than 10000 fields"), "{text}");
    })
    .await;
}

#[tokio::test]
async fn a_query_has_a_limited_number_of_parameters() {
    let address = start(|_| {}).await;
    within(5, async {
        let request = |count: usize| format!("GET /get?{} HTTP/1.1\r\nhost: test\r\n\r\n", "x&".repeat(count));
        assert_eq!(ask(address, request(10_000).as_bytes()).await.0, 204);
        let (status, text) = ask(address, request(10_001).as_bytes()).await;
        assert_eq!(status, 414);
        assert!(text.contains("the query has more than 10000 parameters"), "{text}");
    })
    .await;
}

#[test]
fn a_nested_parameter_takes_linear_time_and_keeps_all_keys() {
    use crategen_runtime::models::params::{Param, Reader};
    let param = Param::query("filter").object().deep_object();
    let query: Vec<String> = (0..100_000).map(|index| format!("filter[a][k{index}]=1")).collect();
    let start = Instant::now();
    let query = query.join("&");
    let reader = Reader::new(&query, std::iter::empty());
    let mut violations = Vec::new();
    let value: BTreeMap<String, BTreeMap<String, String>> = reader.required(&param, &mut violations).unwrap();
    assert_eq!(value["a"].len(), 100_000);
    assert!(start.elapsed() < Duration::from_secs(10));
}

/// A form whose parts all have the same head and content.
fn multipart(count: usize, head: &str, content: &str) -> Vec<u8> {
    let part = format!("--b\r\n{head}\r\n\r\n{content}\r\n");
    format!("{}--b--\r\n", part.repeat(count)).into_bytes()
}

const TEXT: &str = "content-disposition: form-data; name=\"tag\"";

#[tokio::test]
async fn a_form_has_a_limited_number_of_parts() {
    let address = start(|_| {}).await;
    within(10, async {
        let (status, text) = ask(address, &post("/parts", PARTS_TYPE, &multipart(1_000, TEXT, "x"))).await;
        assert_eq!((status, text.as_str()), (200, "1000"));
        let (status, text) = ask(address, &post("/parts", PARTS_TYPE, &multipart(1_001, TEXT, "x"))).await;
        assert_eq!(status, 413);
        assert!(text.contains("the form has more than 1000 parts"), "{text}");
    })
    .await;
}

#[tokio::test]
async fn the_headers_of_a_part_have_a_limit() {
    let address = start(|_| {}).await;
    within(10, async {
        let head = |size: usize| format!("{TEXT}\r\nx-long: {}", "x".repeat(size));
        assert_eq!(ask(address, &post("/parts", PARTS_TYPE, &multipart(3, &head(7_000), "x"))).await.0, 200);
        let (status, text) = ask(address, &post("/parts", PARTS_TYPE, &multipart(1, &head(4 << 20), "x"))).await;
        assert_eq!(status, 413);
        assert!(text.contains("the headers of a part are larger than 8192 bytes"), "{text}");
        // So has what comes before the first part.
        let body = [vec![b'x'; 4 << 20], multipart(1, TEXT, "x")].concat();
        assert_eq!(ask(address, &post("/parts", PARTS_TYPE, &body)).await.0, 413);
    })
    .await;
}

#[tokio::test]
async fn headers_of_parts_cannot_be_sent_for_ever() {
    let address = start(|limits| limits.drain = 1 << 20).await;
    within(20, async {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let head = format!(
            "POST /parts HTTP/1.1\r\nhost: test\r\ncontent-type: {PARTS_TYPE}\r\ncontent-length: 300000000\r\n\r\n--b\r\nx-long: "
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        let (mut sent, piece) = (0, vec![b'x'; 1 << 20]);
        while stream.write_all(&piece).await.is_ok() && sent < 300 {
            sent += 1;
        }
        assert!(sent < 100, "the server has received {sent} MiB");
    })
    .await;
}

#[tokio::test]
async fn a_form_with_files_has_a_limited_size() {
    let set = |limits: &mut Limits| (limits.upload, limits.body, limits.parts) = (100_000, 1_000, 3);
    let address = start(set).await;
    within(10, async {
        let file = "content-disposition: form-data; name=\"file\"; filename=\"f\"";
        let send = async |head: &str, size: usize| {
            ask(address, &post("/parts", PARTS_TYPE, &multipart(1, head, &"x".repeat(size)))).await.0
        };
        assert_ne!(send(file, 100_000).await, 413);
        assert_eq!(send(file, 100_001).await, 413);
        assert_eq!(send(TEXT, 1_000).await, 200);
        assert_eq!(send(TEXT, 1_001).await, 413);
        // What follows the last part counts for the whole body.
        let epilogue = [multipart(1, TEXT, "x"), vec![b'x'; 1 << 20]].concat();
        assert!(matches!(ask(address, &post("/parts", PARTS_TYPE, &epilogue)).await.0, 200 | 413));
    })
    .await;
}

#[tokio::test]
async fn whoever_is_refused_receives_the_response() {
    let address = start(|_| {}).await;
    within(20, async {
        let body = vec![b'x'; 6 << 20];
        for (path, media_type, expected) in [
            ("/secret", "text/plain", 401),
            ("/nowhere", "text/plain", 404),
            ("/get", "text/plain", 405),
            ("/json", "text/plain", 415),
            ("/bytes", "text/plain", 413),
        ] {
            let (status, _) = ask(address, &post(path, media_type, &body)).await;
            assert_eq!(status, expected, "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_connection_goes_on_after_a_refused_body() {
    let address = start(|_| {}).await;
    within(5, async {
        let mut stream = TcpStream::connect(address).await.unwrap();
        for _ in 0..3 {
            stream.write_all(&post("/secret", "text/plain", &vec![b'x'; 300_000])).await.unwrap();
            assert_eq!(response(&mut stream).await.0, 401);
        }
    })
    .await;
}

#[tokio::test]
async fn a_refused_body_is_discarded_up_to_a_limit() {
    let set = |limits: &mut Limits| limits.drain_timeout = Duration::from_millis(300);
    let address = start(set).await;
    within(10, async {
        // A caller that sends one byte at a time.
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(b"POST /secret HTTP/1.1\r\nhost: test\r\ncontent-length: 1000000\r\n\r\n").await.unwrap();
        assert_eq!(response(&mut stream).await.0, 401);
        let start = Instant::now();
        while stream.write_all(b"x").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        assert!(start.elapsed() < Duration::from_secs(3));
        // A caller that waits for permission is refused without it.
        let mut stream = TcpStream::connect(address).await.unwrap();
        let head = b"POST /secret HTTP/1.1\r\nhost: test\r\nexpect: 100-continue\r\ncontent-length: 1000000\r\n\r\n";
        stream.write_all(head).await.unwrap();
        assert_eq!(response(&mut stream).await.0, 401);
    })
    .await;
}

#[tokio::test]
async fn half_sent_requests_are_closed() {
    let set = |limits: &mut Limits| limits.header_timeout = Duration::from_millis(300);
    let address = start(set).await;
    within(20, async {
        for half in ["G", "GET /get HTTP/1.1\r\n", "GET /get HTTP/1.1\r\nhost: test\r\nx-slow: ", "PRI * HTTP/2.0\r\n"]
        {
            let mut stream = TcpStream::connect(address).await.unwrap();
            stream.write_all(half.as_bytes()).await.unwrap();
            assert!(closed(&mut stream).await < Duration::from_secs(3), "{half}");
        }
        // One byte at a time makes no difference.
        let mut stream = TcpStream::connect(address).await.unwrap();
        let start = Instant::now();
        stream.write_all(b"GET /get HTTP/1.1\r\nhost: ").await.unwrap();
        while stream.write_all(b"x").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        assert!(start.elapsed() < Duration::from_secs(3));
    })
    .await;
}

#[tokio::test]
async fn silent_and_idle_connections_are_closed() {
    let set = |limits: &mut Limits| limits.idle_timeout = Duration::from_millis(300);
    let address = start(set).await;
    within(10, async {
        let mut stream = TcpStream::connect(address).await.unwrap();
        assert!(closed(&mut stream).await < Duration::from_secs(3));
        let mut stream = TcpStream::connect(address).await.unwrap();
        for _ in 0..3 {
            stream.write_all(b"GET /get HTTP/1.1\r\nhost: test\r\n\r\n").await.unwrap();
            assert_eq!(response(&mut stream).await.0, 204);
            tokio::time::sleep(Duration::from_millis(150)).await;
        }
        assert!(closed(&mut stream).await < Duration::from_secs(3));
    })
    .await;
}

#[tokio::test]
async fn connections_above_the_limit_wait() {
    let address = start(|limits| limits.connections = 2).await;
    within(10, async {
        let first = TcpStream::connect(address).await.unwrap();
        let mut second = TcpStream::connect(address).await.unwrap();
        second.write_all(b"GET /get HTTP/1.1\r\nhost: test\r\n\r\n").await.unwrap();
        assert_eq!(response(&mut second).await.0, 204);
        let mut third = TcpStream::connect(address).await.unwrap();
        third.write_all(b"GET /get HTTP/1.1\r\nhost: test\r\n\r\n").await.unwrap();
        let waited = tokio::time::timeout(Duration::from_millis(300), response(&mut third)).await;
        assert!(waited.is_err(), "a third connection is served");
        drop(first);
        assert_eq!(response(&mut third).await.0, 204);
    })
    .await;
}

#[tokio::test]
async fn a_stalled_body_is_refused() {
    let set = |limits: &mut Limits| limits.stall_timeout = Duration::from_millis(300);
    let address = start(set).await;
    within(10, async {
        for (path, media_type) in
            [("/bytes", "text/plain"), ("/json", "application/json"), ("/form", FORM_TYPE), ("/parts", PARTS_TYPE)]
        {
            let mut stream = TcpStream::connect(address).await.unwrap();
            let head = format!(
                "POST {path} HTTP/1.1\r\nhost: test\r\ncontent-type: {media_type}\r\ncontent-length: 100\r\n\r\n--b\r\n"
            );
            stream.write_all(head.as_bytes()).await.unwrap();
            assert_eq!(response(&mut stream).await.0, 408, "{path}");
            assert!(closed(&mut stream).await < Duration::from_secs(3));
        }
    })
    .await;
}

#[tokio::test]
async fn a_body_that_trickles_is_refused() {
    let set = |limits: &mut Limits| {
        (limits.stall_timeout, limits.drain_timeout) = (Duration::from_millis(300), Duration::from_millis(300));
    };
    let address = start(set).await;
    within(10, async {
        for (path, media_type) in [("/bytes", "text/plain"), ("/parts", PARTS_TYPE)] {
            let mut stream = TcpStream::connect(address).await.unwrap();
            let head = format!(
                "POST {path} HTTP/1.1\r\nhost: test\r\ncontent-type: {media_type}\r\ncontent-length: 1000000\r\n\r\n--b\r\n"
            );
            stream.write_all(head.as_bytes()).await.unwrap();
            let (mut reading, mut writing) = stream.into_split();
            let trickle = tokio::spawn(async move {
                while writing.write_all(b"x").await.is_ok() {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            });
            let mut bytes = [0; 1024];
            let read = reading.read(&mut bytes).await.unwrap();
            assert!(bytes[..read].starts_with(b"HTTP/1.1 408 "), "{path}");
            trickle.await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn an_interrupted_body_is_not_an_error_of_the_server() {
    let address = start(|_| {}).await;
    within(5, async {
        let (status, text) =
            ask(address, b"POST /bytes HTTP/1.1\r\nhost: test\r\ntransfer-encoding: chunked\r\n\r\nnonsense\r\n").await;
        assert_eq!(status, 400, "{text}");
    })
    .await;
}

#[tokio::test]
async fn a_response_that_nobody_reads_ends() {
    let set = |limits: &mut Limits| limits.stall_timeout = Duration::from_millis(300);
    let address = start(set).await;
    within(10, async {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(b"GET /large HTTP/1.1\r\nhost: test\r\n\r\n").await.unwrap();
        tokio::time::sleep(Duration::from_secs(2)).await;
        let mut bytes = Vec::new();
        while matches!(stream.read_buf(&mut bytes).await, Ok(1..)) {}
        assert!(bytes.len() < 64 << 20, "the server has waited for the caller");
    })
    .await;
}

#[tokio::test]
async fn a_panic_costs_one_response() {
    let address = start(|_| {}).await;
    within(5, async {
        let mut stream = TcpStream::connect(address).await.unwrap();
        for _ in 0..2 {
            stream.write_all(b"GET /panic HTTP/1.1\r\nhost: test\r\n\r\n").await.unwrap();
            let (status, text) = response(&mut stream).await;
            assert_eq!(status, 500);
            assert!(text.contains("a handler panicked: a bug"), "{text}");
        }
        stream.write_all(b"GET /get HTTP/1.1\r\nhost: test\r\n\r\n").await.unwrap();
        assert_eq!(response(&mut stream).await.0, 204);
    })
    .await;
}

#[tokio::test]
async fn requests_are_printed_without_secrets() {
    let address = start(|_| {}).await;
    within(5, async {
        let request = "GET /debug?api_key=s3cret&page=s3cret&s3cret HTTP/1.1\r\nhost: test\r\nauthorization: Bearer s3cret\r\n\
                       cookie: session=s3cret\r\nx-api-key: s3cret\r\nproxy-authorization: Basic s3cret\r\n\
                       x-forwarded-client-cert: s3cret\r\naccept: text/plain\r\n\r\n";
        let (status, text) = ask(address, request.as_bytes()).await;
        assert_eq!(status, 200);
        assert!(!text.contains("s3cret"), "{text}");
        for shown in ["/debug?api_key=[redacted]", "authorization", "text/plain", "someone"] {
            assert!(text.contains(shown), "{shown}: {text}");
        }
    })
    .await;
}
