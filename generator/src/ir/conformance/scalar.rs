//! Whether a value matches a scalar type, formats included.

use super::{Mismatch, expected, mismatch};
use crate::diag::Pointer;
use crate::ir::{Literal, Scalar};
use crate::tree::Tree;

/// Checks whether a value would decode into a scalar.
pub(super) fn matches_scalar(scalar: Scalar, value: &Literal, at: &Pointer) -> Result<(), Mismatch> {
    match (scalar, value) {
        (Scalar::Bool, Tree::Bool(_))
        | (Scalar::String | Scalar::File, Tree::String(_))
        | (Scalar::Float, Tree::Number(_)) => Ok(()),
        (Scalar::Int(int), Tree::Number(number)) => match number.as_int() {
            Some(value) if (int.range().0..=int.range().1).contains(&value) => Ok(()),
            Some(value) => mismatch(at, format!("{value} is out of range")),
            None => mismatch(at, "must be a whole number"),
        },
        (Scalar::Base64, Tree::String(text)) => {
            let is_base64 = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '-' | '_' | '=');
            if text.chars().all(is_base64) { Ok(()) } else { mismatch(at, "is not base64") }
        }
        (Scalar::Date, Tree::String(text)) if is_date(text) => Ok(()),
        (Scalar::Date, Tree::String(text)) => mismatch(at, format!("`{text}` is not a date such as `2026-01-31`")),
        (Scalar::DateTime, Tree::String(text)) if is_date_time(text) => Ok(()),
        (Scalar::DateTime, Tree::String(text)) => {
            mismatch(at, format!("`{text}` is not an RFC 3339 date-time such as `2026-01-31T12:00:00Z`"))
        }
        (Scalar::Uuid, Tree::String(text)) if is_uuid(text) => Ok(()),
        (Scalar::Uuid, Tree::String(text)) => mismatch(at, format!("`{text}` is not a UUID")),
        (Scalar::Bool, _) => expected(at, "a boolean", value),
        (Scalar::Int(_) | Scalar::Float, _) => expected(at, "a number", value),
        _ => expected(at, "a string", value),
    }
}

/// Whether a text is a full-date (RFC 3339 §5.6).
pub(super) fn is_date(text: &str) -> bool {
    let numbers: Vec<Option<u32>> = text.split('-').map(|part| digits(part, part.len())).collect();
    let [Some(year), Some(month), Some(day)] = numbers.as_slice() else { return false };
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    lengths == [4, 2, 2] && (1..=12).contains(month) && *day >= 1 && *day <= days_in(*year, *month)
}

fn days_in(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Whether a text is a date-time (RFC 3339 §5.6).
pub(super) fn is_date_time(text: &str) -> bool {
    let Some((date, time)) = text.split_once(['T', 't', ' ']) else { return false };
    is_date(date) && is_time(time)
}

/// Whether a text is a full-time (RFC 3339 §5.6).
pub(super) fn is_time(text: &str) -> bool {
    let zone = text.rfind(['Z', 'z', '+', '-']);
    let Some((clock, zone)) = zone.and_then(|at| text.split_at_checked(at)) else { return false };
    is_clock(clock) && (zone.eq_ignore_ascii_case("z") || is_offset(zone))
}

fn is_clock(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let parts: Vec<Option<u32>> = whole.split(':').map(|part| digits(part, 2)).collect();
    let is_fraction = !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit());
    matches!(parts.as_slice(), [Some(0..=23), Some(0..=59), Some(0..=60)]) && is_fraction
}

fn is_offset(text: &str) -> bool {
    let parts: Vec<Option<u32>> = text.get(1..).unwrap_or("").split(':').map(|part| digits(part, 2)).collect();
    matches!(parts.as_slice(), [Some(0..=23), Some(0..=59)])
}

fn digits(text: &str, length: usize) -> Option<u32> {
    if text.len() == length && !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
        text.parse().ok()
    } else {
        None
    }
}

pub(super) fn is_uuid(text: &str) -> bool {
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    lengths == [8, 4, 4, 4, 12] && text.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit())
}
