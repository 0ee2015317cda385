//! Cookies of requests.
//!
//! Each cookie has a pair of its own (RFC 6265 §4.2.1), because `&` does not separate cookies; OpenAPI appendix D says the same.

use super::super::wire_headers::models::SendCookiesParams;
use super::headers::{note, rgb, table};

fn cookies() -> SendCookiesParams {
    SendCookiesParams::default()
}

// The comma between items is not a `cookie-octet` (RFC 6265 §4.1.1), but OpenAPI §4.8.12.4 asks for it. JSON in a cookie has no row,
// because no specification says how its quotes and commas are written.
#[tokio::test]
async fn form() {
    let mut table = table().await;
    rows!(table, |client, params: SendCookiesParams| client.send_cookies().params(params);
        "OpenAPI §4.8.12.4", cookies().with_text("blue") => "GET /cookies\ncookie: text=blue";
        "OpenAPI §4.8.12.4, RFC 6265 §4.1.1: an empty string", cookies().with_text("") => "GET /cookies\ncookie: text=";
        "RFC 6570 §3.2.8: what a cookie cannot contain", cookies().with_text("a b;c,d\"e\\f") => "GET /cookies\ncookie: text=a%20b%3Bc%2Cd%22e%5Cf";
        "RFC 6570 §3.2.8: reserved characters", cookies().with_text("a=b&c+d%") => "GET /cookies\ncookie: text=a%3Db%26c%2Bd%25";
        "RFC 6570 §3.2.8: UTF-8", cookies().with_text("größe") => "GET /cookies\ncookie: text=gr%C3%B6%C3%9Fe";
        "OpenAPI §4.8.12.4", cookies().with_list(["blue", "black", "brown"]) => "GET /cookies\ncookie: list=blue,black,brown";
        "RFC 6570 §3.2.8: separators in items", cookies().with_list(["a,b", "c;d"]) => "GET /cookies\ncookie: list=a%2Cb,c%3Bd";
        "OpenAPI appendix D, RFC 6265 §4.2.1", cookies().with_exploded_list(["blue", "black"]) => "GET /cookies\ncookie: explodedList=blue; explodedList=black";
        "OpenAPI §4.8.12.4", cookies().with_object(rgb()) => "GET /cookies\ncookie: object=R,100,G,200,B,150";
        "RFC 6570 §3.2.8: separators in values", cookies().with_object(note("a,b; c")) => "GET /cookies\ncookie: object=note,a%2Cb%3B%20c";
        "OpenAPI appendix B, RFC 8259 §6", cookies().with_number(-7) => "GET /cookies\ncookie: number=-7";
        "RFC 6265 §4.2.1: several cookies", cookies().with_text("a").with_number(1) => "GET /cookies\ncookie: text=a; number=1";
    );
    read_rows!(table;
        "RFC 6265 §4.2.1: cookies of others", cookies().with_text("blue") => "GET /cookies\ncookie: other=1; text=blue; last=2";
        "RFC 9113 §8.2.3: several lines", cookies().with_text("a").with_number(1) => "GET /cookies\ncookie: text=a\ncookie: number=1";
        "RFC 3986 §2.1: digits of an escape in either case", cookies().with_text("größe") => "GET /cookies\ncookie: text=gr%c3%b6%C3%9fe";
        "OpenAPI §4.8.12.4: as the table has it", cookies().with_exploded_list(["blue", "black"]) => "GET /cookies\ncookie: explodedList=blue&explodedList=black";
    );
    table.finish();
}
