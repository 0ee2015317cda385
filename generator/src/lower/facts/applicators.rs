//! Keywords that apply other schemas to a value: `oneOf`, `not`, `if`, `contains` and so on (JSON Schema Core 2020-12 §10).

use std::collections::{BTreeMap, BTreeSet};

use super::super::lowering::Lowering;
use super::gather::is_null;
use super::keys::part;
use super::model::{Alternatives, Conditional, Contains, Discriminator, Facts};
use super::part::Part;
use super::validation::count;
use crate::diag::{Code, Pointer};
use crate::spec::Node;
use crate::tree::Tree;
use crate::vocabulary;

/// Adds the schemas that values are validated against, without becoming part of their types.
pub(super) fn add(facts: &mut Facts, node: &Node<'_>) {
    if let Some(schema) = part(node, "contains") {
        let (min, max) = (count(node, "minContains").unwrap_or(1), count(node, "maxContains"));
        facts.contains.push(Contains { schema, min, max });
    }
    facts.not.extend(part(node, "not"));
    if let Some(test) = part(node, "if") {
        let (then, otherwise) = (part(node, "then"), part(node, "else"));
        if then.is_some() || otherwise.is_some() {
            facts.conditions.push(Conditional { test, then, otherwise });
        }
    }
    facts.property_names.extend(part(node, "propertyNames"));
    let texts = |node: &Node<'_>| -> Vec<String> {
        let items = node.tree.as_array().unwrap_or_default();
        items.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect()
    };
    // Up to draft 7, both were called `dependencies`.
    for key in ["dependentRequired", "dependentSchemas", "dependencies"] {
        for (name, dependency) in node.entries(key) {
            if dependency.tree.as_array().is_some() {
                facts.dependent_required.push((name.to_owned(), texts(&dependency)));
            } else {
                facts.dependent_schemas.push((name.to_owned(), Part::whole(&dependency.at)));
            }
        }
    }
}

/// Adds the branches of `oneOf` and `anyOf`, and the discriminator. Returns the branches that are alone in their union beside `null`:
/// they say more about every value, as those of `allOf` do.
pub(super) fn add_unions<'d>(cx: &mut Lowering<'d, '_>, facts: &mut Facts, node: &Node<'d>) -> Vec<Node<'d>> {
    let mut alone = Vec::new();
    for key in ["oneOf", "anyOf"] {
        report_equal(cx, node, key);
        if let Some(only) = only_branch(cx, node, key) {
            facts.null_branch |= node.items(key).any(|branch| is_null(cx, &branch));
            alone.push(only);
            continue;
        }
        let branches: Vec<Pointer> = distinct_branches(cx, node, key).into_iter().map(|branch| branch.at).collect();
        if !branches.is_empty() {
            facts.unions.push(Alternatives { exactly_one: key == "oneOf", branches });
        }
    }
    facts.discriminator = discriminator(node).or(facts.discriminator.take());
    alone
}

/// The branch that is alone in a union beside `null` and `false`. With a discriminator, it is one of several that will come.
pub(in super::super) fn only_branch<'d>(cx: &Lowering<'d, '_>, node: &Node<'d>, key: &str) -> Option<Node<'d>> {
    if node.get("discriminator").is_some() {
        return None;
    }
    let branches = distinct_branches(cx, node, key).into_iter();
    let mut others = branches.filter(|branch| *branch.tree != Tree::Bool(false) && !is_null(cx, branch));
    let only = others.next()?;
    others.next().is_none().then_some(only)
}

/// The branches of a union without repetitions. No value satisfies exactly one of two equal schemas, so the author cannot mean both.
fn distinct_branches<'d>(cx: &Lowering<'d, '_>, node: &Node<'d>, key: &str) -> Vec<Node<'d>> {
    let mut seen = BTreeSet::new();
    let is_first = |branch: &Node<'d>| flat_text(branch, None).is_none_or(|text| seen.insert(text));
    if cx.config.literal_schemas { node.items(key).collect() } else { node.items(key).filter(is_first).collect() }
}

/// The keywords of a schema that contains no schema with further ones, as text, without one of them. Other schemas are not compared: that
/// would take long where unions are nested.
pub(in super::super) fn flat_text(node: &Node<'_>, without: Option<&str>) -> Option<String> {
    let says = |(key, _): &(&String, &Tree)| !vocabulary::restricts_nothing(key) && Some(key.as_str()) != without;
    let said: BTreeMap<&String, &Tree> = node.tree.as_object()?.iter().filter(says).collect();
    let is_flat = said.values().all(|tree| match tree {
        Tree::Object(map) => !map.values().any(Tree::is_container),
        tree => !tree.is_container(),
    });
    (is_flat && !said.is_empty()).then(|| format!("{said:?}"))
}

/// Reports the branches of a `oneOf` that equal an earlier one.
fn report_equal(cx: &mut Lowering<'_, '_>, node: &Node<'_>, key: &str) {
    let mut seen: BTreeMap<String, Pointer> = BTreeMap::new();
    if key != "oneOf" || cx.config.literal_schemas {
        return;
    }
    for branch in node.items(key) {
        let Some(text) = flat_text(&branch, None) else { continue };
        let Some(first) = seen.get(&text) else {
            seen.insert(text, branch.at);
            continue;
        };
        if cx.first_report(&branch.at) {
            let message = "this branch equals another one, so no value satisfies exactly one; it is ignored";
            cx.diags
                .warn(Code::OddSchema, &branch.at, message)
                .related(first, "the other branch")
                .help("remove one of them");
        }
    }
}

fn discriminator(node: &Node<'_>) -> Option<Discriminator> {
    let discriminator = node.get("discriminator")?;
    let property = match discriminator.tree {
        // Swagger 2.0
        Tree::String(name) => name.as_str(),
        _ => discriminator.str("propertyName")?,
    };
    let mapping = discriminator
        .entries("mapping")
        .filter_map(|(value, target)| Some((value.to_owned(), target.tree.as_str()?.to_owned())))
        .collect();
    Some(Discriminator {
        at: discriminator.at.clone(),
        property: property.to_owned(),
        mapping,
        default: discriminator.str("defaultMapping").map(str::to_owned),
    })
}
