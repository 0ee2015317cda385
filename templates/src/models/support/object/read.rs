//! Reading an object key by key.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};

use super::{Key, Properties, Unknown};

/// Reads objects of a type: what is done with unknown keys, and how the type is built of its properties.
pub struct Reader<P, U, B> {
    unknown: U,
    build: B,
    properties: PhantomData<P>,
}

/// A reader of a type that is built of its properties and what was kept of unknown keys.
///
/// The properties' types are those of the arguments of `build`; they are known before any trait is asked of them,
/// which costs the compiler less than the other way round.
pub const fn reader<'de, P, U: Unknown<'de>, T, B: FnOnce(P, U::Kept) -> T>(unknown: U, build: B) -> Reader<P, U, B> {
    Reader { unknown, build, properties: PhantomData }
}

impl<P, U, B> Reader<P, U, B> {
    /// Reads an object of the type of this name, whose properties have these keys.
    pub fn read<'de, T, D: Deserializer<'de>>(
        self,
        name: &'static str,
        keys: &'static [&'static str],
        deserializer: D,
    ) -> Result<T, D::Error>
    where
        P: Properties,
        U: Unknown<'de>,
        B: FnOnce(P, U::Kept) -> T,
    {
        deserializer.deserialize_map(Object { name, keys, reader: self })
    }
}

struct Object<P, U, B> {
    name: &'static str,
    keys: &'static [&'static str],
    reader: Reader<P, U, B>,
}

impl<'de, P: Properties, U: Unknown<'de>, T, B: FnOnce(P, U::Kept) -> T> Visitor<'de> for Object<P, U, B> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", self.name)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let Reader { mut unknown, build, .. } = self.reader;
        let mut slots = P::Slots::default();
        let mut next = 0;
        let mut other = None;
        while let Some(index) = map.next_key_seed(Find { keys: self.keys, next, other: &mut other })? {
            if let Some(key) = other.take() {
                unknown.take(key, &mut map)?;
            } else {
                P::read(&mut slots, index, &mut map)?;
                next = index + 1;
            }
        }
        match P::finish(slots) {
            Ok(properties) => Ok(build(properties, unknown.kept())),
            Err(index) => Err(A::Error::missing_field(self.keys.get(index).copied().unwrap_or("?"))),
        }
    }
}

/// Where a key is among the keys of a type; objects are mostly written in the order of the document, so the place after the
/// last key is tried first.
struct Find<'f, 'de> {
    keys: &'static [&'static str],
    next: usize,
    /// A key that is none of them.
    other: &'f mut Option<Key<'de>>,
}

impl<'de> Find<'_, 'de> {
    fn other(self, key: Cow<'de, str>) -> usize {
        *self.other = Some(Key(key));
        0
    }

    #[inline]
    fn position(&self, key: &str) -> Option<usize> {
        if self.keys.get(self.next) == Some(&key) {
            Some(self.next)
        } else {
            self.keys.iter().position(|known| *known == key)
        }
    }
}

impl<'de> DeserializeSeed<'de> for Find<'_, 'de> {
    type Value = usize;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<'de> Visitor<'de> for Find<'_, 'de> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    #[inline]
    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<usize, E> {
        Ok(self.position(key).unwrap_or_else(|| self.other(Cow::Borrowed(key))))
    }

    fn visit_str<E>(self, key: &str) -> Result<usize, E> {
        Ok(self.position(key).unwrap_or_else(|| self.other(Cow::Owned(key.to_owned()))))
    }
}
