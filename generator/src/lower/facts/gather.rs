//! Merges the surface of a set of schemas: `$ref` is followed, `allOf` is merged, and keywords beside them count (JSON Schema
//! Core 2020-12 §10.2.1).

use std::collections::BTreeSet;
use std::rc::Rc;

use super::super::lowering::Lowering;
use super::json_type::JsonType;
use super::model::{Additional, Facts};
use super::objects::Depths;
use super::part::{Part, View};
use super::{
    annotations, applicators, arrays, closed, objects, references, types_and_values, validation, values, without_effect,
};
use crate::diag::{Code, Pointer};
use crate::spec::Node;
use crate::tree::Tree;
use crate::vocabulary;

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
    let mut path = Path::default();
    for part in parts {
        let Some(node) = cx.spec.node(&part.at) else { continue };
        path.without_unions = part.view.without_unions;
        add(cx, &mut facts, &node, &mut path, &mut seen);
    }
    if let [only] = parts
        && only.view == View::default()
    {
        without_effect::report(cx, &facts, &only.at, &seen);
        closed::report(cx, &facts, &seen);
    }
    facts.nullable |= facts.by_nullable.adds_null();
    values::replace_unions(cx, &mut facts);
    for part in parts {
        if let Some(only) = part.view.only {
            facts.types = Some(BTreeSet::from([only]));
            facts.nullable = false;
            facts.null_branch = false;
            facts.values = facts
                .values
                .take()
                .map(|values| values.into_iter().filter(|value| JsonType::of(&value.literal).is_a(only)).collect());
        }
    }
    unevaluated(cx, &mut facts);
    facts.null = has_null(cx, &facts);
    facts
}

/// Whether `null` is a value.
fn has_null(cx: &Lowering<'_, '_>, facts: &Facts) -> bool {
    let listed = || facts.values.iter().flatten().any(|value| value.literal == Tree::Null);
    let typed = facts.types.as_ref().is_some_and(|types| types.contains(&JsonType::Null));
    let branches = || facts.unions.iter().any(|union| union.branches.iter().any(|at| is_null_at(cx, at)));
    match facts.values {
        // A list of values decides alone, so `null` is a value if it is in the list.
        Some(_) => listed() || facts.nullable,
        None => {
            let branch = facts.null_branch || branches();
            typed || facts.nullable || (branch && facts.types.as_ref().is_none_or(|types| types.len() == 1))
        }
    }
}

/// Whether `null` is the only value of a schema. `nullable` alone says nothing, but in a branch of a union nothing else is meant.
pub(in super::super) fn is_null(cx: &Lowering<'_, '_>, node: &Node<'_>) -> bool {
    let only_nullable = |key: &String| key == "nullable" || vocabulary::restricts_nothing(key);
    node.str("type") == Some("null")
        || node.tree.get("const") == Some(&Tree::Null)
        || node.tree.get("enum").and_then(Tree::as_array) == Some(&[Tree::Null])
        || (node.flag("nullable")
            && !cx.config.literal_schemas
            && node.tree.as_object().is_some_and(|map| map.keys().all(only_nullable)))
}

/// Whether `null` is the only value of the schema at a place.
pub(in super::super) fn is_null_at(cx: &Lowering<'_, '_>, at: &Pointer) -> bool {
    cx.spec.node(at).is_some_and(|node| is_null(cx, &node))
}

/// Once everything is merged, unevaluated values are those that no schema declares (JSON Schema Core 2020-12 §11).
fn unevaluated(cx: &mut Lowering<'_, '_>, facts: &mut Facts) {
    if let Some(part) = facts.unevaluated_properties.take()
        && facts.additional == Additional::Unsaid
        && let Some(node) = cx.spec.node(&part.at)
    {
        let additional = Additional::of(&node);
        if additional != Additional::Free && evaluates_more(cx, facts) {
            report_unevaluated(cx, &part);
        } else {
            facts.additional = additional;
            facts.object_keywords = true;
        }
    }
    if let Some(part) = facts.unevaluated_items.take()
        && facts.items.is_empty()
    {
        facts.items.push(part);
        facts.array_keywords = true;
    }
}

/// Whether a schema that counts only for some values evaluates properties that `properties` does not declare, or may.
fn evaluates_more(cx: &Lowering<'_, '_>, facts: &Facts) -> bool {
    let of_conditions = facts.conditions.iter().flat_map(|condition| {
        [Some(&condition.test), condition.then.as_ref(), condition.otherwise.as_ref()].into_iter().flatten()
    });
    let of_dependent = facts.dependent_schemas.iter().map(|(_, part)| part);
    of_conditions.chain(of_dependent).filter_map(|part| cx.spec.node(&part.at)).any(|node| {
        let may = |key: &String| {
            let is_reference = references::KEYS.contains(&key.as_str());
            is_reference
                || vocabulary::OBJECTS
                    .iter()
                    .any(|(name, _)| name == key && *name != "properties" && *name != "required")
                || matches!(
                    key.as_str(),
                    "allOf" | "anyOf" | "oneOf" | "if" | "unevaluatedProperties" | "dependentSchemas"
                )
        };
        let is_new = node.entries("properties").any(|(name, _)| !facts.properties.contains_key(name));
        is_new || node.tree.as_object().is_some_and(|map| map.keys().any(may))
    })
}

/// Reports `unevaluatedProperties` beside schemas that evaluate properties only sometimes.
fn report_unevaluated(cx: &mut Lowering<'_, '_>, part: &Part) {
    if cx.first_report(&part.at) {
        let message = "`unevaluatedProperties` is ignored: `if` or `dependentSchemas` beside it decides which properties are evaluated";
        cx.diags.warn(Code::Unsupported, &part.at, message).help("declare every property under `properties`");
    }
}

/// Whether a schema is nothing but a reference.
fn is_reference(node: &Node<'_>) -> bool {
    let says = |key: &&String| !references::KEYS.contains(&key.as_str()) && !vocabulary::restricts_nothing(key);
    node.tree.as_object().is_some_and(|map| !map.keys().any(|key| says(&key)))
}

/// How a schema is reached.
#[derive(Default)]
struct Path {
    /// Whether unions are left out.
    without_unions: bool,
    /// Whether the schema is the only branch of a union.
    is_branch: bool,
    /// Whether a schema that extends this one refers to it.
    is_inherited: bool,
    /// The schemas that lead here by references, `allOf` and branches.
    above: Vec<Pointer>,
    /// How deep the schemas of properties are.
    depths: Depths,
}

/// Adds what a schema says. The annotations of the schema that nothing leads to take precedence.
fn add<'d>(
    cx: &mut Lowering<'d, '_>,
    facts: &mut Facts,
    node: &Node<'d>,
    path: &mut Path,
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
    if path.above.len() > MAX_DEPTH {
        report_depth(cx, node);
        return;
    }
    annotations::add(facts, node, path.above.is_empty());
    path.above.push(node.at.clone());
    types_and_values::add(cx, facts, node, path.is_branch);
    facts.by_nullable.add(node, path.is_inherited);
    for key in references::KEYS {
        if let Some(target) = references::follow(cx, node, key) {
            facts.includes.insert(target.at.clone());
            // A schema that is nothing but a reference is the other one.
            let is_inherited = path.is_inherited || path.above.len() > 1 || !is_reference(node);
            let outer = std::mem::replace(&mut path.is_inherited, is_inherited);
            add(cx, facts, &target, path, seen);
            path.is_inherited = outer;
        }
    }
    validation::add(cx, facts, node);
    applicators::add(facts, node);
    path.depths.current = path.above.len();
    objects::add(cx, facts, node, &mut path.depths);
    arrays::add(cx, facts, node);
    for branch in node.items("allOf") {
        add(cx, facts, &branch, path, seen);
    }
    if !path.without_unions && !lists_extending(cx, node, &path.above) {
        let outer = std::mem::replace(&mut path.is_branch, true);
        for only in applicators::add_unions(cx, facts, node) {
            add_only_branch(cx, facts, &only, path, seen);
        }
        path.is_branch = outer;
    }
    path.above.pop();
}

/// Adds the branch that is alone in a union beside `null`. Its list of values says nothing about `null`.
fn add_only_branch<'d>(
    cx: &mut Lowering<'d, '_>,
    facts: &mut Facts,
    branch: &Node<'d>,
    path: &mut Path,
    seen: &mut BTreeSet<Pointer>,
) {
    let had_values = facts.values.is_some();
    add(cx, facts, branch, path, seen);
    facts.nullable |= facts.null_branch && !had_values && facts.values.is_some();
}

/// Whether one of the branches of a schema is a schema that extends it and leads here. A value of that schema satisfies the union by
/// itself; merging the union would mean to read every branch as every other one.
fn lists_extending<'d>(cx: &mut Lowering<'d, '_>, node: &Node<'d>, above: &[Pointer]) -> bool {
    let extending = above.get(..above.len().saturating_sub(1)).unwrap_or_default();
    if extending.is_empty() {
        return false;
    }
    let branches = match cx.branches.get(&node.at) {
        Some(known) => Rc::clone(known),
        None => {
            let branches = node.items("oneOf").chain(node.items("anyOf"));
            let targets = branches.filter_map(|branch| Some(cx.spec.find_target(&branch, branch.str("$ref")?)?.at));
            let targets: Rc<BTreeSet<Pointer>> = Rc::new(targets.collect());
            cx.branches.insert(node.at.clone(), Rc::clone(&targets));
            targets
        }
    };
    extending.iter().any(|schema| branches.contains(schema))
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
