//! Nodes as JSON.

use serde::ser::{Serialize, Serializer};

use super::Node;

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(number) => number.serialize(serializer),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Untyped(untyped) => serializer.serialize_str(&untyped.text),
            Self::Array(items) => serializer.collect_seq(items.iter()),
            Self::Object(entries) => serializer.collect_map(entries.iter().map(|(key, value)| (&**key, value))),
        }
    }
}
