//! Values in the fields of forms that have no style of their own: JSON, `null`, any value, and what are not keys.

#![cfg(feature = "models")]
#![allow(clippy::pedantic, missing_docs, clippy::unwrap_used)]

use std::collections::BTreeMap;

use crategen_runtime::models::Base64;
use crategen_runtime::models::params::form::{self, Entries, Field};
use crategen_runtime::models::params::{Param, Parts, Reader};
use serde::de::Deserialize;
use serde_json::{Value, json};

/// An object in a field of one string is JSON (the default `contentType` of objects, OpenAPI 3.0.3 §4.7.15.1).
#[test]
fn an_object_among_strings_is_json() {
    for field in [Field::text("created"), Field::mixed("created")] {
        assert_eq!(form::write(&[field], &json!({"created": {"gt": 5}})).unwrap(), "created=%7B%22gt%22%3A5%7D");
        assert_eq!(form::write(&[field], &json!({"created": 7})).unwrap(), "created=7");
    }
}

/// `null` is a value of JSON, and of nothing else in a form.
#[test]
fn null_is_sent_as_json_only() {
    let fields = [Field::json("a"), Field::text("b"), Field::text("c").of_type("application/json")];
    let value = json!({"a": null, "b": null, "c": null});
    assert_eq!(form::write(&fields, &value).unwrap(), "a=null");
    assert_eq!(form::part(fields.first(), Value::Null), ("null".to_owned(), Some("application/json")));
    assert_eq!(form::read_part(fields.first(), "null".to_owned(), "application/json"), Parts::Null);
}

/// What a field of any value becomes.
fn any(text: &str, media_type: &str) -> Value {
    let field = Field::text("free").of_type("application/json");
    let mut entries = Entries::default();
    entries.add("free".to_owned(), form::read_part(Some(&field), text.to_owned(), media_type), false);
    Value::deserialize(entries.into_parts()).unwrap()["free"].take()
}

/// The media type of a part says what it is (RFC 7578 §4.4).
#[test]
fn a_part_of_any_value_is_what_its_media_type_says() {
    for (text, expected) in
        [("{\"a\":1}", json!({"a": 1})), ("12", json!(12)), ("true", json!(true)), ("[1]", json!([1]))]
    {
        assert_eq!(any(text, "application/json"), expected);
        assert_eq!(any(text, ""), expected, "the document says that it is JSON");
        assert_eq!(any(text, "text/plain"), json!(text));
    }
    assert_eq!(any("\"12\"", "application/json"), json!("12"));
    assert_eq!(any("plain words", ""), json!("plain words"));
    // The type of a property decides what JSON is read as.
    let field = Field::text("size");
    let size = |text: &str| u8::deserialize(form::read_part(Some(&field), text.to_owned(), "application/json"));
    assert_eq!(size("12").unwrap(), 12);
    let text = String::deserialize(form::read_part(Some(&field), "12".to_owned(), "application/json"));
    assert_eq!(text.unwrap(), "12");
}

#[test]
fn a_credential_is_no_key_of_an_object() {
    let param = Param::query("free").object().without_keys(&["api_key"]);
    let reader = Reader::new("a=b&api_key=secret", std::iter::empty());
    let read: Option<BTreeMap<String, String>> = reader.optional(&param, &mut Vec::new());
    assert_eq!(read, Some([("a".to_owned(), "b".to_owned())].into()));
    let reader = Reader::new("api_key=secret", std::iter::empty());
    assert_eq!(reader.optional::<BTreeMap<String, String>>(&param, &mut Vec::new()), None);
}

/// Texts that are not base64 are refused, not changed (RFC 4648 §3.3 and §3.5).
#[test]
fn base64_is_never_half_understood() {
    for text in ["hello world", "QR==", "QQ=A", "Q", "data:text/plain;base64,QQ=="] {
        assert!(Base64::decode(text).is_err(), "{text}");
    }
    for text in ["QQ==", "QQ", "Q\r\nQ==", "-_8="] {
        let bytes = Base64::decode(text).unwrap();
        assert_eq!(Base64::decode(&bytes.encode()).unwrap(), bytes, "{text}");
    }
}
