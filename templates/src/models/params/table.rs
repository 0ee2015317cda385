//! Parameters of an operation, from one table that maps fields to parameters.

use std::fmt::Debug;

use serde::{Serialize, de::DeserializeOwned};

use super::super::object::{And, Visit, Visited, mode};
use super::super::problem::Violation;
use super::{Among, Param, Reader, Writer};

/// The parameters of an operation that are not part of its path.
pub trait Params: Visited + Sized {
    /// The descriptions of the parameters, in the order of the fields.
    const PARAMS: &'static [Param];

    /// Reads the parameters of a request; `None` if a required one is missing or malformed. Violations are added to
    /// `violations`.
    fn read(reader: &Reader, violations: &mut Vec<Violation>) -> Option<Self>;

    /// Writes the parameters into a request.
    ///
    /// Fails if a value cannot be written in the style of its parameter.
    fn write(&self, writer: &mut Writer) -> Result<(), Violation> {
        let mut write = Write { params: Self::PARAMS.iter(), writer, result: Ok(()) };
        self.visit(self, &mut write);
        write.result
    }
}

/// No fields.
impl Visited for () {
    fn visit<V: Visit>(&self, _other: &Self, _visit: &mut V) {}
}

/// No parameters.
impl Params for () {
    const PARAMS: &'static [Param] = &[];

    fn read(_reader: &Reader, _violations: &mut Vec<Violation>) -> Option<Self> {
        Some(())
    }
}

/// Writes parameters; the first error is returned at the end.
struct Write<'w> {
    params: std::slice::Iter<'static, Param>,
    writer: &'w mut Writer,
    result: Result<(), Violation>,
}

impl Visit for Write<'_> {
    fn required<T: Serialize + Debug + PartialEq>(&mut self, _key: &'static str, value: &T, _other: &T) {
        if let Some(param) = self.params.next()
            && self.result.is_ok()
        {
            self.result = self.writer.write(param, value);
        }
    }

    fn optional<T: Serialize + Debug + PartialEq>(&mut self, key: &'static str, value: &Option<T>, _other: &Option<T>) {
        match value {
            Some(value) => self.required(key, value, value),
            None => {
                self.params.next();
            }
        }
    }
}

/// Builds a type from its parameters.
pub struct Built<P, B> {
    build: B,
    parameters: std::marker::PhantomData<P>,
}

/// Creates the builder of a type; the types of the parameters are inferred from the argument of `build`.
pub const fn built<P, T, B: FnOnce(P) -> T>(build: B) -> Built<P, B> {
    Built { build, parameters: std::marker::PhantomData }
}

impl<P, B> Built<P, B> {
    /// Reads the parameters in the order of the table; `None` if a required one is missing or malformed.
    pub fn read<T>(self, params: &'static [Param], reader: &Reader, violations: &mut Vec<Violation>) -> Option<T>
    where
        P: Parameters,
        B: FnOnce(P) -> T,
    {
        P::take(&mut Source { among: reader.among(params), params: params.iter(), violations }).map(self.build)
    }
}

/// The parameters of a request, which are read one by one.
pub struct Source<'s> {
    among: Among<'s>,
    params: std::slice::Iter<'static, Param>,
    violations: &'s mut Vec<Violation>,
}

/// A parameter of a mode.
pub trait Parameter: Sized {
    /// Reads the next parameter.
    fn take(source: &mut Source<'_>) -> Option<Self>;
}

impl<T: DeserializeOwned> Parameter for mode::required<T> {
    fn take(source: &mut Source<'_>) -> Option<Self> {
        source.among.required(source.params.next()?, source.violations).map(Self)
    }
}

impl<T: DeserializeOwned> Parameter for mode::optional<Option<T>> {
    fn take(source: &mut Source<'_>) -> Option<Self> {
        Some(Self(source.among.optional(source.params.next()?, source.violations)))
    }
}

/// The parameters of a type, in the order of its table.
pub trait Parameters: Sized {
    /// Reads the parameters one after the other.
    fn take(source: &mut Source<'_>) -> Option<Self>;
}

impl<P: Parameters, Q: Parameters> Parameters for And<P, Q> {
    fn take(source: &mut Source<'_>) -> Option<Self> {
        let (first, more) = (P::take(source), Q::take(source));
        Some(Self(first?, more?))
    }
}

macro_rules! tuples {
    ($($($index:tt $parameter:ident),*;)*) => {$(
        impl<$($parameter: Parameter),*> Parameters for ($($parameter,)*) {
            fn take(source: &mut Source<'_>) -> Option<Self> {
                // All of them are read before any is returned, so that every violation is reported.
                let taken = ($($parameter::take(source),)*);
                Some(($(taken.$index?,)*))
            }
        }
    )*};
}

tuples! {
    0 A;
    0 A, 1 B;
    0 A, 1 B, 2 C;
    0 A, 1 B, 2 C, 3 D;
    0 A, 1 B, 2 C, 3 D, 4 E;
    0 A, 1 B, 2 C, 3 D, 4 E, 5 F;
    0 A, 1 B, 2 C, 3 D, 4 E, 5 F, 6 G;
    0 A, 1 B, 2 C, 3 D, 4 E, 5 F, 6 G, 7 H;
}

/// Implements a struct for the parameters of an operation: `params!(Type { field: mode, place("name"); ... });`.
///
/// The other settings of a [`Param`](crate::models::params::Param) follow the place: `query("ids").list().joined()`.
///
/// Modes are `required` and `optional` (an `Option`). `secret` after a mode hides the value from `Debug`. With
/// `params!(checked Type ...)` the caller implements `Validate`.
#[macro_export]
macro_rules! params {
    (checked $($table:tt)*) => { $crate::params!(@impls $($table)*); };
    ($name:ident $($table:tt)*) => {
        $crate::params!(@impls $name $($table)*);

        impl $crate::models::Validate for $name {}
    };
    (@impls $name:ident { $($field:ident: $mode:ident $($secret:ident)?, $place:ident($wire:literal) $(.$how:ident($($names:expr)?))*;)* }) => {
        $crate::visited!($name { $($field: $wire, $mode $($secret)?;)* });

        impl $crate::models::params::Params for $name {
            const PARAMS: &'static [$crate::models::params::Param] =
                &[$($crate::models::params::Param::$place($wire)$(.$how($($names)?))*),*];

            #[inline]
            fn read(
                reader: &$crate::models::params::Reader,
                violations: &mut Vec<$crate::models::problem::Violation>,
            ) -> Option<Self> {
                $crate::models::params::built(|$crate::fields!($($field $mode,)*)| Self { $($field,)* })
                    .read(Self::PARAMS, reader, violations)
            }
        }
    };
}
