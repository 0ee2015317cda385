//! Streams of events and of JSON values: what is read is what was sent, over a real socket.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::events::client::{self, Client, RetryPolicy};
use super::events::models::{CreateAnswerRequest, ListTicksParams, StreamEvent, Tick};
use super::events::server::{
    Api, Context, CreateAnswerError, EventBody, EventsApi, ExportTicksError, LineBody, ListSequenceError,
    ListTicksError, Server, TailLogError, WholeOrEvents,
};

#[derive(Clone, Default)]
struct App {
    /// How many sends failed because nobody read.
    disconnected: Arc<AtomicU32>,
}

impl Api for App {}

fn ticks() -> impl Iterator<Item = Tick> {
    (1..=3).map(|n| Tick::new(n).with_note("line\nbreak"))
}

impl EventsApi for App {
    async fn list_ticks(&self, _: Context<()>, params: ListTicksParams) -> Result<EventBody<Tick>, ListTicksError> {
        let mut next = params.start.ok_or_else(ListTicksError::forbidden)?;
        // The document says what it is if the caller says nothing.
        let step = params.step.unwrap_or(0);
        let (sender, events) = EventBody::channel(1);
        let disconnected = Arc::clone(&self.disconnected);
        tokio::spawn(async move {
            while sender.send(StreamEvent::new(Tick::new(next)).with_id(next.to_string())).await.is_ok() {
                next += step;
            }
            disconnected.fetch_add(1, Ordering::SeqCst);
        });
        Ok(events)
    }

    async fn tail_log(&self, _: Context<()>) -> Result<EventBody<String>, TailLogError> {
        let lines = ["plain", "two\nlines", "", " : {\"json\"}", "[DONE]"];
        Ok(lines.into_iter().map(|line| StreamEvent::new(line.to_owned()).with_event("log")).collect())
    }

    async fn export_ticks(&self, _: Context<()>) -> Result<LineBody<Tick>, ExportTicksError> {
        Ok(ticks().collect())
    }

    async fn list_sequence(&self, _: Context<()>) -> Result<LineBody<Tick>, ListSequenceError> {
        Ok(ticks().collect())
    }

    async fn create_answer(
        &self,
        _: Context<()>,
        body: CreateAnswerRequest,
    ) -> Result<WholeOrEvents<Tick, Tick>, CreateAnswerError> {
        Ok(if body.stream {
            WholeOrEvents::Events(ticks().map(StreamEvent::new).collect())
        } else {
            Tick::new(0).into()
        })
    }
}

async fn serve() -> (App, Client) {
    let app = App::default();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = Server::new(app.clone()).into_app();
    tokio::spawn(async move { axum::serve(listener, server).await });
    (app, Client::builder().base_url(url).build().unwrap())
}

#[tokio::test]
async fn events_arrive_while_others_are_still_to_come() {
    let (app, client) = serve().await;
    let mut stream = client.list_ticks().start(7).await.unwrap();
    for n in 7..10 {
        let event = stream.next().await.unwrap().unwrap();
        assert_eq!((event.data, event.id), (Tick::new(n), Some(n.to_string())));
    }
    assert_eq!(stream.last_event_id(), Some("9"));
    let mut wider = client.list_ticks().start(7).step(5).await.unwrap();
    wider.next().await;
    assert_eq!(wider.next().await.unwrap().unwrap().data, Tick::new(12));
    drop(wider);
    drop(stream);
    for _ in 0..100 {
        if app.disconnected.load(Ordering::SeqCst) == 2 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the sender was not told that nobody reads");
}

#[tokio::test]
async fn failures_are_those_of_the_document() {
    let (_, client) = serve().await;
    let error = client.list_ticks().await.unwrap_err();
    assert!(matches!(error.api(), Some(client::ListTicksError::Forbidden(_))), "{error}");
}

#[tokio::test]
async fn texts_are_what_they_were() {
    let (_, client) = serve().await;
    let mut stream = client.tail_log().await.unwrap();
    let mut lines = Vec::new();
    while let Some(event) = stream.next().await {
        let event = event.unwrap();
        assert_eq!(event.event.as_deref(), Some("log"));
        lines.push(event.data);
    }
    assert_eq!(lines, ["plain", "two\nlines", "", " : {\"json\"}", "[DONE]"]);
}

#[tokio::test]
async fn values_arrive_one_a_line_and_one_a_record() {
    let (_, client) = serve().await;
    let mut stream = client.export_ticks().await.unwrap();
    let mut found = Vec::new();
    while let Some(tick) = stream.next().await {
        found.push(tick.unwrap());
    }
    assert_eq!(found, ticks().collect::<Vec<_>>());
    let mut stream = client.list_sequence().await.unwrap();
    let mut found = Vec::new();
    while let Some(tick) = stream.next().await {
        found.push(tick.unwrap());
    }
    assert_eq!(found, ticks().collect::<Vec<_>>());
}

#[tokio::test]
async fn an_answer_is_whole_or_comes_in_parts() {
    let (_, client) = serve().await;
    let whole = client.create_answer(CreateAnswerRequest::new(false)).await.unwrap();
    assert_eq!(whole, Tick::new(0));
    let mut stream = client.create_answer(CreateAnswerRequest::new(true)).send_events().await.unwrap();
    let mut found = Vec::new();
    while let Some(event) = stream.next().await {
        found.push(event.unwrap().data);
    }
    assert_eq!(found, ticks().collect::<Vec<_>>());
}

/// Answers each connection with one of `answers`, then closes it; returns the requests.
async fn scripted(answers: Vec<&'static str>) -> (String, tokio::task::JoinHandle<Vec<String>>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let task = tokio::spawn(async move {
        let mut requests = Vec::new();
        for answer in answers {
            let (mut socket, _) = listener.accept().await.unwrap();
            let mut buffer = vec![0; 4096];
            let size = socket.read(&mut buffer).await.unwrap();
            requests.push(String::from_utf8_lossy(&buffer[..size]).to_lowercase());
            socket.write_all(answer.as_bytes()).await.unwrap();
        }
        requests
    });
    (url, task)
}

const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: 1000\r\n\r\n";

#[tokio::test]
async fn a_broken_stream_goes_on_where_it_was() {
    let first = format!("{HEAD}retry: 10\nid: 41\ndata: {{\"n\":1}}\n\ndata: {{\"n\":");
    let second = "HTTP/1.1 200 OK\r\ncontent-length: 16\r\nconnection: close\r\n\r\ndata: {\"n\": 2}\r\r";
    let (url, requests) = scripted(vec![first.leak(), second]).await;
    let client = Client::builder().base_url(url).build().unwrap();
    let mut stream = client.list_ticks().start(1).await.unwrap();
    assert_eq!(stream.next().await.unwrap().unwrap().data, Tick::new(1));
    assert_eq!(stream.next().await.unwrap().unwrap().data, Tick::new(2));
    assert!(stream.next().await.is_none(), "the server ended the stream");
    let requests = requests.await.unwrap();
    assert!(!requests[0].contains("last-event-id"));
    assert!(requests[1].contains("last-event-id: 41\r\n"), "{}", requests[1]);
}

#[tokio::test]
async fn a_broken_stream_ends_with_an_error_if_it_may_not_be_repeated() {
    let broken = format!("{HEAD}data: {{\"n\":1}}\n\ndata: no json\n\n");
    let (url, _) = scripted(vec![broken.leak()]).await;
    let client = Client::builder().base_url(url).retry(RetryPolicy::none()).build().unwrap();
    let mut stream = client.list_ticks().start(1).await.unwrap();
    assert_eq!(stream.next().await.unwrap().unwrap().data, Tick::new(1));
    let error = stream.next().await.unwrap().unwrap_err();
    assert!(matches!(error, client::StreamError::Decode { ref text, .. } if text == "no json"), "{error}");
    assert!(matches!(stream.next().await, Some(Err(client::StreamError::Transport(_)))));
    assert!(stream.next().await.is_none());
}
