//! `type` and `format` to a scalar.

use super::facts::Facts;
use crate::config::Config;
use crate::ir::{Int, Scalar};

/// An integer as wide as its format says; 64 bits if it says nothing, because sizes and ids outgrow 32.
pub(super) fn integer(format: Option<&str>) -> Scalar {
    Scalar::Int(match format {
        Some("int8") => Int::I8,
        Some("int16") => Int::I16,
        Some("int32") => Int::I32,
        Some("uint8") => Int::U8,
        Some("uint16") => Int::U16,
        Some("uint32" | "uint") => Int::U32,
        Some("uint64") => Int::U64,
        _ => Int::I64,
    })
}

/// A double; some documents write `number` with an integer format.
pub(super) fn number(format: Option<&str>) -> Scalar {
    match format {
        Some("int8" | "int16" | "int32" | "int64" | "uint8" | "uint16" | "uint32" | "uint64") => integer(format),
        _ => Scalar::Float,
    }
}

/// A text, or a type of its own where a format has exactly one meaning.
pub(super) fn string(config: &Config, facts: &Facts) -> Scalar {
    // Taken literally, a format says nothing of which values are valid (JSON Schema Validation 2020-12 §7).
    if config.literal_schemas {
        return Scalar::String;
    }
    if facts.content_encoding.as_deref() == Some("base64") {
        return Scalar::Base64;
    }
    match facts.format.as_deref() {
        Some("byte") => Scalar::Base64,
        Some("date") => Scalar::Date,
        Some("date-time") => Scalar::DateTime,
        Some("uuid") => Scalar::Uuid,
        // Stricter types (URLs, e-mail addresses ...) refuse what real servers send.
        _ => Scalar::String,
    }
}

/// Formats that only strings have; they say `type: string` where nobody did.
pub(super) fn is_string_format(format: &str) -> bool {
    matches!(
        format,
        "byte"
            | "binary"
            | "date"
            | "date-time"
            | "uuid"
            | "uri"
            | "url"
            | "email"
            | "password"
            | "hostname"
            | "ipv4"
            | "ipv6"
    )
}
