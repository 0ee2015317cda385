//! The macro `object!`: each mode, each treatment of unknown keys, and more properties than a tuple can have.

#![cfg(feature = "models")]
#![allow(clippy::pedantic, missing_docs, clippy::unwrap_used)]

use std::collections::BTreeMap;

use crategen_runtime::models::{Patch, strict};
use crategen_runtime::object;

/// The same type with a derived `Debug`.
mod derived {
    #[derive(Debug)]
    #[expect(dead_code, reason = "the fields are only printed")]
    pub struct Modes {
        pub id: u8,
        pub r#type: Option<String>,
        pub nick: Option<Option<u8>>,
    }
}

#[derive(Clone)]
struct Modes {
    id: u8,
    r#type: Option<String>,
    nick: Option<Option<u8>>,
}
object!(Modes { id: "id", required; r#type: "type", optional; nick: "nick", nullable; });

#[derive(Clone)]
struct Nulls {
    absent: Option<serde_json::Value>,
    change: Patch<u8>,
}
object!(Nulls { absent: "absent", any; change: "change", patch; });

#[derive(Clone)]
struct Ten {
    a: u8,
    b: u8,
    c: u8,
    d: u8,
    e: u8,
    f: u8,
    g: u8,
    h: u8,
    i: u8,
    j: Option<u8>,
}
object!(Ten {
    a: "a", required; b: "b", required; c: "c", required; d: "d", required; e: "e", required;
    f: "f", required; g: "g", required; h: "h", required; i: "i", required; j: "j", optional;
});

#[derive(Clone)]
struct Login {
    user: String,
    password: Option<String>,
    others: BTreeMap<String, u8>,
}
object!(Login { user: "user", required; password: "password", optional secret; ..others; });

#[derive(Clone)]
struct Closed {}
object!(Closed { !..; });

#[derive(Clone)]
struct Forbidding {
    rest: BTreeMap<String, u8>,
}
object!(Forbidding { !"kind"; ..rest; });

#[derive(Clone)]
struct Lengths {
    n0: Option<u8>,
    n1: Option<u8>,
    n2: Option<u8>,
    n3: Option<u8>,
    n4: Option<u8>,
    n7: Option<u8>,
    n8: Option<u8>,
    n16: Option<u8>,
    n17: Option<u8>,
    others: BTreeMap<String, u8>,
}
object!(Lengths {
    n0: "", optional; n1: "a", optional; n2: "ab", optional; n3: "abc", optional; n4: "abcd", optional;
    n7: "abcdefg", optional; n8: "abcdefgh", optional; n16: "abcdefghijklmnop", optional;
    n17: "abcdefghijklmnopq", optional; ..others;
});

fn read<T: serde::de::DeserializeOwned>(json: &str) -> Result<T, String> {
    serde_json::from_str(json).map_err(|error| error.to_string())
}

/// Reads a value and writes it again.
fn again<T: serde::de::DeserializeOwned + serde::Serialize>(json: &str) -> String {
    read::<T>(json).and_then(|value| serde_json::to_string(&value).map_err(|e| e.to_string())).unwrap_or_else(|e| e)
}

#[test]
fn debug_prints_what_a_derive_prints() {
    let table = Modes { id: 1, r#type: Some("x".to_owned()), nick: Some(None) };
    let derive = derived::Modes { id: 1, r#type: Some("x".to_owned()), nick: Some(None) };
    assert_eq!(format!("{table:?}"), format!("{derive:?}"));
    assert_eq!(format!("{table:#?}"), format!("{derive:#?}"));
}

#[test]
fn secrets_are_written_and_compared_but_not_printed() {
    let login: Login = read(r#"{"user":"u","password":"hunter2","x":7}"#).unwrap();
    assert_eq!(format!("{login:?}"), r#"Login { user: "u", password: [redacted], others: {"x": 7} }"#);
    assert_eq!(serde_json::to_string(&login).unwrap(), r#"{"user":"u","password":"hunter2","x":7}"#);
    let other = Login { password: Some("hunter3".to_owned()), ..login.clone() };
    assert!(login != other && login == login.clone());
    let more = Login { others: BTreeMap::new(), ..login.clone() };
    assert!(login != more);
}

#[test]
fn each_mode_treats_null_in_its_own_way() {
    assert_eq!(again::<Nulls>("{}"), "{}");
    assert_eq!(again::<Nulls>(r#"{"absent":null,"change":null}"#), r#"{"absent":null,"change":null}"#);
    assert_eq!(again::<Modes>(r#"{"id":1,"type":null}"#), r#"{"id":1}"#);
    let strictly = strict(|| read::<Modes>(r#"{"id":1,"type":null}"#)).unwrap_err();
    assert!(strictly.starts_with("invalid type: null, expected a string"), "{strictly}");
}

#[test]
fn more_than_eight_properties_are_read_in_any_order() {
    let json = r#"{"j":10,"i":9,"h":8,"a":1,"g":7,"f":6,"e":5,"d":4,"b":2,"c":3}"#;
    assert_eq!(again::<Ten>(json), r#"{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9,"j":10}"#);
}

#[test]
fn keys_that_differ_in_one_letter_are_distinguished() {
    for length in [0, 1, 2, 3, 4, 7, 8, 16, 17] {
        let key = &"abcdefghijklmnopq"[..length];
        let known = read::<Lengths>(&format!(r#"{{"{key}":1}}"#)).unwrap();
        assert!(known.others.is_empty(), "{key}");
        for place in 0..length {
            let mut other = key.to_owned();
            other.replace_range(place..=place, "-");
            let unknown = read::<Lengths>(&format!(r#"{{"{other}":1}}"#)).unwrap();
            assert_eq!(unknown.others.keys().collect::<Vec<_>>(), [&other]);
        }
    }
}

#[test]
fn the_first_missing_property_is_named() {
    let error = |json| read::<Ten>(json).unwrap_err();
    assert!(error(r#"{"a":1,"c":3}"#).starts_with("missing field `b`"));
    assert!(error(r#"{"h":8,"g":7,"f":6,"e":5,"d":4,"c":3,"b":2,"a":1}"#).starts_with("missing field `i`"));
    assert!(error("[]").contains("expected an object (Ten)"));
}

#[test]
fn the_last_of_equal_keys_wins() {
    assert_eq!(again::<Modes>(r#"{"id":1,"id":2}"#), r#"{"id":2}"#);
}

#[test]
fn unknown_keys_are_ignored_kept_or_refused() {
    assert_eq!(again::<Modes>(r#"{"more":[{}],"id":1}"#), r#"{"id":1}"#);
    assert_eq!(again::<Forbidding>(r#"{"x":1,"kind":2}"#), r#"{"x":1}"#);
    let strictly = |json| strict(|| again::<Forbidding>(json));
    assert!(strictly(r#"{"x":1,"kind":2}"#).starts_with("`kind` is not allowed"));
    assert_eq!(strictly(r#"{"x":1}"#), r#"{"x":1}"#);
    assert_eq!(again::<Closed>(r#"{"x":1}"#), "{}");
    assert!(strict(|| again::<Closed>(r#"{"x":1}"#)).starts_with("`x` is not allowed"));
}
