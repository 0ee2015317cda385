//! Parameters of the query: `form`, `spaceDelimited`, `pipeDelimited`, `deepObject`, and parameters with `content`.

use super::super::wire_parameters::models::{QueryChoice, QueryParams, SpreadParams};
use super::paths::{note, rgb, table};
use super::texts;

fn query() -> QueryParams {
    QueryParams::default()
}

// Empty arrays and objects have no row: they are undefined (RFC 6570 §2.3), so nothing is sent, as for an absent parameter. A joined
// array of one empty string has none, because servers read `joined=` as an empty array.
#[tokio::test]
async fn form() {
    let mut table = table().await;
    rows!(table, |client, params: QueryParams| client.query().params(params);
        "OpenAPI §4.8.12.4", query().with_text("blue") => "GET /query?text=blue";
        "OpenAPI §4.8.12.4, RFC 6570 §3.2.8: an empty string", query().with_text("") => "GET /query?text=";
        "RFC 3986 §2.3: unreserved", query().with_text("aZ09-._~") => "GET /query?text=aZ09-._~";
        "RFC 3986 §2.2, RFC 6570 §3.2.8: general delimiters", query().with_text(":/?#[]@") => "GET /query?text=%3A%2F%3F%23%5B%5D%40";
        "RFC 3986 §2.2, RFC 6570 §3.2.8: sub-delimiters", query().with_text("!$&'()*+,;=") => "GET /query?text=%21%24%26%27%28%29%2A%2B%2C%3B%3D";
        "RFC 6570 §3.2.8: a space, a percent sign, an escape", query().with_text("50% %2F") => "GET /query?text=50%25%20%252F";
        "RFC 3986 §2.5: UTF-8", query().with_text("größe 日本") => "GET /query?text=gr%C3%B6%C3%9Fe%20%E6%97%A5%E6%9C%AC";
        "OpenAPI §4.8.12.4", query().with_list(["blue", "black", "brown"]) => "GET /query?list=blue&list=black&list=brown";
        "RFC 6570 §3.2.8: separators in items", query().with_list(["a&b", "c=d", "e,f"]) => "GET /query?list=a%26b&list=c%3Dd&list=e%2Cf";
        "RFC 6570 §3.2.1: empty items", query().with_list(["", ""]) => "GET /query?list=&list=";
        "RFC 6570 §3.2.1: one empty item", query().with_list([""]) => "GET /query?list=";
        "OpenAPI appendix B, RFC 8259 §6: numbers", query().with_numbers([1, -2, 0]) => "GET /query?numbers=1&numbers=-2&numbers=0";
        "OpenAPI §4.8.12.4", query().with_joined(["blue", "black", "brown"]) => "GET /query?joined=blue,black,brown";
        "RFC 6570 §3.2.8: separators in items", query().with_joined(["a,b", "c&d", "e f"]) => "GET /query?joined=a%2Cb,c%26d,e%20f";
        "RFC 6570 §3.2.1: an empty item", query().with_joined(["a", "", "b"]) => "GET /query?joined=a,,b";
        "OpenAPI §4.8.12.4", query().with_object(rgb()) => "GET /query?object=R,100,G,200,B,150";
        "RFC 6570 §3.2.8: separators in values", query().with_object(note("a,b&c")) => "GET /query?object=note,a%2Cb%26c";
        "OpenAPI appendix C: several parameters", query().with_text("a").with_list(["b", "c"]).with_integer(1) => "GET /query?text=a&list=b&list=c&integer=1";
        "OpenAPI appendix C: a name that RFC 6570 does not allow", query().with_odd("1") => "GET /query?gr%C3%B6%C3%9Fe%5Bm%C2%B2%5D=1";
    );
    rows!(table, |client, params: SpreadParams| client.spread().params(params);
        "OpenAPI §4.8.12.4", SpreadParams::default().with_color(rgb()) => "GET /spread?R=100&G=200&B=150";
        "RFC 6570 §3.2.8: separators in values", SpreadParams::default().with_color(note("a&b=c")) => "GET /spread?note=a%26b%3Dc";
        "RFC 6570 §3.2.8: an empty value", SpreadParams::default().with_color(note("")) => "GET /spread?note=";
    );
    read_rows!(table;
        "OpenAPI appendix E, WHATWG URL §5.1: `+` is a space", query().with_text("light blue") => "GET /query?text=light+blue";
        "RFC 3986 §2.1: digits of an escape in either case", query().with_text("größe") => "GET /query?text=gr%c3%b6%C3%9fe";
        "RFC 3986 §3.4: what a query contains unescaped", query().with_text("/?:@!$'()*,;=") => "GET /query?text=/?:@!$'()*,;=";
        "WHATWG URL §5.1: no `=`", query().with_text("") => "GET /query?text";
        "WHATWG URL §5.1: empty pairs", query().with_text("a").with_integer(1) => "GET /query?&text=a&&integer=1&";
        "OpenAPI §4.8.12.2: parameters in another order", query().with_list(["a", "b"]).with_integer(1) => "GET /query?list=a&integer=1&list=b";
        "RFC 3986 §2.3: an escaped name", query().with_text("a") => "GET /query?t%65xt=a";
        "RFC 8259 §4: the order of keys means nothing", query().with_object(rgb()) => "GET /query?object=G,200,R,100,B,150";
        "RFC 8259 §4: the order of keys means nothing", SpreadParams::default().with_color(rgb()) => "GET /spread?B=150&R=100&G=200";
    );
    table.finish();
}

// Items with the separator of their style have no row: percent-encoded, both look alike, and OpenAPI appendix E leaves it to the API to
// escape them once more. The client refuses pipes inside items. It writes spaces inside items as `+`, which appendix E mentions, and
// warns of.
#[tokio::test]
async fn delimited_and_deep() {
    let mut table = table().await;
    rows!(table, |client, params: QueryParams| client.query().params(params);
        "OpenAPI §4.8.12.4", query().with_spaces(["blue", "black", "brown"]) => "GET /query?spaces=blue%20black%20brown";
        "OpenAPI appendix C: reserved characters", query().with_spaces(["a,b", "c|d&e"]) => "GET /query?spaces=a%2Cb%20c%7Cd%26e";
        "OpenAPI §4.8.12.4", query().with_space_object(rgb()) => "GET /query?spaceObject=R%20100%20G%20200%20B%20150";
        "OpenAPI §4.8.12.4", query().with_pipes(["blue", "black", "brown"]) => "GET /query?pipes=blue%7Cblack%7Cbrown";
        "OpenAPI appendix C: reserved characters", query().with_pipes(["a,b", "c d&e"]) => "GET /query?pipes=a%2Cb%7Cc%20d%26e";
        "OpenAPI §4.8.12.4", query().with_pipe_object(rgb()) => "GET /query?pipeObject=R%7C100%7CG%7C200%7CB%7C150";
        "OpenAPI §4.8.12.4", query().with_deep(rgb()) => "GET /query?deep%5BR%5D=100&deep%5BG%5D=200&deep%5BB%5D=150";
        "OpenAPI appendix C: reserved characters", query().with_deep(note("a&b=[c] d")) => "GET /query?deep%5Bnote%5D=a%26b%3D%5Bc%5D%20d";
        "RFC 6570 §3.2.8: an empty value", query().with_deep(note("")) => "GET /query?deep%5Bnote%5D=";
    );
    read_rows!(table;
        "OpenAPI appendix E: unescaped brackets", query().with_deep(rgb()) => "GET /query?deep[R]=100&deep[G]=200&deep[B]=150";
        "RFC 8259 §4: the order of keys means nothing", query().with_deep(rgb()) => "GET /query?deep%5BB%5D=150&deep%5BR%5D=100&deep%5bG%5d=200";
        "OpenAPI appendix E: unescaped pipes", query().with_pipes(["blue", "black"]) => "GET /query?pipes=blue|black";
        "RFC 3986 §2.1: digits of an escape in either case", query().with_pipes(["blue", "black"]) => "GET /query?pipes=blue%7cblack";
        "OpenAPI appendix E: `+` is a space", query().with_pipes(["light blue", "black"]) => "GET /query?pipes=light+blue%7Cblack";
    );
    table.finish();
}

// `'` has no row, because the URL library writes `%27` (WHATWG URL §1.3, §4.4), and OpenAPI appendix E calls more escapes than necessary safe.
//
// With `allowReserved`, what is not allowed in a query (`#`, `[`, `]`) or has a meaning in it (`&`, `=`, `+`) must be escaped by the
// application (OpenAPI §4.8.12.2.2). The application passes plain values, so the client does that. It also escapes each `%`: it could
// not tell an escape that is meant from one that is part of the value.
#[tokio::test]
async fn allow_reserved() {
    let mut table = table().await;
    rows!(table, |client, params: QueryParams| client.query().params(params);
        "RFC 6570 §3.2.3: reserved characters", query().with_reserved(":/?@!$()*,;") => "GET /query?reserved=:/?@!$()*,;";
        "OpenAPI §4.8.12.2.2, appendix E: not allowed in a query", query().with_reserved("a[0]#b") => "GET /query?reserved=a%5B0%5D%23b";
        "OpenAPI §4.8.12.2.2, appendix E: special in a query", query().with_reserved("a&b=c+d") => "GET /query?reserved=a%26b%3Dc%2Bd";
        "RFC 6570 §3.2.3: what is not reserved", query().with_reserved("50% größe|^") => "GET /query?reserved=50%25%20gr%C3%B6%C3%9Fe%7C%5E";
        "OpenAPI appendix C: separators in items", query().with_reserved_list(["a/b", "c,d"]) => "GET /query?reservedList=a/b,c%2Cd";
    );
    read_rows!(table;
        "RFC 3986 §2.2: escaped anyway", query().with_reserved("/a?b") => "GET /query?reserved=%2Fa%3Fb";
    );
    table.finish();
}

// JSON in a query is escaped as other texts are. `:` and `,` could stay as they are (RFC 3986 §3.4).
#[tokio::test]
async fn content_and_types() {
    let mut table = table().await;
    let time = "2026-01-31T12:00:00Z".parse().unwrap();
    let uuid = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6";
    rows!(table, |client, params: QueryParams| client.query().params(params);
        "OpenAPI §4.8.12.5, RFC 8259: JSON", query().with_json(rgb()) => "GET /query?json=%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D";
        "RFC 8259 §7: JSON with escapes", query().with_json(note("a\"b\\ü")) => "GET /query?json=%7B%22note%22%3A%22a%5C%22b%5C%5C%C3%BC%22%7D";
        "RFC 8259 §5: an array", query().with_json_list(["a", ""]) => "GET /query?jsonList=%5B%22a%22%2C%22%22%5D";
        "RFC 8259 §5: an empty array", query().with_json_list(texts([])) => "GET /query?jsonList=%5B%5D";
        "OpenAPI §4.8.12.2.3: text", query().with_plain("a b=\"c\"") => "GET /query?plain=a%20b%3D%22c%22";
        "OpenAPI appendix B, RFC 8259 §6", query().with_integer(-7) => "GET /query?integer=-7";
        "OpenAPI appendix B, RFC 8259 §6", query().with_number(-0.25) => "GET /query?number=-0.25";
        "OpenAPI appendix B, RFC 8259 §3", query().with_boolean(true) => "GET /query?boolean=true";
        "OpenAPI appendix B, RFC 8259 §3", query().with_boolean(false) => "GET /query?boolean=false";
        "RFC 3339 §5.6", query().with_date("2026-01-31".parse().unwrap()) => "GET /query?date=2026-01-31";
        "RFC 3339 §5.6, RFC 6570 §3.2.8", query().with_time(time) => "GET /query?time=2026-01-31T12%3A00%3A00Z";
        "RFC 9562 §4", query().with_uuid(uuid.parse().unwrap()) => "GET /query?uuid=f81d4fae-7dec-11d0-a765-00a0c91e6bf6";
        "RFC 6570 §3.2.8: a value of an enum", query().with_choice(QueryChoice::LightBlue) => "GET /query?choice=light%20blue";
        "RFC 6570 §3.2.8: a value of an enum", query().with_choice(QueryChoice::AB) => "GET /query?choice=a%26b";
    );
    read_rows!(table;
        "RFC 3986 §3.4, RFC 8259 §2: unescaped JSON with spaces", query().with_json(note("a")) => "GET /query?json={%22note%22:+%22a%22}";
        "RFC 3339 §5.6: unescaped colons", query().with_time(time) => "GET /query?time=2026-01-31T12:00:00Z";
        "RFC 3339 §5.6: lower case, and another offset", query().with_time(time) => "GET /query?time=2026-01-31t13:00:00%2B01:00";
        "RFC 9562 §4: upper case", query().with_uuid(uuid.parse().unwrap()) => "GET /query?uuid=F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6";
    );
    table.finish();
}
