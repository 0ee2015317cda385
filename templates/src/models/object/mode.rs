//! How properties are read: a wrapper a mode, called as the tables of `object!` call the mode.
#![allow(non_camel_case_types)]

use serde::de::{Deserialize, MapAccess};

use super::super::{Patch, strict::is_strict};

/// A property, by its mode.
pub trait Property<'de>: Sized {
    /// What was read so far: nothing, by default.
    type Slot: Default;

    /// Reads its value.
    fn read<A: MapAccess<'de>>(map: &mut A) -> Result<Self::Slot, A::Error>;

    /// What it is once the object has ended; `None` if it must be there and is not.
    fn finish(slot: Self::Slot) -> Option<Self>;
}

/// Must be there.
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

/// May be absent; `null` is absent to those who read leniently.
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

/// May be absent or `null`, which is the same.
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

/// May be absent; `null` is a value like any other.
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

/// May be absent or `null`, which are kept apart.
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
