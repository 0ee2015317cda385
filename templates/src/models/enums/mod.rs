//! Enums of strings, integers or any JSON values, each declared by a table.

mod int;
mod json;
mod string;

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde_json::Value;

/// Reads a string and converts it.
pub fn text<'de, T, D: Deserializer<'de>>(deserializer: D, meaning: fn(&str) -> T) -> Result<T, D::Error> {
    struct Text<T>(fn(&str) -> T);
    impl<T> Visitor<'_> for Text<T> {
        type Value = T;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("a string")
        }

        fn visit_str<E>(self, text: &str) -> Result<T, E> {
            Ok((self.0)(text))
        }
    }
    deserializer.deserialize_str(Text(meaning))
}

/// Reads an integer. A number without a fraction, such as `2.0`, counts as one (JSON Schema Core 2020-12 §4.2.3).
pub fn whole<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    struct Whole;
    impl Visitor<'_> for Whole {
        type Value = i64;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("a whole number")
        }

        fn visit_i64<E>(self, value: i64) -> Result<i64, E> {
            Ok(value)
        }

        fn visit_u64<E: Error>(self, value: u64) -> Result<i64, E> {
            i64::try_from(value).map_err(|_| E::custom("the number is too large"))
        }

        fn visit_f64<E: Error>(self, value: f64) -> Result<i64, E> {
            // A double of this size that has no fraction is exactly a whole number.
            #[allow(clippy::cast_possible_truncation)]
            if value.fract() == 0.0 && value.abs() < 9e18 {
                Ok(value as i64)
            } else {
                Err(E::custom("must be a whole number"))
            }
        }
    }
    deserializer.deserialize_i64(Whole)
}

/// Returns the index of the first JSON text whose value equals `value`.
pub fn position(value: &Value, texts: &[&str]) -> Option<usize> {
    let canonical = |value: Value| super::validate::canonical(&value.into());
    let wanted = canonical(value.clone());
    texts.iter().position(|text| literal(text).is_some_and(|known| canonical(known) == wanted))
}

/// Parses a JSON literal of the document.
pub fn literal(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok()
}

/// Reads any JSON value.
pub fn value<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
    Value::deserialize(deserializer)
}

/// Reports a value that an enum does not list.
pub fn unlisted<T: std::fmt::Display>(checks: &mut super::Checks<'_>, listed: &[T]) {
    checks.violation(must_be_one_of(listed));
}

/// How many values a message lists.
const MOST_SHOWN: usize = 20;

/// Returns what a value that is not listed should have been.
pub fn must_be_one_of<T: std::fmt::Display>(listed: &[T]) -> String {
    format!("must be one of {}", shown(listed))
}

/// Lists values for a message.
pub(super) fn shown<T: std::fmt::Display>(listed: &[T]) -> String {
    let mut shown: Vec<String> = listed.iter().take(MOST_SHOWN).map(|value| format!("`{value}`")).collect();
    if listed.len() > MOST_SHOWN {
        shown.push(format!("{} others", listed.len() - MOST_SHOWN));
    }
    shown.join(", ")
}
