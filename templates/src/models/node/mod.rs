//! JSON values that are cheap to clone, and whose arrays and objects have an identity.
//!
//! What a union has to read before it knows its variant is kept as a [`Node`]. Clones share their content, so no level of nesting
//! copies what is inside it, and a verdict about an array or object can be found again.

mod decode;
mod encode;
mod untyped;

use std::rc::Rc;

use serde_json::{Map, Number, Value};

pub(super) use decode::{NODE, hand_over, handed_over};
pub use decode::{NodeError, UNION};
pub use untyped::Untyped;

use super::rules::limit::integer;

/// A JSON value.
#[derive(Clone, Debug)]
pub enum Node {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    Text(Rc<str>),
    /// A text of a parameter or of a field of a form, whose type is unknown.
    Untyped(Rc<Untyped>),
    /// An array.
    Array(Rc<[Node]>),
    /// An object, in the order of its keys. Each key is there once.
    Object(Rc<[(Rc<str>, Node)]>),
}

impl Node {
    /// Creates an object. Of several values of a key, the last one counts.
    pub fn object(mut entries: Vec<(Rc<str>, Self)>) -> Self {
        entries.sort_by(|(a, _), (b, _)| a.cmp(b));
        entries.reverse();
        entries.dedup_by(|(a, _), (b, _)| a == b);
        entries.reverse();
        Self::Object(entries.into())
    }

    /// Creates a string.
    pub fn text(text: &str) -> Self {
        Self::Text(text.into())
    }

    /// Returns the string, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Untyped(untyped) => Some(&untyped.text),
            _ => None,
        }
    }

    /// Returns the value as the tag of a union: a string as it is, a whole number in its shortest form, or a boolean.
    pub(super) fn tag(&self) -> Option<String> {
        match self {
            Self::Number(number) => Some(integer(number).map_or_else(|| number.to_string(), |whole| whole.to_string())),
            Self::Bool(value) => Some(value.to_string()),
            other => other.as_str().map(str::to_owned),
        }
    }

    /// Returns the items of an array; none of any other value.
    pub fn items(&self) -> &[Self] {
        if let Self::Array(items) = self { items } else { &[] }
    }

    /// Returns the entries of an object; none of any other value.
    pub fn entries(&self) -> &[(Rc<str>, Self)] {
        if let Self::Object(entries) = self { entries } else { &[] }
    }

    /// Returns the value of a key of an object.
    pub fn get(&self, key: &str) -> Option<&Self> {
        let entries = self.entries();
        let index = entries.binary_search_by(|(known, _)| (**known).cmp(key)).ok()?;
        entries.get(index).map(|(_, value)| value)
    }

    /// Returns what distinguishes an array or object from all others that exist; `None` for other values, and for empty ones.
    pub(super) fn identity(&self) -> Option<usize> {
        match self {
            Self::Array(items) if !items.is_empty() => Some(items.as_ptr().addr()),
            Self::Object(entries) if !entries.is_empty() => Some(entries.as_ptr().addr()),
            _ => None,
        }
    }

    /// Returns the value as a value of `serde_json`.
    pub fn to_value(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(*value),
            Self::Number(number) => Value::Number(number.clone()),
            Self::Text(text) => Value::String((**text).to_owned()),
            Self::Untyped(untyped) => Value::String((*untyped.text).to_owned()),
            Self::Array(items) => Value::Array(items.iter().map(Self::to_value).collect()),
            Self::Object(entries) => {
                let entries = entries.iter().map(|(key, value)| ((**key).to_owned(), value.to_value()));
                Value::Object(entries.collect::<Map<_, _>>())
            }
        }
    }
}

impl From<Value> for Node {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(value),
            Value::Number(number) => Self::Number(number),
            Value::String(text) => Self::Text(text.into()),
            Value::Array(items) => Self::Array(items.into_iter().map(Self::from).collect()),
            Value::Object(entries) => {
                Self::object(entries.into_iter().map(|(key, value)| (key.into(), value.into())).collect())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Node;

    #[test]
    fn values_survive_the_round_trip() {
        let value = json!({"b": [1, 2.5, null, true], "a": {"text": "x", "none": {}, "list": []}});
        let node = Node::from(value.clone());
        assert_eq!(node.to_value(), value);
        assert_eq!(node.get("a").and_then(|a| a.get("text")).and_then(Node::as_str), Some("x"));
        assert!(node.get("c").is_none());
        let read: Node = serde_json::from_str(&value.to_string()).unwrap_or(Node::Null);
        assert_eq!(read.to_value(), value);
        assert_eq!(serde_json::from_str::<Value>(&serde_json::to_string(&read).unwrap_or_default()).ok(), Some(value));
    }

    #[test]
    fn the_last_value_of_a_key_counts() {
        let read: Node = serde_json::from_str(r#"{"a": 1, "b": 2, "a": 3}"#).unwrap_or(Node::Null);
        assert_eq!(read.to_value(), json!({"a": 3, "b": 2}));
    }

    #[test]
    fn a_node_inside_a_node_is_shared() {
        let read: Node = serde_json::from_str(r#"{"a": [1]}"#).unwrap_or(Node::Null);
        let inside: std::collections::BTreeMap<String, Node> =
            serde::Deserialize::deserialize(read.clone()).unwrap_or_default();
        let a = inside.get("a").and_then(Node::identity);
        assert!(a.is_some() && a == read.get("a").and_then(Node::identity));
    }
}
