//! Properties that distinguish absent from `null`.

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

/// A property that is absent, `null` or a value, which mean different things in a request that changes a resource
/// (RFC 7396).
///
/// ```
/// use crategen_runtime::models::Patch;
///
/// let mut nickname = Some("Ada".to_owned());
/// Patch::from(None::<String>).apply(&mut nickname);
/// assert_eq!(nickname.as_deref(), Some("Ada"));
/// Patch::from("Countess").apply(&mut nickname);
/// assert_eq!(nickname.as_deref(), Some("Countess"));
/// Patch::Null.apply(&mut nickname);
/// assert_eq!(nickname, None);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Patch<T> {
    /// Leaves the property unchanged: the key is not sent.
    #[default]
    Absent,
    /// Removes the property: `null` is sent.
    Null,
    /// Sets the property.
    Value(T),
}

impl<T> Patch<T> {
    /// Returns whether the property is absent.
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Returns the value, if there is one.
    pub const fn as_value(&self) -> Option<&T> {
        if let Self::Value(value) = self { Some(value) } else { None }
    }

    /// Returns the value, if there is one.
    pub fn into_value(self) -> Option<T> {
        if let Self::Value(value) = self { Some(value) } else { None }
    }

    /// Changes a field as the request asks: absent leaves it, `null` removes the value, a value replaces it.
    pub fn apply(self, field: &mut Option<T>) {
        match self {
            Self::Absent => {}
            Self::Null => *field = None,
            Self::Value(value) => *field = Some(value),
        }
    }
}

impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl From<&str> for Patch<String> {
    fn from(value: &str) -> Self {
        Self::Value(value.to_owned())
    }
}

/// `None` leaves the property unchanged; [`Patch::Null`] says that it shall be removed.
impl<T> From<Option<T>> for Patch<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Absent, Self::Value)
    }
}

impl<T: Serialize> Serialize for Patch<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Absent | Self::Null => serializer.serialize_none(),
            Self::Value(value) => serializer.serialize_some(value),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(deserializer)?.map_or(Self::Null, Self::Value))
    }
}
