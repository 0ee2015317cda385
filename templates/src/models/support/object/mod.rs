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
pub use visit::{Visit, Visited, equal, print, write};

/// `object!(Type { field: "wire name", mode; ... !"wire name"; ..rest; });`
///
/// Modes: `required`; `optional` (an `Option` that is left out when `None`); `nullable` (the same where `null` is a value);
/// `any` (the same, and `null` is kept); `patch` (a `Patch` that is left out when absent). `secret` behind a mode: not printed.
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
        $($field:ident: $wire:literal, $mode:ident $($secret:ident)?;)*
        $(!$forbidden:literal;)* $(!..$closed:tt)? $(..$rest:ident;)?
    }) => {
        impl support::object::Visited for $name {
            const NAME: &'static str = stringify!($name);
            const FIELDS: &'static str = stringify!($($field $($secret)?,)* $($rest)?);

            #[allow(unused_variables)] // if there are no properties
            fn visit<V: support::object::Visit>(&self, other: &Self, visit: &mut V) {
                $(visit.$mode($wire, &self.$field, &other.$field);)*
                $(visit.rest(&self.$rest, &other.$rest);)?
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                support::object::write(self, serializer)
            }
        }

        #[automatically_derived]
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                support::object::print(self, f)
            }
        }

        #[automatically_derived]
        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                support::object::equal(self, other)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                support::object::reader(
                    object!(@unknown [$($forbidden)*] $($closed)? $($rest)?),
                    |object!(@properties $($field $mode,)*), object!(@rest $($rest)?)| Self {
                        $($field,)*
                        $($rest: $rest.into_iter().collect(),)?
                    },
                )
                .read(stringify!($name), &[$($wire),*], deserializer)
            }
        }
    };
    (@properties
        $a:ident $am:ident, $b:ident $bm:ident, $c:ident $cm:ident, $d:ident $dm:ident,
        $e:ident $em:ident, $f:ident $fm:ident, $g:ident $gm:ident, $h:ident $hm:ident, $($more:tt)+
    ) => {
        support::object::And(
            object!(@properties $a $am, $b $bm, $c $cm, $d $dm, $e $em, $f $fm, $g $gm, $h $hm,),
            object!(@properties $($more)+)
        )
    };
    (@properties $($field:ident $mode:ident,)*) => { ($(support::object::mode::$mode($field),)*) };
    (@rest) => { () };
    (@rest $rest:ident) => { $rest };
    (@unknown []) => { support::object::Ignore };
    (@unknown [$($forbidden:literal)*] ;) => { support::object::Refuse };
    (@unknown [] $rest:ident) => { support::object::Keep::default() };
    (@unknown [$($forbidden:literal)+] $($rest:ident)?) => {
        support::object::Forbid(&[$($forbidden),+], object!(@unknown [] $($rest)?))
    };
}
#[allow(unused_imports)]
pub(crate) use object;

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
