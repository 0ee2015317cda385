//! What the facts of a schema become.

use std::collections::BTreeSet;

use super::super::facts::{self, Facts, JsonType, Part};
use super::super::lowering::Lowering;
use super::super::{enumeration, object, scalar, union};
use super::given;
use super::target::{Target, place};
use crate::diag::{Code, Pointer};
use crate::ir::{Scalar, Ty};

/// Decides what a schema becomes, one question after the other.
pub(super) fn lower_facts(
    cx: &mut Lowering<'_, '_>,
    facts: &Facts,
    parts: &[Part],
    at: &Pointer,
    target: Target<'_>,
) -> Ty {
    if facts.never {
        return never(cx, facts, at);
    }
    let mut types = facts.types.clone().unwrap_or_default();
    types.remove(&JsonType::Null);
    if facts.types.is_some() && types.is_empty() {
        return Ty::Null;
    }
    let ty = decide(cx, facts, &types, parts, at, target);
    if facts.null { ty.nullable() } else { ty }
}

/// The type of a schema that no value satisfies: `false`, or schemas that contradict each other.
fn never(cx: &mut Lowering<'_, '_>, facts: &Facts, at: &Pointer) -> Ty {
    if facts.forbidden || cx.config.literal_schemas {
        return Ty::Never;
    }
    if cx.first_report(&at.push("allOf")) {
        cx.diags
            .warn(Code::Unsatisfiable, at, "no value can satisfy these schemas together; free-form JSON is used")
            .help("look for two different `type`s, or two lists of values that have no value in common");
    }
    Ty::Any
}

/// The type of a schema, without `null`.
fn decide(
    cx: &mut Lowering<'_, '_>,
    facts: &Facts,
    types: &BTreeSet<JsonType>,
    parts: &[Part],
    at: &Pointer,
    target: Target<'_>,
) -> Ty {
    if facts.values.is_some() {
        let lowered = enumeration::lower_values(cx, facts, types, at);
        return place(cx, lowered, facts, parts, at, target);
    }
    if union::is_union(cx, facts) {
        return union::lower_union(cx, facts, parts, at, target);
    }
    let types: Vec<JsonType> = match types.is_empty() {
        false => types.iter().copied().collect(),
        // Taken literally, keywords for one type say nothing about values of another type.
        true if cx.config.literal_schemas && facts.inferred_type().is_some() => JsonType::ALL.to_vec(),
        true => facts.inferred_type().into_iter().collect(),
    };
    if let ([only], true) = (types.as_slice(), facts.types.is_none()) {
        facts::report_of_other_types(cx, *only, at);
    }
    match types.as_slice() {
        [] if cx.is_file(parts) => Ty::Scalar(Scalar::File),
        [] => Ty::Any,
        [JsonType::Integer, JsonType::Number] => Ty::Scalar(Scalar::Float),
        [only] => lower_type(cx, *only, facts, parts, at, target),
        several => union::lower_types(cx, several, facts, parts, at, target),
    }
}

/// Lowers values of one JSON type.
fn lower_type(
    cx: &mut Lowering<'_, '_>,
    json_type: JsonType,
    facts: &Facts,
    parts: &[Part],
    at: &Pointer,
    target: Target<'_>,
) -> Ty {
    if matches!(json_type, JsonType::Integer | JsonType::Number | JsonType::String)
        && let Some(given) = given::for_format(cx, facts)
    {
        return given;
    }
    match json_type {
        JsonType::Null => Ty::Null,
        JsonType::Boolean => Ty::Scalar(Scalar::Bool),
        JsonType::Integer => Ty::Scalar(scalar::integer(cx.config, facts)),
        JsonType::Number => Ty::Scalar(scalar::number(cx.config, facts)),
        JsonType::String if cx.is_file(parts) => Ty::Scalar(Scalar::File),
        JsonType::String => Ty::Scalar(scalar::string(cx, facts, at)),
        JsonType::Array => object::lower_list(cx, facts, &target.site()),
        JsonType::Object => object::lower_object(cx, facts, parts, at, target),
    }
}
