//! Forms of fields: `application/x-www-form-urlencoded`.

use super::super::wire_forms::client::Client;
use super::super::wire_forms::models::{Color, Fields, Parts};
use super::super::wire_forms::server::{Api, Context, SendFieldsError, SendPartsError, Server, WireFormsApi};
use super::table::{Arrived, Table};

handlers!(WireFormsApi {
    send_fields(Fields), SendFieldsError;
    send_parts(Parts), SendPartsError;
});

/// Starts client and server of the document `wire-forms`.
pub async fn table() -> Table<Client> {
    let client = |url| Client::builder().base_url(url).build().unwrap();
    Table::start(client, |arrived| Server::new(arrived).into_app()).await
}

/// The keys of an object in a form are sorted. Their order means nothing (RFC 8259 §4, OpenAPI §4.8.15).
fn rgb() -> Color {
    Color::default().with_r(100).with_g(200).with_b(150)
}

fn note(text: &str) -> Color {
    Color::default().with_note(text)
}

fn fields() -> Fields {
    Fields::default()
}

macro_rules! form {
    ($body:literal) => {
        concat!("POST /fields\ncontent-type: application/x-www-form-urlencoded\n\n", $body)
    };
}

// Without `style`, `explode` and `allowReserved`, a field is encoded by its media type (OpenAPI §4.8.15.1.2), and the form by RFC 1866 §8.2.1: a
// space is `+`. What else is escaped follows RFC 3986 §2.3, which OpenAPI appendix E calls safe. An array has a field per item, like one with
// the style `form`.
#[tokio::test]
async fn by_media_type() {
    let mut table = table().await;
    rows!(table, |client, fields: Fields| client.send_fields(fields);
        "OpenAPI §4.8.14.4", fields().with_text("blue") => form!("text=blue");
        "OpenAPI §4.8.14.4: an empty string", fields().with_text("") => form!("text=");
        "RFC 1866 §8.2.1: a space", fields().with_text("123 Example Dr.") => form!("text=123+Example+Dr.");
        "RFC 1866 §8.2.1: reserved characters", fields().with_text("99999+1234&a=b%") => form!("text=99999%2B1234%26a%3Db%25");
        "OpenAPI appendix E: UTF-8", fields().with_text("größe") => form!("text=gr%C3%B6%C3%9Fe");
        "RFC 1866 §8.2.1: a line break", fields().with_text("a\r\nb") => form!("text=a%0D%0Ab");
        "OpenAPI appendix B, RFC 8259 §6", fields().with_number(1.5) => form!("number=1.5");
        "OpenAPI appendix B, RFC 8259 §3", fields().with_flag(true) => form!("flag=true");
        "OpenAPI §4.8.15.1: an array", fields().with_list(["blue", "light blue", "a&b"]) => form!("list=blue&list=light+blue&list=a%26b");
        "OpenAPI §4.8.15.1: an object is JSON", fields().with_object(rgb()) => form!("object=%7B%22B%22%3A150%2C%22G%22%3A200%2C%22R%22%3A100%7D");
        "OpenAPI §4.8.14.4: spaces in JSON", fields().with_object(note("123 Example+Dr.")) => form!("object=%7B%22note%22%3A%22123+Example%2BDr.%22%7D");
        "OpenAPI §4.8.14.4: a string as JSON", fields().with_json_text("f81d4fae") => form!("jsonText=%22f81d4fae%22");
        "OpenAPI §4.8.14.4: a string as JSON", fields().with_json_text("") => form!("jsonText=%22%22");
        "OpenAPI §4.8.15.1.1: JSON", fields().with_json_object(note("a")) => form!("jsonObject=%7B%22note%22%3A%22a%22%7D");
        "RFC 1866 §8.2.1: fields in the order of the form", fields().with_text("a").with_number(2.0).with_list(["b", "c"]) => form!("text=a&number=2&list=b&list=c");
    );
    read_rows!(table;
        "OpenAPI appendix E: escaped spaces", fields().with_text("light blue") => form!("text=light%20blue");
        "RFC 8259 §4: the order of keys means nothing", fields().with_spread(rgb()).with_text("a") => form!("R=100&text=a&G=200&B=150");
        "RFC 3986 §2.1: digits of an escape in either case", fields().with_text("größe") => form!("text=gr%c3%b6%C3%9fe");
        "OpenAPI §4.8.14.4: JSON with unescaped punctuation", fields().with_object(note("a b").with_r(1)) => form!("object=%7B%22R%22:1,%22note%22:%22a+b%22%7D");
        "OpenAPI §4.8.15: the order is up to the implementation", fields().with_text("a").with_list(["b", "c"]) => form!("list=b&text=a&list=c");
        "WHATWG URL §5.1: empty pairs, and no `=`", fields().with_text("").with_flag(true) => form!("&text&&flag=true&");
        "RFC 9110 §8.3.1: another notation of the media type", fields().with_text("a") => "POST /fields\ncontent-type: Application/X-WWW-Form-Urlencoded; charset=UTF-8\n\ntext=a";
    );
    table.finish();
}

// With one of `style`, `explode` and `allowReserved`, a field is written as a parameter of the query (OpenAPI §4.8.15.1.2), by RFC 6570.
#[tokio::test]
async fn by_style() {
    let mut table = table().await;
    rows!(table, |client, fields: Fields| client.send_fields(fields);
        "RFC 6570 §3.2.8: a space", fields().with_styled_text("a b") => form!("styledText=a%20b");
        "OpenAPI §4.8.12.4", fields().with_joined(["blue", "black", "brown"]) => form!("joined=blue,black,brown");
        "RFC 6570 §3.2.8: separators in items", fields().with_joined(["a,b", "c d"]) => form!("joined=a%2Cb,c%20d");
        "OpenAPI §4.8.12.4", fields().with_spread(rgb()) => form!("B=150&G=200&R=100");
        "OpenAPI §4.8.12.4: beside another field", fields().with_spread(rgb()).with_text("a") => form!("text=a&B=150&G=200&R=100");
        "OpenAPI §4.8.12.4", fields().with_spaces(["blue", "black", "brown"]) => form!("spaces=blue%20black%20brown");
        "OpenAPI §4.8.12.4", fields().with_pipes(["blue", "black", "brown"]) => form!("pipes=blue%7Cblack%7Cbrown");
        "OpenAPI §4.8.12.4", fields().with_deep(rgb()) => form!("deep%5BB%5D=150&deep%5BG%5D=200&deep%5BR%5D=100");
        "OpenAPI appendix C: reserved characters", fields().with_deep(note("a&b c")) => form!("deep%5Bnote%5D=a%26b%20c");
        "RFC 6570 §3.2.3: reserved characters", fields().with_reserved(":/?@!$'()*,;") => form!("reserved=:/?@!$'()*,;");
        "OpenAPI §4.8.15.1.2: special in a form", fields().with_reserved("a&b=c+d[e]#") => form!("reserved=a%26b%3Dc%2Bd%5Be%5D%23");
        "RFC 6570 §3.2.3: what is not reserved", fields().with_reserved("50% ü") => form!("reserved=50%25%20%C3%BC");
    );
    read_rows!(table;
        "OpenAPI appendix E: `+` is a space", fields().with_styled_text("a b") => form!("styledText=a+b");
        "OpenAPI appendix E: unescaped brackets", fields().with_deep(rgb()) => form!("deep[R]=100&deep[G]=200&deep[B]=150");
        "OpenAPI appendix E: unescaped pipes", fields().with_pipes(["a", "b"]) => form!("pipes=a|b");
    );
    table.finish();
}
