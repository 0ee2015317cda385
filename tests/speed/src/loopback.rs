//! Calls of a server over loopback, by the generated client and with reqwest.

use std::pin::Pin;
use std::time::{Duration, Instant};

use axum::Router;
use axum::serve::ListenerExt as _;
use bytes::Bytes;
use http::header::{ACCEPT, COOKIE};
use reqwest::multipart::{Form, Part};
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

use crate::client::Client;
use crate::generated::EVENTS;
use crate::measure::Side;
use crate::models::{AddPhotoRequest, Address, Customer, CustomerRequired, FilePart, Line, Order};

/// A connected client, which makes one call.
pub type Connected = Box<dyn Fn() -> Pin<Box<dyn Future<Output = ()>>>>;

/// Connects a client to a URL.
pub type Connect = fn(&str) -> Connected;

/// The calls: by the generated client, and by hand.
pub const CALLS: [(&str, Connect, Connect); 6] = [
    ("client: one item", generated_get, get_by_hand),
    ("client: a list of 20, with query and header", generated_list, list_by_hand),
    ("client: a nested body", generated_post, post_by_hand),
    ("client: two cookies", generated_cookies, cookies_by_hand),
    ("client: a stream of 100 events", generated_events, events_by_hand),
    ("client: a form with a file of 4 KiB", generated_form, form_by_hand),
];

/// Serves a router in a thread of its own, and returns its URL.
pub fn serve(router: Router) -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            // Events would wait for each other otherwise.
            let listener = TcpListener::from_std(listener).unwrap().tap_io(|stream| stream.set_nodelay(true).unwrap());
            axum::serve(listener, router).await.unwrap();
        });
    });
    url
}

/// A client, and what it calls.
pub struct Called {
    runtime: Runtime,
    connected: Connected,
}

impl Called {
    /// Connects a client.
    pub fn new(url: &str, connect: Connect) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let connected = connect(url);
        Self { runtime, connected }
    }
}

impl Side for Called {
    fn run(&mut self, calls: usize) -> Duration {
        self.runtime.block_on(async {
            let start = Instant::now();
            for _ in 0..calls {
                (self.connected)().await;
            }
            start.elapsed()
        })
    }
}

#[derive(Serialize, Deserialize)]
struct HandItem {
    id: i64,
    name: String,
    price: f64,
    tags: Vec<String>,
    size: HandSize,
    note: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct HandSize {
    width: f64,
    height: f64,
}

#[derive(Clone, Serialize)]
struct HandOrder {
    customer: HandCustomer,
    address: HandAddress,
    lines: Vec<HandLine>,
}

#[derive(Clone, Serialize)]
struct HandCustomer {
    name: String,
    email: String,
}

#[derive(Clone, Serialize)]
struct HandAddress {
    street: String,
    city: String,
    zip: String,
    country: String,
}

#[derive(Clone, Serialize)]
struct HandLine {
    sku: String,
    quantity: i32,
    price: f64,
}

#[derive(Deserialize)]
struct HandReceipt {
    id: i64,
    total: f64,
}

fn generated_get(url: &str) -> Connected {
    let client = Client::builder().base_url(url).build().unwrap();
    Box::new(move || {
        let call = client.get_item(7);
        Box::pin(async move { assert_eq!(call.await.unwrap().id, 7) })
    })
}

fn get_by_hand(url: &str) -> Connected {
    let (client, url) = (client_by_hand(), url.to_owned());
    Box::new(move || {
        let call = client.get(format!("{url}/items/7")).header(ACCEPT, "application/json");
        Box::pin(async move {
            let item: HandItem = call.send().await.unwrap().error_for_status().unwrap().json().await.unwrap();
            assert_eq!(item.id, 7);
        })
    })
}

fn generated_list(url: &str) -> Connected {
    let client = Client::builder().base_url(url).build().unwrap();
    Box::new(move || {
        let call = client.list_items().limit(20).search("blue").x_trace("8f1c2d");
        Box::pin(async move { assert_eq!(call.await.unwrap().len(), 20) })
    })
}

fn list_by_hand(url: &str) -> Connected {
    let (client, url) = (client_by_hand(), url.to_owned());
    Box::new(move || {
        let call = client.get(format!("{url}/items")).query(&[("limit", "20"), ("search", "blue")]);
        let call = call.header("x-trace", "8f1c2d").header(ACCEPT, "application/json");
        Box::pin(async move {
            let items: Vec<HandItem> = call.send().await.unwrap().error_for_status().unwrap().json().await.unwrap();
            assert_eq!(items.len(), 20);
        })
    })
}

fn generated_post(url: &str) -> Connected {
    let client = Client::builder().base_url(url).build().unwrap();
    let text = |text: &str| text.to_owned();
    let customer = Customer::new(CustomerRequired { name: text("Jane Doe"), email: text("jane@example.com") });
    let address =
        Address { street: text("1 Main Street"), city: text("Springfield"), zip: text("12345"), country: text("US") };
    let lines = vec![Line::new("A-1", 2, 9.5), Line::new("B-2", 1, 120.0)];
    let order = Order::new(customer, address, lines);
    Box::new(move || {
        let call = client.place_order(order.clone());
        Box::pin(async move { assert_eq!(call.await.unwrap().id, 1) })
    })
}

fn post_by_hand(url: &str) -> Connected {
    let (client, url) = (client_by_hand(), url.to_owned());
    let text = |text: &str| text.to_owned();
    let line = |sku: &str, quantity, price| HandLine { sku: text(sku), quantity, price };
    let order = HandOrder {
        customer: HandCustomer { name: text("Jane Doe"), email: text("jane@example.com") },
        address: HandAddress {
            street: text("1 Main Street"),
            city: text("Springfield"),
            zip: text("12345"),
            country: text("US"),
        },
        lines: vec![line("A-1", 2, 9.5), line("B-2", 1, 120.0)],
    };
    Box::new(move || {
        let order = order.clone();
        let call = client.post(format!("{url}/orders")).header(ACCEPT, "application/json").json(&order);
        Box::pin(async move {
            let receipt: HandReceipt = call.send().await.unwrap().error_for_status().unwrap().json().await.unwrap();
            assert!(receipt.id == 1 && receipt.total > 0.0);
        })
    })
}

fn generated_cookies(url: &str) -> Connected {
    let client = Client::builder().base_url(url).build().unwrap();
    Box::new(move || {
        let call = client.get_session("0123456789abcdef").theme("dark");
        Box::pin(async move { assert!(call.await.unwrap().width > 3.0) })
    })
}

fn cookies_by_hand(url: &str) -> Connected {
    let (client, url) = (client_by_hand(), url.to_owned());
    Box::new(move || {
        let cookies = format!("session={}; theme={}", "0123456789abcdef", "dark");
        let call = client.get(format!("{url}/session")).header(COOKIE, cookies).header(ACCEPT, "application/json");
        Box::pin(async move {
            let size: HandSize = call.send().await.unwrap().error_for_status().unwrap().json().await.unwrap();
            assert!(size.width > 3.0);
        })
    })
}

fn generated_events(url: &str) -> Connected {
    let client = Client::builder().base_url(url).build().unwrap();
    Box::new(move || {
        let call = client.watch_prices();
        Box::pin(async move {
            let (mut events, mut last) = (call.await.unwrap(), 0);
            while let Some(event) = events.next().await {
                last = event.unwrap().data.id;
            }
            assert_eq!(last, EVENTS);
        })
    })
}

#[derive(Deserialize)]
struct HandChange {
    id: i64,
    price: f64,
}

fn events_by_hand(url: &str) -> Connected {
    let (client, url) = (client_by_hand(), url.to_owned());
    Box::new(move || {
        let call = client.get(format!("{url}/prices")).header(ACCEPT, "text/event-stream");
        Box::pin(async move {
            let mut response = call.send().await.unwrap().error_for_status().unwrap();
            let (mut rest, mut last) = (Vec::new(), 0);
            while let Some(piece) = response.chunk().await.unwrap() {
                rest.extend_from_slice(&piece);
                let mut start = 0;
                while let Some(end) = rest[start..].windows(2).position(|end| end == b"\n\n") {
                    let event = rest[start..start + end].strip_prefix(b"data: ").unwrap();
                    let change: HandChange = serde_json::from_slice(event).unwrap();
                    assert!(change.price > 0.0);
                    (start, last) = (start + end + 2, change.id);
                }
                rest.drain(..start);
            }
            assert_eq!(last, EVENTS);
        })
    })
}

fn generated_form(url: &str) -> Connected {
    let client = Client::builder().base_url(url).build().unwrap();
    let file = Bytes::from(vec![b'x'; 4 << 10]);
    Box::new(move || {
        let file = FilePart::new(file.clone()).with_file_name("a.png").with_content_type("image/png");
        let call = client.add_photo(AddPhotoRequest::new("A photo", file).with_width(640));
        Box::pin(async move { call.await.unwrap() })
    })
}

fn form_by_hand(url: &str) -> Connected {
    let (client, url) = (client_by_hand(), url.to_owned());
    let file = Bytes::from(vec![b'x'; 4 << 10]);
    Box::new(move || {
        let file = Part::stream(file.clone()).file_name("a.png").mime_str("image/png").unwrap();
        let form = Form::new().text("title", "A photo").text("width", "640").part("file", file);
        let call = client.post(format!("{url}/photos")).multipart(form);
        Box::pin(async move { assert!(call.send().await.unwrap().status().is_success()) })
    })
}

/// A client with the timeouts of generated ones.
fn client_by_hand() -> reqwest::Client {
    let builder = reqwest::Client::builder().connect_timeout(Duration::from_secs(10));
    builder.timeout(Duration::from_secs(60)).build().unwrap()
}
