//! The schemas that describe one XML value: references followed, `allOf` and unions flattened.

use std::collections::{BTreeSet, VecDeque};
use std::rc::Rc;

use super::super::facts::{self, Facts, JsonType, Part};
use super::super::lowering::Lowering;
use super::MAX_DEPTH;
use crate::diag::Pointer;
use crate::vocabulary;

/// The schemas, with references replaced by their targets.
pub(super) fn behind_references(cx: &Lowering<'_, '_>, parts: &[Part]) -> Vec<Part> {
    let mut found = Vec::new();
    for part in parts {
        behind(cx, part, 0, &mut found);
    }
    found
}

/// Adds the schemas behind one.
fn behind(cx: &Lowering<'_, '_>, part: &Part, depth: usize, found: &mut Vec<Part>) {
    let Some(node) = cx.spec.node(&part.at).filter(|_| depth < MAX_DEPTH) else { return };
    let keys = || node.tree.as_object().into_iter().flat_map(|map| map.keys().map(String::as_str));
    let keywords: Vec<&str> = keys().filter(|key| !vocabulary::restricts_nothing(key)).collect();
    match keywords.as_slice() {
        // A schema that says nothing adds nothing.
        [] if depth > 0 => {}
        ["$ref"] => {
            let target = node.str("$ref").and_then(|text| cx.spec.find_target(&node, text));
            if let Some(target) = target {
                behind(cx, &Part { at: target.at, view: part.view }, depth + 1, found);
            }
        }
        ["allOf"] => {
            for branch in node.items("allOf") {
                behind(cx, &Part { at: branch.at, view: part.view }, depth + 1, found);
            }
        }
        // The only branch beside `null` is no alternative.
        [key @ ("oneOf" | "anyOf")] if facts::only_branch(cx, &node, key).is_some() => {
            if let Some(only) = facts::only_branch(cx, &node, key) {
                behind(cx, &Part { at: only.at, view: part.view }, depth + 1, found);
            }
        }
        _ if found.contains(part) => {}
        _ => found.push(part.clone()),
    }
}

/// The facts of the schemas together, of each branch of their unions, and of each schema that inherits from them.
pub(super) fn alternatives(cx: &mut Lowering<'_, '_>, parts: &[Part]) -> Vec<Rc<Facts>> {
    let mut seen: BTreeSet<Pointer> = BTreeSet::new();
    let mut all = vec![facts::gather(cx, parts)];
    let mut open: VecDeque<Pointer> = VecDeque::new();
    for part in parts {
        open.extend(cx.heirs.get(&part.at).into_iter().flatten().cloned());
    }
    let branches = |facts: &Rc<Facts>| -> Vec<Pointer> {
        facts.unions.iter().flat_map(|union| union.branches.iter().cloned()).collect()
    };
    open.extend(all.iter().flat_map(branches));
    while let Some(at) = open.pop_front() {
        if seen.insert(at.clone()) {
            for part in behind_references(cx, &[Part::whole(&at)]) {
                open.extend(cx.heirs.get(&part.at).into_iter().flatten().cloned());
            }
            let found = facts::gather(cx, &[Part::whole(&at)]);
            open.extend(branches(&found));
            all.push(found);
        }
    }
    all
}

/// The JSON types that facts allow.
pub(super) fn types(facts: &Facts) -> Vec<JsonType> {
    match (&facts.types, &facts.values) {
        (Some(types), _) => types.iter().copied().collect(),
        (None, Some(values)) => values.iter().map(|value| JsonType::of(&value.literal)).collect(),
        (None, None) => facts.inferred_type().into_iter().collect(),
    }
}
