//! Unions: one step from a value to the one variant that it is.
//!
//! With a tag, the tag decides. Without one, the JSON type and the required keys leave as few variants as possible; if more
//! than one is left, the one that knows most of the keys and whose rules the value satisfies.

use std::fmt::Write as _;

use serde::de::{DeserializeOwned, Error};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;

use super::strict::is_strict;
use super::validate::Checks;

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
    pub required: &'static [&'static str],
    /// Other keys that it has a property for.
    pub optional: &'static [&'static str],
    /// Reads it.
    pub read: fn(&Value) -> Result<T, serde_json::Error>,
}

impl<T> Candidate<T> {
    /// How many keys of an object the variant has a property for.
    fn known(&self, value: &Value) -> usize {
        let Value::Object(map) = value else { return 0 };
        self.required.iter().chain(self.optional).filter(|key| map.contains_key(**key)).count()
    }
}

/// Reads the variant that a value is: of those that it looks like, the one that knows most of its keys and whose rules it
/// satisfies, the first of those that are equal in both.
pub fn by_shape<T, E: Error>(
    name: &'static str,
    value: &Value,
    candidates: &[Candidate<T>],
    check: fn(&T, &mut Checks<'_>),
) -> Result<T, E> {
    let is_valid = |found: &T| {
        let mut violations = Vec::new();
        check(found, &mut Checks::new("", &mut violations));
        violations.is_empty()
    };
    let mut fitting: Vec<&Candidate<T>> = candidates.iter().filter(|c| c.looks.fits(value, c.required)).collect();
    if let [only] = fitting.as_slice() {
        return (only.read)(value).map_err(|error| E::custom(format_args!("as {}: {error}", only.name)));
    }
    fitting.sort_by_key(|candidate| std::cmp::Reverse(candidate.known(value)));
    let mut errors = String::new();
    let mut broken = None;
    for candidate in fitting {
        match (candidate.read)(value) {
            Ok(found) if is_valid(&found) => return Ok(found),
            Ok(found) => {
                broken.get_or_insert(found);
            }
            Err(error) => {
                let _ = write!(errors, "; as {}: {error}", candidate.name);
            }
        }
    }
    if let Some(found) = broken {
        return Ok(found);
    }
    // A parameter is always a text; what it says may be something else.
    if let Value::String(text) = value
        && !is_strict()
        && let Ok(inner @ (Value::Number(_) | Value::Bool(_))) = serde_json::from_str(text)
    {
        return by_shape(name, &inner, candidates, check);
    }
    Err(E::custom(format_args!("no variant of {name} fits{errors}")))
}

/// The tag of a value.
pub fn tag_of<'v>(value: &'v Value, property: &str) -> Option<&'v str> {
    value.get(property)?.as_str()
}

/// Reads a variant; an error names it.
pub fn read<T: DeserializeOwned, E: Error>(variant: &'static str, value: &Value) -> Result<T, E> {
    T::deserialize(value).map_err(|error| {
        // Only a failure is worth the second reading that finds its place.
        let at = serde_path_to_error::deserialize::<_, T>(value).err().map(|error| error.path().to_string());
        match at.filter(|at| at != ".") {
            Some(at) => E::custom(format_args!("as {variant} at `{at}`: {error}")),
            None => E::custom(format_args!("as {variant}: {error}")),
        }
    })
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
    (checked $($table:tt)*) => { tagged_union!(@impls $($table)*); };
    ($name:ident by $($table:tt)*) => {
        tagged_union!(@impls $name by $($table)*);

        impl support::Validate for $name {
            fn check(&self, _checks: &mut support::Checks<'_>) {}
        }
    };
    (@impls $name:ident by $property:literal { $($variant:ident = [$($tag:literal),*], $mode:ident;)* $(..$unknown:ident;)? }) => {
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
                    $($(Some($tag) => support::unions::read(stringify!($variant), &value).map(Self::$variant),)*)*
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

/// `union!(Type { Variant: Object ["required", ...] ["optional", ...]; ... });`
///
/// `union!(ruled Type ...)`: the type has an implementation of `Validate` of its own; `union!(checked Type ...)`: and a method
/// `check_variant` that checks the variant alone.
#[allow(unused_macros)]
macro_rules! union {
    (ruled $name:ident { $($table:tt)* }) => { union!(@impls $name { $($table)* } |_, _| {}); };
    (checked $name:ident { $($table:tt)* }) => { union!(@impls $name { $($table)* } Self::check_variant); };
    ($name:ident { $($table:tt)* }) => {
        union!(@impls $name { $($table)* } |_, _| {});

        impl support::Validate for $name {
            fn check(&self, _checks: &mut support::Checks<'_>) {}
        }
    };
    (@impls $name:ident { $($variant:ident: $looks:ident [$($key:literal),*] [$($other:literal),*];)* } $check:expr) => {
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
                    required: &[$($key),*],
                    optional: &[$($other),*],
                    read: |value| serde::Deserialize::deserialize(value).map(Self::$variant),
                }),*], $check)
            }
        }
    };
}
#[allow(unused_imports)]
pub(crate) use union;
