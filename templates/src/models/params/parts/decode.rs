//! From strings to values.

use std::borrow::Cow;

use serde::de::value::{Error, MapDeserializer, SeqDeserializer};
use serde::de::{DeserializeOwned, Deserializer, Error as _, IntoDeserializer, Visitor};

use serde_json::Value;

use super::Parts;
use crate::models::node::{NODE, Node, UNION, hand_over};

/// Rebuilds a value; its type decides what the strings mean.
pub(in crate::models::params) fn decode<T: DeserializeOwned>(parts: Parts) -> Result<T, Error> {
    T::deserialize(parts)
}

impl Parts {
    fn one_text(&self) -> Result<Cow<'_, str>, Error> {
        match self {
            Self::Text(text) | Self::Json(Value::String(text)) => Ok(Cow::Borrowed(text)),
            Self::Json(value) => Ok(Cow::Owned(value.to_string())),
            Self::Null => Err(Error::custom("expected a value")),
            Self::List(_) => Err(Error::custom("expected one value, found an array")),
            Self::Object(_) => Err(Error::custom("expected one value, found an object")),
        }
    }

    fn parse<T: std::str::FromStr>(&self, what: &str) -> Result<T, Error> {
        let text = self.one_text()?;
        text.parse().map_err(|_| Error::custom(format_args!("`{text}` is not {what}")))
    }

    fn to_node(&self) -> Node {
        match self {
            Self::Null => Node::Null,
            Self::Text(text) => Node::untyped(text),
            Self::Json(value) => Node::from(value.clone()),
            Self::List(items) => Node::Array(items.iter().map(Self::to_node).collect()),
            Self::Object(entries) => {
                Node::object(entries.iter().map(|(key, value)| (key.as_str().into(), value.to_node())).collect())
            }
        }
    }

    fn json(text: &str) -> Result<Value, Error> {
        serde_json::from_str(text).map_err(Error::custom)
    }
}

impl IntoDeserializer<'_> for Parts {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Parts {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Null => visitor.visit_unit(),
            Self::Text(text) => visitor.visit_string(text),
            Self::Json(value) => value.deserialize_any(visitor).map_err(Error::custom),
            Self::List(items) => visitor.visit_seq(SeqDeserializer::new(items.into_iter())),
            Self::Object(entries) => visitor.visit_map(MapDeserializer::new(entries.into_iter())),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self == Self::Null { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Error> {
        // Only the variants of a union know what its strings mean.
        if name == NODE || name == UNION {
            hand_over(self.to_node());
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_bool(self.parse("a boolean")?)
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_i64(self.parse("an integer")?)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_u64(self.parse("an integer of at least 0")?)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_f64(self.parse("a number")?)
    }

    fn deserialize_i8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_i16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_i32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    /// Accepts an array, JSON of one, the values of an object, whose keys are then indexes, and a single item.
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Text(text) => match Self::json(&text) {
                Ok(items @ Value::Array(_)) => items.deserialize_seq(visitor).map_err(Error::custom),
                _ => visitor.visit_seq(SeqDeserializer::new(std::iter::once(Self::Text(text)))),
            },
            Self::Object(entries) => {
                visitor.visit_seq(SeqDeserializer::new(entries.into_iter().map(|(_, value)| value)))
            }
            other => other.deserialize_any(visitor),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    /// Accepts an object, or JSON of one.
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Text(text) => Self::json(&text)?.deserialize_map(visitor).map_err(Error::custom),
            other => other.deserialize_any(visitor),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_map(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Json(Value::String(text)) => visitor.visit_string(text),
            Self::Json(value) => visitor.visit_string(value.to_string()),
            other => other.deserialize_any(visitor),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    serde::forward_to_deserialize_any! {
        i128 u128 char bytes byte_buf unit_struct tuple_struct enum identifier ignored_any
    }
}
