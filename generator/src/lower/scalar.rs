//! From `type` and `format` to a scalar.

use super::facts::Facts;
use super::lowering::Lowering;
use crate::config::{Config, DateTime, Integer};
use crate::diag::{Code, Pointer};
use crate::ir::{Int, Rule, Scalar};

/// An integer of the width that its format says. Without a format it has 64 bits, because sizes and ids outgrow 32.
pub(super) fn integer(config: &Config, facts: &Facts) -> Scalar {
    let format = facts.format.as_deref();
    Scalar::Int(match format {
        Some("int8") => Int::I8,
        Some("int16") => Int::I16,
        Some("int32") => Int::I32,
        Some("uint8") => Int::U8,
        Some("uint16") => Int::U16,
        Some("uint32" | "uint") => Int::U32,
        Some("uint64") => Int::U64,
        Some("int64") => Int::I64,
        _ => match config.types.integer {
            Integer::I32 => Int::I32,
            Integer::U64 => Int::U64,
            Integer::I128 => Int::I128,
            Integer::I64 => wide_enough(facts),
        },
    })
}

/// The narrowest type of at least 64 bits that contains the bounds of the document.
fn wide_enough(facts: &Facts) -> Int {
    let bounds = || {
        facts.validation.iter().filter_map(|rule| match rule {
            Rule::Minimum(bound) | Rule::Maximum(bound) => bound.as_int(),
            Rule::ExclusiveMinimum(bound) => bound.as_int().map(|bound| bound.saturating_add(1)),
            Rule::ExclusiveMaximum(bound) => bound.as_int().map(|bound| bound.saturating_sub(1)),
            _ => None,
        })
    };
    if !bounds().any(|bound| i64::try_from(bound).is_err()) {
        Int::I64
    } else if bounds().all(|bound| u64::try_from(bound).is_ok()) && facts.validation.iter().any(is_lower_bound) {
        Int::U64
    } else {
        Int::I128
    }
}

fn is_lower_bound(rule: &Rule) -> bool {
    matches!(rule, Rule::Minimum(bound) if bound.as_f64() >= 0.0)
}

/// A double, or an integer, because some documents write `number` with an integer format.
pub(super) fn number(config: &Config, facts: &Facts) -> Scalar {
    match facts.format.as_deref() {
        Some("int8" | "int16" | "int32" | "int64" | "uint8" | "uint16" | "uint32" | "uint64") => integer(config, facts),
        _ => Scalar::Float,
    }
}

/// A string, or a type of its own where a format has exactly one meaning.
pub(super) fn string(cx: &mut Lowering<'_, '_>, facts: &Facts, at: &Pointer) -> Scalar {
    let scalar = of_format(cx.config, facts);
    for content in &facts.contents {
        cx.contents.entry(content.clone()).or_insert(false);
    }
    if let Some((lengths, format)) = lengths(scalar).zip(facts.format.as_deref())
        && !can_have(facts, lengths)
    {
        if cx.first_report(&at.push("format")) {
            let message =
                format!("no text of the format `{format}` has a length that this schema allows; the format is ignored");
            cx.diags.warn(Code::OddSchema, at, message).help("correct the length or the format");
        }
        return Scalar::String;
    }
    scalar
}

fn of_format(config: &Config, facts: &Facts) -> Scalar {
    // Taken literally, a format does not decide which values are valid (JSON Schema Validation 2020-12 §7).
    if config.literal_schemas {
        return Scalar::String;
    }
    let dates = config.types.date_time != DateTime::String;
    match facts.format.as_deref() {
        Some("byte") => Scalar::Base64,
        Some("date") if dates => Scalar::Date,
        Some("date-time") if dates => Scalar::DateTime,
        Some("uuid") => Scalar::Uuid,
        // Stricter types, such as URLs or e-mail addresses, reject values that real servers send.
        _ => Scalar::String,
    }
}

/// The least and the greatest number of characters of a text with a type of its own (RFC 3339 §5.6, RFC 9562 §4).
pub(super) fn lengths(scalar: Scalar) -> Option<(u64, u64)> {
    match scalar {
        Scalar::Date => Some((10, 10)),
        Scalar::DateTime => Some((20, u64::MAX)),
        Scalar::Uuid => Some((36, 36)),
        _ => None,
    }
}

/// Whether the rules allow one of these lengths.
fn can_have(facts: &Facts, (least, most): (u64, u64)) -> bool {
    facts.validation.iter().all(|rule| match rule {
        Rule::MinLength(length) => *length <= most,
        Rule::MaxLength(length) => *length >= least,
        _ => true,
    })
}
