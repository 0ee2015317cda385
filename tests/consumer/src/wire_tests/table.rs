//! Checks rows: the bytes go over real sockets, past the HTTP libraries of both sides.

use std::any::Any;
use std::fmt::{Debug, Display};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpListener, TcpStream};

use super::message::Message;

/// What handlers were called with.
#[derive(Clone, Default)]
pub struct Arrived(Arc<Mutex<Option<Box<dyn Any + Send>>>>);

impl Arrived {
    /// Keeps the argument of a handler.
    pub fn keep<V: Any + Send>(&self, value: V) {
        *self.0.lock().unwrap() = Some(Box::new(value));
    }

    /// Takes what the last handler was called with; `None` if there was none.
    pub fn take<V: Any>(&self) -> Option<V> {
        let value = self.0.lock().unwrap().take()?;
        Some(*value.downcast().unwrap_or_else(|_| panic!("the handler was called with another type")))
    }
}

/// A client and a server of one document, and what is wrong with the rows so far.
pub struct Table<C> {
    client: C,
    sent: Arc<Mutex<Option<Message>>>,
    server: SocketAddr,
    arrived: Arrived,
    wrong: Vec<String>,
}

impl<C> Table<C> {
    /// Starts the server, and a listener that keeps what the client sends.
    pub async fn start(client: impl FnOnce(String) -> C, server: impl FnOnce(Arrived) -> Router) -> Self {
        let (arrived, sent) = (Arrived::default(), Arc::default());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(listen(listener, Arc::clone(&sent)));
        let server = serve(server(arrived.clone())).await;
        Self { client: client(url), sent, server, arrived, wrong: Vec::new() }
    }

    /// Checks a row in both directions.
    pub async fn row<V, F, T, E>(&mut self, section: &str, wire: &str, value: V, call: impl FnOnce(&C, V) -> F)
    where
        V: Clone + Debug + PartialEq + Send + 'static,
        F: IntoFuture<Output = Result<T, E>>,
        E: Display,
    {
        let expected = Message::of_table(wire);
        *self.sent.lock().unwrap() = None;
        let result = call(&self.client, value.clone()).await;
        let sent = self.sent.lock().unwrap().take();
        match (result, sent) {
            (Ok(_), Some(sent)) if sent == expected => {}
            (Ok(_), Some(sent)) => self.wrong(section, wire, &format!("the client sends\n{sent}")),
            (Ok(_), None) => self.wrong(section, wire, "the client sends nothing"),
            (Err(error), _) => self.wrong(section, wire, &format!("the client fails: {error}")),
        }
        self.read_row(section, wire, value).await;
    }

    /// Checks a row that only the server sees.
    pub async fn read_row<V: Debug + PartialEq + Send + 'static>(&mut self, section: &str, wire: &str, value: V) {
        let request = Message::of_table(wire).request();
        let mut stream = TcpStream::connect(self.server).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let response = Message::receive(&mut stream).await;
        match self.arrived.take::<V>() {
            Some(arrived) if arrived == value => {}
            Some(arrived) => {
                self.wrong(section, wire, &format!("the handler gets\n{arrived:?}\ninstead of\n{value:?}"))
            }
            None => self.wrong(section, wire, &format!("the server responds with\n{response}")),
        }
    }

    fn wrong(&mut self, section: &str, wire: &str, detail: &str) {
        self.wrong.push(format!("{wire}\n({section}) {detail}"));
    }

    /// Fails if a row is wrong.
    pub fn finish(self) {
        assert!(self.wrong.is_empty(), "\n\n{}\n", self.wrong.join("\n\n"));
    }
}

/// Keeps each request, and responds with an empty JSON array, which every operation of the documents accepts.
async fn listen(listener: TcpListener, sent: Arc<Mutex<Option<Message>>>) {
    while let Ok((mut stream, _)) = listener.accept().await {
        let message = Message::receive(&mut stream).await;
        *sent.lock().unwrap() = Some(message);
        let response = Message::of_table("200 OK\ncontent-type: application/json\n\n[]").response();
        stream.write_all(response.as_bytes()).await.unwrap();
    }
}

/// Serves an app at a port of its own.
pub async fn serve(app: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

/// Rows in both directions: `section, value => bytes;`.
macro_rules! rows {
    ($table:ident, $call:expr; $($section:literal, $value:expr => $wire:expr;)*) => {
        $($table.row($section, $wire, $value, $call).await;)*
    };
}

/// Rows that only the server sees.
macro_rules! read_rows {
    ($table:ident; $($section:literal, $value:expr => $wire:expr;)*) => {
        $($table.read_row($section, $wire, $value).await;)*
    };
}

/// Implements a trait of a server: each operation keeps its argument, or both as a tuple.
macro_rules! handlers {
    ($api:ident { $($name:ident($first:ty $(, $second:ty)?), $error:ident;)* }) => {
        impl Api for Arrived {}

        impl $api for Arrived {
            $(async fn $name(&self, _: Context<()>, first: $first $(, second: $second)?) -> Result<(), $error> {
                self.keep(handlers!(first $(, second: $second)?));
                Ok(())
            })*
        }
    };
    ($first:ident) => {
        $first
    };
    ($first:ident, $second:ident: $type:ty) => {
        ($first, $second)
    };
}
