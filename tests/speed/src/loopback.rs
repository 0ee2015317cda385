//! Calls of a server over loopback, by the generated client and with reqwest.

use std::pin::Pin;
use std::time::{Duration, Instant};

use axum::Router;
use http::header::ACCEPT;
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

use crate::client::Client;
use crate::measure::Side;
use crate::models::{Address, Customer, CustomerRequired, Line, Order};

/// A connected client, which makes one call.
pub type Connected = Box<dyn Fn() -> Pin<Box<dyn Future<Output = ()>>>>;

/// Connects a client to a URL.
pub type Connect = fn(&str) -> Connected;

/// The calls: by the generated client, and by hand.
pub const CALLS: [(&str, Connect, Connect); 3] = [
    ("client: one item", generated_get, get_by_hand),
    ("client: a list of 20, with query and header", generated_list, list_by_hand),
    ("client: a nested body", generated_post, post_by_hand),
];

/// Serves a router in a thread of its own, and returns its URL.
pub fn serve(router: Router) -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async { axum::serve(TcpListener::from_std(listener).unwrap(), router).await.unwrap() });
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

/// A client with the timeouts of generated ones.
fn client_by_hand() -> reqwest::Client {
    let builder = reqwest::Client::builder().connect_timeout(Duration::from_secs(10));
    builder.timeout(Duration::from_secs(60)).build().unwrap()
}
