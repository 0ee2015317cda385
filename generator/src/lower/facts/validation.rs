//! The validation keywords for strings, numbers, arrays and objects (JSON Schema Validation 2020-12 §6.2 to §6.5).

use super::super::lowering::Lowering;
use super::model::Facts;
use super::patterns;
use crate::ir::Rule;
use crate::spec::Node;
use crate::tree::{Number, Tree};

/// Adds the validation keywords of a schema.
pub(super) fn add(cx: &mut Lowering<'_, '_>, facts: &mut Facts, node: &Node<'_>) {
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
    add_bounds(node, &mut rules);
    if node.flag("uniqueItems") {
        rules.push(Rule::UniqueItems);
    }
    // Every value has a length of at least 0.
    rules.retain(|rule| !matches!(rule, Rule::MinLength(0) | Rule::MinItems(0) | Rule::MinProperties(0)));
    for rule in rules {
        if !facts.validation.contains(&rule) {
            facts.validation.push(rule);
        }
    }
}

/// The value of a keyword that counts; it may be written as `2.0`.
pub(super) fn count(node: &Node<'_>, key: &str) -> Option<u64> {
    u64::try_from(node.tree.get(key)?.as_number()?.as_int()?).ok()
}

fn pattern(cx: &mut Lowering<'_, '_>, node: &Node<'_>) -> Option<Rule> {
    let pattern = node.str("pattern")?;
    patterns::is_valid(cx, node, "pattern", pattern).then(|| Rule::Pattern(pattern.to_owned()))
}

fn add_bounds(node: &Node<'_>, rules: &mut Vec<Rule>) {
    let number = |key: &str| node.tree.get(key).and_then(Tree::as_number);
    // Until draft 4, and so in OpenAPI 3.0, `exclusiveMinimum` was a flag beside `minimum`.
    match number("minimum") {
        Some(bound) if node.flag("exclusiveMinimum") => rules.push(Rule::ExclusiveMinimum(bound)),
        Some(bound) => rules.push(Rule::Minimum(bound)),
        None => {}
    }
    match number("maximum") {
        Some(bound) if node.flag("exclusiveMaximum") => rules.push(Rule::ExclusiveMaximum(bound)),
        Some(bound) => rules.push(Rule::Maximum(bound)),
        None => {}
    }
    rules.extend(number("exclusiveMinimum").map(Rule::ExclusiveMinimum));
    rules.extend(number("exclusiveMaximum").map(Rule::ExclusiveMaximum));
    rules.extend(number("multipleOf").filter(|of: &Number| of.as_f64() > 0.0).map(Rule::MultipleOf));
}
