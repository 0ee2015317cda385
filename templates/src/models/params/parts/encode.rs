//! From values to strings.

use std::fmt;

use serde::Serialize;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::Parts;

/// Reduces a value. Arrays and objects inside another one become JSON.
pub(in crate::models::params) fn encode<T: Serialize + ?Sized>(value: &T) -> Result<Parts, serde_json::Error> {
    reduce(serde_json::to_string(value)?, Reduce { nested: false, spread: false })
}

/// Reduces a value. Arrays and objects inside another one are kept.
pub(in crate::models::params) fn encode_nested<T: Serialize + ?Sized>(value: &T) -> Result<Parts, serde_json::Error> {
    reduce(serde_json::to_string(value)?, Reduce { nested: true, spread: false })
}

/// Reduces a value. Arrays of strings inside an object are kept; everything else inside another value becomes JSON.
pub(in crate::models::params) fn encode_spread<T: Serialize + ?Sized>(value: &T) -> Result<Parts, serde_json::Error> {
    reduce(serde_json::to_string(value)?, Reduce { nested: false, spread: true })
}

/// Returns the entries of an object, in their order, as JSON.
pub(in crate::models::params) fn entries<T: Serialize + ?Sized>(
    value: &T,
) -> Result<Vec<(String, serde_json::Value)>, serde_json::Error> {
    struct Entries(Vec<(String, serde_json::Value)>);
    struct EntriesVisitor;

    impl<'de> Deserialize<'de> for Entries {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_map(EntriesVisitor)
        }
    }

    impl<'de> Visitor<'de> for EntriesVisitor {
        type Value = Entries;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries, A::Error> {
            let mut entries = Vec::new();
            while let Some(entry) = map.next_entry()? {
                entries.push(entry);
            }
            Ok(Entries(entries))
        }
    }

    serde_json::from_str::<Entries>(&serde_json::to_string(value)?).map(|entries| entries.0)
}

fn reduce(mut json: String, how: Reduce) -> Result<Parts, serde_json::Error> {
    if is_integer(&json) {
        return Ok(Parts::Text(json));
    }
    match json.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        // The quotes are removed in place.
        Some(text) if !text.contains('\\') => {
            json.pop();
            json.remove(0);
            Ok(Parts::Text(json))
        }
        _ => how.deserialize(&mut serde_json::Deserializer::from_str(&json)),
    }
}

/// Returns whether this is an integer that is written as it is read. Larger ones become floating-point numbers.
fn is_integer(json: &str) -> bool {
    let digits = json.strip_prefix('-').unwrap_or(json);
    digits.len() <= 18 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[derive(Clone, Copy)]
struct Reduce {
    nested: bool,
    spread: bool,
}

impl<'de> DeserializeSeed<'de> for Reduce {
    type Value = Parts;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Parts, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reduce {
    type Value = Parts;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Parts, E> {
        Ok(Parts::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Parts, E> {
        Ok(Parts::Text(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Parts, E> {
        Ok(Parts::Text(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Parts, E> {
        Ok(Parts::Text(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Parts, E> {
        Ok(Parts::Text(value.to_string()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Parts, E> {
        Ok(Parts::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Parts, A::Error> {
        let mut list = Vec::new();
        if self.nested {
            while let Some(item) = items.next_element_seed(self)? {
                list.push(item);
            }
        } else {
            while let Some(item) = items.next_element()? {
                list.push(Parts::Text(text_of(item)));
            }
        }
        Ok(Parts::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Parts, A::Error> {
        let mut object = Vec::new();
        while let Some(key) = entries.next_key::<String>()? {
            let value = if self.nested {
                entries.next_value_seed(self)?
            } else {
                match entries.next_value()? {
                    serde_json::Value::Array(items) if self.spread => {
                        Parts::List(items.into_iter().map(|item| Parts::Text(text_of(item))).collect())
                    }
                    value => Parts::Text(text_of(value)),
                }
            };
            object.push((key, value));
        }
        Ok(Parts::Object(object))
    }
}

/// Returns a value as one string: a string as it is, everything else as JSON.
fn text_of(value: serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text,
        serde_json::Value::Null => String::new(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde::de::DeserializeSeed as _;

    use super::{Reduce, is_integer, reduce};

    #[test]
    fn integers_are_written_as_they_are_read() {
        for (json, expected) in [
            ("0", true),
            ("-7", true),
            ("999999999999999999", true),
            ("-999999999999999999", true),
            ("1000000000000000000", false),
            ("99999999999999999999", false),
            ("1.0", false),
            ("-0.0", false),
            ("1e3", false),
            ("true", false),
            ("null", false),
            ("\"1\"", false),
            ("\"a\\\"b\"", false),
            ("\"\"", false),
            ("[1]", false),
            ("{\"a\":1}", false),
        ] {
            assert_eq!(is_integer(json), expected, "{json}");
            let how = Reduce { nested: false, spread: false };
            let slow = how.deserialize(&mut serde_json::Deserializer::from_str(json)).ok();
            assert_eq!(reduce(json.to_owned(), how).ok(), slow, "{json}");
        }
    }
}
