//! Reads and writes variants.

use std::rc::Rc;

use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeOwned, Error, MapAccess};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;

use super::super::Node;
use super::super::object::Key;

/// Reads a variant from an object.
///
/// Fails if the object does not match; the error names the variant.
pub fn variant<'de, T: serde::Deserialize<'de>, A: MapAccess<'de>>(name: &'static str, map: A) -> Result<T, A::Error> {
    T::deserialize(MapAccessDeserializer::new(map))
        .map_err(|error| A::Error::custom(format_args!("as {name}: {error}")))
}

/// Reads a variant as [`variant`] does, but reads the whole object into memory first. Otherwise a union that contains
/// itself would be read by infinitely many types.
pub fn buffered<'de, T: DeserializeOwned, A: MapAccess<'de>>(name: &'static str, mut map: A) -> Result<T, A::Error> {
    let mut entries = Vec::new();
    while let Some(key) = map.next_key::<Key<'de>>()? {
        entries.push((Rc::from(key.as_str()), map.next_value()?));
    }
    T::deserialize(Node::object(entries)).map_err(|error| A::Error::custom(format_args!("as {name}: {error}")))
}

/// Writes a variant whose type does not contain the tag.
pub fn write_tagged<T: Serialize, S: Serializer>(
    property: &'static str,
    tag: Option<impl Into<Value>>,
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut written = serde_json::to_value(value).map_err(serde::ser::Error::custom)?;
    if let (Value::Object(map), Some(tag)) = (&mut written, tag) {
        map.entry(property).or_insert_with(|| tag.into());
    }
    written.serialize(serializer)
}
