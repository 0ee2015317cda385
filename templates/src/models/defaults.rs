//! Default values of properties.

use std::collections::{BTreeMap, HashMap};

use serde::de::DeserializeOwned;

use super::{Patch, from_json};

/// A type with properties that have a `default` (JSON Schema Validation 2020-12 §9.2).
///
/// Servers fill in defaults after a request body has been validated, except for `PATCH`, where an absent property means
/// unchanged. Clients send exactly what they are given.
pub trait Defaults {
    /// Sets every absent property, at any depth, to its default from the document.
    fn fill_defaults(&mut self);
}

/// Implements [`Defaults`](crate::models::Defaults): `defaults!(Type { field; field = "json"; });`.
///
/// A field with a value is set to it, written as JSON, if it is absent; a field without one contains properties with
/// defaults.
#[macro_export]
macro_rules! defaults {
    ($name:ident { $($field:ident $(= $json:literal)?;)* }) => {
        impl $crate::models::defaults::Defaults for $name {
            #[inline]
            fn fill_defaults(&mut self) {
                $($crate::defaults!(@field self.$field $(, $json)?);)*
            }
        }
    };
    (@field $field:expr) => { $crate::models::defaults::Defaults::fill_defaults(&mut $field) };
    (@field $field:expr, $json:literal) => { $crate::models::defaults::Absent::fill(&mut $field, $json) };
}

/// A property that can be absent.
pub trait Absent {
    /// Sets the property to a value, written as JSON, if it is absent.
    fn fill(&mut self, json: &str);
}

impl<T: DeserializeOwned> Absent for Option<T> {
    fn fill(&mut self, json: &str) {
        if self.is_none() {
            *self = from_json(json.as_bytes()).ok();
        }
    }
}

impl<T: DeserializeOwned> Absent for Patch<T> {
    fn fill(&mut self, json: &str) {
        if self.is_absent() {
            *self = from_json(json.as_bytes()).map_or(Self::Absent, Self::Value);
        }
    }
}

impl<T: Defaults> Defaults for Box<T> {
    fn fill_defaults(&mut self) {
        (**self).fill_defaults();
    }
}

impl<T: Defaults> Defaults for Option<T> {
    fn fill_defaults(&mut self) {
        self.iter_mut().for_each(T::fill_defaults);
    }
}

impl<T: Defaults> Defaults for Patch<T> {
    fn fill_defaults(&mut self) {
        if let Self::Value(value) = self {
            value.fill_defaults();
        }
    }
}

impl<T: Defaults> Defaults for Vec<T> {
    fn fill_defaults(&mut self) {
        self.iter_mut().for_each(T::fill_defaults);
    }
}

impl<T: Defaults> Defaults for BTreeMap<String, T> {
    fn fill_defaults(&mut self) {
        self.values_mut().for_each(T::fill_defaults);
    }
}

impl<T: Defaults, S> Defaults for HashMap<String, T, S> {
    fn fill_defaults(&mut self) {
        self.values_mut().for_each(T::fill_defaults);
    }
}

#[cfg(feature = "indexmap")]
impl<T: Defaults, S> Defaults for indexmap::IndexMap<String, T, S> {
    fn fill_defaults(&mut self) {
        self.values_mut().for_each(T::fill_defaults);
    }
}
