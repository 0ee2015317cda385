//! A server that misbehaves: no call hangs past its limits, nothing is done twice that must not be, and no credential goes
//! where it does not belong.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::credentials::client::{Client, ClientBuilder, RetryPolicy};
use super::security::client::Client as KeysClient;

/// What the server does with a request, by how many came before; the answer as it is on the wire.
type Script = dyn Fn(usize, &str) -> Answer + Send + Sync;

enum Answer {
    /// Writes this and closes.
    Text(String),
    /// Writes this and waits.
    Stall(String),
    /// Closes with a reset.
    Reset,
}

struct Misbehaving {
    url: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Misbehaving {
    async fn start(script: impl Fn(usize, &str) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (seen, script): (_, Arc<Script>) = (Arc::clone(&requests), Arc::new(script));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&seen), Arc::clone(&script)));
            }
        });
        Self { url, requests }
    }

    fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    fn client(&self) -> ClientBuilder {
        let quick = RetryPolicy::default().pause(Duration::from_millis(5));
        Client::builder().base_url(&self.url).machine("token").timeout(Duration::from_secs(10)).retry(quick)
    }
}

async fn serve(mut stream: TcpStream, seen: Arc<Mutex<Vec<String>>>, script: Arc<Script>) {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    while !request.windows(4).any(|window| window == b"\r\n\r\n") {
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => return,
            Ok(read) => request.extend_from_slice(&buffer[..read]),
        }
    }
    let request = String::from_utf8(request).unwrap();
    let before = {
        let mut seen = seen.lock().unwrap();
        seen.push(request.clone());
        seen.len() - 1
    };
    match script(before, &request) {
        Answer::Text(text) => {
            let _ = stream.write_all(text.as_bytes()).await;
            let _ = stream.shutdown().await;
        }
        Answer::Stall(text) => {
            let _ = stream.write_all(text.as_bytes()).await;
            tokio::time::sleep(Duration::from_secs(30)).await;
        }
        // Closing with unread data or no linger makes a reset of it.
        Answer::Reset => {
            let _ = stream.set_zero_linger();
            drop(stream);
        }
    }
}

fn answer(status: &str, headers: &str) -> Answer {
    Answer::Text(format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n{headers}\r\n"))
}

fn fine() -> Answer {
    answer("204 No Content", "")
}

#[tokio::test]
async fn resets_are_tried_again_where_that_is_harmless() {
    let server = Misbehaving::start(|before, _| if before < 2 { Answer::Reset } else { fine() }).await;
    server.client().build().unwrap().list_things().await.unwrap();
    assert_eq!(server.requests().len(), 3);

    let server = Misbehaving::start(|_, _| Answer::Reset).await;
    let client = server.client().build().unwrap();
    client.request(http::Method::POST, "/things").send().await.unwrap_err();
    assert_eq!(server.requests().len(), 1, "a request that is not idempotent is sent once");
}

#[test]
fn code_that_is_not_async_waits() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let server = runtime.block_on(Misbehaving::start(|before, _| if before == 0 { Answer::Reset } else { fine() }));
    let client = server.client().build().unwrap();
    client.list_things().send_blocking().unwrap();
    assert_eq!(client.list_things().send_response_blocking().unwrap().status, 204);
    assert_eq!(client.request(http::Method::GET, "/things").send_blocking().unwrap().status, 204);
    assert_eq!(server.requests().len(), 4);
    let inside = runtime.block_on(async { client.list_things().send_blocking().unwrap_err() });
    assert_eq!(inside.to_string(), "blocking call inside an async runtime; use `.await` there");
}

#[tokio::test]
async fn half_a_body_is_no_answer() {
    let half = || Answer::Text("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"half\":".to_owned());
    let server = Misbehaving::start(move |before, _| if before == 0 { half() } else { fine() }).await;
    server.client().build().unwrap().list_things().await.unwrap();
    assert_eq!(server.requests().len(), 2);

    let server = Misbehaving::start(move |_, _| half()).await;
    let client = server.client().build().unwrap();
    let error = client.request(http::Method::POST, "/things").send().await.unwrap_err();
    assert!(error.to_string().contains("request: the request failed"), "{error}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn no_call_hangs_past_its_limit() {
    let stalls = [
        "",
        "HTTP/1.1 200 OK\r\ncontent-le",
        "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf",
        "HTTP/1.1 503 Unavailable\r\ncontent-length: 100\r\n\r\nhalf",
    ];
    for stall in stalls {
        let server = Misbehaving::start(move |_, _| Answer::Stall(stall.to_owned())).await;
        let start = Instant::now();
        let quick = server.client().timeout(Duration::from_millis(300)).retry(RetryPolicy::none()).build().unwrap();
        let error = quick.list_things().await.unwrap_err();
        assert!(error.is_timeout(), "{stall}: {error}");
        let patient = server.client().retry(RetryPolicy::none()).build().unwrap();
        let call = patient.list_things().timeout(Duration::from_millis(50));
        assert!(call.await.unwrap_err().is_timeout());
        assert!(start.elapsed() < Duration::from_secs(9), "{stall}");
    }
}

#[tokio::test]
async fn the_server_says_how_long_to_wait() {
    let server = Misbehaving::start(|before, _| match before {
        0 => answer("429 Too Many Requests", "retry-after: 1\r\n"),
        _ => fine(),
    })
    .await;
    let start = Instant::now();
    server.client().build().unwrap().list_things().await.unwrap();
    assert!((Duration::from_millis(990)..Duration::from_secs(9)).contains(&start.elapsed()), "{:?}", start.elapsed());

    let server = Misbehaving::start(|before, _| match before {
        0 => answer("429 Too Many Requests", &format!("retry-after: {}\r\n", http_date(Duration::from_secs(2)))),
        _ => fine(),
    })
    .await;
    let start = Instant::now();
    server.client().build().unwrap().list_things().await.unwrap();
    assert!((Duration::from_millis(900)..Duration::from_secs(9)).contains(&start.elapsed()), "{:?}", start.elapsed());

    let server = Misbehaving::start(|_, _| answer("429 Too Many Requests", "retry-after: 3600\r\n")).await;
    let error = server.client().build().unwrap().list_things().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 429, "longer than the longest pause: the answer counts");
    assert_eq!(server.requests().len(), 1);
}

/// A moment from now as HTTP writes it (RFC 9110 §5.6.7).
fn http_date(from_now: Duration) -> String {
    let moment: chrono::DateTime<chrono::Utc> = (SystemTime::now() + from_now).into();
    moment.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

#[tokio::test]
async fn a_storm_ends_with_the_budget() {
    let server = Misbehaving::start(|_, _| answer("503 Service Unavailable", "")).await;
    let client = server.client().retry_budget(10).build().unwrap();
    for _ in 0..50 {
        client.list_things().await.unwrap_err();
    }
    assert_eq!(server.requests().len(), 60, "fifty calls and ten repetitions");

    let failures = Arc::new(AtomicUsize::new(0));
    let left = Arc::clone(&failures);
    let recovering = Misbehaving::start(move |_, _| {
        let failing = left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok();
        if failing { answer("503 Service Unavailable", "") } else { fine() }
    })
    .await;
    let client = recovering.client().retry_budget(1).build().unwrap();
    failures.store(3, Ordering::SeqCst);
    client.list_things().await.unwrap_err();
    client.list_things().await.unwrap_err();
    for _ in 0..5 {
        client.list_things().await.unwrap();
    }
    failures.store(1, Ordering::SeqCst);
    client.list_things().await.unwrap();
    assert_eq!(recovering.requests().len(), 3 + 5 + 2, "five answers give one repetition back");
}

#[tokio::test]
async fn a_key_makes_a_repetition_harmless() {
    let server = Misbehaving::start(|before, _| match before {
        0 => answer("503 Service Unavailable", ""),
        1 => Answer::Reset,
        _ => fine(),
    })
    .await;
    let client = server.client().build().unwrap();
    client.create_thing().await.unwrap();
    let key = |request: &String| {
        let line = request.lines().find(|line| line.to_lowercase().starts_with("idempotency-key:")).unwrap();
        line.split_once(": ").unwrap().1.to_owned()
    };
    let keys: Vec<String> = server.requests().iter().map(key).collect();
    assert_eq!(keys.len(), 3);
    assert!(keys.iter().all(|key| *key == keys[0] && key.len() == 36), "{keys:?}");
    client.create_thing().await.unwrap();
    client.create_thing().idempotency_key("mine").await.unwrap();
    let keys: Vec<String> = server.requests().iter().map(key).collect();
    assert_ne!(keys[3], keys[0]);
    assert_eq!(keys[4], "mine");
}

#[tokio::test]
async fn redirects_are_followed_without_credentials_to_other_hosts() {
    let other = Misbehaving::start(|_, _| fine()).await;
    let elsewhere = other.url.clone();
    let server = Misbehaving::start(move |_, request| match request.split(' ').nth(1).unwrap() {
        "/things" | "/closed?app_id=app%20secret" => answer("302 Found", "location: /moved?a=1\r\n"),
        "/moved?a=1" => answer("307 Temporary Redirect", &format!("location: {elsewhere}/there\r\n")),
        _ => fine(),
    })
    .await;
    let client = server.client().secret_header("x-private", "p").default_header("x-public", "q").build().unwrap();
    client.list_things().header("authorization", "own").await.unwrap();
    let [first, second] = &server.requests()[..] else { panic!("two requests") };
    for request in [first, second] {
        let all = request.contains("x-private: p") && request.contains("authorization: own");
        assert!(all, "the same host gets everything: {request}");
    }
    let [there] = &other.requests()[..] else { panic!("one request") };
    assert!(there.starts_with("GET /there HTTP/1.1") && there.contains("x-public: q"), "{there}");
    for absent in ["authorization", "cookie", "x-private", "token"] {
        assert!(!there.to_lowercase().contains(absent), "{there}");
    }

    let keys = KeysClient::builder().base_url(&server.url).app("app secret").key("key").build().unwrap();
    keys.closed().await.unwrap();
    let there = other.requests().pop().unwrap();
    assert!(!there.contains("secret") && !there.contains("key"), "{there}");
}

#[tokio::test]
async fn redirects_in_circles_and_of_bodies_to_other_hosts_are_answers() {
    let server = Misbehaving::start(|_, _| answer("302 Found", "location: /things\r\n")).await;
    let error = server.client().build().unwrap().list_things().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 302);
    assert_eq!(server.requests().len(), 11);

    let other = Misbehaving::start(|_, _| fine()).await;
    let elsewhere = other.url.clone();
    let server =
        Misbehaving::start(move |_, _| answer("307 Temporary Redirect", &format!("location: {elsewhere}/\r\n"))).await;
    let client = server.client().build().unwrap();
    let response = client.request(http::Method::POST, "/things").json(&["private"]).send().await.unwrap();
    assert_eq!((response.status.as_u16(), other.requests().len()), (307, 0));

    let server = Misbehaving::start(|before, _| match before {
        0 => answer("303 See Other", "location: /result\r\n"),
        _ => fine(),
    })
    .await;
    let client = server.client().build().unwrap();
    client.request(http::Method::POST, "/things").json(&["body"]).send().await.unwrap();
    let result = server.requests().pop().unwrap();
    assert!(result.starts_with("GET /result HTTP/1.1") && !result.contains("content-type"), "{result}");
}
