//! Parameters are written as in the table of the specification (OpenAPI 3.0.3 §4.7.12.4), and read back.

#![cfg(feature = "models")]
#![allow(clippy::pedantic, missing_docs, clippy::unwrap_used)]

use std::collections::BTreeMap;

use crategen_runtime::models::params::form::{self, Field};
use crategen_runtime::models::params::{Kind, Param, Parts, Place, Reader, Style, Writer, read_path, write_path};
use crategen_runtime::models::strict;
use serde::Serialize;
use serde::de::DeserializeOwned;

fn param(place: Place, style: Style, kind: Kind, explode: bool) -> Param {
    Param { name: "color", place, style, explode, kind, reserved: false, not_keys: &[] }
}

fn object() -> BTreeMap<String, String> {
    [("R", "100"), ("G", "200"), ("B", "150")].into_iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect()
}

const LIST: [&str; 3] = ["blue", "black", "brown"];

fn query<T: Serialize + ?Sized>(param: &Param, value: &T) -> String {
    let mut writer = Writer::default();
    writer.write(param, value).unwrap();
    writer.query
}

#[test]
fn the_table_of_the_specification() {
    use Kind::{List, Object, Scalar};
    use Place::{Path, Query};
    let path = |style, kind, explode, value: &dyn Fn(&Param) -> String| value(&param(Path, style, kind, explode));
    let text = |p: &Param| write_path(p, "blue").unwrap();
    let list = |p: &Param| write_path(p, &LIST).unwrap();
    let map = |p: &Param| write_path(p, &object()).unwrap();
    assert_eq!(path(Style::Matrix, Scalar, false, &text), ";color=blue");
    assert_eq!(path(Style::Matrix, List, false, &list), ";color=blue,black,brown");
    assert_eq!(path(Style::Matrix, List, true, &list), ";color=blue;color=black;color=brown");
    assert_eq!(path(Style::Matrix, Object, false, &map), ";color=B,150,G,200,R,100");
    assert_eq!(path(Style::Matrix, Object, true, &map), ";B=150;G=200;R=100");
    assert_eq!(path(Style::Label, Scalar, false, &text), ".blue");
    assert_eq!(path(Style::Label, List, true, &list), ".blue.black.brown");
    assert_eq!(path(Style::Label, Object, true, &map), ".B=150.G=200.R=100");
    assert_eq!(path(Style::Simple, Scalar, false, &text), "blue");
    assert_eq!(path(Style::Simple, List, false, &list), "blue,black,brown");
    assert_eq!(path(Style::Simple, Object, false, &map), "B,150,G,200,R,100");
    assert_eq!(path(Style::Simple, Object, true, &map), "B=150,G=200,R=100");
    assert_eq!(query(&param(Query, Style::Form, Scalar, true), "blue"), "color=blue");
    assert_eq!(query(&param(Query, Style::Form, List, false), &LIST), "color=blue,black,brown");
    assert_eq!(query(&param(Query, Style::Form, List, true), &LIST), "color=blue&color=black&color=brown");
    assert_eq!(query(&param(Query, Style::Form, Object, false), &object()), "color=B,150,G,200,R,100");
    assert_eq!(query(&param(Query, Style::Form, Object, true), &object()), "B=150&G=200&R=100");
    assert_eq!(query(&param(Query, Style::SpaceDelimited, List, false), &LIST), "color=blue%20black%20brown");
    assert_eq!(query(&param(Query, Style::PipeDelimited, List, false), &LIST), "color=blue%7Cblack%7Cbrown");
    let deep = query(&param(Query, Style::DeepObject, Object, true), &object());
    assert_eq!(deep, "color%5BB%5D=150&color%5BG%5D=200&color%5BR%5D=100");
}

/// Strings with the separators of the styles, escapes, and characters of several bytes.
const HARD: [&str; 14] =
    ["plain", "a,b", "a b", "a|b", "a&b=c", "a.b", "a;b", "50%", "%2C", "ü/ß", "+1", "日本", "[x]", "\"quoted\""];

fn there_and_back<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(param: &Param, value: &T) {
    let mut violations = Vec::new();
    let back: Option<T> = if param.place == Place::Path {
        read_path(param, &write_path(param, value).unwrap(), &mut violations)
    } else {
        let mut writer = Writer::default();
        writer.write(param, value).unwrap();
        let cookies = writer.cookies.join("; ");
        let headers = writer.headers.iter().map(|(name, value)| (*name, value.as_str()));
        let headers = headers.chain((!cookies.is_empty()).then_some(("cookie", cookies.as_str())));
        Reader::new(&writer.query, headers).optional(param, &mut violations)
    };
    assert!(violations.is_empty(), "{param:?} {value:?}: {:?}", violations[0].detail);
    assert_eq!(back.as_ref(), Some(value), "{param:?}");
}

#[test]
fn values_are_read_back() {
    let paths = [Style::Simple, Style::Label, Style::Matrix].map(|style| (Place::Path, style));
    let queries = [Style::Form, Style::SpaceDelimited, Style::PipeDelimited].map(|style| (Place::Query, style));
    for (place, style) in paths.into_iter().chain(queries).chain([(Place::Cookie, Style::Form)]) {
        for explode in [false, true] {
            for text in HARD {
                there_and_back(&param(place, style, Kind::Scalar, explode), &text.to_owned());
            }
            // A pipe inside an item looks like one between items; see `pipes_inside_items_are_refused`.
            let usable = |text: &&&str| explode || style != Style::PipeDelimited || !text.contains('|');
            let list: Vec<String> = HARD.iter().filter(usable).map(|text| (*text).to_owned()).collect();
            there_and_back(&param(place, style, Kind::List, explode), &list);
            there_and_back(&param(place, style, Kind::List, explode), &vec![1_i64, -2, 3]);
            there_and_back(&param(place, style, Kind::Mixed, explode), &list);
            there_and_back(&param(place, style, Kind::Mixed, explode), &"one text".to_owned());
            let object: BTreeMap<String, String> =
                list.iter().enumerate().map(|(n, text)| (format!("key{n}"), text.clone())).collect();
            if place == Place::Path || style == Style::Form {
                there_and_back(&param(place, style, Kind::Object, explode), &object);
            }
        }
    }
    let object: BTreeMap<String, String> = HARD.iter().map(|text| ((*text).to_owned(), (*text).to_owned())).collect();
    there_and_back(&param(Place::Query, Style::DeepObject, Kind::Object, true), &object);
    there_and_back(&param(Place::Query, Style::Json, Kind::Object, false), &object);
    there_and_back(&param(Place::Header, Style::Simple, Kind::Scalar, false), &"50% off".to_owned());
    there_and_back(&param(Place::Header, Style::Simple, Kind::List, false), &vec![1_i64, 2]);
}

/// `|` is not a character of a query (RFC 3986 §3.4).
#[test]
fn pipes_inside_items_are_refused() {
    let param = Param::query("color").list().pipe_delimited().joined();
    assert!(Writer::default().write(&param, &["a|b"]).is_err());
    for wire in ["color=a%7Cb", "color=a%7cb", "color=a|b"] {
        let reader = Reader::new(wire, std::iter::empty());
        let found: Option<Vec<String>> = reader.required(&param, &mut Vec::new());
        assert_eq!(found, Some(vec!["a".to_owned(), "b".to_owned()]), "{wire}");
    }
}

/// Several cookies are several headers (RFC 6265 §3).
#[test]
fn each_cookie_has_a_header() {
    let param = Param::header("Set-Cookie").list();
    let cookies = vec!["a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT".to_owned(), "b=2".to_owned()];
    let mut writer = Writer::default();
    writer.write(&param, &cookies).unwrap();
    assert_eq!(writer.headers.len(), 2);
    there_and_back(&param, &cookies);
}

#[test]
fn an_object_needs_a_value_for_each_key() {
    let param = Param::header("filter").object();
    let mut violations = Vec::new();
    let reader = Reader::new("", [("filter", "a,1,b")].into_iter());
    assert_eq!(reader.required::<BTreeMap<String, String>>(&param, &mut violations), None);
    assert_eq!(violations[0].location, "header:filter");
}

/// As Spring's `Pageable` is sent: `page=1&sort=a&sort=b`.
#[test]
fn an_exploded_object_repeats_the_items_of_its_arrays() {
    #[derive(Clone)]
    struct Page {
        page: u8,
        sort: Vec<String>,
    }
    crategen_runtime::object!(Page { page: "page", required; sort: "sort", required; });
    let param = Param::query("pageable").object();
    let two = Page { page: 1, sort: vec!["a".into(), "b,c".into()] };
    assert_eq!(query(&param, &two), "page=1&sort=a&sort=b%2Cc");
    there_and_back(&param, &two);
    there_and_back(&param, &Page { page: 1, sort: vec!["a".into()] });
}

#[test]
fn paths_that_name_another_resource_are_refused() {
    for text in ["", ".", ".."] {
        assert!(write_path(&param(Place::Path, Style::Simple, Kind::Scalar, false), text).is_err(), "{text:?}");
    }
    assert_eq!(write_path(&param(Place::Path, Style::Simple, Kind::Scalar, false), "../x").unwrap(), "..%2Fx");
}

#[test]
fn violations_name_the_parameter() {
    let mut violations = Vec::new();
    let reader = Reader::new("color=red&color=blue&size=x", std::iter::empty());
    let once: Option<String> = reader.optional(&param(Place::Query, Style::Form, Kind::Scalar, true), &mut violations);
    assert_eq!(once, None);
    let missing = Param { name: "page", ..param(Place::Query, Style::Form, Kind::Scalar, true) };
    assert_eq!(reader.required::<i64>(&missing, &mut violations), None);
    let number = Param { name: "size", ..missing };
    assert_eq!(reader.optional::<i64>(&number, &mut violations), None);
    let found: Vec<String> = violations.iter().map(|found| format!("{} {}", found.location, found.detail)).collect();
    assert_eq!(found, ["?color must be given only once", "?page is required", "?size `x` is not an integer"]);
}

#[test]
fn an_exploded_object_takes_no_key_of_another_parameter() {
    static KNOWN: [Param; 5] = [
        Param::query("limit"),
        Param::query("where").deep_object().object(),
        Param::query("free").object().exploded(),
        // Parameters in other places, and the exploded object itself, have no names in the query.
        Param::header("region"),
        Param::path("id"),
    ];
    let reader = Reader::new("limit=1&where%5Ba%5D=2&region=eu&id=7&free=x&whereabouts=y", std::iter::empty());
    let mut violations = Vec::new();
    let read: Option<BTreeMap<String, String>> = reader.among(&KNOWN).optional(&KNOWN[2], &mut violations);
    let expected = [("free", "x"), ("id", "7"), ("region", "eu"), ("whereabouts", "y")];
    let expected = expected.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
    assert_eq!((read, violations), (Some(expected), Vec::new()));
}

#[derive(Clone, Default)]
struct Closed {
    size: Option<i64>,
}

crategen_runtime::object!(Closed { size: "size", optional; !..; });

#[test]
fn servers_refuse_unknown_keys_of_closed_objects() {
    let read = |param: Param, query: &str| {
        let mut violations = Vec::new();
        let reader = Reader::new(query, std::iter::empty());
        let value: Option<Closed> = reader.among(&[]).optional(&param, &mut violations);
        (value, violations.into_iter().map(|violation| violation.detail).collect::<Vec<_>>().join("; "))
    };
    let known = (Some(Closed { size: Some(1) }), String::new());
    let deep = || Param::query("page").object().deep_object();
    assert_eq!(strict(|| read(deep(), "page[size]=1&other=2")), known);
    let (value, violations) = strict(|| read(deep(), "page[size]=1&page[sise]=2"));
    assert!(value.is_none() && violations.contains("`sise` is not allowed"), "{violations}");
    let (value, violations) = strict(|| read(Param::query("page").object().joined(), "page=size,1,sise,2"));
    assert!(value.is_none() && violations.contains("`sise` is not allowed"), "{violations}");
    // What a client receives may be newer than its document.
    assert_eq!(read(deep(), "page[size]=1&page[sise]=2"), known);
    // Any parameter of the query could be a property of an exploded object.
    assert_eq!(strict(|| read(Param::query("page").object().exploded(), "size=1&utm_source=a")), known);
}

#[test]
fn a_list_that_is_not_exploded_is_one_part() {
    let items = serde_json::json!(["a", 2]);
    for (style, text) in [(Style::Form, "a,2"), (Style::SpaceDelimited, "a 2"), (Style::PipeDelimited, "a|2")] {
        let field = Field::styled("list", style, Kind::List, false);
        assert_eq!(form::part(Some(&field), items.clone()), (text.to_owned(), None));
        let parts = ["a", "2"].map(|item| Parts::Text(item.to_owned()));
        assert_eq!(form::read_part(Some(&field), text.to_owned(), ""), Parts::List(parts.into()));
        assert!(!field.repeats() && !field.is_item());
    }
    assert_eq!(
        form::read_part(Some(&Field::styled("list", Style::Form, Kind::List, false)), String::new(), ""),
        Parts::List(Vec::new())
    );
    assert!(Field::list("list").repeats() && Field::list("list").is_item());
}
