//! Rules from the schemas that apply to a whole value: `not`, `if`, and the branches of unions that did not become a type.

use std::collections::{BTreeMap, BTreeSet};

use super::super::facts::{self, Alternatives, Facts, Part};
use super::super::lowering::{Lowering, NameSite};
use super::super::union;
use super::conditions::lower_condition;
use crate::diag::{Code, Pointer};
use crate::ir::{Repr, Rule, Scalar, Shape, Tag, Ty, TypeId, Union, Variant};

/// Adds the rules of `not` and `if`.
pub(super) fn add_conditions(cx: &mut Lowering<'_, '_>, facts: &Facts, site: &NameSite, rules: &mut Vec<Rule>) {
    for part in &facts.not {
        rules.push(Rule::Not(lower_condition(cx, std::slice::from_ref(part), site, "not")));
    }
    for found in &facts.conditions {
        let mut lower = |part: &Option<Part>, word: &str| {
            part.as_ref().map(|part| lower_condition(cx, std::slice::from_ref(part), site, word))
        };
        let (then, otherwise) = (lower(&found.then, "then"), lower(&found.otherwise, "else"));
        let condition = lower_condition(cx, std::slice::from_ref(&found.test), site, "if");
        rules.push(Rule::If { condition, then, otherwise });
    }
}

/// Adds the rules of unions, for a schema that did not become a union.
pub(super) fn add_unions(cx: &mut Lowering<'_, '_>, facts: &Facts, site: &NameSite, rules: &mut Vec<Rule>) {
    for found in &facts.unions {
        let found = &without_null(cx, found);
        if let Some(sets) = key_sets(cx, found) {
            rules.push(Rule::KeySets { exactly_one: found.exactly_one, sets });
        } else if found.branches.len() > 1 && !union::has_any_string(cx, found) {
            let lax = overlaps_on_purpose(cx, found);
            rules.extend(one_of(branches(cx, found, site), found.exactly_one && !lax));
        }
    }
}

/// The rule of branches, of which some may be equal: nothing satisfies exactly one of two equal schemas, so the author cannot mean that.
fn one_of(branches: Vec<TypeId>, exactly_one: bool) -> Option<Rule> {
    let mut seen = BTreeSet::new();
    let distinct: Vec<TypeId> = branches.iter().copied().filter(|branch| seen.insert(*branch)).collect();
    match distinct.len() {
        0 | 1 => None,
        count if exactly_one && count == branches.len() => Some(Rule::ExactlyOne(distinct)),
        _ => Some(Rule::AnyOf(distinct)),
    }
}

/// Adds the rules of unions that became a union with fewer variants, because some of the branches have the same type.
pub(super) fn add_merged(cx: &mut Lowering<'_, '_>, facts: &Facts, site: &NameSite, rules: &mut Vec<Rule>) {
    for found in &facts.unions {
        let found = &without_null(cx, found);
        if found.branches.len() > 1 {
            let lax = union::has_any_string(cx, found) || overlaps_on_purpose(cx, found);
            rules.extend(one_of(branches(cx, found, site), found.exactly_one && !lax));
        }
    }
}

/// Adds the rule of a `oneOf` that became a union, unless its variants cannot overlap.
pub(super) fn add_exactly_one(
    cx: &mut Lowering<'_, '_>,
    facts: &Facts,
    shape: &Union,
    site: &NameSite,
    rules: &mut Vec<Rule>,
) {
    let exclusive: Vec<Alternatives> = facts
        .unions
        .iter()
        .map(|found| without_null(cx, found))
        .filter(|found| found.exactly_one && found.branches.len() > 1)
        .collect();
    let mut types: Vec<&'static str> = shape.variants.iter().map(|variant| json_type(cx, &variant.ty)).collect();
    types.sort_unstable();
    let disjoint = !types.contains(&"any") && types.windows(2).all(|pair| pair.first() != pair.last());
    if disjoint && facts.unions.len() == 1 {
        return;
    }
    // The variants of a single union are its branches, merged with the keywords beside it.
    let named = |variant: &Variant| match &variant.ty {
        Ty::Named(id) if !matches!(cx.api.types[*id].shape, Shape::Alias(_)) => Some(*id),
        _ => None,
    };
    let variants: Option<Vec<TypeId>> = shape.variants.iter().map(named).collect();
    for found in exclusive {
        if overlaps_on_purpose(cx, &found) {
            continue;
        }
        let own = variants.clone().filter(|own| facts.unions.len() == 1 && own.len() == found.branches.len());
        rules.extend(one_of(own.unwrap_or_else(|| branches(cx, &found, site)), true));
    }
}

/// Whether values of one branch may be those of another one although the document says `oneOf`, because it cannot mean what that says.
fn overlaps_on_purpose(cx: &mut Lowering<'_, '_>, found: &Alternatives) -> bool {
    has_replaced_values(cx, found) || differ_by_format(cx, found)
}

/// Whether two branches differ by their formats only, which is reported. Values are not compared with most formats (JSON Schema Validation
/// 2020-12 §7.2.1), so they would satisfy both.
fn differ_by_format(cx: &mut Lowering<'_, '_>, found: &Alternatives) -> bool {
    if cx.config.literal_schemas {
        return false;
    }
    let mut seen: BTreeMap<String, &Pointer> = BTreeMap::new();
    for at in &found.branches {
        let Some(text) = without_format(cx, at) else { continue };
        let Some(first) = seen.insert(text, at) else { continue };
        if found.exactly_one && cx.first_report(at) {
            let message = "these branches differ by `format` only, which is not checked, so values may satisfy several";
            cx.diags
                .warn(Code::OddSchema, at, message)
                .related(first, "the other branch")
                .help("write `anyOf`, or add a `pattern`");
        }
        return true;
    }
    false
}

/// What a schema says beside its format, if that is little.
fn without_format(cx: &Lowering<'_, '_>, at: &Pointer) -> Option<String> {
    let node = cx.spec.node(at)?;
    let target = node.str("$ref").and_then(|reference| cx.spec.find_target(&node, reference));
    facts::flat_text(&target.unwrap_or(node), Some("format"))
}

/// Whether a branch, or a property of it, has a list of values that replaced another one. Taken literally, nothing satisfies such a
/// branch, so a value of it may satisfy another one as well.
fn has_replaced_values(cx: &mut Lowering<'_, '_>, found: &Alternatives) -> bool {
    found.branches.iter().any(|at| {
        let branch = facts::gather(cx, &[Part::whole(at)]);
        // A property that one schema describes has nothing to replace, unless that refers to others.
        branch.replaced_values || branch.properties.values().any(|parts| facts::gather(cx, parts).replaced_values)
    })
}

/// A union without its `null` branches, which make its type nullable instead.
fn without_null(cx: &Lowering<'_, '_>, found: &Alternatives) -> Alternatives {
    let other = |at: &&Pointer| !facts::is_null_at(cx, at);
    Alternatives { branches: found.branches.iter().filter(other).cloned().collect(), ..*found }
}

/// The types of the branches, to validate values against.
fn branches(cx: &mut Lowering<'_, '_>, found: &Alternatives, site: &NameSite) -> Vec<TypeId> {
    let branches = found.branches.iter().enumerate();
    branches.map(|(index, at)| lower_condition(cx, &[Part::whole(at)], site, &format!("case {}", index + 1))).collect()
}

/// The required properties of each branch, if the branches say nothing else.
fn key_sets(cx: &Lowering<'_, '_>, found: &Alternatives) -> Option<Vec<Vec<String>>> {
    let keys = |at: &Pointer| -> Option<Vec<String>> {
        let node = cx.spec.node(at)?;
        let only =
            node.tree.as_object()?.keys().all(|key| matches!(key.as_str(), "required" | "description" | "title"));
        let names = node.items("required").filter_map(|item| item.tree.as_str().map(str::to_owned));
        only.then(|| names.collect::<Vec<_>>()).filter(|names| !names.is_empty())
    };
    found.branches.iter().map(keys).collect()
}

/// The JSON type of the values of a type; `any` if there are several.
fn json_type(cx: &Lowering<'_, '_>, ty: &Ty) -> &'static str {
    match cx.api.resolve(ty) {
        Ty::Null => "null",
        Ty::List(_) | Ty::Tuple(_) => "array",
        Ty::Map(_) => "object",
        Ty::Scalar(Scalar::Bool) => "boolean",
        Ty::Scalar(Scalar::Int(_) | Scalar::Float) => "number",
        Ty::Scalar(_) => "string",
        Ty::Named(id) => match &cx.api.types[*id].shape {
            Shape::Struct(_) => "object",
            Shape::Enum(shape) if shape.repr == Repr::Text => "string",
            Shape::Enum(shape) if shape.repr == Repr::Int => "number",
            Shape::Union(union) if union.tag != Tag::Shape && !cx.api.has_others(union) => "object",
            _ => "any",
        },
        Ty::Any | Ty::Never | Ty::Nullable(_) | Ty::Given(_) => "any",
    }
}
