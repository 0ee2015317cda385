//! `enum` and `const`.

use std::collections::BTreeSet;

use super::facts::{Facts, JsonType};
use super::lowering::Lowering;
use super::schema::target::Lowered;
use crate::diag::{Code, Pointer};
use crate::ir::conformance::{Conformance, has_format};
use crate::ir::{Checks, Docs, Enum, Literal, Repr, Rule, Scalar, Shape, Ty, Value};
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
    let literals: Vec<Literal> = all.iter().map(|listed| coerce(listed.literal.clone(), types)).collect();
    let by_rules = excluded_by_rules(cx, &facts.validation, &literals);
    let mut values: Vec<Value> = Vec::new();
    let mut known = BTreeSet::new();
    for ((listed, literal), by_rule) in all.into_iter().zip(literals).zip(by_rules) {
        let written = JsonType::of(&listed.literal);
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
        let keyword = excluded_by(facts, types, &literal).or(by_rule);
        report_excluded(cx, keyword, &literal, &listed.at);
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

/// The keyword of the type that excludes a value.
fn excluded_by(facts: &Facts, types: &BTreeSet<JsonType>, literal: &Literal) -> Option<&'static str> {
    let of_type = types.is_empty() || types.iter().any(|ty| JsonType::of(literal).is_a(*ty));
    let format = facts.format.as_deref().zip(literal.as_str()).filter(|(format, text)| !has_format(format, text));
    match (of_type, format) {
        (false, _) => Some("type"),
        (true, Some(_)) => Some("format"),
        (true, None) => None,
    }
}

/// Reports a value that another keyword excludes. It is read as a value: the author listed it on purpose.
fn report_excluded(cx: &mut Lowering<'_, '_>, keyword: Option<&str>, literal: &Literal, at: &Pointer) {
    let Some(keyword) = keyword.filter(|_| *literal != Tree::Null && !cx.config.literal_schemas) else { return };
    if cx.first_report(at) {
        let value = literal.json();
        let message = format!("`{keyword}` excludes `{value}`, but the list of values has it; it is read as a value");
        cx.diags.warn(Code::OddSchema, at, message).help(format!("remove the value, or correct `{keyword}`"));
    }
}

/// The keyword whose rule excludes a value, for each value of a list.
fn excluded_by_rules(cx: &Lowering<'_, '_>, rules: &[Rule], values: &[Literal]) -> Vec<Option<&'static str>> {
    let keyword = |rule: &Rule| match rule {
        Rule::MinLength(_) => Some("minLength"),
        Rule::MaxLength(_) => Some("maxLength"),
        Rule::Pattern(_) => Some("pattern"),
        Rule::Minimum(_) => Some("minimum"),
        Rule::Maximum(_) => Some("maximum"),
        Rule::ExclusiveMinimum(_) => Some("exclusiveMinimum"),
        Rule::ExclusiveMaximum(_) => Some("exclusiveMaximum"),
        Rule::MultipleOf(_) => Some("multipleOf"),
        _ => None,
    };
    let checks = |rule: &Rule| Checks { rules: vec![rule.clone()], ..Checks::default() };
    let rules: Vec<_> = rules.iter().filter_map(|rule| Some((keyword(rule)?, checks(rule)))).collect();
    let conformance = Conformance::new(&cx.api);
    let excludes = |value: &Literal, checks: &Checks| !conformance.accepts(&Ty::Any, checks, value);
    let first = |value: &Literal| rules.iter().find(|(_, checks)| excludes(value, checks)).map(|(keyword, _)| *keyword);
    values.iter().map(first).collect()
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
