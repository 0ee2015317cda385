//! Lists of values: `enum`, `const` (JSON Schema Validation 2020-12 §6.1.2 and §6.1.3), and unions whose branches are constants, which
//! is how JSON Schema gives values names and descriptions.

use std::collections::BTreeSet;

use super::super::lowering::Lowering;
use super::json_type::{JsonType, own_types};
use super::model::{Alternatives, Facts, Listed};
use super::types_and_values;
use crate::diag::{Code, Pointer};
use crate::spec::Node;
use crate::tree::Tree;
use crate::vocabulary;

/// Adds the values that a schema lists.
pub(super) fn add(cx: &mut Lowering<'_, '_>, facts: &mut Facts, node: &Node<'_>) {
    for values in [listed(node), constant(node)].into_iter().flatten() {
        restrict(cx, facts, &node.at, values);
    }
    report_null(cx, node);
}

/// Reports a `null` in the list of values that `type` excludes. It is read as a value: the author listed it on purpose.
fn report_null(cx: &mut Lowering<'_, '_>, node: &Node<'_>) {
    if node.get("type").is_none() || node.flag("nullable") || own_types(node).contains(&JsonType::Null) {
        return;
    }
    let Some(null) = node.items("enum").find(|item| *item.tree == Tree::Null) else { return };
    if cx.first_report(&null.at) {
        cx.diags
            .warn(
                Code::OddSchema,
                &null.at,
                "`type` excludes `null`, but the list of values has it; it is read as a value",
            )
            .help("remove `null`, or allow it: `nullable: true` in OpenAPI 3.0, `type: [.., 'null']` since 3.1");
    }
}

/// Replaces the unions whose branches are constants by lists of values, and those that list some values of a type beside any value of
/// that type by the type.
pub(super) fn replace_unions(cx: &mut Lowering<'_, '_>, facts: &mut Facts) {
    for union in std::mem::take(&mut facts.unions) {
        if let Some((any, known)) = known_beside_any(cx, &union) {
            facts.null_branch |= union.branches.iter().any(|at| super::is_null_at(cx, at));
            facts.docs.notes.push(format!("Known values: {}.", shown(&known)));
            types_and_values::add(cx, facts, &any, true);
            facts.nullable |= any.flag("nullable");
            continue;
        }
        match constants(cx, &union) {
            Some(values) => {
                let at = union.branches.first().cloned().unwrap_or_default();
                facts.null_branch |= union.branches.iter().any(|at| super::is_null_at(cx, at));
                restrict(cx, facts, &at, values);
            }
            None => facts.unions.push(union),
        }
    }
}

/// Keeps the values that are in a list as well.
fn restrict(cx: &mut Lowering<'_, '_>, facts: &mut Facts, at: &Pointer, values: Vec<Listed>) {
    facts.values = Some(match facts.values.take() {
        None => values,
        Some(before) => {
            let both = intersect(&before, &values);
            report_difference(cx, before.first().map_or(at, |value| &value.at), (&before, &values), &both);
            // Documents that narrow a list of tags to a tag of their own often forget to add it to the list.
            let contradict = both.is_empty() && !before.is_empty() && !values.is_empty();
            facts.replaced_values |= contradict && !cx.config.literal_schemas;
            if contradict && !cx.config.literal_schemas { before } else { both }
        }
    });
}

/// The values of `enum`, with the names and descriptions that extensions give them.
fn listed(node: &Node<'_>) -> Option<Vec<Listed>> {
    node.get("enum")?;
    let texts = |key: &str| -> Vec<String> {
        node.items(key).map(|item| item.tree.as_str().map_or_else(String::new, str::to_owned)).collect()
    };
    let spellings = ["x-enum-names", "x-enumNames", "x-enum-varnames"];
    let names = spellings.into_iter().map(texts).find(|names| !names.is_empty()).unwrap_or_default();
    let docs = texts("x-enum-descriptions");
    let value = |(index, value): (usize, Node<'_>)| Listed {
        at: value.at,
        literal: value.tree.clone(),
        name: names.get(index).filter(|name| !name.is_empty()).cloned(),
        docs: docs.get(index).cloned().unwrap_or_default(),
    };
    Some(node.items("enum").enumerate().map(value).collect())
}

fn constant(node: &Node<'_>) -> Option<Vec<Listed>> {
    // `Node::get` treats `null` as absent, but `const: null` is a value.
    let literal = node.tree.get("const")?.clone();
    Some(vec![Listed { at: node.at.push("const"), literal, name: None, docs: String::new() }])
}

/// The values of a union whose branches, but for `null`, list values and say nothing else.
fn constants(cx: &Lowering<'_, '_>, union: &Alternatives) -> Option<Vec<Listed>> {
    let mut all = Vec::new();
    for at in union.branches.iter().filter(|at| !super::is_null_at(cx, at)) {
        all.extend(named_constants(&cx.spec.node(at)?)?);
    }
    // A value of two branches satisfies `oneOf` of neither.
    let keys: BTreeSet<String> = all.iter().map(|value| value.literal.key()).collect();
    (keys.len() == all.len() && !all.is_empty()).then_some(all)
}

/// The branch that allows any string or number, and the values that the other branches list. Documents that write
/// `oneOf: [known strings, string]` do not mean to exclude the known strings.
fn known_beside_any<'d>(cx: &Lowering<'d, '_>, union: &Alternatives) -> Option<(Node<'d>, Vec<Listed>)> {
    if union.exactly_one && cx.config.literal_schemas {
        return None;
    }
    let branches = union.branches.iter().filter(|at| !super::is_null_at(cx, at)).filter_map(|at| cx.spec.node(at));
    let (any, known): (Vec<_>, Vec<_>) = branches.partition(|node| bare_type(node).is_some());
    let ([any], false) = (any.as_slice(), known.is_empty()) else { return None };
    let ty = bare_type(any)?;
    let known: Vec<Listed> =
        known.iter().map(named_constants).collect::<Option<Vec<_>>>()?.into_iter().flatten().collect();
    known.iter().all(|value| JsonType::of(&value.literal).is_a(ty)).then(|| (any.clone(), known))
}

/// The type of a branch that allows any string or number.
fn bare_type(node: &Node<'_>) -> Option<JsonType> {
    let map = node.tree.as_object()?;
    let ty = JsonType::parse(node.str("type")?)?;
    let is_bare = map.keys().all(|key| key == "type" || vocabulary::restricts_nothing(key));
    (is_bare && matches!(ty, JsonType::String | JsonType::Integer | JsonType::Number)).then_some(ty)
}

/// Values in a sentence of the documentation.
fn shown(values: &[Listed]) -> String {
    let shown: Vec<String> = values.iter().take(MAX_SHOWN).map(|value| format!("`{}`", value.literal.text())).collect();
    let more = values.len().saturating_sub(MAX_SHOWN);
    if more == 0 { shown.join(", ") } else { format!("{} and {more} more", shown.join(", ")) }
}

/// More values than this do not help in a sentence.
const MAX_SHOWN: usize = 12;

/// The values of a branch that says nothing else. A single value has the title and the description of the branch.
fn named_constants(node: &Node<'_>) -> Option<Vec<Listed>> {
    let is_allowed = |key: &String| {
        matches!(key.as_str(), "const" | "enum" | "type" | "title" | "description" | "deprecated")
            || key.starts_with("x-")
    };
    if !node.tree.as_object()?.keys().all(is_allowed) {
        return None;
    }
    let mut values = constant(node).or_else(|| listed(node))?;
    match values.as_mut_slice() {
        [only] => {
            only.name = node.str("title").map(str::to_owned).or(only.name.take());
            if let Some(text) = node.str("description") {
                text.clone_into(&mut only.docs);
            }
        }
        _ if node.get("title").is_some() || node.get("description").is_some() => return None,
        _ => {}
    }
    Some(values)
}

/// The values that are in both lists.
fn intersect(before: &[Listed], values: &[Listed]) -> Vec<Listed> {
    let others = keys(values);
    let in_both = |value: &&Listed| others.contains(&value.literal.key());
    before.iter().filter(in_both).map(|value| with_name(value, values)).collect()
}

fn keys(values: &[Listed]) -> BTreeSet<String> {
    values.iter().map(|value| value.literal.key()).collect()
}

/// Reports two lists of which neither is a part of the other. If they have no value in common, the list of the schema that inherits is
/// used, which comes first.
fn report_difference(
    cx: &mut Lowering<'_, '_>,
    at: &Pointer,
    (before, values): (&[Listed], &[Listed]),
    both: &[Listed],
) {
    let (first, second) = (keys(before), keys(values));
    let is_narrower = first.is_subset(&second) || second.is_subset(&first);
    if !is_narrower && !cx.config.literal_schemas && cx.first_report(&at.push("enum")) {
        let message = if both.is_empty() {
            "this list of values has no value in common with the list of the schema that this schema extends; this list is used"
        } else {
            "this list of values and another one for the same value have some values in common; only these are used"
        };
        cx.diags.warn(Code::OddSchema, at, message).help("list the same values in both places");
    }
}

/// A value with the name and the description that another list gives it, if it has none of its own.
fn with_name(value: &Listed, others: &[Listed]) -> Listed {
    let other = others.iter().find(|other| other.literal.key() == value.literal.key());
    let docs = if value.docs.is_empty() {
        other.map(|other| other.docs.clone()).unwrap_or_default()
    } else {
        value.docs.clone()
    };
    Listed { name: value.name.clone().or_else(|| other?.name.clone()), docs, ..value.clone() }
}
