//! How properties are read: a wrapper a mode, called as the tables of `object!` call the mode.
#![allow(non_camel_case_types)]

use serde::de::{DeserializeOwned, MapAccess};

use super::super::{Patch, strict::is_strict};

/// A property, by its mode.
pub trait Property: Sized {
    /// Reads its value.
    fn read<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Self, A::Error>;

    /// What it is if it is not there; `None` if it must be.
    fn absent() -> Option<Self>;
}

/// Must be there.
pub struct required<T>(pub T);

impl<T: DeserializeOwned> Property for required<T> {
    #[inline]
    fn read<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Self, A::Error> {
        map.next_value().map(Self)
    }

    #[inline]
    fn absent() -> Option<Self> {
        None
    }
}

/// May be absent; `null` is absent to those who read leniently.
pub struct optional<T>(pub T);

impl<T: DeserializeOwned> Property for optional<Option<T>> {
    #[inline]
    fn read<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Self, A::Error> {
        if is_strict() { map.next_value().map(|value| Self(Some(value))) } else { map.next_value().map(Self) }
    }

    #[inline]
    fn absent() -> Option<Self> {
        Some(Self(None))
    }
}

/// May be absent or `null`, which is the same.
pub struct nullable<T>(pub T);

impl<T: DeserializeOwned> Property for nullable<Option<T>> {
    #[inline]
    fn read<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Self, A::Error> {
        map.next_value().map(Self)
    }

    #[inline]
    fn absent() -> Option<Self> {
        Some(Self(None))
    }
}

/// May be absent; `null` is a value like any other.
pub struct any<T>(pub T);

impl<T: DeserializeOwned> Property for any<Option<T>> {
    #[inline]
    fn read<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Self, A::Error> {
        map.next_value().map(|value| Self(Some(value)))
    }

    #[inline]
    fn absent() -> Option<Self> {
        Some(Self(None))
    }
}

/// May be absent or `null`, which are kept apart.
pub struct patch<T>(pub T);

impl<T: DeserializeOwned> Property for patch<Patch<T>> {
    #[inline]
    fn read<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Self, A::Error> {
        map.next_value().map(Self)
    }

    #[inline]
    fn absent() -> Option<Self> {
        Some(Self(Patch::Absent))
    }
}
