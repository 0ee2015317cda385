//! Callers that keep a server from ending: open streams of events, and requests that are never complete.
//!
//! The server is a process of its own, because signals concern a process.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crategen_runtime::models::{Operation, StreamEvent};
use crategen_runtime::server::{
    EventBody, Limits, Rejection, Route, Routes, Settings, serve, text_events, with_fallbacks,
};

static EVENTS: Operation = Operation::new("events", "GET", "/events");

const GRACE: &str = "CRATEGEN_TEST_GRACE_MILLISECONDS";

/// The server, if this process is one.
#[tokio::test]
async fn process() {
    let Some(grace) = std::env::var(GRACE).ok().and_then(|text| text.parse().ok()) else { return };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("port {}", listener.local_addr().unwrap().port());
    let events = Route::<()>::new(&EVENTS, |_, _| {
        Box::pin(async {
            let (sender, body) = EventBody::channel(1);
            tokio::spawn(async move {
                while sender.send(StreamEvent::new("tick".to_owned())).await.is_ok() {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            });
            text_events(200, "text/event-stream", body)
        })
    });
    let routes = Routes {
        routes: vec![events],
        operations: &[],
        respond: |_, failure, _| failure.into_response(Rejection::into_response, |_| unreachable!()),
    };
    let mut limits = Limits::default();
    limits.shutdown_grace = Duration::from_millis(grace);
    let app = with_fallbacks(routes.into_router(&Arc::new(()), &Settings::new("")), limits);
    serve(listener, app, limits).await.unwrap();
    println!("ended");
}

struct Server {
    child: Child,
    port: u16,
}

impl Server {
    fn start(grace: u64) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "hostile_shutdown::process", "--nocapture"]).env(GRACE, grace.to_string());
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.as_mut().unwrap()).lines();
        let port = lines.map_while(Result::ok).find_map(|line| line.split_once("port ")?.1.trim().parse().ok());
        Self { child, port: port.unwrap() }
    }

    /// Opens a stream of events, and waits for the first one.
    fn events(&self) -> TcpStream {
        let mut stream = self.send("GET /events HTTP/1.1\r\nhost: test\r\n\r\n");
        let mut bytes = [0; 4096];
        let read = stream.read(&mut bytes).unwrap();
        assert!(bytes[..read].starts_with(b"HTTP/1.1 200 "));
        stream
    }

    fn send(&self, text: &str) -> TcpStream {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.write_all(text.as_bytes()).unwrap();
        stream
    }

    fn signal(&self, name: &str) {
        assert!(Command::new("kill").args([name, &self.child.id().to_string()]).status().unwrap().success());
    }

    /// Waits until the process has ended; returns how long it took.
    fn ended(&mut self) -> Duration {
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(20) {
            if let Some(status) = self.child.try_wait().unwrap() {
                assert!(status.success(), "{status}");
                return start.elapsed();
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("the server does not end");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn open_streams_end_after_the_grace_period() {
    let mut server = Server::start(500);
    let _open = (server.events(), server.send("GET /events HTTP/1.1\r\nhost: "), server.send(""));
    server.signal("-TERM");
    let took = server.ended();
    assert!((Duration::from_millis(400)..Duration::from_secs(5)).contains(&took), "{took:?}");
}

#[test]
fn a_second_signal_ends_the_server_at_once() {
    for (first, second) in [("-TERM", "-TERM"), ("-INT", "-TERM"), ("-INT", "-INT")] {
        let mut server = Server::start(60_000);
        let _open = server.events();
        server.signal(first);
        std::thread::sleep(Duration::from_millis(300));
        assert!(server.child.try_wait().unwrap().is_none(), "the server did not wait for its streams");
        server.signal(second);
        assert!(server.ended() < Duration::from_secs(5));
    }
}

#[test]
fn a_server_without_requests_ends_at_once() {
    let mut server = Server::start(60_000);
    let _idle = (server.send(""), server.send("GET /nowhere HTTP/1.1\r\nhost: test\r\n\r\n"));
    std::thread::sleep(Duration::from_millis(300));
    server.signal("-TERM");
    assert!(server.ended() < Duration::from_secs(5));
}
