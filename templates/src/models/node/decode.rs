//! Nodes are read from any format, and types are read from nodes.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use serde::de::value::StrDeserializer;
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, EnumAccess, Error, IntoDeserializer, MapAccess, SeqAccess, Unexpected,
    VariantAccess, Visitor,
};

use super::Node;

/// The name of the newtype that a [`Node`] asks a deserializer for.
pub(in crate::models) const NODE: &str = "crategen::node";

/// The name of the newtype that a union asks a deserializer for.
pub const UNION: &str = "crategen::union";

thread_local! {
    static HANDED_OVER: RefCell<Option<Node>> = const { RefCell::new(None) };
}

/// Returns the node that is being read, if the deserializer is one and was asked for a newtype named [`NODE`] or [`UNION`].
///
/// A visitor calls this first of all in `visit_newtype_struct`.
pub(in crate::models) fn handed_over() -> Option<Node> {
    HANDED_OVER.take()
}

/// Passes a node on to the visitor that asked a deserializer for a newtype named [`NODE`] or [`UNION`].
pub(in crate::models) fn hand_over(node: Node) {
    HANDED_OVER.set(Some(node));
}

/// The error of a node that does not match a type.
#[derive(Debug)]
pub struct NodeError(String);

impl fmt::Display for NodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NodeError {}

impl Error for NodeError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(NODE, NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        match handed_over() {
            Some(node) => Ok(node),
            None => deserializer.deserialize_any(self),
        }
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        Ok(number(value).map_or(Node::Null, Node::Number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Node::Array(list.into()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = map.next_key::<super::super::object::Key<'de>>()? {
            entries.push((Rc::from(key.as_str()), map.next_value()?));
        }
        Ok(Node::object(entries))
    }
}

/// A number, as an integer if it is one (JSON Schema Core 2020-12 §4.2.1). `None` if it is not finite.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // whole numbers within the limits
fn number(value: f64) -> Option<serde_json::Number> {
    const I64: std::ops::Range<f64> = -9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0;
    const U64: std::ops::Range<f64> = 0.0..18_446_744_073_709_551_616.0;
    if value.fract() != 0.0 {
        return serde_json::Number::from_f64(value);
    }
    if I64.contains(&value) {
        Some((value as i64).into())
    } else if U64.contains(&value) {
        Some((value as u64).into())
    } else {
        serde_json::Number::from_f64(value)
    }
}

/// Types that no string stands for read a text of unknown type as the value that it looks like.
macro_rules! as_value {
    ($($name:ident),*) => {$(
        fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NodeError> {
            match &self {
                Self::Untyped(untyped) => untyped.as_value().cloned().unwrap_or(self).deserialize_any(visitor),
                _ => self.deserialize_any(visitor),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for Node {
    type Error = NodeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NodeError> {
        match self {
            Self::Null => visitor.visit_unit(),
            Self::Bool(value) => visitor.visit_bool(value),
            Self::Number(number) => number.deserialize_any(visitor).map_err(NodeError::custom),
            Self::Text(text) => visitor.visit_str(&text),
            Self::Untyped(untyped) => visitor.visit_str(&untyped.text),
            Self::Array(items) => {
                let mut items = Items { items, next: 0 };
                let value = visitor.visit_seq(&mut items)?;
                items.end().map(|()| value)
            }
            Self::Object(entries) => visitor.visit_map(Entries { entries, next: 0 }),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NodeError> {
        if matches!(self, Self::Null) { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, NodeError> {
        if name == NODE || name == UNION {
            hand_over(self.clone());
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, NodeError> {
        visitor.visit_enum(self)
    }

    as_value! {
        deserialize_bool, deserialize_i8, deserialize_i16, deserialize_i32, deserialize_i64, deserialize_u8, deserialize_u16,
        deserialize_u32, deserialize_u64, deserialize_f32, deserialize_f64, deserialize_seq
    }

    /// Visitors of maps may accept `null` as an empty map, which JSON does not.
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NodeError> {
        match &self {
            Self::Null => Err(NodeError::invalid_type(Unexpected::Unit, &visitor)),
            Self::Untyped(untyped) => untyped.as_value().cloned().unwrap_or(self).deserialize_any(visitor),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _length: usize, visitor: V) -> Result<V::Value, NodeError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, NodeError> {
        self.deserialize_map(visitor)
    }

    serde::forward_to_deserialize_any! {
        i128 u128 char str string bytes byte_buf unit unit_struct tuple_struct identifier ignored_any
    }
}

impl IntoDeserializer<'_, NodeError> for Node {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

struct Items {
    items: Rc<[Node]>,
    next: usize,
}

impl Items {
    /// Fails if the type has room for fewer items than there are: then it would lose the others.
    fn end(&self) -> Result<(), NodeError> {
        if self.next >= self.items.len() {
            return Ok(());
        }
        Err(NodeError::custom(format_args!("must have {} items, found {}", self.next, self.items.len())))
    }
}

impl<'de> SeqAccess<'de> for Items {
    type Error = NodeError;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, NodeError> {
        let Some(item) = self.items.get(self.next) else { return Ok(None) };
        self.next += 1;
        seed.deserialize(item.clone()).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        self.items.len().checked_sub(self.next)
    }
}

struct Entries {
    entries: Rc<[(Rc<str>, Node)]>,
    next: usize,
}

impl<'de> MapAccess<'de> for Entries {
    type Error = NodeError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, NodeError> {
        let Some((key, _)) = self.entries.get(self.next) else { return Ok(None) };
        self.next += 1;
        seed.deserialize(StrDeserializer::new(key)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, NodeError> {
        let value = self.next.checked_sub(1).and_then(|index| self.entries.get(index)).map(|(_, value)| value.clone());
        seed.deserialize(value.unwrap_or(Node::Null))
    }

    fn size_hint(&self) -> Option<usize> {
        self.entries.len().checked_sub(self.next)
    }
}

/// An enum as serde derives it: the name of a variant, or an object with the name as its only key.
impl<'de> EnumAccess<'de> for Node {
    type Error = NodeError;
    type Variant = Content;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Content), NodeError> {
        let (name, content) = match &self {
            Self::Text(name) => (name, None),
            Self::Object(entries) => match &**entries {
                [(name, content)] => (name, Some(content.clone())),
                _ => return Err(NodeError::custom("must have exactly one key")),
            },
            _ => return Err(NodeError::custom("must be a string or an object")),
        };
        Ok((seed.deserialize(StrDeserializer::new(name))?, Content(content)))
    }
}

/// What a variant of an enum holds.
#[derive(Debug)]
pub struct Content(Option<Node>);

impl<'de> VariantAccess<'de> for Content {
    type Error = NodeError;

    fn unit_variant(self) -> Result<(), NodeError> {
        if self.0.is_none() { Ok(()) } else { Err(NodeError::custom("must be a string")) }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, NodeError> {
        seed.deserialize(self.0.unwrap_or(Node::Null))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _length: usize, visitor: V) -> Result<V::Value, NodeError> {
        self.0.unwrap_or(Node::Null).deserialize_any(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, NodeError> {
        self.0.unwrap_or(Node::Null).deserialize_any(visitor)
    }
}
