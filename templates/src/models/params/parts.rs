//! Values reduced to strings, and back again.

use std::borrow::Cow;
use std::fmt;

use serde::Serialize;
use serde::de::value::{Error, MapDeserializer, SeqDeserializer};
use serde::de::{
    Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, Error as _, IntoDeserializer, MapAccess, SeqAccess,
    Visitor,
};

/// A value reduced to strings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parts {
    /// No value.
    Null,
    /// One string.
    Text(String),
    /// An array.
    List(Vec<Parts>),
    /// An object; its entries keep their order.
    Object(Vec<(String, Parts)>),
}

/// Reduces a value. Arrays and objects inside another one become JSON.
pub(super) fn encode<T: Serialize + ?Sized>(value: &T) -> Result<Parts, serde_json::Error> {
    reduce(&serde_json::to_string(value)?, Reduce { nested: false })
}

/// Reduces a value. Arrays and objects inside another one are kept.
pub(super) fn encode_nested<T: Serialize + ?Sized>(value: &T) -> Result<Parts, serde_json::Error> {
    reduce(&serde_json::to_string(value)?, Reduce { nested: true })
}

/// Rebuilds a value; its type decides what the strings mean.
pub(super) fn decode<T: DeserializeOwned>(parts: Parts) -> Result<T, Error> {
    T::deserialize(parts)
}

/// Returns the entries of an object, in their order, as JSON.
pub(super) fn entries<T: Serialize + ?Sized>(value: &T) -> Result<Vec<(String, serde_json::Value)>, serde_json::Error> {
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

fn reduce(json: &str, how: Reduce) -> Result<Parts, serde_json::Error> {
    how.deserialize(&mut serde_json::Deserializer::from_str(json))
}

#[derive(Clone, Copy)]
struct Reduce {
    nested: bool,
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
            let value =
                if self.nested { entries.next_value_seed(self)? } else { Parts::Text(text_of(entries.next_value()?)) };
            object.push((key, value));
        }
        Ok(Parts::Object(object))
    }
}

/// Returns a value as one string: a string as it is, everything else as JSON.
pub(super) fn text_of(value: serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text,
        serde_json::Value::Null => String::new(),
        other => other.to_string(),
    }
}

impl Parts {
    /// Returns the string; empty for anything else, because arrays and objects inside another one are JSON already.
    pub(super) fn text(&self) -> &str {
        if let Self::Text(text) = self { text } else { "" }
    }

    fn one_text(&self) -> Result<&str, Error> {
        match self {
            Self::Text(text) => Ok(text),
            Self::Null => Err(Error::custom("expected a value")),
            Self::List(_) => Err(Error::custom("expected one value, found an array")),
            Self::Object(_) => Err(Error::custom("expected one value, found an object")),
        }
    }

    fn parse<T: std::str::FromStr>(&self, what: &str) -> Result<T, Error> {
        let text = self.one_text()?;
        text.parse().map_err(|_| Error::custom(format_args!("`{text}` is not {what}")))
    }

    fn json(text: &str) -> Result<serde_json::Value, Error> {
        serde_json::from_str(text).map_err(Error::custom)
    }
}

impl<'t> From<Cow<'t, str>> for Parts {
    fn from(text: Cow<'t, str>) -> Self {
        Self::Text(text.into_owned())
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
            Self::List(items) => visitor.visit_seq(SeqDeserializer::new(items.into_iter())),
            Self::Object(entries) => visitor.visit_map(MapDeserializer::new(entries.into_iter())),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self == Self::Null { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Text(text) if name == super::super::unions::UNION => visitor.visit_bytes(text.as_bytes()),
            Self::List(items) if name == super::super::unions::UNION => {
                let texts: Vec<&str> = items.iter().map(Self::text).collect();
                visitor.visit_byte_buf(serde_json::to_vec(&texts).map_err(Error::custom)?)
            }
            parts => visitor.visit_newtype_struct(parts),
        }
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

    /// Accepts an array, JSON of one, and the values of an object, whose keys are then indexes.
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Text(text) => Self::json(&text)?.deserialize_seq(visitor).map_err(Error::custom),
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

    serde::forward_to_deserialize_any! {
        i128 u128 char str string bytes byte_buf unit_struct tuple_struct enum identifier ignored_any
    }
}
