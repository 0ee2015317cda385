//! Merges the surface of a set of schemas: `$ref` is followed, `allOf` is merged, and keywords beside them count (JSON Schema
//! Core 2020-12 §10.2.1).

use std::collections::BTreeSet;
use std::rc::Rc;

use super::super::lowering::Lowering;
use super::json_type::JsonType;
use super::model::{Additional, Facts};
use super::part::Part;
use super::{annotations, applicators, arrays, objects, types_and_values, validation};
use crate::diag::{Code, Pointer};
use crate::spec::Node;
use crate::tree::Tree;

/// The facts of a set of schemas. They are gathered once for each set, because several parts of lowering ask for them.
pub(in super::super) fn gather(cx: &mut Lowering<'_, '_>, parts: &[Part]) -> Rc<Facts> {
    if let Some(known) = cx.facts.get(parts) {
        return Rc::clone(known);
    }
    let facts = Rc::new(merge(cx, parts));
    cx.facts.insert(parts.to_vec(), Rc::clone(&facts));
    facts
}

/// Merges what each schema says.
fn merge(cx: &mut Lowering<'_, '_>, parts: &[Part]) -> Facts {
    let mut facts = Facts::default();
    let mut seen = BTreeSet::new();
    for part in parts {
        let Some(node) = cx.spec.node(&part.at) else { continue };
        add(cx, &mut facts, &node, part.view.without_unions, 0, &mut seen);
    }
    for part in parts {
        if let Some(only) = part.view.only {
            facts.types = Some(BTreeSet::from([only]));
            facts.nullable = false;
            facts.values = facts
                .values
                .take()
                .map(|values| values.into_iter().filter(|(_, value)| JsonType::of(value).is_a(only)).collect());
        }
    }
    unevaluated(cx, &mut facts);
    facts.null = has_null(cx, &facts);
    facts
}

/// Whether `null` is a value.
fn has_null(cx: &Lowering<'_, '_>, facts: &Facts) -> bool {
    let listed = || facts.values.iter().flatten().any(|(_, value)| *value == Tree::Null);
    let typed = facts.types.as_ref().is_some_and(|types| types.contains(&JsonType::Null));
    let branch = |at: &Pointer| cx.spec.node(at).is_some_and(|node| is_null(&node));
    let branches = || facts.unions.iter().any(|union| union.branches.iter().any(branch));
    match facts.values {
        // A list of values decides alone, so `null` is a value if it is in the list.
        Some(_) => listed() || facts.nullable,
        None => typed || facts.nullable || (branches() && facts.types.as_ref().is_none_or(|types| types.len() == 1)),
    }
}

/// Whether `null` is the only value of a schema.
pub(in super::super) fn is_null(node: &Node<'_>) -> bool {
    node.str("type") == Some("null")
        || node.tree.get("const") == Some(&Tree::Null)
        || node.tree.get("enum").and_then(Tree::as_array) == Some(&[Tree::Null])
}

/// Once everything is merged, unevaluated values are those that no schema declares (JSON Schema Core 2020-12 §11).
fn unevaluated(cx: &Lowering<'_, '_>, facts: &mut Facts) {
    if let Some(part) = facts.unevaluated_properties.take()
        && facts.additional == Additional::Unsaid
        && let Some(node) = cx.spec.node(&part.at)
    {
        facts.additional = Additional::of(&node);
        facts.object_keywords = true;
    }
    if let Some(part) = facts.unevaluated_items.take()
        && facts.items.is_empty()
    {
        facts.items.push(part);
        facts.array_keywords = true;
    }
}

/// Adds what a schema says. `depth` is how many references lead to it; the annotations of the schema itself, at depth 0, take
/// precedence.
fn add<'d>(
    cx: &mut Lowering<'d, '_>,
    facts: &mut Facts,
    node: &Node<'d>,
    without_unions: bool,
    depth: usize,
    seen: &mut BTreeSet<Pointer>,
) {
    if !seen.insert(node.at.clone()) {
        return;
    }
    match node.tree {
        Tree::Bool(false) => {
            facts.never = true;
            facts.forbidden = true;
        }
        Tree::Object(_) => {}
        _ => return,
    }
    if depth > MAX_DEPTH {
        report_depth(cx, node);
        return;
    }
    annotations::add(facts, node, depth == 0);
    // A type does not depend on the path that leads to it, so `$dynamicRef` means its static target (Core 2020-12 §8.2.3.2).
    for key in ["$ref", "$dynamicRef"] {
        if let Some(reference) = node.str(key)
            && let Some(target) = follow(cx, node, reference)
        {
            add(cx, facts, &target, without_unions, depth + 1, seen);
        }
    }
    types_and_values::add(cx, facts, node);
    validation::add(cx, facts, node);
    applicators::add(facts, node);
    objects::add(cx, facts, node);
    arrays::add(facts, node);
    for branch in node.items("allOf") {
        add(cx, facts, &branch, without_unions, depth + 1, seen);
    }
    if !without_unions {
        applicators::add_unions(facts, node);
    }
}

/// What a schema says is not merged through more references and `allOf`s than this. Known documents stay below 20.
const MAX_DEPTH: usize = 50;

fn report_depth(cx: &mut Lowering<'_, '_>, node: &Node<'_>) {
    if cx.first_report(&node.at.push("allOf")) {
        let message =
            format!("more than {MAX_DEPTH} references and `allOf`s lead here; what this schema says is ignored there");
        cx.diags.warn(Code::Limit, &node.at, message).help("refer to the innermost schema directly");
    }
}

/// Follows a reference. A reference to nothing is reported once, however often it is followed.
pub(in super::super) fn follow<'d>(cx: &mut Lowering<'d, '_>, node: &Node<'d>, reference: &str) -> Option<Node<'d>> {
    if cx.first_report(&node.at.push("$ref")) {
        cx.spec.target(node, reference, cx.diags)
    } else {
        cx.spec.find_target(node, reference)
    }
}
