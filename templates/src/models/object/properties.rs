//! The properties of an object while it is read: tuples of [`Property`], addressed by index.

use serde::de::MapAccess;

use super::mode::Property;

/// The properties of a type, in the order of its table.
pub trait Properties<'de>: Sized {
    /// What has been read so far.
    type Slots: Default;
    /// The number of properties.
    const COUNT: usize;

    /// Reads the value of the property at an index below [`Self::COUNT`].
    fn read<A: MapAccess<'de>>(slots: &mut Self::Slots, index: usize, map: &mut A) -> Result<(), A::Error>;

    /// Returns the properties after the end of the object. Fails with the index of the first one that is missing.
    fn finish(slots: Self::Slots) -> Result<Self, usize>;
}

/// Two groups of properties, because tuples have a limited length.
pub struct And<P, Q>(pub P, pub Q);

impl<'de, P: Properties<'de>, Q: Properties<'de>> Properties<'de> for And<P, Q> {
    type Slots = (P::Slots, Q::Slots);
    const COUNT: usize = P::COUNT + Q::COUNT;

    #[inline]
    fn read<A: MapAccess<'de>>(slots: &mut Self::Slots, index: usize, map: &mut A) -> Result<(), A::Error> {
        match index.checked_sub(P::COUNT) {
            None => P::read(&mut slots.0, index, map),
            Some(index) => Q::read(&mut slots.1, index, map),
        }
    }

    #[inline]
    fn finish(slots: Self::Slots) -> Result<Self, usize> {
        Ok(Self(P::finish(slots.0)?, Q::finish(slots.1).map_err(|index| P::COUNT + index)?))
    }
}

macro_rules! tuples {
    ($($count:literal: $($index:tt $property:ident),*;)*) => {$(
        impl<'de, $($property: Property<'de>),*> Properties<'de> for ($($property,)*) {
            type Slots = ($($property::Slot,)*);
            const COUNT: usize = $count;

            #[inline]
            fn read<Map: MapAccess<'de>>(
                slots: &mut Self::Slots,
                index: usize,
                map: &mut Map,
            ) -> Result<(), Map::Error> {
                match index {
                    $($index => slots.$index = $property::read(map)?,)*
                    _ => {}
                }
                Ok(())
            }

            #[inline]
            fn finish(slots: Self::Slots) -> Result<Self, usize> {
                Ok(($($property::finish(slots.$index).ok_or::<usize>($index)?,)*))
            }
        }
    )*};
}

tuples! {
    1: 0 A;
    2: 0 A, 1 B;
    3: 0 A, 1 B, 2 C;
    4: 0 A, 1 B, 2 C, 3 D;
    5: 0 A, 1 B, 2 C, 3 D, 4 E;
    6: 0 A, 1 B, 2 C, 3 D, 4 E, 5 F;
    7: 0 A, 1 B, 2 C, 3 D, 4 E, 5 F, 6 G;
    8: 0 A, 1 B, 2 C, 3 D, 4 E, 5 F, 6 G, 7 H;
}

impl<'de> Properties<'de> for () {
    type Slots = ();
    const COUNT: usize = 0;

    fn read<A: MapAccess<'de>>((): &mut (), _index: usize, _map: &mut A) -> Result<(), A::Error> {
        Ok(())
    }

    #[inline]
    fn finish((): ()) -> Result<Self, usize> {
        Ok(())
    }
}
