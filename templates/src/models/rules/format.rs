//! Formats of strings (JSON Schema Validation 2020-12 §7.3), as far as types have them.

use super::schema::Format;
use crate::models::Base64;

/// Returns whether a string has a format. A format without a type, because its feature is off, allows any string.
pub(super) fn is_valid(format: Format, text: &str) -> bool {
    match format {
        Format::Any => true,
        Format::Byte => is::<Base64>(text),
        Format::Date => is_date(text),
        Format::DateTime => is_date_time(text),
        Format::Uuid => is_uuid(text),
    }
}

/// Returns whether a type can be read from a string.
fn is<T: serde::de::DeserializeOwned>(text: &str) -> bool {
    T::deserialize(serde::de::value::StrDeserializer::<serde::de::value::Error>::new(text)).is_ok()
}

fn is_date(text: &str) -> bool {
    #[cfg(feature = "chrono")]
    return is::<chrono::NaiveDate>(text);
    #[cfg(all(feature = "jiff", not(feature = "chrono")))]
    return is::<jiff::civil::Date>(text);
    #[cfg(all(feature = "time", not(any(feature = "chrono", feature = "jiff"))))]
    return is::<crate::models::Date>(text);
    #[cfg(not(any(feature = "chrono", feature = "jiff", feature = "time")))]
    {
        let _ = text;
        true
    }
}

fn is_date_time(text: &str) -> bool {
    #[cfg(feature = "chrono")]
    return is::<chrono::DateTime<chrono::Utc>>(text);
    #[cfg(all(feature = "jiff", not(feature = "chrono")))]
    return is::<jiff::Timestamp>(text);
    #[cfg(all(feature = "time", not(any(feature = "chrono", feature = "jiff"))))]
    return is::<crate::models::DateTime>(text);
    #[cfg(not(any(feature = "chrono", feature = "jiff", feature = "time")))]
    {
        let _ = text;
        true
    }
}

fn is_uuid(text: &str) -> bool {
    #[cfg(feature = "uuid")]
    return is::<uuid::Uuid>(text);
    #[cfg(not(feature = "uuid"))]
    {
        let _ = text;
        true
    }
}
