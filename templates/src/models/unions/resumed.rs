//! Objects that have been read in part.

use std::borrow::Cow;

use serde::de::value::CowStrDeserializer;
use serde::de::{DeserializeSeed, Error, MapAccess};

use super::super::Node;
use super::super::object::Key;

/// An object some of whose entries have been read already.
pub struct Resumed<'de, A> {
    pub(super) read: std::vec::IntoIter<(Key<'de>, Node)>,
    pub(super) key: Option<Key<'de>>,
    pub(super) value: Option<Node>,
    pub(super) rest: A,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Resumed<'de, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        let key = match self.read.next() {
            Some((key, value)) => {
                self.value = Some(value);
                Some(key)
            }
            None => self.key.take(),
        };
        match key {
            Some(key) => seed.deserialize(CowStrDeserializer::new(Cow::from(key))).map(Some),
            None => self.rest.next_key_seed(seed),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        match self.value.take() {
            Some(value) => seed.deserialize(value).map_err(A::Error::custom),
            None => self.rest.next_value_seed(seed),
        }
    }
}

/// An object that is borrowed, so that it can be used again if no variant takes it.
pub(super) struct ByReference<'m, M>(pub &'m mut M);

impl<'de, M: MapAccess<'de>> MapAccess<'de> for ByReference<'_, M> {
    type Error = M::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, M::Error> {
        self.0.next_key_seed(seed)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, M::Error> {
        self.0.next_value_seed(seed)
    }
}
