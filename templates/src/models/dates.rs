//! Dates and times of the crate `time` in the format of RFC 3339.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Error as _, Serialize, Serializer};
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;

/// A date with time and offset (`format: date-time`), written as RFC 3339. Dereferences to [`time::OffsetDateTime`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateTime(pub time::OffsetDateTime);

/// A date (`format: date`), written as RFC 3339. Dereferences to [`time::Date`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(pub time::Date);

macro_rules! date {
    ($name:ident, $inner:ty, $format:expr) => {
        impl From<$inner> for $name {
            fn from(value: $inner) -> Self {
                Self(value)
            }
        }

        impl Deref for $name {
            type Target = $inner;

            fn deref(&self) -> &$inner {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0.format($format).map_err(|_| fmt::Error)?)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0.format($format).map_err(S::Error::custom)?)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = Cow::<'de, str>::deserialize(deserializer)?;
                <$inner>::parse(&text, $format).map(Self).map_err(D::Error::custom)
            }
        }
    };
}

date!(DateTime, time::OffsetDateTime, &Rfc3339);
date!(Date, time::Date, format_description!("[year]-[month]-[day]"));
