//! Attacks on a client: responses that would take its time or memory, break it, or take its credentials elsewhere.
//!
//! Every test speaks HTTP as a hostile server does, over TCP, and ends within a stated time.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crategen_runtime::api_error;
use crategen_runtime::client::credentials::{AuthorizationServer, Grant};
use crategen_runtime::client::pagination::{Next, Paginated};
use crategen_runtime::client::{
    ApiOperation, Arguments, ByteStream, Call, CallError, Client, ClientBuilder, EventStream, RawResponse, Read,
    Response, RetryPolicy, Scheme, SchemePlace,
};
use crategen_runtime::models::{Operation, Requirement};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

static SCHEMES: &[Scheme] = &[
    Scheme { name: "key", place: SchemePlace::Header("X-Key") },
    Scheme { name: "query", place: SchemePlace::Query("key") },
    Scheme { name: "token", place: SchemePlace::Bearer },
];
static LIST: Operation = Operation::new("list", "GET", "/list");
static DOWNLOAD: Operation = Operation::new("download", "GET", "/download");
static SECURED: Operation = Operation::new("secured", "GET", "/secured").security(&[&[Requirement::new("token", &[])]]);

#[derive(Debug)]
enum Failed {
    Unexpected(RawResponse),
}

api_error!(Failed {});

/// The items, and where the next page is: a cursor, or a URL.
type Page = (Vec<u32>, Option<String>);

#[derive(Clone, Default)]
struct List {
    cursor: Option<String>,
    by_url: bool,
}

impl ApiOperation for List {
    type Output = Page;
    type Headers = ();
    type Error = Failed;

    const OPERATION: &'static Operation = &LIST;
    const READ: Read<Page> = Read::JSON;

    fn write(&self, request: &mut Arguments) {
        if let Some(cursor) = &self.cursor {
            request.query("cursor", cursor);
        }
    }
}

impl Paginated for List {
    type Item = u32;

    fn items(page: Page) -> Vec<u32> {
        page.0
    }

    fn advance(&mut self, page: &Response<Page>) -> Next {
        let next = page.body.1.clone();
        if self.by_url { Next::url(next.as_ref()) } else { Next::cursor(&mut self.cursor, next) }
    }
}

struct Download;

impl ApiOperation for Download {
    type Output = ByteStream;
    type Headers = ();
    type Error = Failed;

    const OPERATION: &'static Operation = &DOWNLOAD;
    const READ: Read<ByteStream> = Read::Streamed(ByteStream::new);

    fn write(&self, _: &mut Arguments) {}
}

struct Secured;

impl ApiOperation for Secured {
    type Output = ();
    type Headers = ();
    type Error = Failed;

    const OPERATION: &'static Operation = &SECURED;
    const READ: Read<()> = Read::NOTHING;

    fn write(&self, _: &mut Arguments) {}
}

struct Events;

impl ApiOperation for Events {
    type Output = EventStream<String>;
    type Headers = ();
    type Error = Failed;

    const OPERATION: &'static Operation = &DOWNLOAD;
    const READ: Read<EventStream<String>> = Read::Streamed(EventStream::text);

    fn write(&self, _: &mut Arguments) {}
}

/// A hostile server, and the heads of the requests that it has received.
struct Server {
    address: SocketAddr,
    heads: Arc<Mutex<Vec<String>>>,
}

/// What a server sends: bytes, and then nothing, until the client closes the connection, or the end.
enum Sent {
    Bytes(Vec<u8>),
    ThenSilence(Vec<u8>),
}

impl Server {
    async fn start(respond: impl Fn(&str, usize) -> Sent + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self { address: listener.local_addr().unwrap(), heads: Arc::default() };
        let (heads, respond) = (Arc::clone(&server.heads), Arc::new(respond));
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(serve(stream, Arc::clone(&heads), Arc::clone(&respond)));
            }
        });
        server
    }

    fn url(&self) -> String {
        format!("http://{}/v1", self.address)
    }

    fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }
}

async fn serve(
    mut stream: TcpStream,
    heads: Arc<Mutex<Vec<String>>>,
    respond: Arc<impl Fn(&str, usize) -> Sent + Send + Sync>,
) {
    let mut bytes = Vec::new();
    while !bytes.windows(4).any(|window| window == b"\r\n\r\n") {
        if !matches!(stream.read_buf(&mut bytes).await, Ok(1..)) {
            return;
        }
    }
    let head = String::from_utf8_lossy(&bytes).to_ascii_lowercase();
    let count = {
        let mut heads = heads.lock().unwrap();
        heads.push(head.clone());
        heads.len() - 1
    };
    match respond(&head, count) {
        Sent::Bytes(bytes) => {
            let _ = stream.write_all(&bytes).await;
        }
        Sent::ThenSilence(bytes) => {
            let _ = stream.write_all(&bytes).await;
            let _ = stream.read_to_end(&mut Vec::new()).await;
        }
    }
}

fn response(status: &str, headers: &str, body: &str) -> Sent {
    let length = body.len();
    Sent::Bytes(
        format!("HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}")
            .into_bytes(),
    )
}

fn page(items: &[u32], next: Option<&str>) -> Sent {
    response("200 OK", "content-type: application/json\r\n", &serde_json::to_string(&(items, next)).unwrap())
}

fn client(server: &Server, set: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Client {
    let url = server.url();
    set(ClientBuilder::new(Some(&url), "test", SCHEMES).retry(RetryPolicy::none())).build().unwrap()
}

/// Runs an attack, which must end within a time.
async fn within<T>(seconds: u64, attack: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(seconds), attack).await.expect("the attack takes too long")
}

#[tokio::test]
async fn no_date_of_retry_after_breaks_a_client() {
    const DATES: &[&str] = &[
        "Fri, 18446744073709551615 Dec 9999 23:59:59 GMT",
        "Fri, 31 Dec 18446744073709551615 23:59:59 GMT",
        "Fri, 31 Dec 9999 18446744073709551615:59:59 GMT",
        "Fri, 31 Dec 9999 23:59:60 GMT",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Fri, 0 Jan 1970 00:00:00 GMT",
        "Fri, 31 Dec 0000 23:59:59 GMT",
        "18446744073709551615",
        "-1",
        ", , , :::",
    ];
    let server = Server::start(|_, count| {
        response("503 Service Unavailable", &format!("retry-after: {}\r\n", DATES[count % DATES.len()]), "")
    })
    .await;
    within(10, async {
        // A policy as extreme as the dates, which never pauses.
        let policy = RetryPolicy::default().retries(1).pause(Duration::ZERO).longest_pause(Duration::ZERO);
        let client = client(&server, |builder| builder.retry(policy));
        for _ in DATES {
            let error = Call::new(&client, List::default()).send().await.unwrap_err();
            assert_eq!(error.status().unwrap().as_u16(), 503);
            let _ = error.raw().unwrap().retry_after();
        }
    })
    .await;
}

#[tokio::test]
async fn the_body_of_an_error_cannot_outlast_the_timeout() {
    let server = Server::start(|_, _| {
        Sent::ThenSilence(b"HTTP/1.1 500 Internal Server Error\r\ncontent-length: 100\r\n\r\nsome".to_vec())
    })
    .await;
    within(5, async {
        let client = client(&server, |builder| builder.timeout(Duration::from_millis(300)));
        let error = Call::new(&client, Download).send().await.unwrap_err();
        assert!(error.is_timeout(), "{error}");
    })
    .await;
}

#[tokio::test]
async fn a_stream_that_is_collected_has_a_limit() {
    let server = Server::start(|_, _| {
        let mut bytes = b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n".to_vec();
        bytes.resize(8 << 20, b'x');
        Sent::Bytes(bytes)
    })
    .await;
    within(10, async {
        let client = client(&server, |builder| builder.max_response_bytes(1 << 20));
        let stream = Call::new(&client, Download).send().await.unwrap();
        let error = stream.bytes().await.unwrap_err();
        assert!(error.to_string().contains("larger than 1048576 bytes"), "{error}");
        // Piece by piece, there is no limit.
        let mut stream = Call::new(&client, Download).send().await.unwrap();
        let mut size = 0;
        while let Some(chunk) = stream.next().await.transpose().unwrap() {
            size += chunk.len();
        }
        assert!(size > 7 << 20);
    })
    .await;
}

#[tokio::test]
async fn credentials_of_a_call_do_not_cross_hosts() {
    let other = Server::start(|_, _| response("200 OK", "", "")).await;
    let elsewhere = format!("http://localhost:{}/", other.address.port());
    let server = Server::start(move |_, _| response("302 Found", &format!("location: {elsewhere}\r\n"), "")).await;
    within(10, async {
        let client = client(&server, |builder| builder.secret(0, "s3cret").secret_header("x-other-key", "s3cret"));
        for name in ["Authorization", "Cookie", "Proxy-Authorization", "x-key", "X-OTHER-KEY"] {
            let call = Call::new(&client, Secured).header(name, "s3cret").header("x-harmless", "shown");
            call.send().await.unwrap();
            client.request(http::Method::GET, "/").header(name, "s3cret").send().await.unwrap();
        }
        assert_eq!(other.heads().len(), 10);
        for head in other.heads() {
            assert!(!head.contains("s3cret"), "{head}");
        }
        assert!(other.heads()[0].contains("x-harmless: shown"));
        assert!(server.heads().iter().all(|head| head.contains("s3cret")));
    })
    .await;
}

async fn items(client: &Client, list: List) -> Result<Vec<u32>, CallError<Failed>> {
    let mut items = Call::new(client, list).items();
    let mut found = Vec::new();
    while let Some(item) = items.next().await {
        found.push(item?);
    }
    Ok(found)
}

#[tokio::test]
async fn endless_empty_pages_end() {
    let server = Server::start(|_, count| page(&[], Some(&format!("cursor{count}")))).await;
    within(20, async {
        let client = client(&server, |builder| builder);
        let error = items(&client, List::default()).await.unwrap_err();
        assert!(error.to_string().contains("more than 100 pages without items"), "{error}");
        assert_eq!(server.heads().len(), 101);
        let mut items = Call::new(&client, List::default()).items().max_empty_pages(0);
        assert!(items.next().await.unwrap().is_err());
        assert!(items.next().await.is_none());
    })
    .await;
}

#[tokio::test]
async fn pages_that_repeat_end_with_an_error() {
    // The same cursor again and again, two of them in turn, and the same with links.
    for period in [1, 2, 3] {
        let server = Server::start(move |head, count| {
            let next = if head.contains("by=url") { "/v1/list?by=url&page=" } else { "" };
            page(&[1], Some(&format!("{next}{}", count % period + 1)))
        })
        .await;
        within(10, async {
            let client = client(&server, |builder| builder);
            let by_url = List { by_url: true, ..List::default() };
            for list in [List::default(), by_url] {
                let error = items(&client, list).await.unwrap_err();
                assert!(error.to_string().contains("the next page is one that was returned before"), "{error}");
            }
            assert!(server.heads().len() <= 2 * (period + 2));
        })
        .await;
    }
}

#[tokio::test]
async fn a_next_page_stays_below_the_base_url() {
    const NEXT: &[&str] = &[
        "http://127.0.0.1:1/v1/list",
        "https://example.com/v1/list",
        "//example.com/v1/list",
        "/",
        "/admin",
        "/v10/list",
        "../admin",
        "/v1/../admin",
        "/v1/%2e%2e/admin",
        "/v1/..%2fadmin",
        "/v1/%252e%252e%252fadmin",
        "/v1/..%5cadmin",
        "file:///etc/passwd",
        "http://",
    ];
    let server = Server::start(|_, count| page(&[1], NEXT.get(count).copied())).await;
    within(10, async {
        let client = client(&server, |builder| builder);
        for next in NEXT {
            let error = items(&client, List { by_url: true, ..List::default() }).await.unwrap_err();
            assert!(matches!(error, CallError::Request(_)), "{next}: {error}");
        }
        assert_eq!(server.heads().len(), NEXT.len());
    })
    .await;
    let good =
        Server::start(|_, count| page(&[1], ["/v1/list?page=2", "list?page=3", "?page=4"].get(count).copied())).await;
    let client = client(&good, |builder| builder);
    assert_eq!(items(&client, List { by_url: true, ..List::default() }).await.unwrap(), [1; 4]);
}

#[tokio::test]
async fn discovery_names_only_endpoints_that_can_be_trusted() {
    let metadata = Arc::new(Mutex::new(String::new()));
    let shown = Arc::clone(&metadata);
    let server = Server::start(move |head, _| {
        if head.starts_with("get /v1/secured") {
            return response("200 OK", "", "");
        }
        if head.starts_with("post ") {
            return response("200 OK", "", r#"{"access_token": "t"}"#);
        }
        response("200 OK", "content-type: application/json\r\n", &shown.lock().unwrap())
    })
    .await;
    within(10, async {
        let known = AuthorizationServer::described_at(format!("http://{}/metadata", server.address));
        let transport = reqwest_client();
        let discover = async |member: &str, endpoint: &str| {
            *metadata.lock().unwrap() = format!("{{\"{member}\": \"{endpoint}\"}}");
            known.discover(&transport).await
        };
        for bad in [
            "https://evil.example/token",
            "http://evil.example/token",
            "//evil.example/",
            "javascript:alert(1)",
            "ftp://127.0.0.1/",
        ] {
            for member in ["token_endpoint", "device_authorization_endpoint"] {
                let error = discover(member, bad).await.unwrap_err().to_string();
                assert!(error.contains("set `") && !error.contains("no `"), "{error}");
            }
            let client = client(&server, |builder| {
                builder.grant(
                    2,
                    Grant::client_credentials("id", "s3cret").server(known.clone()),
                    AuthorizationServer::UNKNOWN,
                )
            });
            *metadata.lock().unwrap() = format!("{{\"token_endpoint\": \"{bad}\"}}");
            assert!(matches!(Call::new(&client, Secured).send().await, Err(CallError::Request(_))));
        }
        let own = format!("http://{}/token", server.address);
        assert_eq!(discover("token_endpoint", &own).await.unwrap().token_url.as_deref(), Some(own.as_str()));
        assert_eq!(discover("token_endpoint", "/token").await.unwrap().token_url.as_deref(), Some(own.as_str()));
        // What is set is not discovered.
        let set = AuthorizationServer { token_url: Some("https://tokens.example/".into()), ..known.clone() };
        *metadata.lock().unwrap() = r#"{"token_endpoint": "https://evil.example/"}"#.to_owned();
        assert_eq!(set.discover(&transport).await.unwrap().token_url, set.token_url);
    })
    .await;
}

fn reqwest_client() -> reqwest::Client {
    reqwest::Client::builder().build().unwrap()
}

#[tokio::test]
async fn a_credential_in_the_base_url_is_sent_and_not_shown() {
    let server = Server::start(|_, _| page(&[], None)).await;
    within(5, async {
        let url = format!("http://us%65r:s3cret@{}/v1", server.address);
        let builder = ClientBuilder::new(Some(&url), "test", SCHEMES);
        let mut shown = format!("{builder:?}");
        let client = builder.build().unwrap();
        Call::new(&client, List::default()).send().await.unwrap();
        // RFC 7617 §2: the Base64 of `user:s3cret`
        assert!(server.heads()[0].contains(&"authorization: Basic dXNlcjpzM2NyZXQ=".to_ascii_lowercase()));
        shown += &format!("{client:?} {} {:?}", client.base_url(), Call::new(&client, List::default()));
        for bad in [
            "ftp://user:s3cret@host",
            "https://user:s3cret@",
            "https://user:s3cret@ho st/",
            "user:s3cret@host",
            "https://user:s3cret@host/?x",
        ] {
            shown += &ClientBuilder::new(Some(bad), "test", SCHEMES).build().unwrap_err().to_string();
        }
        assert!(!shown.contains("s3cret"), "{shown}");
    })
    .await;
}

#[tokio::test]
async fn requests_are_printed_without_secrets() {
    let server = Server::start(|_, _| response("200 OK", "", "")).await;
    let client = client(&server, |builder| builder.secret(0, "s3cret").secret(1, "s3cret"));
    let request = client.request(http::Method::GET, "/").header("Authorization", "s3cret").query("key", "s3cret");
    assert!(!format!("{request:?}").contains("s3cret"), "{request:?}");
}

#[tokio::test]
async fn a_call_has_a_limit_for_all_its_attempts() {
    let server = Server::start(|_, _| response("503 Service Unavailable", "retry-after: 1\r\n", "")).await;
    within(10, async {
        let policy = RetryPolicy::default().retries(1000);
        let client = client(&server, |builder| builder.retry(policy).total_timeout(Duration::from_millis(1500)));
        let start = Instant::now();
        let error = Call::new(&client, List::default()).send().await.unwrap_err();
        assert!(error.is_timeout() && error.to_string().contains("longer than 1.5s"), "{error}");
        let call = Call::new(&client, List::default()).total_timeout(Duration::from_millis(300));
        assert!(call.send().await.unwrap_err().is_timeout());
        assert!(start.elapsed() < Duration::from_secs(5));
    })
    .await;
}

#[tokio::test]
async fn a_pause_of_a_stream_of_events_has_a_limit() {
    let server = Server::start(|_, count| {
        let events = format!("retry: 18446744073709551615\nid: {count}\ndata: x\n\n");
        // The end is missing, so the connection is lost.
        Sent::Bytes(format!("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{events}").into_bytes())
    })
    .await;
    within(10, async {
        let policy = RetryPolicy::default().longest_pause(Duration::from_millis(50));
        let client = client(&server, |builder| builder.retry(policy));
        let mut events = Call::new(&client, Events).send().await.unwrap();
        for id in ["0", "1", "2"] {
            assert_eq!(events.next().await.unwrap().unwrap().id.as_deref(), Some(id));
        }
    })
    .await;
}

#[tokio::test]
async fn a_line_that_never_ends_has_a_limit() {
    let server = Server::start(|_, _| {
        let mut bytes = b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\ndata: ".to_vec();
        bytes.resize(8 << 20, b'x');
        Sent::Bytes(bytes)
    })
    .await;
    within(10, async {
        let client = client(&server, |builder| builder.max_response_bytes(1 << 20));
        let mut events = Call::new(&client, Events).send().await.unwrap();
        assert!(events.next().await.unwrap().is_err());
        assert!(events.next().await.is_none());
    })
    .await;
}
