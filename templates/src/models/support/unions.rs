//! Unions: one step from a value to the one variant that it is.
//!
//! With a tag, the tag decides. Without one, the JSON type and the required keys leave as few variants as possible; if more
//! than one is left, the one that keeps most of the value wins, the first of those that keep the same.

use std::fmt::Write as _;

use serde::de::{DeserializeOwned, Error};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;

/// The type of a JSON value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looks {
    /// Anything.
    Any,
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// A number.
    Number,
    /// A text.
    String,
    /// A list.
    Array,
    /// An object.
    Object,
}

impl Looks {
    /// Whether a value has this type and, if it is an object, these keys.
    pub fn fits(self, value: &Value, keys: &[&str]) -> bool {
        match (self, value) {
            (Self::Object, Value::Object(map)) => keys.iter().all(|key| map.contains_key(*key)),
            (Self::Any, _)
            | (Self::Null, Value::Null)
            | (Self::Boolean, Value::Bool(_))
            | (Self::Number, Value::Number(_))
            | (Self::String, Value::String(_))
            | (Self::Array, Value::Array(_)) => true,
            _ => false,
        }
    }
}

/// A variant that a value may be: its name, how its values look, and how it is read.
pub struct Candidate<T> {
    /// The name of the variant.
    pub name: &'static str,
    /// The JSON type.
    pub looks: Looks,
    /// The keys that must be there.
    pub keys: &'static [&'static str],
    /// Reads it.
    pub read: fn(&Value) -> Result<T, serde_json::Error>,
}

/// Reads the variant that a value is.
pub fn by_shape<T: Serialize, E: Error>(
    name: &'static str,
    value: &Value,
    candidates: &[Candidate<T>],
) -> Result<T, E> {
    let mut errors = String::new();
    let mut best: Option<(usize, T)> = None;
    let fitting: Vec<&Candidate<T>> = candidates.iter().filter(|c| c.looks.fits(value, c.keys)).collect();
    let single = fitting.len() == 1;
    for candidate in fitting {
        match (candidate.read)(value) {
            Ok(found) if single => return Ok(found),
            Ok(found) => {
                let kept = serde_json::to_value(&found).map_or(0, |written| common(value, &written));
                if best.as_ref().is_none_or(|(most, _)| kept > *most) {
                    best = Some((kept, found));
                }
            }
            Err(error) => {
                let _ = write!(errors, "; as {}: {error}", candidate.name);
            }
        }
    }
    if let Some((_, found)) = best {
        return Ok(found);
    }
    // A parameter is always a text; what it says may be something else.
    if let Value::String(text) = value
        && let Ok(inner @ (Value::Number(_) | Value::Bool(_))) = serde_json::from_str(text)
    {
        return by_shape(name, &inner, candidates);
    }
    Err(E::custom(format_args!("no variant of {name} fits{errors}")))
}

/// How many values two values have in common, all levels counted.
fn common(a: &Value, b: &Value) -> usize {
    match (a, b) {
        (Value::Object(a), Value::Object(b)) => {
            1 + a.iter().filter_map(|(key, value)| Some(1 + common(value, b.get(key)?))).sum::<usize>()
        }
        (Value::Array(a), Value::Array(b)) => 1 + a.iter().zip(b).map(|(a, b)| common(a, b)).sum::<usize>(),
        (Value::Number(a), Value::Number(b)) => usize::from(a == b || a.as_f64() == b.as_f64()),
        (a, b) => usize::from(a == b),
    }
}

/// The tag of a value.
pub fn tag_of<'v>(value: &'v Value, property: &str) -> Option<&'v str> {
    value.get(property)?.as_str()
}

/// Reads a variant; an error names it.
pub fn read<T: DeserializeOwned, E: Error>(variant: &'static str, value: Value) -> Result<T, E> {
    T::deserialize(value).map_err(|error| E::custom(format_args!("as {variant}: {error}")))
}

/// Writes a variant that does not write its tag itself.
pub fn write_tagged<T: Serialize, S: Serializer>(
    property: &'static str,
    tag: Option<&&'static str>,
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut written = serde_json::to_value(value).map_err(serde::ser::Error::custom)?;
    if let (Value::Object(map), Some(tag)) = (&mut written, tag) {
        map.entry(property).or_insert_with(|| Value::from(*tag));
    }
    written.serialize(serializer)
}

/// `tagged_union!(Type by "property" { Variant = ["tag", ...], own; ... ..Unknown; });`
///
/// `own`: the variant writes the tag itself; `added`: the union adds it. With `..Unknown` a value whose tag is not listed is
/// kept in that variant.
#[allow(unused_macros)]
macro_rules! tagged_union {
    ($name:ident by $property:literal { $($variant:ident = [$($tag:literal),*], $mode:ident;)* $(..$unknown:ident;)? }) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => {
                        tagged_union!(@write $mode, $property, [$($tag),*], value, serializer)
                    })*
                    $(Self::$unknown(value) => serde::Serialize::serialize(value, serializer),)?
                }
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = <serde_json::Value as serde::Deserialize>::deserialize(deserializer)?;
                match support::unions::tag_of(&value, $property) {
                    $($(Some($tag) => support::unions::read(stringify!($variant), value).map(Self::$variant),)*)*
                    _ => tagged_union!(@unknown $name, $property, value $(, $unknown)?),
                }
            }
        }
    };
    (@write own, $property:literal, [$($tag:literal),*], $value:ident, $serializer:ident) => {
        serde::Serialize::serialize($value, $serializer)
    };
    (@write added, $property:literal, [$($tag:literal),*], $value:ident, $serializer:ident) => {
        support::unions::write_tagged($property, [$($tag),*].first(), $value, $serializer)
    };
    (@unknown $name:ident, $property:literal, $value:ident, $unknown:ident) => { Ok(Self::$unknown($value)) };
    (@unknown $name:ident, $property:literal, $value:ident) => {
        Err(serde::de::Error::custom(format_args!(
            concat!("no variant of ", stringify!($name), " has the ", $property, " {:?}"),
            support::unions::tag_of(&$value, $property)
        )))
    };
}
#[allow(unused_imports)]
pub(crate) use tagged_union;

/// `union!(Type { Variant: Object ["required", ...]; ... });`
#[allow(unused_macros)]
macro_rules! union {
    ($name:ident { $($variant:ident: $looks:ident [$($key:literal),*];)* }) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => serde::Serialize::serialize(value, serializer),)*
                }
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = <serde_json::Value as serde::Deserialize>::deserialize(deserializer)?;
                support::unions::by_shape(stringify!($name), &value, &[$(support::unions::Candidate {
                    name: stringify!($variant),
                    looks: support::unions::Looks::$looks,
                    keys: &[$($key),*],
                    read: |value| serde::Deserialize::deserialize(value).map(Self::$variant),
                }),*])
            }
        }
    };
}
#[allow(unused_imports)]
pub(crate) use union;
