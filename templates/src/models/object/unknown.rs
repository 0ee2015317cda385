//! What happens to keys that a type has no property for.

use serde::de::{Deserialize, IgnoredAny, MapAccess};

use super::super::strict::refuse;
use super::Key;

/// Handles the keys that a type has no property for.
pub trait Unknown<'de> {
    /// What is kept of them.
    type Kept;

    /// Handles a key and reads its value.
    fn take<A: MapAccess<'de>>(&mut self, key: Key<'de>, map: &mut A) -> Result<(), A::Error>;

    /// Returns what was kept, after the end of the object.
    fn kept(self) -> Self::Kept;
}

/// Ignores unknown keys.
pub struct Ignore;

impl<'de> Unknown<'de> for Ignore {
    type Kept = ();

    fn take<A: MapAccess<'de>>(&mut self, _key: Key<'de>, map: &mut A) -> Result<(), A::Error> {
        map.next_value::<IgnoredAny>().map(|_| ())
    }

    fn kept(self) {}
}

/// Refuses unknown keys in strict mode.
pub struct Refuse;

impl<'de> Unknown<'de> for Refuse {
    type Kept = ();

    fn take<A: MapAccess<'de>>(&mut self, key: Key<'de>, map: &mut A) -> Result<(), A::Error> {
        refuse(map, key.as_str())
    }

    fn kept(self) {}
}

/// Keeps unknown keys and their values.
pub struct Keep<T>(Vec<(String, T)>);

impl<T> Default for Keep<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Unknown<'de> for Keep<T> {
    type Kept = Vec<(String, T)>;

    fn take<A: MapAccess<'de>>(&mut self, key: Key<'de>, map: &mut A) -> Result<(), A::Error> {
        self.0.push((key.into_string(), map.next_value()?));
        Ok(())
    }

    fn kept(self) -> Self::Kept {
        self.0
    }
}

/// Refuses some keys in strict mode, and leaves the others to `U`.
pub struct Forbid<U>(pub &'static [&'static str], pub U);

impl<'de, U: Unknown<'de>> Unknown<'de> for Forbid<U> {
    type Kept = U::Kept;

    fn take<A: MapAccess<'de>>(&mut self, key: Key<'de>, map: &mut A) -> Result<(), A::Error> {
        if self.0.contains(&key.as_str()) { refuse(map, key.as_str()) } else { self.1.take(key, map) }
    }

    fn kept(self) -> Self::Kept {
        self.1.kept()
    }
}
