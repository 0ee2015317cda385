//! Enums of strings, integers or any JSON values, each declared by a table.

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde_json::Value;

/// Reads a string and converts it.
pub fn text<'de, T, D: Deserializer<'de>>(deserializer: D, meaning: fn(&str) -> T) -> Result<T, D::Error> {
    struct Text<T>(fn(&str) -> T);
    impl<T> Visitor<'_> for Text<T> {
        type Value = T;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("a string")
        }

        fn visit_str<E>(self, text: &str) -> Result<T, E> {
            Ok((self.0)(text))
        }
    }
    deserializer.deserialize_str(Text(meaning))
}

/// Reads an integer. A number without a fraction, such as `2.0`, counts as one (JSON Schema Core 2020-12 §4.2.3).
pub fn whole<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    struct Whole;
    impl Visitor<'_> for Whole {
        type Value = i64;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("a whole number")
        }

        fn visit_i64<E>(self, value: i64) -> Result<i64, E> {
            Ok(value)
        }

        fn visit_u64<E: Error>(self, value: u64) -> Result<i64, E> {
            i64::try_from(value).map_err(|_| E::custom("the number is too large"))
        }

        fn visit_f64<E: Error>(self, value: f64) -> Result<i64, E> {
            // A double of this size that has no fraction is exactly a whole number.
            #[allow(clippy::cast_possible_truncation)]
            if value.fract() == 0.0 && value.abs() < 9e18 {
                Ok(value as i64)
            } else {
                Err(E::custom("must be a whole number"))
            }
        }
    }
    deserializer.deserialize_i64(Whole)
}

/// Returns the index of the first JSON text whose value equals `value`.
pub fn position(value: &Value, texts: &[&str]) -> Option<usize> {
    let wanted = super::validate::canonical(value);
    texts.iter().position(|text| literal(text).is_some_and(|known| super::validate::canonical(&known) == wanted))
}

/// Parses a JSON literal of the document.
pub fn literal(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok()
}

/// Reads any JSON value.
pub fn value<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
    Value::deserialize(deserializer)
}

/// Reports a value that the enum `name` does not list.
pub fn unlisted(checks: &mut super::Checks<'_>, value: impl std::fmt::Display, name: &str) {
    checks.violation(format_args!("{value} is not a value of `{name}`"));
}

/// Implements an enum of strings: `string_enum!(Type { Variant = "value"; ... ..Unknown; });`.
///
/// With `..Unknown`, that variant keeps values that are not listed; without it, they are errors.
/// With `string_enum!(checked Type ...)` the caller implements `Validate`.
#[macro_export]
macro_rules! string_enum {
    ($name:ident { $($variant:ident = $wire:literal;)* ..$unknown:ident; }) => {
        $crate::string_enum!(checked $name { $($variant = $wire;)* ..$unknown; });

        impl $crate::models::Validate for $name {
            fn check(&self, checks: &mut $crate::models::Checks<'_>) {
                if let Self::$unknown(text) = self {
                    $crate::models::enums::unlisted(checks, format_args!("`{text}`"), stringify!($name));
                }
            }
        }
    };
    ($name:ident { $($variant:ident = $wire:literal;)* }) => {
        $crate::string_enum!(checked $name { $($variant = $wire;)* });

        impl $crate::models::Validate for $name {}
    };
    (checked $name:ident { $($variant:ident = $wire:literal;)* ..$unknown:ident; }) => {
        $crate::string_enum!(@common $name { $($variant = $wire;)* } Self::$unknown(text) => text);

        impl $name {
            fn of(text: &str) -> Self {
                match text {
                    $($wire => Self::$variant,)*
                    other => Self::$unknown(other.to_owned()),
                }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self::of(text)
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self::of(&text)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::convert::Infallible;

            fn from_str(text: &str) -> Result<Self, std::convert::Infallible> {
                Ok(Self::of(text))
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::models::enums::text(deserializer, Self::of)
            }
        }
    };
    (checked $name:ident { $($variant:ident = $wire:literal;)* }) => {
        $crate::string_enum!(@common $name { $($variant = $wire;)* });

        impl std::str::FromStr for $name {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, String> {
                match text {
                    $($wire => Ok(Self::$variant),)*
                    other => Err(format!(concat!("`{}` is not a value of `", stringify!($name), "`"), other)),
                }
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::models::enums::text(deserializer, str::parse)?.map_err($crate::serde::de::Error::custom)
            }
        }
    };
    (@common $name:ident { $($variant:ident = $wire:literal;)* } $($unknown:pat => $text:expr)?) => {
        impl $name {
            /// All values that the document lists, in its order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Returns the value as it is written in JSON.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)*
                    $($unknown => $text,)?
                }
            }
        }

        #[automatically_derived]
        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.as_str() == other.as_str()
            }
        }

        #[automatically_derived]
        impl Eq for $name {}

        #[automatically_derived]
        impl std::hash::Hash for $name {
            fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
                std::hash::Hash::hash(self.as_str(), state);
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}

/// Implements an enum of integers, as [`string_enum`](crate::string_enum) does for strings: `int_enum!(Type { Variant =
/// 1; ... ..Unknown; });`.
#[macro_export]
macro_rules! int_enum {
    ($name:ident { $($variant:ident = $wire:literal;)* ..$unknown:ident; }) => {
        $crate::int_enum!(checked $name { $($variant = $wire;)* ..$unknown; });

        impl $crate::models::Validate for $name {
            fn check(&self, checks: &mut $crate::models::Checks<'_>) {
                if let Self::$unknown(value) = self {
                    $crate::models::enums::unlisted(checks, value, stringify!($name));
                }
            }
        }
    };
    ($name:ident { $($variant:ident = $wire:literal;)* }) => {
        $crate::int_enum!(checked $name { $($variant = $wire;)* });

        impl $crate::models::Validate for $name {}
    };
    (checked $name:ident { $($variant:ident = $wire:literal;)* ..$unknown:ident; }) => {
        $crate::int_enum!(@common $name { $($variant = $wire;)* } Self::$unknown(value) => *value);

        impl From<i64> for $name {
            fn from(value: i64) -> Self {
                match value {
                    $($wire => Self::$variant,)*
                    other => Self::$unknown(other),
                }
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::models::enums::whole(deserializer).map(Self::from)
            }
        }
    };
    (checked $name:ident { $($variant:ident = $wire:literal;)* }) => {
        $crate::int_enum!(@common $name { $($variant = $wire;)* });

        impl TryFrom<i64> for $name {
            type Error = String;

            fn try_from(value: i64) -> Result<Self, String> {
                match value {
                    $($wire => Ok(Self::$variant),)*
                    other => Err(format!(concat!("{} is not a value of `", stringify!($name), "`"), other)),
                }
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::try_from($crate::models::enums::whole(deserializer)?)
                    .map_err($crate::serde::de::Error::custom)
            }
        }
    };
    (@common $name:ident { $($variant:ident = $wire:literal;)* } $($unknown:pat => $value:expr)?) => {
        impl $name {
            /// All values that the document lists, in its order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Returns the value as it is written in JSON.
            pub fn as_i64(&self) -> i64 {
                match self {
                    $(Self::$variant => $wire,)*
                    $($unknown => $value,)?
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}", self.as_i64())
            }
        }

        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.as_i64())
            }
        }
    };
}

/// Implements an enum of values of several types, as [`string_enum`](crate::string_enum) does for strings:
/// `json_enum!(Type { Variant = "JSON"; ... ..Unknown; });`.
#[macro_export]
macro_rules! json_enum {
    ($name:ident { $($variant:ident = $text:literal;)* ..$unknown:ident; }) => {
        $crate::json_enum!(checked $name { $($variant = $text;)* ..$unknown; });

        impl $crate::models::Validate for $name {
            fn check(&self, checks: &mut $crate::models::Checks<'_>) {
                if let Self::$unknown(value) = self {
                    $crate::models::enums::unlisted(checks, value, stringify!($name));
                }
            }
        }
    };
    ($name:ident { $($variant:ident = $text:literal;)* }) => {
        $crate::json_enum!(checked $name { $($variant = $text;)* });

        impl $crate::models::Validate for $name {}
    };
    (checked $name:ident { $($variant:ident = $text:literal;)* ..$unknown:ident; }) => {
        $crate::json_enum!(@common $name { $($variant = $text;)* } Self::$unknown(value) => value.clone());

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = $crate::models::enums::value(deserializer)?;
                Ok(Self::find(&value).unwrap_or(Self::$unknown(value)))
            }
        }
    };
    (checked $name:ident { $($variant:ident = $text:literal;)* }) => {
        $crate::json_enum!(@common $name { $($variant = $text;)* });

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = $crate::models::enums::value(deserializer)?;
                Self::find(&value).ok_or_else(|| {
                    $crate::serde::de::Error::custom(format_args!(concat!("{} is not a value of `", stringify!($name), "`"), value))
                })
            }
        }
    };
    (@common $name:ident { $($variant:ident = $text:literal;)* } $($unknown:pat => $value:expr)?) => {
        impl $name {
            /// All values that the document lists, in its order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Returns the value as JSON.
            pub fn to_value(&self) -> $crate::serde_json::Value {
                match self {
                    $(Self::$variant => $crate::models::enums::literal($text).unwrap_or_default(),)*
                    $($unknown => $value,)?
                }
            }

            fn find(value: &$crate::serde_json::Value) -> Option<Self> {
                $crate::models::enums::position(value, &[$($text),*]).and_then(|index| Self::ALL.get(index)).cloned()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}", self.to_value())
            }
        }

        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::serde::Serialize::serialize(&self.to_value(), serializer)
            }
        }
    };
}
