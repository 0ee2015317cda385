//! Types of a single value, from one line a type.

use serde::de::{Deserializer, Error, Unexpected, Visitor};

/// Reads a text that can only be `expected`.
pub fn text<'de, D: Deserializer<'de>>(deserializer: D, expected: &'static str) -> Result<(), D::Error> {
    struct Only(&'static str);
    impl Visitor<'_> for Only {
        type Value = ();

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            write!(f, "\"{}\"", self.0)
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
            if text == self.0 { Ok(()) } else { Err(E::invalid_value(Unexpected::Str(text), &self)) }
        }
    }
    deserializer.deserialize_str(Only(expected))
}

/// Reads a whole number that can only be `expected`.
pub fn whole<'de, D: Deserializer<'de>>(deserializer: D, expected: i64) -> Result<(), D::Error> {
    let value = super::enums::whole(deserializer)?;
    if value == expected { Ok(()) } else { Err(D::Error::custom(format_args!("{value} is not {expected}"))) }
}

/// Reads a value that can only be what the JSON text `expected` means.
pub fn json<'de, D: Deserializer<'de>>(deserializer: D, expected: &'static str) -> Result<(), D::Error> {
    let value = super::enums::value(deserializer)?;
    match super::enums::position(&value, &[expected]) {
        Some(_) => Ok(()),
        None => Err(D::Error::custom(format_args!("{value} is not {expected}"))),
    }
}

/// `constant!(Type: text = "wire value");` for a struct that stands for the only value of its schema; `whole` for a whole
/// number, `json` for anything else, as JSON. `constant!(checked Type ...)`: the type has an implementation of `Validate` of its own.
#[macro_export]
macro_rules! constant {
    (checked $name:ident: text = $value:literal) => {
        $crate::constant!(@impls $name, text, &'static str, $value, Self::VALUE);
    };
    (checked $name:ident: whole = $value:literal) => {
        $crate::constant!(@impls $name, whole, i64, $value, Self::VALUE);
    };
    (checked $name:ident: json = $value:literal) => {
        $crate::constant!(@impls $name, json, &'static str, $value, $crate::models::enums::literal(Self::VALUE));
    };
    ($name:ident: $kind:ident = $value:literal) => {
        $crate::constant!(checked $name: $kind = $value);

        impl $crate::models::Validate for $name {}
    };
    (@impls $name:ident, $kind:ident, $ty:ty, $value:literal, $written:expr) => {
        impl $name {
            /// The value on the wire.
            pub const VALUE: $ty = $value;
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&Self::VALUE, f)
            }
        }

        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::serde::Serialize::serialize(&$written, serializer)
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::models::constants::$kind(deserializer, Self::VALUE).map(|()| Self)
            }
        }
    };
}
