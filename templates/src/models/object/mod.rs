//! `Serialize`, `Deserialize`, `Debug` and `PartialEq` of objects, from one table a type: which field has which name on the wire.
//!
//! What a type costs the compiler is one tuple of its properties, to read them, and one visit of them for everything else; what
//! is done with them is written once, here.

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
pub use visit::{Field, Visit, Visited, equal, print, write};

/// `object!(Type { field: "wire name", mode; ... !"wire name"; ..rest; });`
///
/// Modes: `required`; `optional` (an `Option` that is left out when `None`); `nullable` (the same where `null` is a value);
/// `any` (the same, and `null` is kept); `patch` (a `Patch` that is left out when absent). `secret` behind a mode: not printed.
/// `!"key"` must not be there, `!..` forbids every key that is not listed, `..field` collects them.
/// `object!(checked Type ...)`: the type has an implementation of `Validate` of its own.
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

/// `visited!(Type { field: "wire name", mode; ... ..rest; });`: how the fields of a type are visited, which is also how they are
/// printed and compared.
#[macro_export]
macro_rules! visited {
    ($name:ident { $($field:ident: $wire:literal, $mode:ident $($secret:ident)?;)* $(..$rest:ident;)? }) => {
        impl $crate::models::object::Visited for $name {
            #[allow(unused_variables)] // if there are no fields
            fn visit<V: $crate::models::object::Visit>(&self, other: &Self, visit: &mut V) {
                $(visit.$mode($wire, &self.$field, &other.$field);)*
                $(visit.rest(&self.$rest, &other.$rest);)?
            }
        }

        #[automatically_derived]
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::models::object::print(self, f, stringify!($name), const {
                    &[
                        $($crate::models::object::Field::new(stringify!($field))$(.$secret())?,)*
                        $($crate::models::object::Field::new(stringify!($rest)),)?
                    ]
                })
            }
        }

        #[automatically_derived]
        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                $crate::models::object::equal(self, other)
            }
        }
    };
}

/// `fields!(field mode, ...)`: the pattern of the tuple that a type is built of.
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

/// `newtype!(Type);` for a struct around one value: on the wire it is the value.
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
