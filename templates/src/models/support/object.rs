//! `Serialize` and `Deserialize` of objects, from one table a type: which field has which name on the wire.
//!
//! One visitor serves every type, so a type costs the compiler one loop over its keys.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

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

/// The value of a property that must be there.
pub fn required<T, E: Error>(value: Option<T>, wire: &'static str) -> Result<T, E> {
    value.ok_or_else(|| E::missing_field(wire))
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
                let mut map = serializer.serialize_map(None)?;
                $(object!(@write $mode, map, $wire, &self.$field);)*
                $(for (key, value) in &self.$rest {
                    serde::ser::SerializeMap::serialize_entry(&mut map, key, value)?;
                })?
                serde::ser::SerializeMap::end(map)
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
                        $($wire => object!(@read $mode, map, $field),)*
                        $($forbidden => support::refuse(map, $forbidden)?,)*
                        _ => object!(@unknown map, key $(, $rest)? $($closed)?),
                    }
                }
                Ok(Self { $($field: object!(@finish $mode, $field, $wire),)* $($rest: $rest.into_iter().collect(),)? })
            }
        }
    };
    (@write required, $map:ident, $wire:literal, $value:expr) => {
        serde::ser::SerializeMap::serialize_entry(&mut $map, $wire, $value)?
    };
    (@write optional, $map:ident, $wire:literal, $value:expr) => {
        if let Some(value) = $value {
            serde::ser::SerializeMap::serialize_entry(&mut $map, $wire, value)?;
        }
    };
    (@write nullable, $map:ident, $wire:literal, $value:expr) => { object!(@write optional, $map, $wire, $value) };
    (@write any, $map:ident, $wire:literal, $value:expr) => { object!(@write optional, $map, $wire, $value) };
    (@write patch, $map:ident, $wire:literal, $value:expr) => {
        if !$value.is_absent() {
            serde::ser::SerializeMap::serialize_entry(&mut $map, $wire, $value)?;
        }
    };
    (@read required, $map:ident, $field:ident) => { $field = Some($map.next_value()?) };
    (@read optional, $map:ident, $field:ident) => { $field = support::optional($map)? };
    (@read nullable, $map:ident, $field:ident) => { $field = $map.next_value()? };
    (@read any, $map:ident, $field:ident) => { $field = Some($map.next_value()?) };
    (@read patch, $map:ident, $field:ident) => { $field = Some($map.next_value()?) };
    (@finish required, $field:ident, $wire:literal) => { support::required($field, $wire)? };
    (@finish optional, $field:ident, $wire:literal) => { $field };
    (@finish nullable, $field:ident, $wire:literal) => { $field };
    (@finish any, $field:ident, $wire:literal) => { $field };
    (@finish patch, $field:ident, $wire:literal) => { $field.unwrap_or_default() };
    (@unknown $map:ident, $key:ident) => {{
        $map.next_value::<serde::de::IgnoredAny>()?;
    }};
    (@unknown $map:ident, $key:ident;) => { support::refuse($map, $key.as_str())? };
    (@unknown $map:ident, $key:ident, $rest:ident) => {{
        $rest.push(($key.into_string(), $map.next_value()?));
    }};
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
