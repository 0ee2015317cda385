//! What a document says of properties that are absent.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;

use super::Patch;

/// Values with properties that have a default (JSON Schema Validation §9.2).
///
/// Servers fill them in once a body is judged, but for `PATCH`, where absent means unchanged. Clients send what they are given.
pub trait Defaults {
    /// Gives every property that is absent, at any depth, the value that the document says.
    fn fill_defaults(&mut self);
}

/// `defaults!(Type { field; field = "json"; });`: fields with defaults inside, and fields that have one, as JSON.
#[macro_export]
macro_rules! defaults {
    ($name:ident { $($field:ident $(= $json:literal)?;)* }) => {
        impl $crate::models::defaults::Defaults for $name {
            fn fill_defaults(&mut self) {
                $($crate::defaults!(@field self.$field $(, $json)?);)*
            }
        }
    };
    (@field $field:expr) => { $crate::models::defaults::Defaults::fill_defaults(&mut $field) };
    (@field $field:expr, $json:literal) => { $crate::models::defaults::Absent::fill(&mut $field, $json) };
}

/// A property that may be absent.
pub trait Absent {
    /// Gives it a value, written as JSON, if it is absent.
    fn fill(&mut self, json: &str);
}

impl<T: DeserializeOwned> Absent for Option<T> {
    fn fill(&mut self, json: &str) {
        if self.is_none() {
            *self = serde_json::from_str(json).ok();
        }
    }
}

impl<T: DeserializeOwned> Absent for Patch<T> {
    fn fill(&mut self, json: &str) {
        if self.is_absent() {
            *self = serde_json::from_str(json).map_or(Self::Absent, Self::Value);
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
