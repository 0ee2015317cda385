//! Headers of responses: a server that is given the value sends these bytes, and a client that receives these bytes has an equal value.

use axum::Router;
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpListener, TcpStream};

use super::super::wire_headers::client::Client;
use super::super::wire_headers::models::GetHeadersHeaders;
use super::super::wire_headers::server::Server;
use super::headers::{note, rgb};
use super::message::Message;
use super::table::{Arrived, serve};
use super::texts;

fn headers() -> GetHeadersHeaders {
    GetHeadersHeaders::default()
}

/// Returns what the server sends if its handler returns the headers.
async fn sent(value: GetHeadersHeaders) -> Message {
    let kept = Arrived::default();
    kept.keep(value);
    let app: Router = Server::new(kept).into_app();
    let mut stream = TcpStream::connect(serve(app).await).await.unwrap();
    stream.write_all(Message::of_table("GET /response").request().as_bytes()).await.unwrap();
    Message::receive(&mut stream).await
}

/// Returns what the client reads from a response.
async fn read(response: &Message) -> Result<GetHeadersHeaders, String> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let bytes = response.response();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        Message::receive(&mut stream).await;
        stream.write_all(bytes.as_bytes()).await.unwrap();
    });
    let client = Client::builder().base_url(url).build().unwrap();
    client.get_headers().send_response().await.map(|response| response.typed).map_err(|error| error.to_string())
}

/// What is wrong with the rows.
#[derive(Default)]
struct Rows(Vec<String>);

impl Rows {
    /// Checks a row in both directions.
    async fn row(&mut self, section: &str, wire: &str, value: GetHeadersHeaders, server: bool) {
        let expected = Message::of_table(&format!("204 No Content\n{wire}"));
        if server {
            let sent = sent(value.clone()).await;
            if sent != expected {
                self.0.push(format!("{wire}\n({section}) the server sends\n{sent}"));
            }
        }
        let read = read(&expected).await;
        if read.as_ref() != Ok(&value) {
            self.0.push(format!("{wire}\n({section}) the client reads\n{read:?}\ninstead of\n{value:?}"));
        }
    }
}

// Quotes are added as in requests: to items, but not to strings.
#[tokio::test]
async fn simple() {
    let time = "2026-01-31T12:00:00Z".parse().unwrap();
    let both = [
        ("OpenAPI §4.8.12.4", headers().with_x_text("blue"), "x-text: blue"),
        ("OpenAPI §4.8.12.4, RFC 9110 §5.5: an empty string", headers().with_x_text(""), "x-text: "),
        ("OpenAPI 3.1.2 appendix D: no escapes", headers().with_x_text("50%, \"a\""), "x-text: 50%, \"a\""),
        ("OpenAPI 3.1.2 appendix D, RFC 9110 §5.5: UTF-8 as it is", headers().with_x_text("größe"), "x-text: größe"),
        ("OpenAPI appendix B, RFC 8259 §6", headers().with_x_integer(-7), "x-integer: -7"),
        ("OpenAPI appendix B, RFC 8259 §3", headers().with_x_boolean(false), "x-boolean: false"),
        ("RFC 3339 §5.6", headers().with_x_time(time), "x-time: 2026-01-31T12:00:00Z"),
        ("OpenAPI §4.8.12.4", headers().with_x_list(["blue", "black", "brown"]), "x-list: blue,black,brown"),
        ("RFC 9110 §5.6.4: a comma in an item", headers().with_x_list(["a,b", "c"]), "x-list: \"a,b\",c"),
        ("RFC 9110 §5.6.1: an empty item", headers().with_x_list(["", "a"]), "x-list: \"\",a"),
        ("RFC 9110 §5.6.1: no items", headers().with_x_list(texts([])), "x-list: "),
        ("OpenAPI §4.8.12.4", headers().with_x_object(rgb()), "x-object: R,100,G,200,B,150"),
        ("RFC 9110 §5.6.4: a comma in a value", headers().with_x_object(note("a,b")), "x-object: note,\"a,b\""),
        ("OpenAPI §4.8.12.4", headers().with_x_exploded_object(rgb()), "x-exploded-object: R=100,G=200,B=150"),
        ("OpenAPI §4.8.21, RFC 8259", headers().with_x_json(rgb()), "x-json: {\"R\":100,\"G\":200,\"B\":150}"),
        ("OpenAPI §4.8.21: text", headers().with_x_plain("a, \"b\""), "x-plain: a, \"b\""),
        (
            "OpenAPI appendix D, RFC 9110 §8.8.3: quotes that belong to the value",
            headers().with_e_tag("W/\"v1\""),
            "etag: W/\"v1\"",
        ),
        ("RFC 6265 §4.1.1", headers().with_set_cookie(["a=1; Path=/; HttpOnly"]), "set-cookie: a=1; Path=/; HttpOnly"),
        (
            "RFC 6265 §3: cookies are not joined, because dates contain commas",
            headers().with_set_cookie(["a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT", "b=2"]),
            "set-cookie: a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT\nset-cookie: b=2",
        ),
        ("RFC 9110 §5.3: several headers", headers().with_x_text("a").with_x_list(["b"]), "x-text: a\nx-list: b"),
    ];
    let read = [
        ("RFC 9110 §5.6.1.1: white space around items", headers().with_x_list(["a", "b"]), "x-list: a ,\tb"),
        ("RFC 9110 §5.6.1.2: empty elements are ignored", headers().with_x_list(["a", "b"]), "x-list: ,a,,b,"),
        ("RFC 9110 §5.2: several lines", headers().with_x_list(["a", "b", "c"]), "x-list: a, b\nx-list: c"),
        ("RFC 3339 §5.6: another offset", headers().with_x_time(time), "x-time: 2026-01-31T13:00:00+01:00"),
        ("RFC 8259 §4: the order of keys means nothing", headers().with_x_object(rgb()), "x-object: B,150,R,100,G,200"),
    ];
    let mut rows = Rows::default();
    for (section, value, wire) in both {
        rows.row(section, wire, value, true).await;
    }
    for (section, value, wire) in read {
        rows.row(section, wire, value, false).await;
    }
    assert!(rows.0.is_empty(), "\n\n{}\n", rows.0.join("\n\n"));
}
