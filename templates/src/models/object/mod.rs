//! Objects: `Serialize`, `Deserialize`, `Debug` and `PartialEq` from one table per type, which maps fields to JSON
//! keys.
//!
//! To keep compile times low, a type contributes only a tuple of its properties, for reading, and one function that
//! visits them, for everything else. The code that works on them is written once, here.

mod key;
pub mod mode;
mod properties;
mod read;
mod unknown;
mod visit;

pub use key::Key;
pub use properties::{And, Properties};
pub use read::reader;
pub use unknown::{Forbid, Ignore, Keep, Refuse, Unknown};
pub use visit::{Hidden, Visit, Visited, equal, print, write};

/// Implements a struct for a JSON object: `object!(Type { field: "key", mode; ... !"key"; ..rest; });`.
///
/// | mode | field type | meaning |
/// |---|---|---|
/// | `required` | any | the key must be present |
/// | `optional` | `Option` | left out when `None`; `null` is not a value |
/// | `nullable` | `Option` | left out when `None`; `null` reads as `None` |
/// | `any` | `Option` | left out when `None`; `null` is a value |
/// | `patch` | `Patch` | left out when `Absent`; `null` is `Null` |
///
/// `secret` after a mode hides the value from `Debug`. `!"key"` forbids a key, `!..` forbids all keys that are not
/// listed, and `..field` collects them in a map. With `object!(checked Type ...)` the caller implements `Validate`.
#[macro_export]
macro_rules! object {
    (checked $($table:tt)*) => { $crate::object!(@impls $($table)*); };
    ($name:ident $($table:tt)*) => {
        $crate::object!(@impls $name $($table)*);

        impl $crate::models::Validate for $name {}
    };
    (@impls $name:ident {
        $($field:ident: $wire:literal, $mode:ident $($secret:ident)?;)*
        $(!$forbidden:literal;)* $(!..$closed:tt)? $(..$rest:ident;)?
    }) => {
        $crate::visited!($name { $($field: $wire, $mode $($secret)?;)* $(..$rest;)? });

        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::models::object::write(self, serializer)
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::models::object::reader(
                    $crate::object!(@unknown [$($forbidden)*] $($closed)? $($rest)?),
                    |$crate::fields!($($field $mode,)*), $crate::object!(@rest $($rest)?)| Self {
                        $($field,)*
                        $($rest: $rest.into_iter().collect(),)?
                    },
                )
                .read(stringify!($name), &[$($wire),*], deserializer)
            }
        }
    };
    (@rest) => { () };
    (@rest $rest:ident) => { $rest };
    (@unknown []) => { $crate::models::object::Ignore };
    (@unknown [$($forbidden:literal)*] ;) => { $crate::models::object::Refuse };
    (@unknown [] $rest:ident) => { $crate::models::object::Keep::default() };
    (@unknown [$($forbidden:literal)+] $($rest:ident)?) => {
        $crate::models::object::Forbid(&[$($forbidden),+], $crate::object!(@unknown [] $($rest)?))
    };
}

/// Implements the visit of a struct's fields, `Debug` and `PartialEq`:
/// `visited!(Type { field: "key", mode; ... ..rest; });`.
#[macro_export]
macro_rules! visited {
    ($name:ident { $($field:ident: $wire:literal, $mode:ident $($secret:ident)?;)* $(..$rest:ident;)? }) => {
        impl $crate::models::object::Visited for $name {
            fn visit<V: $crate::models::object::Visit>(&self, other: &Self, visit: &mut V) {
                // Neither is used if there are no fields.
                let _ = (other, &visit);
                $(visit.$mode($wire, &self.$field, &other.$field);)*
                $(visit.rest(&self.$rest, &other.$rest);)?
            }
        }

        #[automatically_derived]
        impl std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::models::object::print(
                    self,
                    f,
                    stringify!($name),
                    &[$(stringify!($field),)* $(stringify!($rest))?],
                    &[$($($crate::models::object::Hidden { $secret: stringify!($field) },)?)*],
                )
            }
        }

        #[automatically_derived]
        impl PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::models::object::equal(self, other)
            }
        }
    };
}

/// Expands to the pattern of the tuple from which a type is built: `fields!(field mode, ...)`.
#[macro_export]
macro_rules! fields {
    (
        $a:ident $am:ident, $b:ident $bm:ident, $c:ident $cm:ident, $d:ident $dm:ident,
        $e:ident $em:ident, $f:ident $fm:ident, $g:ident $gm:ident, $h:ident $hm:ident, $($more:tt)+
    ) => {
        $crate::models::object::And(
            $crate::fields!($a $am, $b $bm, $c $cm, $d $dm, $e $em, $f $fm, $g $gm, $h $hm,),
            $crate::fields!($($more)+)
        )
    };
    ($($field:ident $mode:ident,)*) => { ($($crate::models::object::mode::$mode($field),)*) };
}

/// Implements a struct with one field whose JSON is that of the field: `newtype!(Type);`.
///
/// With `newtype!(checked Type)` the caller implements `Validate`.
#[macro_export]
macro_rules! newtype {
    (checked $name:ident) => { $crate::newtype!(@impls $name); };
    ($name:ident) => {
        $crate::newtype!(@impls $name);

        impl $crate::models::Validate for $name {}
    };
    (@impls $name:ident) => {
        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::serde::Serialize::serialize(&self.0, serializer)
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::serde::Deserialize::deserialize(deserializer).map(Self)
            }
        }
    };
}
