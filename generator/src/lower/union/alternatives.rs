//! The branches of `oneOf` and `anyOf`: which of them matter, and how several unions combine.

use std::collections::BTreeSet;

use super::super::facts::{self, Alternatives, Facts, JsonType, Part, View};
use super::super::lowering::Lowering;
use crate::diag::{Code, Pointer};
use crate::spec::Node;
use crate::tree::Tree;

/// Combinations of several unions in one schema grow fast. Known documents stay below this number.
const MAX_VARIANTS: usize = 200;

/// Whether one branch allows every string. Documents that write `oneOf: [known strings, string]` do not mean to exclude the known
/// strings.
pub(in super::super) fn has_any_string(cx: &Lowering<'_, '_>, union: &Alternatives) -> bool {
    const KEYS: [&str; 4] = ["type", "description", "title", "example"];
    let bare =
        |node: &Node<'_>| node.tree.as_object().is_some_and(|map| map.keys().all(|key| KEYS.contains(&key.as_str())));
    let is_any_string =
        |at: &Pointer| cx.spec.node(at).is_some_and(|node| node.str("type") == Some("string") && bare(&node));
    !cx.config.literal_schemas && union.branches.iter().any(is_any_string)
}

/// Whether the branches decide about the type. Branches that only list required properties do not.
pub(in super::super) fn is_union(cx: &Lowering<'_, '_>, facts: &Facts) -> bool {
    facts.unions.iter().any(|union| decides_type(cx, union))
}

/// Whether one of the branches says more than which properties are required.
fn decides_type(cx: &Lowering<'_, '_>, union: &Alternatives) -> bool {
    union.branches.iter().any(|branch| has_type(cx, branch))
}

/// Whether a branch says more than which properties are required.
fn has_type(cx: &Lowering<'_, '_>, branch: &Pointer) -> bool {
    const RULES: [&str; 6] = ["required", "not", "description", "title", "minProperties", "maxProperties"];
    match cx.spec.node(branch).map(|node| node.tree) {
        Some(Tree::Object(map)) => map.keys().any(|key| !RULES.contains(&key.as_str()) && !key.starts_with("x-")),
        Some(Tree::Bool(_)) | None => false,
        Some(_) => true,
    }
}

/// A branch, or one branch of each of several unions.
pub(super) struct Branch {
    /// The schemas of a value of this branch.
    pub parts: Vec<Part>,
    /// The place of the branch.
    pub at: Pointer,
}

/// The combinations of branches, one branch of each union; `None` if there are too many.
pub(super) fn combine(
    cx: &mut Lowering<'_, '_>,
    facts: &Facts,
    unions: &[Alternatives],
    parts: &[Part],
    at: &Pointer,
) -> Option<Vec<Branch>> {
    let start = if is_bare(cx, facts, unions) { Vec::new() } else { without_unions(parts) };
    let mut branches = vec![Branch { parts: start, at: at.clone() }];
    for union in unions {
        let mut alternatives: Vec<(Pointer, bool)> = Vec::new();
        for at in without_null(cx, union) {
            let stands_alone = extends(cx, &at, parts) || contradicts(cx, facts, &at);
            alternatives.push((at, stands_alone));
        }
        if alternatives.is_empty() {
            continue;
        }
        let product = branches.iter().flat_map(|branch| {
            alternatives.iter().map(|(alternative, stands_alone)| {
                let mut parts = if *stands_alone { Vec::new() } else { branch.parts.clone() };
                parts.push(Part::whole(alternative));
                Branch { parts, at: alternative.clone() }
            })
        });
        let product: Vec<Branch> = product.take(MAX_VARIANTS + 1).collect();
        if product.len() > MAX_VARIANTS {
            cx.diags
                .warn(
                    Code::Limit,
                    at,
                    format!("more than {MAX_VARIANTS} combinations of branches; free-form JSON is used"),
                )
                .help("make the branches schemas of their own");
            return None;
        }
        branches = product;
    }
    Some(branches)
}

/// The unions of a schema that decide about its type.
pub(super) fn deciding(cx: &Lowering<'_, '_>, facts: &Facts) -> Vec<Alternatives> {
    facts.unions.iter().filter(|union| decides_type(cx, union)).cloned().collect()
}

/// Whether a schema says nothing beside its branches, or only the type that they all have. Then a branch that is a reference stays
/// a reference.
fn is_bare(cx: &mut Lowering<'_, '_>, facts: &Facts, unions: &[Alternatives]) -> bool {
    let says_nothing = facts.properties.is_empty()
        && !facts.object_keywords
        && !facts.array_keywords
        && facts.values.is_none()
        && facts.validation.is_empty()
        && facts.not.is_empty()
        && facts.conditions.is_empty()
        && (facts.required.is_empty() || !cx.config.literal_schemas);
    let Some(types) = facts.types.clone() else { return says_nothing };
    let mut has_same_type = |at: &Pointer| {
        let branch = facts::gather(cx, &[Part::whole(at)]);
        branch.types.as_ref().map_or_else(
            || !cx.config.literal_schemas && branch.inferred_type().is_none_or(|ty| types.contains(&ty)),
            |own| {
                let contradicts = !cx.config.literal_schemas && own.is_disjoint(&types);
                own.is_subset(&types) || own.contains(&JsonType::Null) || contradicts
            },
        )
    };
    says_nothing && unions.iter().flat_map(|union| &union.branches).all(&mut has_same_type)
}

/// Whether a branch has none of the types that the schema around it allows.
fn contradicts(cx: &mut Lowering<'_, '_>, facts: &Facts, branch: &Pointer) -> bool {
    let (Some(types), false) = (&facts.types, cx.config.literal_schemas) else { return false };
    let Some(own) = facts::gather(cx, &[Part::whole(branch)]).types.clone() else { return false };
    let number = |ty: &JsonType| if *ty == JsonType::Integer { JsonType::Number } else { *ty };
    let types: BTreeSet<JsonType> = types.iter().map(number).collect();
    if own.iter().map(number).any(|ty| types.contains(&ty)) {
        return false;
    }
    if let Some(node) = cx.spec.node(branch) {
        facts::report_excluded(cx, &node);
    }
    true
}

/// Whether a branch extends the schemas around it, so that it says what they say.
fn extends(cx: &mut Lowering<'_, '_>, branch: &Pointer, parts: &[Part]) -> bool {
    let facts = facts::gather(cx, &[Part::whole(branch)]);
    parts.iter().all(|part| part.view == View::default() && facts.includes.contains(&part.at))
}

fn without_unions(parts: &[Part]) -> Vec<Part> {
    let view = |part: &Part| View { without_unions: true, ..part.view };
    parts.iter().map(|part| Part { at: part.at.clone(), view: view(part) }).collect()
}

/// The branches that are neither `null` nor `false`.
fn without_null(cx: &Lowering<'_, '_>, union: &Alternatives) -> Vec<Pointer> {
    let other = |at: &&Pointer| {
        cx.spec.node(at).is_some_and(|node| *node.tree != Tree::Bool(false)) && !facts::is_null_at(cx, at)
    };
    union.branches.iter().filter(other).cloned().collect()
}
