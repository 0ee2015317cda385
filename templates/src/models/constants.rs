//! Types with a single value, each declared by one line.

use serde::de::{Deserializer, Error, Unexpected, Visitor};

/// Reads a string that must equal `expected`.
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

/// Reads an integer that must equal `expected`.
pub fn whole<'de, D: Deserializer<'de>>(deserializer: D, expected: i64) -> Result<(), D::Error> {
    let value = super::enums::whole(deserializer)?;
    if value == expected { Ok(()) } else { Err(D::Error::custom(format_args!("{value} is not {expected}"))) }
}

/// Reads a value that must equal the JSON in `expected`.
pub fn json<'de, D: Deserializer<'de>>(deserializer: D, expected: &'static str) -> Result<(), D::Error> {
    let value = super::enums::value(deserializer)?;
    match super::enums::position(&value, &[expected]) {
        Some(_) => Ok(()),
        None => Err(D::Error::custom(format_args!("{value} is not {expected}"))),
    }
}

/// Implements a unit struct that stands for the only value of its schema: `constant!(Type: text = "value");`.
///
/// `text` is for strings, `whole` for integers, `json` for any other value, written as JSON. With
/// `constant!(checked Type ...)` the caller implements `Validate`.
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
            /// The value in JSON.
            pub const VALUE: $ty = $value;
        }

        impl std::fmt::Display for $name {
            #[inline]
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
