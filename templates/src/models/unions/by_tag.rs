//! Unions with a tag.

use std::fmt;
use std::marker::PhantomData;
use std::rc::Rc;

use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Unexpected, Visitor};
use serde_json::Value;

use super::super::Node;
use super::super::object::Key;
use super::resumed::{ByReference, Resumed};

/// A union with a tag: a property whose value decides which variant it is.
pub trait ByTag<'de>: Sized {
    /// The name of the type, for messages.
    const NAME: &'static str;
    /// The key of the tag.
    const PROPERTY: &'static str;

    /// Reads the variant with this tag; `None` if there is none.
    fn from_map<A: MapAccess<'de>>(tag: &str, map: A) -> Option<Result<Self, A::Error>>;

    /// Whether values other than objects have variants.
    const HAS_OTHERS: bool;

    /// Reads a value that is not an object; `None` if it matches no variant.
    fn other(node: Node) -> Option<Self>;

    /// Keeps a value without a known tag. Fails with the value if the union has no variant for it.
    fn unknown(value: Value) -> Result<Self, Value>;
}

/// Reads a union with a tag.
pub fn by_tag<'de, T: ByTag<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    if T::HAS_OTHERS {
        deserializer.deserialize_any(TagVisitor(PhantomData))
    } else {
        deserializer.deserialize_map(TagVisitor(PhantomData))
    }
}

struct TagVisitor<T>(PhantomData<T>);

impl<'de, T: ByTag<'de>> Visitor<'de> for TagVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", T::NAME)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<T, E> {
        other(Node::Bool(value), Unexpected::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        other(Node::Number(value.into()), Unexpected::Signed(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        other(Node::Number(value.into()), Unexpected::Unsigned(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<T, E> {
        let node = serde_json::Number::from_f64(value).map_or(Node::Null, Node::Number);
        other(node, Unexpected::Float(value))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        other(Node::text(text), Unexpected::Str(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<T, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        other(Node::Array(list.into()), Unexpected::Seq)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let mut read: Vec<(Key<'de>, Node)> = Vec::new();
        while let Some(key) = map.next_key::<Key>()? {
            let found = key.as_str() == T::PROPERTY;
            let value: Node = map.next_value()?;
            let tag = if found { value.tag() } else { None };
            read.push((key, value));
            if let Some(tag) = tag {
                return with_tag(&tag, read, map);
            }
        }
        refuse(read, None)
    }
}

/// Reads a value that is not an object.
fn other<'de, T: ByTag<'de>, E: Error>(node: Node, found: Unexpected<'_>) -> Result<T, E> {
    T::other(node).ok_or_else(|| E::invalid_type(found, &T::NAME))
}

fn with_tag<'de, T: ByTag<'de>, A: MapAccess<'de>>(
    tag: &str,
    read: Vec<(Key<'de>, Node)>,
    mut rest: A,
) -> Result<T, A::Error> {
    let mut resumed = Resumed { read: read.into_iter(), key: None, value: None, rest: &mut rest };
    if let Some(result) = T::from_map(tag, ByReference(&mut resumed)) {
        return result;
    }
    let mut read: Vec<(Key<'de>, Node)> = resumed.read.collect();
    while let Some(entry) = rest.next_entry()? {
        read.push(entry);
    }
    refuse(read, Some(tag))
}

fn refuse<'de, T: ByTag<'de>, E: Error>(read: Vec<(Key<'de>, Node)>, tag: Option<&str>) -> Result<T, E> {
    let entries = read.into_iter().map(|(key, value)| (Rc::from(key.as_str()), value)).collect();
    T::unknown(Node::object(entries).to_value()).map_err(|_| match tag {
        Some(tag) => E::custom(format_args!("no variant of {} has the {} `{tag}`", T::NAME, T::PROPERTY)),
        None => E::missing_field(T::PROPERTY),
    })
}
