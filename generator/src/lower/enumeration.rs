//! `enum` and `const`.

use std::collections::BTreeSet;

use super::facts::{Facts, JsonType};
use super::lowering::Lowering;
use super::schema::target::Lowered;
use crate::diag::{Code, Pointer};
use crate::ir::conformance::has_format;
use crate::ir::{Docs, Enum, Literal, Repr, Scalar, Shape, Ty, Value};
use crate::tree::{Number, Tree};

/// The type of a list of values, without `null`.
pub(super) fn lower_values(
    cx: &mut Lowering<'_, '_>,
    facts: &Facts,
    types: &BTreeSet<JsonType>,
    at: &Pointer,
) -> Lowered {
    let all = facts.values.clone().unwrap_or_default();
    let null = all.iter().any(|listed| listed.literal == Tree::Null);
    let mut values: Vec<Value> = Vec::new();
    let mut known = BTreeSet::new();
    for listed in all {
        let written = JsonType::of(&listed.literal);
        let literal = coerce(listed.literal, types);
        if written == JsonType::String && JsonType::of(&literal) == JsonType::Integer && cx.first_report(&listed.at) {
            cx.diags
                .warn(Code::Repaired, &listed.at, "this string is in a list of numbers; it is read as a number")
                .help("remove the quotes");
        }
        let is_unquoted = written != JsonType::String && JsonType::of(&literal) == JsonType::String;
        if is_unquoted && cx.first_report(&listed.at) {
            let text = literal.as_str().unwrap_or_default();
            let message = format!("the values are strings, but this one is not; it is read as `{text}`");
            let help = match written {
                JsonType::Boolean => "put it in quotes",
                _ => "put it in quotes; without them, YAML reads `1.10` as 1.1",
            };
            cx.diags.warn(Code::Repaired, &listed.at, message).help(help);
        }
        report_excluded(cx, facts, types, (&literal, &listed.at));
        if literal != Tree::Null && known.insert(literal.key()) {
            let docs = Docs { description: listed.docs, ..Docs::default() };
            values.push(Value { at: listed.at, literal, name: listed.name, docs });
        }
    }
    if values.is_empty() {
        if !null && cx.config.literal_schemas {
            return Lowered::Ty(Ty::Never);
        }
        if !null && cx.first_report(&at.push("enum")) {
            cx.diags
                .warn(Code::Unsatisfiable, at, "this list allows no value; free-form JSON is used")
                .help("look for an empty list of values, or two lists that have no value in common");
        }
        return Lowered::Ty(if null { Ty::Null } else { Ty::Any });
    }
    from_values(values)
}

/// Reports a value that `type` or `format` excludes. It is read as a value: the author listed it on purpose.
fn report_excluded(
    cx: &mut Lowering<'_, '_>,
    facts: &Facts,
    types: &BTreeSet<JsonType>,
    (literal, at): (&Literal, &Pointer),
) {
    let of_type = types.is_empty() || types.iter().any(|ty| JsonType::of(literal).is_a(*ty));
    let format = facts.format.as_deref().zip(literal.as_str()).filter(|(format, text)| !has_format(format, text));
    let keyword = match (of_type, format) {
        (false, _) => "type",
        (true, Some(_)) => "format",
        (true, None) => return,
    };
    if *literal != Tree::Null && !cx.config.literal_schemas && cx.first_report(at) {
        let value = literal.json();
        let message = format!("`{keyword}` excludes `{value}`, but the list of values has it; it is read as a value");
        cx.diags.warn(Code::OddSchema, at, message).help(format!("remove the value, or correct `{keyword}`"));
    }
}

/// The scalar or enum that the values have in common.
fn from_values(values: Vec<Value>) -> Lowered {
    let all = |ty: JsonType| values.iter().all(|value| JsonType::of(&value.literal) == ty);
    let repr = if all(JsonType::String) {
        Repr::Text
    } else if all(JsonType::Integer) && values.iter().all(|value| fits_i64(&value.literal)) {
        Repr::Int
    } else if all(JsonType::Boolean) {
        return Lowered::Ty(Ty::Scalar(Scalar::Bool));
    } else {
        Repr::Json
    };
    Lowered::Shape(Shape::Enum(Enum { repr, values, open: false }))
}

fn fits_i64(literal: &Literal) -> bool {
    literal.as_number().and_then(Number::as_int).is_some_and(|value| i64::try_from(value).is_ok())
}

/// The value that was meant, by the declared type: YAML reads `[1.0, 2.0]` as numbers and `[on, off]` as booleans even where strings
/// are meant.
fn coerce(literal: Literal, types: &BTreeSet<JsonType>) -> Literal {
    let only = |ty: JsonType| types.len() == 1 && types.contains(&ty);
    match literal {
        Tree::Number(number) if only(JsonType::String) => Tree::String(number.to_string()),
        Tree::Bool(value) if only(JsonType::String) => Tree::String(value.to_string()),
        Tree::String(text) if only(JsonType::Integer) => {
            text.parse().map_or(Tree::String(text), |value| Tree::Number(Number::Int(value)))
        }
        Tree::Number(number) if only(JsonType::Integer) => Tree::Number(number.as_int().map_or(number, Number::Int)),
        other => other,
    }
}
