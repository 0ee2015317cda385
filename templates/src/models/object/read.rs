//! Reads objects key by key.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};

use super::{Key, Properties, Unknown};

/// Reads objects of a type.
pub struct Reader<P, U, B> {
    unknown: U,
    build: B,
    properties: PhantomData<P>,
}

/// Creates a reader of a type that is built from its properties and the unknown keys that were kept.
///
/// The compiler infers the types of the properties from the arguments of `build` before it resolves any trait, which is
/// cheaper than the other way round.
pub const fn reader<'de, P, U: Unknown<'de>, T, B: FnOnce(P, U::Kept) -> T>(unknown: U, build: B) -> Reader<P, U, B> {
    Reader { unknown, build, properties: PhantomData }
}

impl<P, U, B> Reader<P, U, B> {
    /// Reads an object. `name` is the type's name for messages, `keys` are the keys of the properties in order.
    pub fn read<'de, T, D: Deserializer<'de>>(
        self,
        name: &'static str,
        keys: &'static [&'static str],
        deserializer: D,
    ) -> Result<T, D::Error>
    where
        P: Properties<'de>,
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

impl<'de, P: Properties<'de>, U: Unknown<'de>, T, B: FnOnce(P, U::Kept) -> T> Visitor<'de> for Object<P, U, B> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", self.name)
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let Reader { mut unknown, build, .. } = self.reader;
        let mut slots = P::Slots::default();
        let mut find = Find { keys: self.keys, next: 0, other: None, properties: PhantomData::<P> };
        while let Some(index) = map.next_key_seed(&mut find)? {
            if index < P::COUNT {
                P::read(&mut slots, index, &mut map)?;
            } else if let Some(key) = find.other.take() {
                unknown.take(key, &mut map)?;
            }
        }
        match P::finish(slots) {
            Ok(properties) => Ok(build(properties, unknown.kept())),
            Err(index) => Err(A::Error::missing_field(self.keys.get(index).copied().unwrap_or("?"))),
        }
    }
}

/// Finds keys among the keys of a type. Objects are mostly written in the order of the document, so the search starts
/// after the last key that was found.
struct Find<'de, P> {
    keys: &'static [&'static str],
    next: usize,
    /// The last key that was not found.
    other: Option<Key<'de>>,
    /// One search per type, so that it is compiled into the loop that reads the type.
    properties: PhantomData<P>,
}

impl<'de, P> Find<'de, P> {
    /// Keeps an unknown key; returns an index that no property has.
    fn other(&mut self, key: Cow<'de, str>) -> usize {
        self.other = Some(Key(key));
        usize::MAX
    }

    #[inline]
    fn position(&mut self, key: &str) -> Option<usize> {
        let index = match self.keys.get(self.next) {
            Some(next) if same(next, key) => self.next,
            _ => search(self.keys, self.next, key)?,
        };
        self.next = index + 1;
        Some(index)
    }
}

impl<'de, P> DeserializeSeed<'de> for &mut Find<'de, P> {
    type Value = usize;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<'de, P> Visitor<'de> for &mut Find<'de, P> {
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

/// Returns the index of a key, searching from `from` to the end and then from the start.
fn search(keys: &[&str], from: usize, key: &str) -> Option<usize> {
    let (before, after) = keys.split_at_checked(from)?;
    match after.iter().position(|known| same(known, key)) {
        Some(index) => Some(from + index),
        None => before.iter().position(|known| same(known, key)),
    }
}

/// Compares two keys. Most are so short that a call of `memcmp` would cost more than this comparison.
#[inline]
fn same(a: &str, b: &str) -> bool {
    fn ends<const N: usize>(a: &[u8], b: &[u8]) -> bool {
        a.first_chunk::<N>() == b.first_chunk::<N>() && a.last_chunk::<N>() == b.last_chunk::<N>()
    }
    let (a, b) = (a.as_bytes(), b.as_bytes());
    a.len() == b.len()
        && match a.len() {
            0..2 => a.first() == b.first(),
            2..4 => ends::<2>(a, b),
            4..8 => ends::<4>(a, b),
            8..=16 => ends::<8>(a, b),
            _ => a == b,
        }
}
