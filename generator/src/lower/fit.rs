//! Whether a value fits a type: examples and defaults are held against what was understood of their schemas.

use crate::diag::Pointer;
use crate::ir::{Api, Enum, Literal, Presence, Rest, Scalar, Shape, Struct, Ty, Union};
use crate::tree::{Number, Tree};

/// Why a value does not fit.
#[derive(Clone, Debug)]
pub struct Misfit {
    /// Where in the value.
    pub at: Pointer,
    /// What is wrong there.
    pub message: String,
}

/// Whether a value would decode into a type; says where it would not.
pub fn fits(api: &Api, ty: &Ty, value: &Literal, at: &Pointer) -> Result<(), Misfit> {
    match ty {
        Ty::Any | Ty::Given(_) => Ok(()),
        Ty::Never => misfit(at, "nothing may stand here"),
        Ty::Null if *value == Tree::Null => Ok(()),
        Ty::Null => misfit(at, format!("must be null, found {}", value.kind())),
        Ty::Nullable(_) if *value == Tree::Null => Ok(()),
        Ty::Nullable(ty) => fits(api, ty, value, at),
        Ty::Scalar(scalar) => fits_scalar(*scalar, value, at),
        Ty::List(item) => {
            let Some(items) = value.as_array() else { return expected(at, "a list", value) };
            items.iter().enumerate().try_for_each(|(index, value)| fits(api, item, value, &at.index(index)))
        }
        Ty::Tuple(types) => {
            let Some(items) = value.as_array() else { return expected(at, "a list", value) };
            if items.len() != types.len() {
                return misfit(at, format!("must have {} items", types.len()));
            }
            let pairs = items.iter().zip(types).enumerate();
            pairs.into_iter().try_for_each(|(index, (value, ty))| fits(api, ty, value, &at.index(index)))
        }
        Ty::Map(entry) => {
            let Some(map) = value.as_object() else { return expected(at, "a mapping", value) };
            map.iter().try_for_each(|(key, value)| fits(api, entry, value, &at.push(key)))
        }
        Ty::Named(id) => match &api.types[*id].shape {
            Shape::Alias(ty) | Shape::Newtype(ty) => fits(api, ty, value, at),
            Shape::Enum(shape) => fits_enum(shape, value, at),
            Shape::Struct(shape) => fits_struct(api, shape, value, at),
            Shape::Union(union) => fits_union(api, union, value, at),
        },
    }
}

fn misfit(at: &Pointer, message: impl Into<String>) -> Result<(), Misfit> {
    Err(Misfit { at: at.clone(), message: message.into() })
}

fn expected(at: &Pointer, what: &str, found: &Literal) -> Result<(), Misfit> {
    misfit(at, format!("must be {what}, found {}", found.kind()))
}

fn fits_scalar(scalar: Scalar, value: &Literal, at: &Pointer) -> Result<(), Misfit> {
    match (scalar, value) {
        (Scalar::Bool, Tree::Bool(_))
        | (Scalar::String | Scalar::File, Tree::String(_))
        | (Scalar::Float, Tree::Number(_)) => Ok(()),
        (Scalar::Int(int), Tree::Number(number)) => match number.as_int() {
            Some(value) if (int.range().0..=int.range().1).contains(&value) => Ok(()),
            Some(value) => misfit(at, format!("{value} is out of range")),
            None => misfit(at, "must be a whole number"),
        },
        (Scalar::Base64, Tree::String(text)) => {
            let fine = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '-' | '_' | '=');
            if text.chars().all(fine) { Ok(()) } else { misfit(at, "is not base64") }
        }
        (Scalar::Date, Tree::String(text)) if is_date(text) => Ok(()),
        (Scalar::Date, Tree::String(text)) => misfit(at, format!("`{text}` is no date such as `2026-01-31`")),
        (Scalar::DateTime, Tree::String(text)) if is_date_time(text) => Ok(()),
        (Scalar::DateTime, Tree::String(text)) => {
            misfit(at, format!("`{text}` is no RFC 3339 date-time such as `2026-01-31T12:00:00Z`"))
        }
        (Scalar::Uuid, Tree::String(text)) if is_uuid(text) => Ok(()),
        (Scalar::Uuid, Tree::String(text)) => misfit(at, format!("`{text}` is no UUID")),
        (Scalar::Bool, _) => expected(at, "a boolean", value),
        (Scalar::Int(_) | Scalar::Float, _) => expected(at, "a number", value),
        _ => expected(at, "a string", value),
    }
}

/// RFC 3339 full-date.
fn is_date(text: &str) -> bool {
    let numbers: Vec<Option<u32>> = text.split('-').map(|part| digits(part, part.len())).collect();
    let [Some(year), Some(month), Some(day)] = numbers.as_slice() else { return false };
    let shape: Vec<usize> = text.split('-').map(str::len).collect();
    shape == [4, 2, 2] && (1..=12).contains(month) && *day >= 1 && *day <= days_in(*year, *month)
}

fn days_in(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// RFC 3339 date-time.
fn is_date_time(text: &str) -> bool {
    let Some((date, time)) = text.split_once(['T', 't', ' ']) else { return false };
    let zone = time.rfind(['Z', 'z', '+', '-']);
    let Some((clock, zone)) = zone.and_then(|at| time.split_at_checked(at)) else { return false };
    is_date(date) && is_clock(clock) && (zone.eq_ignore_ascii_case("z") || is_offset(zone))
}

fn is_clock(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let parts: Vec<Option<u32>> = whole.split(':').map(|part| digits(part, 2)).collect();
    let fraction_fine = !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit());
    matches!(parts.as_slice(), [Some(0..=23), Some(0..=59), Some(0..=60)]) && fraction_fine
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

fn is_uuid(text: &str) -> bool {
    let shape: Vec<usize> = text.split('-').map(str::len).collect();
    shape == [8, 4, 4, 4, 12] && text.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit())
}

fn fits_enum(shape: &Enum, value: &Literal, at: &Pointer) -> Result<(), Misfit> {
    if shape.values.iter().any(|known| same(&known.literal, value)) {
        return Ok(());
    }
    let known: Vec<String> = shape.values.iter().take(8).map(|value| format!("`{}`", value.literal.text())).collect();
    misfit(at, format!("`{}` is none of the listed values ({} ...)", value.text(), known.join(", ")))
}

fn same(a: &Literal, b: &Literal) -> bool {
    match (a.as_number().and_then(Number::as_int), b.as_number().and_then(Number::as_int)) {
        (Some(a), Some(b)) => a == b,
        _ => a == b,
    }
}

fn fits_struct(api: &Api, shape: &Struct, value: &Literal, at: &Pointer) -> Result<(), Misfit> {
    let Some(map) = value.as_object() else { return expected(at, "a mapping", value) };
    for field in &shape.fields {
        match map.get(&field.wire) {
            Some(Tree::Null) if field.presence == Presence::Optional => {}
            Some(value) => fits(api, &field.ty, value, &at.push(&field.wire))?,
            None if field.presence == Presence::Required && field.default.is_none() => {
                return misfit(at, format!("`{}` is missing", field.wire));
            }
            None => {}
        }
    }
    let unknown = map.iter().filter(|(key, _)| !shape.fields.iter().any(|field| field.wire == **key));
    for (key, value) in unknown {
        if let Rest::Collect(ty) = &shape.rest {
            fits(api, ty, value, &at.push(key))?;
        }
    }
    Ok(())
}

fn fits_union(api: &Api, union: &Union, value: &Literal, at: &Pointer) -> Result<(), Misfit> {
    let mut first = None;
    for variant in &union.variants {
        match fits(api, &variant.ty, value, at) {
            Ok(()) => return Ok(()),
            Err(error) => {
                first.get_or_insert(error);
            }
        }
    }
    match first {
        Some(error) => Err(error),
        None => misfit(at, "fits no branch of the union"),
    }
}
