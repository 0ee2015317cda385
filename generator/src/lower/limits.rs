//! The keywords that limit values without changing their type (JSON Schema Validation 2020-12 §6), as facts.

use super::cx::Cx;
use super::facts::{Condition, Contains, Facts, Part};
use crate::diag::Code;
use crate::ir::Rule;
use crate::spec::Node;
use crate::tree::{Number, Tree};

/// Adds what a schema asks of texts, numbers, lists and objects.
pub(super) fn add(cx: &mut Cx<'_, '_>, facts: &mut Facts, node: &Node<'_>) {
    let count = |key: &str| count(node, key);
    let counts = [
        ("minLength", Rule::MinLength as fn(u64) -> Rule),
        ("maxLength", Rule::MaxLength),
        ("minItems", Rule::MinItems),
        ("maxItems", Rule::MaxItems),
        ("minProperties", Rule::MinProperties),
        ("maxProperties", Rule::MaxProperties),
    ];
    let mut rules: Vec<Rule> = counts.iter().filter_map(|(key, rule)| count(key).map(rule)).collect();
    rules.extend(pattern(cx, node));
    numbers(node, &mut rules);
    if node.flag("uniqueItems") {
        rules.push(Rule::UniqueItems);
    }
    // A minimum of nothing is no rule.
    rules.retain(|rule| !matches!(rule, Rule::MinLength(0) | Rule::MinItems(0) | Rule::MinProperties(0)));
    for rule in rules {
        if !facts.limits.contains(&rule) {
            facts.limits.push(rule);
        }
    }
    applicators(facts, node);
}

/// A count that may be written as `2.0`.
fn count(node: &Node<'_>, key: &str) -> Option<u64> {
    u64::try_from(node.tree.get(key)?.as_number()?.as_int()?).ok()
}

fn pattern(cx: &mut Cx<'_, '_>, node: &Node<'_>) -> Option<Rule> {
    let pattern = node.str("pattern")?;
    is_regular(cx, node, "pattern", pattern).then(|| Rule::Pattern(pattern.to_owned()))
}

/// Whether ECMAScript has a regular expression (with the `u` flag, as JSON Schema Core 2020-12 §6.4 recommends); one that it
/// does not have is reported.
pub(super) fn is_regular(cx: &mut Cx<'_, '_>, node: &Node<'_>, key: &str, pattern: &str) -> bool {
    let Err(error) = regress::Regex::with_flags(pattern, "u").or_else(|_| regress::Regex::new(pattern)) else {
        return true;
    };
    let at = node.at.push(key);
    if cx.first_report(&at) {
        cx.diags
            .warn(Code::BadPattern, &at, format!("`{pattern}` is no ECMAScript regular expression: {}", error.text))
            .help("correct the pattern; until then it is not checked");
    }
    false
}

fn numbers(node: &Node<'_>, rules: &mut Vec<Rule>) {
    let number = |key: &str| node.tree.get(key).and_then(Tree::as_number);
    // Until draft 4, and so in OpenAPI 3.0, `exclusiveMinimum` was a flag beside `minimum`.
    match number("minimum") {
        Some(limit) if node.flag("exclusiveMinimum") => rules.push(Rule::ExclusiveMinimum(limit)),
        Some(limit) => rules.push(Rule::Minimum(limit)),
        None => {}
    }
    match number("maximum") {
        Some(limit) if node.flag("exclusiveMaximum") => rules.push(Rule::ExclusiveMaximum(limit)),
        Some(limit) => rules.push(Rule::Maximum(limit)),
        None => {}
    }
    rules.extend(number("exclusiveMinimum").map(Rule::ExclusiveMinimum));
    rules.extend(number("exclusiveMaximum").map(Rule::ExclusiveMaximum));
    rules.extend(number("multipleOf").filter(|of: &Number| of.as_f64() > 0.0).map(Rule::MultipleOf));
}

/// Adds the schemas that a value is held against without becoming them.
fn applicators(facts: &mut Facts, node: &Node<'_>) {
    let part = |key: &str| node.get(key).map(|schema| Part::whole(&schema.at));
    if let Some(schema) = part("contains") {
        let (min, max) = (count(node, "minContains").unwrap_or(1), count(node, "maxContains"));
        facts.contains.push(Contains { schema, min, max });
    }
    facts.not.extend(part("not"));
    if let Some(test) = part("if") {
        let (then, otherwise) = (part("then"), part("else"));
        if then.is_some() || otherwise.is_some() {
            facts.conditions.push(Condition { test, then, otherwise });
        }
    }
    facts.property_names.extend(part("propertyNames"));
    let texts = |node: &Node<'_>| -> Vec<String> {
        let items = node.tree.as_array().unwrap_or_default();
        items.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect()
    };
    // `dependencies` is what drafts up to 7 call both.
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
