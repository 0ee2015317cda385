//! JSON and YAML values: the content of a document before it is interpreted.

mod build;
mod merge;
mod typed;
mod walk;

use std::fmt;

use indexmap::IndexMap;

use crate::diag::Pointer;

pub use build::{MAX_DEPTH, Notes, TreeBuilder};
pub use merge::apply_merge_keys;

/// A mapping, in the order of the document.
pub type Map = IndexMap<String, Tree, foldhash::fast::RandomState>;

/// A JSON or YAML value. Mappings keep their order; keys that are not strings are kept as their text.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Tree {
    /// `null`, `~` or an empty value.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    String(String),
    /// A list.
    Array(Vec<Tree>),
    /// A mapping.
    Object(Map),
}

/// A number. Integers of up to 128 bits are exact.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// A number without fraction and exponent.
    Int(i128),
    /// Any other number.
    Float(f64),
}

impl Number {
    /// Returns the nearest `f64`.
    #[allow(clippy::cast_precision_loss)]
    pub fn as_f64(self) -> f64 {
        match self {
            Self::Int(value) => value as f64,
            Self::Float(value) => value,
        }
    }

    /// Returns the value of a whole number. `2.0` is one.
    #[allow(clippy::cast_possible_truncation)]
    pub fn as_int(self) -> Option<i128> {
        match self {
            Self::Int(value) => Some(value),
            Self::Float(value) if value.fract() == 0.0 && value.abs() < 1e30 => Some(value as i128),
            Self::Float(_) => None,
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(value) => write!(f, "{value}"),
            Self::Float(value) => write!(f, "{value:?}"),
        }
    }
}

impl Tree {
    /// Returns the value as YAML.
    pub fn to_yaml(&self) -> String {
        serde_yaml::to_string(self).unwrap_or_else(|_| "null\n".to_owned())
    }

    /// Returns the value of a key, if this is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.as_object()?.get(key)
    }

    /// Returns the value of a key or the item at an index.
    pub fn child(&self, token: &str) -> Option<&Self> {
        match self {
            Self::Object(map) => map.get(token),
            Self::Array(items) => items.get(token.parse::<usize>().ok()?),
            _ => None,
        }
    }

    /// Returns the value at a pointer, if this is the root of its file.
    pub fn below(&self, at: &Pointer) -> Option<&Self> {
        at.tokens().try_fold(self, |tree, token| tree.child(&token))
    }

    /// Returns the value at a pointer for changes, if this is the root of its file.
    pub fn below_mut(&mut self, at: &Pointer) -> Option<&mut Self> {
        let mut tree = self;
        for token in at.tokens() {
            tree = match tree {
                Self::Object(map) => map.get_mut(&token)?,
                Self::Array(items) => items.get_mut(token.parse::<usize>().ok()?)?,
                _ => return None,
            };
        }
        Some(tree)
    }

    /// Returns the entries of a mapping or the items of a list, each with its token of a JSON pointer.
    pub fn children(&self) -> Box<dyn Iterator<Item = (std::borrow::Cow<'_, str>, &Self)> + '_> {
        match self {
            Self::Object(map) => Box::new(map.iter().map(|(key, value)| (key.as_str().into(), value))),
            Self::Array(items) => Box::new(items.iter().enumerate().map(|(i, item)| (i.to_string().into(), item))),
            _ => Box::new(std::iter::empty()),
        }
    }

    /// Returns the mapping, if this is one.
    pub fn as_object(&self) -> Option<&Map> {
        if let Self::Object(map) = self { Some(map) } else { None }
    }

    /// Returns the mapping for changes, if this is one.
    pub fn as_object_mut(&mut self) -> Option<&mut Map> {
        if let Self::Object(map) = self { Some(map) } else { None }
    }

    /// Returns the list, if this is one.
    pub fn as_array(&self) -> Option<&[Self]> {
        if let Self::Array(items) = self { Some(items) } else { None }
    }

    /// Returns the string, if this is one.
    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self { Some(text) } else { None }
    }

    /// Returns the boolean, if this is one.
    pub fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(value) = self { Some(*value) } else { None }
    }

    /// Returns the number, if this is one.
    pub fn as_number(&self) -> Option<Number> {
        if let Self::Number(value) = self { Some(*value) } else { None }
    }

    /// Whether this is a list or a mapping.
    pub fn is_container(&self) -> bool {
        matches!(self, Self::Array(_) | Self::Object(_))
    }

    /// Returns the name of this kind of value for messages.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::String(_) => "a string",
            Self::Array(_) => "an array",
            Self::Object(_) => "an object",
        }
    }

    /// Returns the value for `serde_json`. Integers of more than 64 bits become the nearest `f64`.
    pub fn to_json(&self) -> serde_json::Value {
        use serde_json::Value;
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(*value),
            Self::Number(number) => match *number {
                Number::Int(value) => i64::try_from(value)
                    .map(Value::from)
                    .or_else(|_| u64::try_from(value).map(Value::from))
                    .unwrap_or_else(|_| Value::from(number.as_f64())),
                Number::Float(value) => Value::from(value),
            },
            Self::String(text) => Value::String(text.clone()),
            Self::Array(items) => Value::Array(items.iter().map(Self::to_json).collect()),
            Self::Object(map) => Value::Object(map.iter().map(|(k, v)| (k.clone(), v.to_json())).collect()),
        }
    }
}

impl From<&str> for Tree {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl FromIterator<(String, Self)> for Tree {
    fn from_iter<I: IntoIterator<Item = (String, Self)>>(entries: I) -> Self {
        Self::Object(entries.into_iter().collect())
    }
}
