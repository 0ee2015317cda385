//! `Serialize` and `Deserialize` of objects, from one table a type: which field has which name on the wire.
//!
//! One visitor serves every type, so a type costs the compiler one loop over its keys. What is done with a property is a call of
//! a function that is called as its mode is: macros inside macros, and `?`, cost more than all the rest.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::Patch;

/// A type that is read key by key.
pub trait Object<'de>: Sized {
    /// The name of the type, for messages.
    const NAME: &'static str;

    /// Reads every entry.
    fn read<A: MapAccess<'de>>(map: &mut A) -> Result<Self, A::Error>;
}

/// Reads an object.
pub fn decode<'de, T: Object<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(ObjectVisitor(PhantomData))
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Object<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        T::read(&mut map)
    }
}

/// A key, borrowed from the input where possible.
pub struct Key<'de>(Cow<'de, str>);

impl Key<'_> {
    /// The key.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The key, to keep.
    pub fn into_string(self) -> String {
        self.0.into_owned()
    }
}

impl<'de> From<Key<'de>> for Cow<'de, str> {
    fn from(key: Key<'de>) -> Self {
        key.0
    }
}

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_identifier(KeyVisitor)
    }
}

struct KeyVisitor;

impl<'de> Visitor<'de> for KeyVisitor {
    type Value = Key<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Borrowed(key)))
    }

    fn visit_str<E>(self, key: &str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Owned(key.to_owned())))
    }

    fn visit_string<E>(self, key: String) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Owned(key)))
    }
}

/// The entries of an object while it is written; the first failure is kept for the end.
pub struct Entries<M: SerializeMap>(Result<M, M::Error>);

#[allow(dead_code, clippy::ref_option)] // each mode is a method; fields are passed as they are
impl<M: SerializeMap> Entries<M> {
    /// Begins an object.
    pub fn of<S: Serializer<SerializeMap = M, Error = M::Error>>(serializer: S) -> Result<Self, M::Error> {
        serializer.serialize_map(None).map(|map| Self(Ok(map)))
    }

    /// Writes an entry.
    pub fn required<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) {
        if let Ok(map) = &mut self.0
            && let Err(error) = map.serialize_entry(key, value)
        {
            self.0 = Err(error);
        }
    }

    /// Writes an entry, unless it is absent.
    pub fn optional<T: Serialize>(&mut self, key: &str, value: &Option<T>) {
        if let Some(value) = value {
            self.required(key, value);
        }
    }

    /// Writes an entry, unless it is absent.
    pub fn nullable<T: Serialize>(&mut self, key: &str, value: &Option<T>) {
        self.optional(key, value);
    }

    /// Writes an entry, unless it is absent.
    pub fn any<T: Serialize>(&mut self, key: &str, value: &Option<T>) {
        self.optional(key, value);
    }

    /// Writes an entry, unless it is absent.
    pub fn patch<T: Serialize>(&mut self, key: &str, value: &Patch<T>) {
        if !value.is_absent() {
            self.required(key, value);
        }
    }

    /// Writes the entries of a map.
    pub fn rest<'r, T: Serialize + 'r>(&mut self, entries: impl IntoIterator<Item = (&'r String, &'r T)>) {
        for (key, value) in entries {
            self.required(key, value);
        }
    }

    /// Ends the object.
    pub fn end(self) -> Result<M::Ok, M::Error> {
        self.0?.end()
    }
}

/// Reading the value of a property into its slot, by the property's mode.
#[allow(dead_code)]
pub mod read {
    use serde::de::{Deserialize, IgnoredAny, MapAccess};

    use super::super::strict::is_strict;
    use super::{Key, Patch};

    pub fn required<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
        map: &mut A,
        slot: &mut Option<T>,
    ) -> Result<(), A::Error> {
        *slot = Some(map.next_value()?);
        Ok(())
    }

    /// `null` is absent to those who read leniently.
    pub fn optional<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
        map: &mut A,
        slot: &mut Option<Option<T>>,
    ) -> Result<(), A::Error> {
        *slot = Some(if is_strict() { Some(map.next_value()?) } else { map.next_value()? });
        Ok(())
    }

    pub fn nullable<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
        map: &mut A,
        slot: &mut Option<Option<T>>,
    ) -> Result<(), A::Error> {
        *slot = Some(map.next_value()?);
        Ok(())
    }

    pub fn any<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
        map: &mut A,
        slot: &mut Option<Option<T>>,
    ) -> Result<(), A::Error> {
        *slot = Some(Some(map.next_value()?));
        Ok(())
    }

    pub fn patch<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
        map: &mut A,
        slot: &mut Option<Patch<T>>,
    ) -> Result<(), A::Error> {
        *slot = Some(map.next_value()?);
        Ok(())
    }

    pub fn ignored<'de, A: MapAccess<'de>>(map: &mut A) -> Result<(), A::Error> {
        map.next_value::<IgnoredAny>()?;
        Ok(())
    }

    pub fn kept<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
        map: &mut A,
        key: Key<'de>,
        rest: &mut Vec<(String, T)>,
    ) -> Result<(), A::Error> {
        rest.push((key.into_string(), map.next_value()?));
        Ok(())
    }
}

/// What a property is once the object has ended, by the property's mode; `None` if it is missing.
#[allow(dead_code, clippy::unnecessary_wraps, clippy::option_option)] // every mode is called in the same way
pub mod finish {
    use super::Patch;

    pub fn required<T>(value: Option<T>) -> Option<T> {
        value
    }

    pub fn optional<T>(value: Option<Option<T>>) -> Option<Option<T>> {
        Some(value.flatten())
    }

    pub fn nullable<T>(value: Option<Option<T>>) -> Option<Option<T>> {
        Some(value.flatten())
    }

    pub fn any<T>(value: Option<Option<T>>) -> Option<Option<T>> {
        Some(value.flatten())
    }

    pub fn patch<T>(value: Option<Patch<T>>) -> Option<Patch<T>> {
        Some(value.unwrap_or_default())
    }
}

/// The error of an object without the first of its properties that is missing.
pub fn missing<E: Error>(properties: &[(&'static str, bool)]) -> E {
    let first = properties.iter().find(|(_, missing)| *missing);
    E::missing_field(first.map_or("?", |(wire, _)| wire))
}

/// `object!(Type { field: "wire name", mode; ... !"wire name"; ..rest; });`
///
/// Modes: `required`; `optional` (an `Option` that is left out when `None`); `nullable` (the same where `null` is a value);
/// `any` (the same, and `null` is kept); `patch` (a `Patch` that is left out when absent).
/// `!"key"` must not be there, `!..` forbids every key that is not listed, `..field` collects them.
/// `object!(checked Type ...)`: the type has an implementation of `Validate` of its own.
#[allow(unused_macros)]
macro_rules! object {
    (checked $($table:tt)*) => { object!(@impls $($table)*); };
    ($name:ident $($table:tt)*) => {
        object!(@impls $name $($table)*);

        impl support::Validate for $name {
            fn check(&self, _checks: &mut support::Checks<'_>) {}
        }
    };
    (@impls $name:ident {
        $($field:ident: $wire:literal, $mode:ident;)* $(!$forbidden:literal;)* $(!..$closed:tt)? $(..$rest:ident;)?
    }) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                #[allow(unused_mut)]
                let mut entries = support::Entries::of(serializer)?;
                $(entries.$mode($wire, &self.$field);)*
                $(entries.rest(&self.$rest);)?
                entries.end()
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                support::decode(deserializer)
            }
        }

        impl<'de> support::Object<'de> for $name {
            const NAME: &'static str = stringify!($name);

            fn read<A: serde::de::MapAccess<'de>>(map: &mut A) -> Result<Self, A::Error> {
                $(let mut $field = None;)*
                $(let mut $rest = Vec::new();)?
                while let Some(key) = map.next_key::<support::Key>()? {
                    match key.as_str() {
                        $($wire => support::read::$mode(map, &mut $field),)*
                        $($forbidden => support::refuse(map, $forbidden),)*
                        _ => object!(@unknown map, key $(, $rest)? $($closed)?),
                    }?;
                }
                // One way out for whatever is missing: each way out drops everything that was read so far.
                match ($(support::finish::$mode($field),)*) {
                    ($(Some($field),)*) => Ok(Self { $($field,)* $($rest: $rest.into_iter().collect(),)? }),
                    #[allow(unreachable_patterns)] // if nothing is required
                    ($(ref $field,)*) => Err(support::missing(&[$(($wire, $field.is_none())),*])),
                }
            }
        }
    };
    (@unknown $map:ident, $key:ident) => { support::read::ignored($map) };
    (@unknown $map:ident, $key:ident;) => { support::refuse($map, $key.as_str()) };
    (@unknown $map:ident, $key:ident, $rest:ident) => { support::read::kept($map, $key, &mut $rest) };
}
#[allow(unused_imports)]
pub(crate) use object;

/// `debug!(Type { field, secret: redacted });` prints every field, and nothing of the redacted ones.
#[allow(unused_macros)]
macro_rules! debug {
    ($name:ident { $($field:ident $(: $redacted:ident)?),* $(,)? }) => {
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let mut out = f.debug_struct(stringify!($name));
                $(debug!(@field out, self.$field, stringify!($field) $(, $redacted)?);)*
                out.finish()
            }
        }
    };
    (@field $out:ident, $value:expr, $name:expr) => { $out.field($name, &$value) };
    (@field $out:ident, $value:expr, $name:expr, redacted) => {{
        let _ = &$value;
        $out.field($name, &format_args!("[redacted]"))
    }};
}
#[allow(unused_imports)]
pub(crate) use debug;

/// `newtype!(Type);` for a struct around one value: on the wire it is the value.
#[allow(unused_macros)]
macro_rules! newtype {
    (checked $name:ident) => { newtype!(@impls $name); };
    ($name:ident) => {
        newtype!(@impls $name);

        impl support::Validate for $name {
            fn check(&self, _checks: &mut support::Checks<'_>) {}
        }
    };
    (@impls $name:ident) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serde::Serialize::serialize(&self.0, serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                serde::Deserialize::deserialize(deserializer).map(Self)
            }
        }
    };
}
#[allow(unused_imports)]
pub(crate) use newtype;
