//! Whether a string has a format (JSON Schema Validation 2020-12 §7.3).

use std::net::{Ipv4Addr, Ipv6Addr};

use super::{Mismatch, mismatch, scalar};
use crate::diag::Pointer;
use crate::ir::Literal;

/// Checks whether a value, if it is a string, has a format.
pub(super) fn matches_format(format: Option<&str>, value: &Literal, at: &Pointer) -> Result<(), Mismatch> {
    match (format, value.as_str()) {
        (Some(format), Some(text)) if !has_format(format, text) => {
            mismatch(at, format!("`{text}` does not have the format `{format}`"))
        }
        _ => Ok(()),
    }
}

/// Whether a string has a format. Those that are not listed here are not checked.
pub fn has_format(format: &str, text: &str) -> bool {
    let is_label = |label: &str| {
        let is_inner = |c: char| c.is_alphanumeric() || c == '-';
        !label.is_empty() && label.chars().all(is_inner) && !label.starts_with('-') && !label.ends_with('-')
    };
    match format {
        "email" | "idn-email" => text.rsplit_once('@').is_some_and(|(local, domain)| {
            !local.is_empty() && !local.contains(' ') && domain.split('.').all(is_label)
        }),
        "hostname" | "idn-hostname" => text.split('.').all(is_label),
        "ipv4" => text.parse::<Ipv4Addr>().is_ok(),
        "ipv6" => text.parse::<Ipv6Addr>().is_ok(),
        "date" => scalar::is_date(text),
        "date-time" => scalar::is_date_time(text),
        "time" => scalar::is_time(text),
        "uuid" => scalar::is_uuid(text),
        "uri" | "iri" => url::Url::parse(text).is_ok() && !text.contains(char::is_whitespace),
        _ => true,
    }
}
