//! Random values are read back as they were written, in every style, with and without `explode`. The strings contain
//! the separators of the styles, escapes, quotes, white space and characters of several bytes, or are empty.

#![cfg(feature = "models")]
#![allow(clippy::pedantic, missing_docs, clippy::unwrap_used)]

use std::collections::BTreeMap;

use crategen_runtime::models::params::{Kind, Param, Place, Reader, Style, Writer, read_path, write_path};
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

fn there_and_back<T: Serialize + DeserializeOwned>(param: &Param, value: &T) -> Result<Option<T>, String> {
    let mut violations = Vec::new();
    let back = if param.place == Place::Path {
        let text = write_path(param, value).map_err(|violation| violation.detail)?;
        read_path(param, &text, &mut violations)
    } else {
        let mut writer = Writer::default();
        writer.write(param, value).map_err(|violation| violation.detail)?;
        // The request has other parameters.
        writer.push_query("other=1&color2=x");
        let cookies = writer.cookies.join("; ");
        let headers = writer.headers.iter().map(|(name, value)| (*name, value.as_str()));
        let headers = headers.chain((!cookies.is_empty()).then_some(("cookie", cookies.as_str())));
        Reader::new(&writer.query, headers).optional(param, &mut violations)
    };
    match violations.pop() {
        Some(violation) => Err(violation.detail),
        None => Ok(back),
    }
}

fn param(place: Place, style: Style, kind: Kind, explode: bool, reserved: bool) -> Param {
    Param { name: "color", place, style, explode, kind, reserved, not_keys: &[] }
}

/// Strings of all characters, in which those with a meaning in some style are frequent.
fn text() -> impl Strategy<Value = String> {
    let special = prop::sample::select(
        [
            ",", ";", ".", "|", " ", "&", "=", "+", "%", "%2C", "[", "]", "/", "\\", "\"", "#", "?", "a", "ü", "日",
            "\n", "{}",
        ]
        .to_vec(),
    );
    prop_oneof![
        any::<String>(),
        prop::collection::vec(special, 0..6).prop_map(|parts| parts.concat()),
        Just(String::new()),
    ]
}

/// Values of headers: no control characters, and no white space around them (RFC 9110 §5.5).
fn header_text() -> impl Strategy<Value = String> {
    text().prop_map(|text| text.replace(char::is_control, "").trim().to_owned())
}

fn keys() -> impl Strategy<Value = String> {
    // The keys of exploded objects are parameters, so they must differ from the names of the others.
    text().prop_map(|key| format!("k{}", key.replace(['[', ']'], "")))
}

fn styles() -> impl Strategy<Value = (Place, Style)> {
    prop::sample::select(
        [
            (Place::Path, Style::Simple),
            (Place::Path, Style::Label),
            (Place::Path, Style::Matrix),
            (Place::Query, Style::Form),
            (Place::Query, Style::SpaceDelimited),
            (Place::Query, Style::PipeDelimited),
            (Place::Cookie, Style::Form),
        ]
        .to_vec(),
    )
}

/// Path segments must not be empty, and those of dots name another resource.
fn is_invalid_segment(place: Place, text: &str) -> bool {
    place == Place::Path && matches!(text, "" | "." | "..")
}

proptest! {
    #[test]
    fn texts((place, style) in styles(), explode: bool, reserved: bool, value in text()) {
        prop_assume!(style != Style::Simple || !is_invalid_segment(place, &value));
        prop_assume!(style != Style::Label || !is_invalid_segment(place, &format!(".{value}")));
        let param = param(place, style, Kind::Scalar, explode, reserved);
        prop_assert_eq!(there_and_back(&param, &value), Ok(Some(value)));
    }

    #[test]
    fn numbers_and_booleans((place, style) in styles(), explode: bool, number: i64, float in -1e15..1e15, truth: bool) {
        let param = param(place, style, Kind::Scalar, explode, false);
        prop_assert_eq!(there_and_back(&param, &number), Ok(Some(number)));
        prop_assert_eq!(there_and_back(&param, &float), Ok(Some(float)));
        prop_assert_eq!(there_and_back(&param, &truth), Ok(Some(truth)));
    }

    #[test]
    fn lists((place, style) in styles(), explode: bool, reserved: bool, value in prop::collection::vec(text(), 1..5)) {
        // One empty item looks like no item, except in styles that repeat the name.
        prop_assume!(explode && place != Place::Path || value != [""]);
        prop_assume!(!is_invalid_segment(place, &value.join(",")));
        prop_assume!(place != Place::Path || value.iter().any(|item| !item.is_empty()));
        // A pipe inside an item looks like one between items, so it is refused.
        prop_assume!(explode || style != Style::PipeDelimited || !value.iter().any(|item| item.contains('|')));
        let param = param(place, style, Kind::List, explode, reserved);
        prop_assert_eq!(there_and_back(&param, &value), Ok(Some(value)));
    }

    #[test]
    fn objects((place, style) in styles(), explode: bool, value in prop::collection::btree_map(keys(), text(), 1..5)) {
        prop_assume!(matches!(style, Style::Simple | Style::Label | Style::Matrix | Style::Form));
        let param = param(place, style, Kind::Object, explode, false);
        let back = there_and_back::<BTreeMap<String, String>>(&param, &value);
        // The keys of an exploded object cannot be distinguished from other parameters; a struct takes its own.
        let known = |(key, _): &(String, String)| value.contains_key(key);
        let back = back.map(|back| back.map(|back| back.into_iter().filter(known).collect::<BTreeMap<_, _>>()));
        prop_assert_eq!(back, Ok(Some(value)));
    }

    #[test]
    fn deep_objects(value in prop::collection::btree_map(keys(), prop::collection::btree_map(keys(), text(), 1..3), 1..4)) {
        let param = param(Place::Query, Style::DeepObject, Kind::Object, true, false);
        prop_assert_eq!(there_and_back(&param, &value), Ok(Some(value)));
    }

    #[test]
    fn deep_lists(value in prop::collection::vec(prop::collection::btree_map(keys(), text(), 1..3), 1..12)) {
        let param = param(Place::Query, Style::DeepObject, Kind::List, true, false);
        prop_assert_eq!(there_and_back(&param, &value), Ok(Some(value)));
    }

    #[test]
    fn json(value in prop::collection::btree_map(text(), prop::collection::vec(text(), 0..3), 0..4), query: bool) {
        let place = if query { Place::Query } else { Place::Cookie };
        let param = param(place, Style::Json, Kind::Object, false, false);
        prop_assert_eq!(there_and_back(&param, &value), Ok(Some(value)));
    }

    #[test]
    fn headers(
        explode: bool,
        value in header_text(),
        list in prop::collection::vec(header_text(), 0..4),
        object in prop::collection::btree_map(header_text(), header_text(), 0..4),
    ) {
        let param = |kind| param(Place::Header, Style::Simple, kind, explode, false);
        prop_assert_eq!(there_and_back(&param(Kind::Scalar), &value), Ok(Some(value)));
        prop_assert_eq!(there_and_back(&param(Kind::List), &list), Ok(Some(list)));
        prop_assert_eq!(there_and_back(&param(Kind::Object), &object), Ok(Some(object.clone())));
        let json = Param { style: Style::Json, ..param(Kind::Object) };
        prop_assert_eq!(there_and_back(&json, &object), Ok(Some(object)));
    }

    #[test]
    fn no_input_causes_a_panic((place, style) in styles(), explode: bool, raw in text()) {
        for kind in [Kind::Scalar, Kind::List, Kind::Object] {
            let param = param(place, style, kind, explode, false);
            let mut violations = Vec::new();
            let _ = read_path::<BTreeMap<String, i64>>(&param, &raw, &mut violations);
            let reader = Reader::new(&raw, [("cookie", raw.as_str()), ("color", raw.as_str())].into_iter());
            let _ = reader.optional::<Vec<i64>>(&param, &mut violations);
            let _ = reader.optional::<serde_json::Value>(&Param { style: Style::DeepObject, ..param }, &mut violations);
            let _ = reader.optional::<Vec<i64>>(&Param { place: Place::Header, ..param }, &mut violations);
        }
    }
}
