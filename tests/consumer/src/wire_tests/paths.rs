//! Parameters of the path: `simple`, `label` and `matrix`.

use chrono::NaiveDate;

use super::super::wire_parameters::client::Client;
use super::super::wire_parameters::models::{Color, QueryParams, SpreadParams};
use super::super::wire_parameters::server::{
    Api, Context, LabelExplodedListError, LabelExplodedObjectError, LabelListError, LabelObjectError, LabelTextError,
    MatrixExplodedListError, MatrixExplodedObjectError, MatrixListError, MatrixObjectError, MatrixTextError,
    PathDateError, PathJsonError, PathPlainError, PathReportError, PathTogetherError, PathTwiceError, QueryError,
    Server, SimpleExplodedListError, SimpleExplodedObjectError, SimpleListError, SimpleObjectError, SimpleTextError,
    SpreadError, WireParametersApi,
};
use super::table::{Arrived, Table};
use super::texts;

handlers!(WireParametersApi {
    simple_text(String), SimpleTextError;
    simple_list(Vec<String>), SimpleListError;
    simple_exploded_list(Vec<String>), SimpleExplodedListError;
    simple_object(Color), SimpleObjectError;
    simple_exploded_object(Color), SimpleExplodedObjectError;
    label_text(String), LabelTextError;
    label_list(Vec<String>), LabelListError;
    label_exploded_list(Vec<String>), LabelExplodedListError;
    label_object(Color), LabelObjectError;
    label_exploded_object(Color), LabelExplodedObjectError;
    matrix_text(String), MatrixTextError;
    matrix_list(Vec<String>), MatrixListError;
    matrix_exploded_list(Vec<String>), MatrixExplodedListError;
    matrix_object(Color), MatrixObjectError;
    matrix_exploded_object(Color), MatrixExplodedObjectError;
    path_json(Color), PathJsonError;
    path_plain(String), PathPlainError;
    path_date(NaiveDate), PathDateError;
    path_together(String, String), PathTogetherError;
    path_report(String), PathReportError;
    path_twice(String), PathTwiceError;
    query(QueryParams), QueryError;
    spread(SpreadParams), SpreadError;
});

/// Starts client and server of the document `wire-parameters`.
pub async fn table() -> Table<Client> {
    let client = |url| Client::builder().base_url(url).build().unwrap();
    Table::start(client, |arrived| Server::new(arrived).into_app()).await
}

/// The object of the style examples (OpenAPI §4.8.12.4).
pub fn rgb() -> Color {
    Color::default().with_r(100).with_g(200).with_b(150)
}

pub fn note(text: &str) -> Color {
    Color::default().with_note(text)
}

fn blue_black_brown() -> Vec<String> {
    texts(["blue", "black", "brown"])
}

// An empty string has no row: the segment would be empty, or `.` in the style `label`, and either is another path
// (RFC 3986 §5.2.4, §6.2.2.3). The client refuses to send it.
#[tokio::test]
async fn simple() {
    let mut table = table().await;
    rows!(table, |client, color: String| client.simple_text(color);
        "OpenAPI §4.8.12.4", "blue".to_owned() => "GET /simple/text/blue";
        "RFC 3986 §2.3: unreserved", "aZ09-._~".to_owned() => "GET /simple/text/aZ09-._~";
        "RFC 3986 §2.2, RFC 6570 §3.2.2: general delimiters", ":/?#[]@".to_owned() => "GET /simple/text/%3A%2F%3F%23%5B%5D%40";
        "RFC 3986 §2.2, RFC 6570 §3.2.2: sub-delimiters", "!$&'()*+,;=".to_owned() => "GET /simple/text/%21%24%26%27%28%29%2A%2B%2C%3B%3D";
        "RFC 3986 §2.1: neither reserved nor unreserved", " \"<>\\^`{|}\t".to_owned() => "GET /simple/text/%20%22%3C%3E%5C%5E%60%7B%7C%7D%09";
        "RFC 3986 §2.4: a percent sign", "50%".to_owned() => "GET /simple/text/50%25";
        "RFC 3986 §2.4: no escape of an escape", "%2F".to_owned() => "GET /simple/text/%252F";
        "RFC 3986 §2.5: UTF-8", "größe 日本".to_owned() => "GET /simple/text/gr%C3%B6%C3%9Fe%20%E6%97%A5%E6%9C%AC";
    );
    read_rows!(table;
        "RFC 3986 §2.1: digits of an escape in either case", "größe".to_owned() => "GET /simple/text/gr%c3%b6%C3%9fe";
        "RFC 3986 §2.3: needless escapes", "blue".to_owned() => "GET /simple/text/%62lu%65";
        "RFC 3986 §3.3: what a segment contains unescaped", "a:b@c!$&'()*+,;=".to_owned() => "GET /simple/text/a:b@c!$&'()*+,;=";
    );
    rows!(table, |client, color: Vec<String>| client.simple_list(color);
        "OpenAPI §4.8.12.4", blue_black_brown() => "GET /simple/list/blue,black,brown";
        "RFC 6570 §3.2.2: separators in items", texts(["a,b", "c d", "e/f"]) => "GET /simple/list/a%2Cb,c%20d,e%2Ff";
        "RFC 6570 §3.2.1: an empty item", texts(["a", "", "b"]) => "GET /simple/list/a,,b";
        "RFC 6570 §3.2.2: one item", texts(["blue"]) => "GET /simple/list/blue";
    );
    rows!(table, |client, color: Vec<String>| client.simple_exploded_list(color);
        "OpenAPI §4.8.12.4", blue_black_brown() => "GET /simple/exploded-list/blue,black,brown";
        "RFC 6570 §3.2.2: separators in items", texts(["a,b", "c=d"]) => "GET /simple/exploded-list/a%2Cb,c%3Dd";
    );
    rows!(table, |client, color: Color| client.simple_object(color);
        "OpenAPI §4.8.12.4", rgb() => "GET /simple/object/R,100,G,200,B,150";
        "RFC 6570 §3.2.2: separators in values", note("a,b=c") => "GET /simple/object/note,a%2Cb%3Dc";
        "RFC 6570 §3.2.1: an empty value", note("").with_r(1) => "GET /simple/object/R,1,note,";
    );
    rows!(table, |client, color: Color| client.simple_exploded_object(color);
        "OpenAPI §4.8.12.4", rgb() => "GET /simple/exploded-object/R=100,G=200,B=150";
        "RFC 6570 §3.2.2: separators in values", note("a,b=c") => "GET /simple/exploded-object/note=a%2Cb%3Dc";
        "RFC 6570 §3.2.1: an empty value", note("") => "GET /simple/exploded-object/note=";
    );
    read_rows!(table;
        "RFC 8259 §4: the order of keys means nothing", rgb() => "GET /simple/object/B,150,R,100,G,200";
        "RFC 8259 §4: the order of keys means nothing", rgb() => "GET /simple/exploded-object/G=200,B=150,R=100";
    );
    table.finish();
}

// Items with dots have no row if arrays and objects are exploded: RFC 6570 §3.2.5 leaves dots as they are, and they could not be
// told from those between items. The client escapes them.
#[tokio::test]
async fn label() {
    let mut table = table().await;
    rows!(table, |client, color: String| client.label_text(color);
        "OpenAPI §4.8.12.4", "blue".to_owned() => "GET /label/text/.blue";
        "RFC 6570 §3.2.5: a dot in a string", "a.b".to_owned() => "GET /label/text/.a.b";
        "RFC 6570 §3.2.5: reserved characters", "/a,b;c".to_owned() => "GET /label/text/.%2Fa%2Cb%3Bc";
    );
    rows!(table, |client, color: Vec<String>| client.label_list(color);
        "OpenAPI §4.8.12.4", blue_black_brown() => "GET /label/list/.blue,black,brown";
        "RFC 6570 §3.2.5: separators in items", texts(["a,b", "c.d"]) => "GET /label/list/.a%2Cb,c.d";
    );
    rows!(table, |client, color: Vec<String>| client.label_exploded_list(color);
        "OpenAPI §4.8.12.4", blue_black_brown() => "GET /label/exploded-list/.blue.black.brown";
        "RFC 6570 §3.2.5: reserved characters", texts(["a,b", "c d"]) => "GET /label/exploded-list/.a%2Cb.c%20d";
    );
    rows!(table, |client, color: Color| client.label_object(color);
        "OpenAPI §4.8.12.4", rgb() => "GET /label/object/.R,100,G,200,B,150";
        "RFC 6570 §3.2.5: reserved characters", note("a,b=c") => "GET /label/object/.note,a%2Cb%3Dc";
    );
    rows!(table, |client, color: Color| client.label_exploded_object(color);
        "OpenAPI §4.8.12.4", rgb() => "GET /label/exploded-object/.R=100.G=200.B=150";
        "RFC 6570 §3.2.5: reserved characters", note("a,b=c") => "GET /label/exploded-object/.note=a%2Cb%3Dc";
    );
    table.finish();
}

#[tokio::test]
async fn matrix() {
    let mut table = table().await;
    rows!(table, |client, color: String| client.matrix_text(color);
        "OpenAPI §4.8.12.4", "blue".to_owned() => "GET /matrix/text/;color=blue";
        "OpenAPI §4.8.12.4, RFC 6570 §3.2.7: an empty string", String::new() => "GET /matrix/text/;color";
        "RFC 6570 §3.2.7: reserved characters", "a;b=c".to_owned() => "GET /matrix/text/;color=a%3Bb%3Dc";
    );
    read_rows!(table;
        "RFC 3986 §3.3: `=` before an empty value", String::new() => "GET /matrix/text/;color=";
    );
    rows!(table, |client, color: Vec<String>| client.matrix_list(color);
        "OpenAPI §4.8.12.4", blue_black_brown() => "GET /matrix/list/;color=blue,black,brown";
        "RFC 6570 §3.2.7: reserved characters", texts(["a,b", "c;d", ""]) => "GET /matrix/list/;color=a%2Cb,c%3Bd,";
    );
    rows!(table, |client, color: Vec<String>| client.matrix_exploded_list(color);
        "OpenAPI §4.8.12.4", blue_black_brown() => "GET /matrix/exploded-list/;color=blue;color=black;color=brown";
        "RFC 6570 §3.2.7: reserved characters", texts(["a;b", "c=d"]) => "GET /matrix/exploded-list/;color=a%3Bb;color=c%3Dd";
        "RFC 6570 §3.2.1: an empty item", texts(["a", ""]) => "GET /matrix/exploded-list/;color=a;color";
    );
    rows!(table, |client, color: Color| client.matrix_object(color);
        "OpenAPI §4.8.12.4", rgb() => "GET /matrix/object/;color=R,100,G,200,B,150";
        "RFC 6570 §3.2.7: reserved characters", note("a,b;c") => "GET /matrix/object/;color=note,a%2Cb%3Bc";
    );
    rows!(table, |client, color: Color| client.matrix_exploded_object(color);
        "OpenAPI §4.8.12.4", rgb() => "GET /matrix/exploded-object/;R=100;G=200;B=150";
        "RFC 6570 §3.2.7: reserved characters", note("a;b=c") => "GET /matrix/exploded-object/;note=a%3Bb%3Dc";
        "RFC 6570 §3.2.1: an empty value", note("").with_r(1) => "GET /matrix/exploded-object/;R=1;note";
    );
    table.finish();
}

#[tokio::test]
async fn content_and_types() {
    let mut table = table().await;
    rows!(table, |client, color: Color| client.path_json(color);
        "OpenAPI §4.8.12.2.3, RFC 8259", note("a/b").with_r(1) => "GET /simple/json/%7B%22R%22%3A1%2C%22note%22%3A%22a%2Fb%22%7D";
        "RFC 8259 §4: an empty object", Color::default() => "GET /simple/json/%7B%7D";
    );
    rows!(table, |client, color: String| client.path_plain(color);
        "OpenAPI §4.8.12.2.3: text", "a/b, c".to_owned() => "GET /simple/plain/a%2Fb%2C%20c";
    );
    rows!(table, |client, day: NaiveDate| client.path_date(day);
        "RFC 3339 §5.6", "2026-01-31".parse().unwrap() => "GET /simple/date/2026-01-31";
    );
    read_rows!(table;
        "RFC 3986 §3.3: what a segment contains unescaped", note("a").with_r(1) => "GET /simple/json/%7B%22R%22:1,%22note%22:%22a%22%7D";
    );
    table.finish();
}

// Where parameters share a segment, the character between them is escaped in all but the first.
#[tokio::test]
async fn together() {
    let mut table = table().await;
    rows!(table, |client, (name, extension): (String, String)| client.path_together(name, extension);
        "RFC 6570 §3.2.2", pair("index", "html") => "GET /path/together/index.html";
        "RFC 3986 §2.3: a dot in the first", pair("v1.2", "zip") => "GET /path/together/v1.2.zip";
        "RFC 3986 §2.3: a dot in the second", pair("src", "tar.gz") => "GET /path/together/src.tar%2Egz";
    );
    rows!(table, |client, date: String| client.path_report(date);
        "RFC 6570 §3.2.2: a literal before the only parameter", "2024-01-31".to_owned() => "GET /path/report-2024-01-31";
    );
    rows!(table, |client, color: String| client.path_twice(color);
        "RFC 6570 §2.3: a parameter that occurs twice", "blue".to_owned() => "GET /path/twice/blue/copies/blue";
    );
    table.finish();
}

fn pair(name: &str, extension: &str) -> (String, String) {
    (name.to_owned(), extension.to_owned())
}
