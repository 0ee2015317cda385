//! `Validate` for types of the standard library and of this crate.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use super::{Checks, Validate};
use crate::models::{Base64, Never, Patch};

macro_rules! nothing_to_check {
    ($($name:ty),* $(,)?) => {
        $(impl Validate for $name {})*
    };
}
nothing_to_check!((), bool, i8, i16, i32, i64, i128, u8, u16, u32, u64, f64, String, Value, Base64, Never);

#[cfg(feature = "multipart")]
nothing_to_check!(crate::models::FilePart);
#[cfg(feature = "chrono")]
nothing_to_check!(chrono::NaiveDate, chrono::DateTime<chrono::Utc>);
#[cfg(feature = "jiff")]
nothing_to_check!(jiff::civil::Date, jiff::Timestamp);
#[cfg(feature = "time")]
nothing_to_check!(crate::models::Date, crate::models::DateTime);
#[cfg(feature = "uuid")]
nothing_to_check!(uuid::Uuid);

impl<T: Validate + ?Sized> Validate for Box<T> {
    fn check(&self, checks: &mut Checks<'_>) {
        (**self).check(checks);
    }
}

impl<T: Validate> Validate for Option<T> {
    fn check(&self, checks: &mut Checks<'_>) {
        if let Some(value) = self {
            value.check(checks);
        }
    }
}

impl<T: Validate> Validate for Patch<T> {
    fn check(&self, checks: &mut Checks<'_>) {
        if let Some(value) = self.as_value() {
            value.check(checks);
        }
    }
}

impl<T: Validate> Validate for Vec<T> {
    fn check(&self, checks: &mut Checks<'_>) {
        for (index, item) in self.iter().enumerate() {
            item.check(&mut checks.index(index));
        }
    }
}

macro_rules! maps {
    ($([$($generics:tt)*] $map:ty;)*) => {
        $(impl<$($generics)*> Validate for $map {
            fn check(&self, checks: &mut Checks<'_>) {
                for (key, value) in self {
                    value.check(&mut checks.property(key));
                }
            }
        })*
    };
}
maps! {
    [T: Validate] BTreeMap<String, T>;
    [T: Validate, S] HashMap<String, T, S>;
}
#[cfg(feature = "indexmap")]
maps! {
    [T: Validate, S] indexmap::IndexMap<String, T, S>;
}

impl Validate for serde_json::Map<String, Value> {}
