//! Properties that distinguish absent from `null`.

use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasher;

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
///
/// Arrays convert to what they contain:
///
/// ```
/// use std::collections::BTreeMap;
///
/// use crategen_runtime::models::Patch;
///
/// let labels: Patch<Vec<String>> = ["bug"].into();
/// assert_eq!(labels, Patch::Value(vec!["bug".to_owned()]));
/// let metadata: Patch<BTreeMap<String, String>> = [("order", "1")].into();
/// assert_eq!(metadata, Patch::Value(BTreeMap::from([("order".to_owned(), "1".to_owned())])));
/// let sizes: Patch<serde_json::Map<String, serde_json::Value>> = [("size", 3)].into();
/// let stars: Patch<i64> = 5.into();
/// assert_eq!(stars, Patch::Value(5));
/// assert_eq!(sizes.as_value().and_then(|sizes| sizes["size"].as_i64()), Some(3));
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

/// The items of an array are converted: `Patch::<Vec<String>>::from(["bug", "urgent"])`.
impl<T, U: Into<T>, const N: usize> From<[U; N]> for Patch<Vec<T>> {
    fn from(items: [U; N]) -> Self {
        Self::Value(items.into_iter().map(Into::into).collect())
    }
}

/// Keys and values are converted: `Patch::<BTreeMap<String, String>>::from([("order", "1")])`.
impl<K: Into<String>, T, U: Into<T>, const N: usize> From<[(K, U); N]> for Patch<BTreeMap<String, T>> {
    fn from(entries: [(K, U); N]) -> Self {
        Self::Value(converted(entries))
    }
}

/// Keys and values are converted.
impl<K: Into<String>, T, U: Into<T>, S: BuildHasher + Default, const N: usize> From<[(K, U); N]>
    for Patch<HashMap<String, T, S>>
{
    fn from(entries: [(K, U); N]) -> Self {
        Self::Value(converted(entries))
    }
}

/// Keys and values are converted: `Patch::<serde_json::Map<_, _>>::from([("size", 3)])`.
impl<K: Into<String>, U: Into<serde_json::Value>, const N: usize> From<[(K, U); N]>
    for Patch<serde_json::Map<String, serde_json::Value>>
{
    fn from(entries: [(K, U); N]) -> Self {
        Self::Value(converted(entries))
    }
}

fn converted<K: Into<String>, T, U: Into<T>, M: FromIterator<(String, T)>, const N: usize>(entries: [(K, U); N]) -> M {
    entries.into_iter().map(|(key, value)| (key.into(), value.into())).collect()
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
