//! Values in the document: examples, defaults, constants.

use serde::ser::{Serialize, SerializeMap as _, SerializeSeq as _, Serializer};

use crate::invisible::is_invisible;
use crate::tree::Number;
pub use crate::tree::Tree as Literal;

impl Literal {
    /// The value as compact JSON, keys in the order of the document.
    pub fn json(&self) -> String {
        visible(serde_json::to_string(self).unwrap_or_else(|_| "null".to_owned()))
    }

    /// A text that is the same for equal values, in whatever order their keys are, so that values can be put into sets.
    pub fn key(&self) -> String {
        if self.is_container() { self.to_json().to_string() } else { self.json() }
    }

    /// The value as indented JSON, keys in the order of the document.
    pub fn pretty_json(&self) -> String {
        visible(serde_json::to_string_pretty(self).unwrap_or_else(|_| "null".to_owned()))
    }

    /// The words of the value: a string as it is, of arrays and objects all that they contain, any other value as JSON.
    pub fn words(&self) -> String {
        match self {
            Self::Array(items) => items.iter().map(Self::words).collect::<Vec<_>>().join(" "),
            Self::Object(map) => {
                let entries = map.iter().map(|(key, value)| format!("{key} {}", value.words()));
                entries.collect::<Vec<_>>().join(" ")
            }
            other => other.text(),
        }
    }

    /// A string as it is, any other value as compact JSON.
    pub fn text(&self) -> String {
        match self {
            Self::String(text) => text.clone(),
            other => other.json(),
        }
    }
}

/// Escapes the invisible characters of JSON, which only strings contain.
fn visible(json: String) -> String {
    if !json.contains(is_invisible) {
        return json;
    }
    let mut out = String::with_capacity(json.len() + 64);
    for c in json.chars() {
        if is_invisible(c) {
            out.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out
}

impl Serialize for Literal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(Number::Int(value)) => match (i64::try_from(*value), u64::try_from(*value)) {
                (Ok(value), _) => serializer.serialize_i64(value),
                (_, Ok(value)) => serializer.serialize_u64(value),
                _ => serializer.serialize_i128(*value),
            },
            Self::Number(Number::Float(value)) => serializer.serialize_f64(*value),
            Self::String(text) => serializer.serialize_str(text),
            Self::Array(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(item)?;
                }
                list.end()
            }
            Self::Object(map) => {
                let mut object = serializer.serialize_map(Some(map.len()))?;
                for (key, value) in map {
                    object.serialize_entry(key, value)?;
                }
                object.end()
            }
        }
    }
}
