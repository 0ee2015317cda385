//! How properties are read: one wrapper per mode, named as the mode in the tables of `object!`.
#![allow(non_camel_case_types)]

use serde::de::{Deserialize, MapAccess};

use super::super::{Patch, strict::is_strict};

/// A property of a mode.
pub trait Property<'de>: Sized {
    /// What has been read so far; the default is nothing.
    type Slot: Default;

    /// Reads the value.
    fn read<A: MapAccess<'de>>(map: &mut A) -> Result<Self::Slot, A::Error>;

    /// Returns the property after the end of the object; `None` if it is required and missing.
    fn finish(slot: Self::Slot) -> Option<Self>;
}

/// A property that must be present.
pub struct required<T>(pub T);

impl<'de, T: Deserialize<'de>> Property<'de> for required<T> {
    type Slot = Option<T>;

    #[inline]
    fn read<A: MapAccess<'de>>(map: &mut A) -> Result<Option<T>, A::Error> {
        map.next_value().map(Some)
    }

    #[inline]
    fn finish(slot: Option<T>) -> Option<Self> {
        slot.map(Self)
    }
}

/// A property that can be absent. `null` counts as absent, except in strict mode.
pub struct optional<T>(pub T);

impl<'de, T: Deserialize<'de>> Property<'de> for optional<Option<T>> {
    type Slot = Option<T>;

    #[inline]
    fn read<A: MapAccess<'de>>(map: &mut A) -> Result<Option<T>, A::Error> {
        if is_strict() { map.next_value().map(Some) } else { map.next_value() }
    }

    #[inline]
    fn finish(slot: Option<T>) -> Option<Self> {
        Some(Self(slot))
    }
}

/// A property that can be absent or `null`; both read as `None`.
pub struct nullable<T>(pub T);

impl<'de, T: Deserialize<'de>> Property<'de> for nullable<Option<T>> {
    type Slot = Option<T>;

    #[inline]
    fn read<A: MapAccess<'de>>(map: &mut A) -> Result<Option<T>, A::Error> {
        map.next_value()
    }

    #[inline]
    fn finish(slot: Option<T>) -> Option<Self> {
        Some(Self(slot))
    }
}

/// A property that can be absent; `null` is a value like any other.
pub struct any<T>(pub T);

impl<'de, T: Deserialize<'de>> Property<'de> for any<Option<T>> {
    type Slot = Option<T>;

    #[inline]
    fn read<A: MapAccess<'de>>(map: &mut A) -> Result<Option<T>, A::Error> {
        map.next_value().map(Some)
    }

    #[inline]
    fn finish(slot: Option<T>) -> Option<Self> {
        Some(Self(slot))
    }
}

/// A property that can be absent or `null`, which are distinguished.
pub struct patch<T>(pub T);

impl<'de, T: Deserialize<'de>> Property<'de> for patch<Patch<T>> {
    type Slot = Patch<T>;

    #[inline]
    fn read<A: MapAccess<'de>>(map: &mut A) -> Result<Patch<T>, A::Error> {
        map.next_value()
    }

    #[inline]
    fn finish(slot: Patch<T>) -> Option<Self> {
        Some(Self(slot))
    }
}
