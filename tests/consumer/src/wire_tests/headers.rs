//! Headers of requests.
//!
//! OpenAPI 3.1.2, appendix D, says that headers are not percent-encoded.

use super::super::wire_headers::client::Client;
use super::super::wire_headers::models::{Color, GetHeadersHeaders, SendCookiesParams, SendHeadersParams};
use super::super::wire_headers::server::{
    Api, Context, GetHeadersError, SendCookiesError, SendHeadersError, Server, WireHeadersApi, WithHeaders,
};
use super::table::{Arrived, Table};
use super::texts;

impl Api for Arrived {}

impl WireHeadersApi for Arrived {
    async fn send_headers(&self, _: Context<()>, params: SendHeadersParams) -> Result<(), SendHeadersError> {
        self.keep(params);
        Ok(())
    }

    async fn send_cookies(&self, _: Context<()>, params: SendCookiesParams) -> Result<(), SendCookiesError> {
        self.keep(params);
        Ok(())
    }

    /// Sends what was kept before.
    async fn get_headers(&self, _: Context<()>) -> Result<WithHeaders<(), GetHeadersHeaders>, GetHeadersError> {
        Ok(WithHeaders::new((), self.take().unwrap_or_default()))
    }
}

/// Starts client and server of the document `wire-headers`.
pub async fn table() -> Table<Client> {
    let client = |url| Client::builder().base_url(url).build().unwrap();
    Table::start(client, |arrived| Server::new(arrived).into_app()).await
}

pub fn rgb() -> Color {
    Color::default().with_r(100).with_g(200).with_b(150)
}

pub fn note(text: &str) -> Color {
    Color::default().with_note(text)
}

fn headers() -> SendHeadersParams {
    SendHeadersParams::default()
}

// Items with a comma or with white space around them are quoted strings (RFC 9110 §5.6.1 and §5.6.4). OpenAPI appendix D leaves that to the
// application, which would have to know that a header is a list. A string is sent as it is: its header may have other rules, as `ETag` does.
#[tokio::test]
async fn simple() {
    let mut table = table().await;
    rows!(table, |client, params: SendHeadersParams| client.send_headers().params(params);
        "OpenAPI §4.8.12.4", headers().with_x_text("blue") => "GET /headers\nx-text: blue";
        "OpenAPI §4.8.12.4, RFC 9110 §5.5: an empty string", headers().with_x_text("") => "GET /headers\nx-text: ";
        "OpenAPI 3.1.2 appendix D: no escapes", headers().with_x_text("50% off, \"now\"; a=b/c") => "GET /headers\nx-text: 50% off, \"now\"; a=b/c";
        "OpenAPI 3.1.2 appendix D, RFC 9110 §5.5: UTF-8 as it is", headers().with_x_text("größe") => "GET /headers\nx-text: größe";
        "OpenAPI §4.8.12.4", headers().with_x_list(["blue", "black", "brown"]) => "GET /headers\nx-list: blue,black,brown";
        "RFC 9110 §5.6.4: a comma in an item", headers().with_x_list(["a,b", "c"]) => "GET /headers\nx-list: \"a,b\",c";
        "RFC 9110 §5.6.4: quotes and backslashes", headers().with_x_list(["a\"b", "c\\d"]) => "GET /headers\nx-list: \"a\\\"b\",\"c\\\\d\"";
        "RFC 9110 §5.6.3: white space around an item", headers().with_x_list([" a ", "b c"]) => "GET /headers\nx-list: \" a \",b c";
        "RFC 9110 §5.6.1: an empty item", headers().with_x_list(["a", "", "b"]) => "GET /headers\nx-list: a,\"\",b";
        "RFC 9110 §5.6.1: one empty item", headers().with_x_list([""]) => "GET /headers\nx-list: \"\"";
        "RFC 9110 §5.6.1: no items", headers().with_x_list(texts([])) => "GET /headers\nx-list: ";
        "OpenAPI §4.8.12.4", headers().with_x_exploded_list(["blue", "black", "brown"]) => "GET /headers\nx-exploded-list: blue,black,brown";
        "OpenAPI appendix B, RFC 8259 §6", headers().with_x_numbers([1, -2]) => "GET /headers\nx-numbers: 1,-2";
        "OpenAPI §4.8.12.4", headers().with_x_object(rgb()) => "GET /headers\nx-object: R,100,G,200,B,150";
        "RFC 9110 §5.6.4: a comma in a value", headers().with_x_object(note("a,b")) => "GET /headers\nx-object: note,\"a,b\"";
        "OpenAPI §4.8.12.4", headers().with_x_exploded_object(rgb()) => "GET /headers\nx-exploded-object: R=100,G=200,B=150";
        "RFC 9110 §5.6.4: separators in a value", headers().with_x_exploded_object(note("a,b=c")) => "GET /headers\nx-exploded-object: note=\"a,b=c\"";
        "OpenAPI appendix B, RFC 8259 §6", headers().with_x_number(1.5) => "GET /headers\nx-number: 1.5";
        "OpenAPI appendix B, RFC 8259 §3", headers().with_x_boolean(true) => "GET /headers\nx-boolean: true";
        "RFC 3339 §5.6", headers().with_x_date("2026-01-31".parse().unwrap()) => "GET /headers\nx-date: 2026-01-31";
        "OpenAPI §4.8.12.2.3, RFC 8259", headers().with_x_json(note("a, b").with_r(1)) => "GET /headers\nx-json: {\"R\":1,\"note\":\"a, b\"}";
        "OpenAPI §4.8.12.2.3: text", headers().with_x_plain("a, \"b\" 50%") => "GET /headers\nx-plain: a, \"b\" 50%";
        "RFC 9110 §5.3: several headers", headers().with_x_text("a").with_x_number(1.0).with_x_list(["b"]) => "GET /headers\nx-text: a\nx-list: b\nx-number: 1";
    );
    read_rows!(table;
        "RFC 9110 §5.6.1.1: white space around items", headers().with_x_list(["blue", "black", "brown"]) => "GET /headers\nx-list: blue , black,\tbrown";
        "RFC 9110 §5.6.1.2: empty elements are ignored", headers().with_x_list(["blue", "black"]) => "GET /headers\nx-list: , blue,, black ,";
        "RFC 9110 §5.6.4: needless quotes and escapes", headers().with_x_list(["blue", "black"]) => "GET /headers\nx-list: \"blue\", \"bl\\ack\"";
        "RFC 9110 §5.2: several lines", headers().with_x_list(["blue", "black", "brown"]) => "GET /headers\nx-list: blue\nx-list: black, brown";
        "RFC 8259 §4: the order of keys means nothing", headers().with_x_exploded_object(rgb()) => "GET /headers\nx-exploded-object: B=150, R=100, G=200";
        "RFC 8259 §2: JSON with spaces", headers().with_x_json(note("a")) => "GET /headers\nx-json: { \"note\" : \"a\" }";
    );
    table.finish();
}
