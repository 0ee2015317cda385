//! Unions in forms and in parameters of the style `deepObject`. Texts have no type there: the variants decide what they mean.

#![cfg(feature = "models")]
#![allow(clippy::pedantic, missing_docs, clippy::unwrap_used)]

use crategen_runtime::models::params::form::{self, Field};
use crategen_runtime::models::params::{Kind, Param, Reader, Style, Writer};
use crategen_runtime::{constant, object, tagged_union, union};
use serde::de::{DeserializeOwned, IntoDeserializer as _};

#[derive(Clone, Default)]
struct Range {
    gt: Option<i64>,
    note: Option<String>,
}
object!(Range { gt: "gt", optional; note: "note", optional; });

#[derive(Clone, Debug, PartialEq)]
enum Created {
    Integer(i64),
    Range(Range),
}
union!(Created { Integer: Number [] []; Range: Object [] ["gt", "note"]; });

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct Nothing;
constant!(Nothing: text = "");

#[derive(Clone, Debug, PartialEq)]
enum Address {
    Object(Range),
    Removed(Nothing),
}
union!(Address { Object: Object [] ["gt", "note"]; Removed: String [] []; });

#[derive(Clone, Debug, PartialEq)]
enum Code {
    Text(String),
    Integer(i64),
}
union!(Code { Text: String [] []; Integer: Number [] []; });

#[derive(Clone, Default)]
struct Session {
    address: Option<Address>,
    created: Option<Created>,
    code: Option<Code>,
}
object!(Session { address: "address", optional; created: "created", optional; code: "code", optional; });

const SESSION: &[Field] = &[
    Field::styled("address", Style::DeepObject, Kind::Scalar, true),
    Field::styled("created", Style::DeepObject, Kind::Scalar, true),
    Field::text("code"),
];

#[derive(Clone)]
struct BySize {
    size: i64,
    big: Option<bool>,
    inner: Option<Range>,
}
object!(BySize { size: "size", required; big: "big", optional; inner: "inner", optional; });

#[derive(Clone)]
struct ByName {
    name: String,
}
object!(ByName { name: "name", required; });

#[derive(Clone, Debug, PartialEq)]
enum Either {
    BySize(BySize),
    ByName(ByName),
}
union!(Either { BySize: Object ["size"] ["big", "inner"]; ByName: Object ["name"] []; });

#[derive(Clone, Debug, PartialEq)]
enum Tagged {
    Size(BySize),
    Name(ByName),
}
tagged_union!(Tagged by "kind" { Size = ["size"], added; Name = ["name"], added; });

const EITHER: &[Field] =
    &[Field::text("kind"), Field::text("size"), Field::text("big"), Field::json("inner"), Field::text("name")];

fn read<T: DeserializeOwned>(fields: &[Field], body: &str) -> Result<T, String> {
    let mut violations = Vec::new();
    let parts = form::read(fields, body, &mut violations);
    assert!(violations.is_empty(), "{violations:?}");
    T::deserialize(parts.into_deserializer()).map_err(|error| error.to_string())
}

/// The wire format is that of `deepObject` (OpenAPI 3.0.3 §4.7.12.3), with brackets that are escaped (RFC 3986 §2.2).
#[test]
fn fields_keep_their_style() {
    let range = |gt| Range { gt: Some(gt), note: None };
    let rows = [
        (Session { created: Some(Created::Integer(5)), ..Session::default() }, "created=5"),
        (Session { created: Some(Created::Range(range(7))), ..Session::default() }, "created%5Bgt%5D=7"),
        (Session { address: Some(Address::Removed(Nothing)), ..Session::default() }, "address="),
        (
            Session {
                address: Some(Address::Object(Range { gt: None, note: Some("12".into()) })),
                ..Session::default()
            },
            "address%5Bnote%5D=12",
        ),
        (Session { code: Some(Code::Text("007".into())), ..Session::default() }, "code=007"),
        (Session { code: Some(Code::Integer(7)), ..Session::default() }, "code=7"),
    ];
    for (value, wire) in rows {
        assert_eq!(form::write(SESSION, &value).unwrap(), wire);
        assert_eq!(read::<Session>(SESSION, wire).unwrap(), value, "{wire}");
    }
    assert!(read::<Session>(SESSION, "created[gt]=many").is_err());
}

#[test]
fn a_form_that_is_a_union_has_numbers_booleans_and_json() {
    let expected = BySize { size: 5, big: Some(true), inner: Some(Range { gt: Some(1), note: None }) };
    let body = "size=5&big=true&inner=%7B%22gt%22%3A1%7D";
    assert_eq!(read::<Either>(EITHER, body).unwrap(), Either::BySize(expected.clone()));
    assert_eq!(form::write(EITHER, &Either::BySize(expected.clone())).unwrap(), body);
    assert_eq!(read::<Tagged>(EITHER, &format!("kind=size&{body}")).unwrap(), Tagged::Size(expected));
    assert_eq!(read::<Either>(EITHER, "name=5").unwrap(), Either::ByName(ByName { name: "5".into() }));
    assert!(read::<Either>(EITHER, "size=x").is_err());
}

#[test]
fn parameters_that_are_unions_arrive() {
    let param = Param::query("created").deep_object();
    for (value, wire) in [
        (Created::Integer(5), "created=5"),
        (Created::Range(Range { gt: Some(7), note: Some("8".into()) }), "created%5Bgt%5D=7&created%5Bnote%5D=8"),
    ] {
        let mut writer = Writer::default();
        writer.write(&param, &value).unwrap();
        assert_eq!(writer.query, wire);
        let mut violations = Vec::new();
        let reader = Reader::new(wire, std::iter::empty());
        assert_eq!(reader.required::<Created>(&param, &mut violations), Some(value), "{violations:?}");
    }
}
