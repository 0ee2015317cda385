//! Compares rules.

use std::collections::{BTreeMap, BTreeSet};

use super::super::kind::ChangeKind;
use super::flow::Effect;
use super::rule_schemas;
use super::walk::{Spot, Walk};
use crate::ir::{Checks, Rule, Shape, TypeDef};

/// Compares the rules of a place.
pub(super) fn compare<'a>(walk: &mut Walk<'a>, spot: &Spot, old: &[&'a Checks], new: &[&'a Checks]) {
    let rules = |checks: &[&'a Checks]| -> Vec<&'a Rule> { checks.iter().flat_map(|checks| &checks.rules).collect() };
    compare_rules(walk, spot, &rules(old), &rules(new));
}

/// Compares the rules of a type itself.
pub(super) fn compare_own<'a>(walk: &mut Walk<'a>, spot: &Spot, old: &'a TypeDef, new: &'a TypeDef) {
    // That a branch of a union matches is part of the comparison of its branches.
    let both_unions = matches!((&old.shape, &new.shape), (Shape::Union(_), Shape::Union(_)));
    let counts = |rule: &&Rule| !both_unions || !matches!(rule, Rule::AnyOf(_) | Rule::ExactlyOne(_));
    let rules = |def: &'a TypeDef| -> Vec<&'a Rule> { def.checks.rules.iter().filter(counts).collect() };
    compare_rules(walk, spot, &rules(old), &rules(new));
    if both_unions {
        exclusive(walk, spot, old, new);
    }
}

/// Compares whether values may match several branches of a union.
fn exclusive(walk: &mut Walk<'_>, spot: &Spot, old: &TypeDef, new: &TypeDef) {
    let is_exclusive = |def: &TypeDef| def.checks.rules.iter().any(|rule| matches!(rule, Rule::ExactlyOne(_)));
    match (is_exclusive(old), is_exclusive(new)) {
        (false, true) => {
            let message = "new rule: values must not match several branches (`oneOf`)";
            walk.effect(Effect::Narrows, ChangeKind::RuleAdded, spot, message);
        }
        (true, false) => {
            let message = "rule that is gone: values may match several branches";
            walk.effect(Effect::Widens, ChangeKind::RuleRemoved, spot, message);
        }
        _ => {}
    }
}

fn compare_rules<'a>(walk: &mut Walk<'a>, spot: &Spot, old: &[&'a Rule], new: &[&'a Rule]) {
    let (before, after) = (by_slot(old), by_slot(new));
    for (slot, rule) in &after {
        match before.get(slot) {
            None => {
                let message = format!("new rule: {}", words(rule));
                walk.effect(Effect::Narrows, ChangeKind::RuleAdded, spot, &message);
            }
            Some(known) => pair(walk, spot, known, rule),
        }
    }
    for (_, rule) in before.iter().filter(|(slot, _)| !after.contains_key(*slot)) {
        let message = format!("rule that is gone: {}", words(rule));
        walk.effect(Effect::Widens, ChangeKind::RuleRemoved, spot, &message);
    }
}

/// The rules by what they are about. Of several rules about the same, those after the first one are told apart by their text.
fn by_slot<'r>(rules: &[&'r Rule]) -> BTreeMap<String, &'r Rule> {
    let mut found: BTreeMap<String, &Rule> = BTreeMap::new();
    for rule in rules.iter().copied() {
        let slot = slot(rule);
        match found.get(&slot) {
            Some(known) if *known != rule => {
                found.insert(format!("{slot} {}", words(rule)), rule);
            }
            _ => {
                found.insert(slot, rule);
            }
        }
    }
    found
}

/// What a rule is about.
fn slot(rule: &Rule) -> String {
    match rule {
        Rule::Minimum(_) | Rule::ExclusiveMinimum(_) => "minimum".to_owned(),
        Rule::Maximum(_) | Rule::ExclusiveMaximum(_) => "maximum".to_owned(),
        Rule::Position { index, .. } => format!("position {index}"),
        Rule::ItemsFrom { index, .. } => format!("items from {index}"),
        Rule::DependentRequired { key, .. } => format!("dependent keys {key}"),
        Rule::DependentSchema { key, .. } => format!("dependent schema {key}"),
        Rule::PatternProperties { pattern, .. } => format!("pattern properties {pattern}"),
        Rule::KeySets { .. } => "sets of keys".to_owned(),
        Rule::AnyOf(_) | Rule::ExactlyOne(_) => "branches".to_owned(),
        other => keyword(other).to_owned(),
    }
}

/// The keyword of a rule.
fn keyword(rule: &Rule) -> &'static str {
    match rule {
        Rule::MinLength(_) => "minLength",
        Rule::MaxLength(_) => "maxLength",
        Rule::Pattern(_) => "pattern",
        Rule::Minimum(_) => "minimum",
        Rule::ExclusiveMinimum(_) => "exclusiveMinimum",
        Rule::Maximum(_) => "maximum",
        Rule::ExclusiveMaximum(_) => "exclusiveMaximum",
        Rule::MultipleOf(_) => "multipleOf",
        Rule::MinItems(_) => "minItems",
        Rule::MaxItems(_) => "maxItems",
        Rule::UniqueItems => "uniqueItems",
        Rule::Contains { .. } => "contains",
        Rule::Position { .. } => "prefixItems",
        Rule::ItemsFrom { .. } => "items",
        Rule::MinProperties(_) => "minProperties",
        Rule::MaxProperties(_) => "maxProperties",
        Rule::RequiredKeys(_) | Rule::KeySets { .. } => "required",
        Rule::DependentRequired { .. } => "dependentRequired",
        Rule::DependentSchema { .. } => "dependentSchemas",
        Rule::PropertyNames(_) => "propertyNames",
        Rule::PatternProperties { .. } => "patternProperties",
        Rule::AdditionalProperties { .. } => "additionalProperties",
        Rule::OneOfValues(_) => "enum",
        Rule::AnyOf(_) => "anyOf",
        Rule::ExactlyOne(_) => "oneOf",
        Rule::Not(_) => "not",
        Rule::If { .. } => "if",
    }
}

/// A rule in a sentence.
fn words(rule: &Rule) -> String {
    let keyword = keyword(rule);
    match rule {
        Rule::MinLength(bound)
        | Rule::MaxLength(bound)
        | Rule::MinItems(bound)
        | Rule::MaxItems(bound)
        | Rule::MinProperties(bound)
        | Rule::MaxProperties(bound) => format!("`{keyword}: {bound}`"),
        Rule::Minimum(bound)
        | Rule::ExclusiveMinimum(bound)
        | Rule::Maximum(bound)
        | Rule::ExclusiveMaximum(bound)
        | Rule::MultipleOf(bound) => format!("`{keyword}: {bound}`"),
        Rule::Pattern(pattern) => format!("`{keyword}: {pattern}`"),
        Rule::Contains { min, max, .. } => match max {
            Some(max) => format!("`{keyword}` with `minContains: {min}` and `maxContains: {max}`"),
            None => format!("`{keyword}` with `minContains: {min}`"),
        },
        Rule::KeySets { exactly_one, sets } => {
            let sets: Vec<String> = sets.iter().map(|keys| format!("[{}]", keys.join(", "))).collect();
            let keyword = if *exactly_one { "oneOf" } else { "anyOf" };
            format!("`{keyword}` of `required: {}`", sets.join(" | "))
        }
        Rule::RequiredKeys(keys) => format!("`{keyword}: [{}]`", keys.join(", ")),
        Rule::DependentRequired { key, required } => format!("`{keyword}: {{{key}: [{}]}}`", required.join(", ")),
        Rule::PatternProperties { pattern, .. } => format!("`{keyword}: {pattern}`"),
        Rule::OneOfValues(values) => {
            let values: Vec<String> = values.iter().map(crate::ir::Literal::json).collect();
            format!("`{keyword}: [{}]`", values.join(", "))
        }
        _ => format!("`{keyword}`"),
    }
}

/// Compares two rules about the same.
fn pair(walk: &mut Walk<'_>, spot: &Spot, old: &Rule, new: &Rule) {
    if old == new && old.schemas().is_empty() {
        return;
    }
    if let Some(effect) = effect(old, new) {
        let (kind, verb) = match effect {
            Effect::Narrows => (ChangeKind::RuleTightened, "stricter"),
            Effect::Widens => (ChangeKind::RuleLoosened, "looser"),
            Effect::Differs => (ChangeKind::RuleChanged, "other"),
        };
        let message = format!("{verb} rule: {}, before {}", words(new), words(old));
        walk.effect(effect, kind, spot, &message);
    }
    rule_schemas::compare(walk, spot, old, new);
}

/// The effect of another rule about the same, apart from its schemas.
fn effect(old: &Rule, new: &Rule) -> Option<Effect> {
    if let Some((is_wider, is_narrower)) = counts(old, new) {
        return Effect::of(is_wider, is_narrower);
    }
    let has_schemas = !old.schemas().is_empty() && !new.schemas().is_empty();
    if has_schemas {
        return None;
    }
    Some(bounds(old, new).or_else(|| lists(old, new)).unwrap_or(Effect::Differs))
}

/// Whether other numbers of items or branches that have to match allow more, and less; `None` if the rules do not count.
fn counts(old: &Rule, new: &Rule) -> Option<(bool, bool)> {
    match (old, new) {
        (Rule::Contains { min: old_min, max: old_max, .. }, Rule::Contains { min: new_min, max: new_max, .. }) => {
            let (before, after) = (old_max.unwrap_or(u64::MAX), new_max.unwrap_or(u64::MAX));
            Some((new_min < old_min || after > before, new_min > old_min || after < before))
        }
        (Rule::AnyOf(_), Rule::ExactlyOne(_)) => Some((false, true)),
        (Rule::ExactlyOne(_), Rule::AnyOf(_)) => Some((true, false)),
        (Rule::KeySets { exactly_one: was_one, sets: before }, Rule::KeySets { exactly_one: is_one, sets: after }) => {
            let (before, after) = (key_sets(before), key_sets(after));
            let (is_more, is_less) = (!after.is_subset(&before), !before.is_subset(&after));
            // Where exactly one set must be there, another set also forbids the objects that have two of them.
            let differs = (*was_one || *is_one) && (is_more || is_less);
            Some((is_more || differs || (*was_one && !is_one), is_less || differs || (*is_one && !was_one)))
        }
        _ => None,
    }
}

/// Sets of keys, the order of which means nothing.
fn key_sets(sets: &[Vec<String>]) -> BTreeSet<BTreeSet<&str>> {
    sets.iter().map(|set| set.iter().map(String::as_str).collect()).collect()
}

/// The effect of another bound.
fn bounds(old: &Rule, new: &Rule) -> Option<Effect> {
    let ((before, is_lower), (after, _)) = (bound(old)?, bound(new)?);
    if before == after {
        return None;
    }
    Some(if (after > before) == is_lower { Effect::Narrows } else { Effect::Widens })
}

/// The bound of a rule, and whether greater ones are stricter. Among equal ones, `1` is that of an exclusive lower bound, and `-1`
/// that of an exclusive upper bound.
#[allow(clippy::cast_precision_loss)]
fn bound(rule: &Rule) -> Option<((f64, i8), bool)> {
    Some(match rule {
        Rule::MinLength(bound) | Rule::MinItems(bound) | Rule::MinProperties(bound) => ((*bound as f64, 0), true),
        Rule::MaxLength(bound) | Rule::MaxItems(bound) | Rule::MaxProperties(bound) => ((*bound as f64, 0), false),
        Rule::Minimum(bound) => ((bound.as_f64(), 0), true),
        Rule::ExclusiveMinimum(bound) => ((bound.as_f64(), 1), true),
        Rule::Maximum(bound) => ((bound.as_f64(), 0), false),
        Rule::ExclusiveMaximum(bound) => ((bound.as_f64(), -1), false),
        _ => return None,
    })
}

/// The effect of another list, or of another divisor.
fn lists(old: &Rule, new: &Rule) -> Option<Effect> {
    let of_sets = |is_stricter: bool, is_looser: bool| match (is_stricter, is_looser) {
        (true, false) => Some(Effect::Narrows),
        (false, true) => Some(Effect::Widens),
        _ => None,
    };
    match (old, new) {
        (Rule::RequiredKeys(before), Rule::RequiredKeys(after))
        | (Rule::DependentRequired { required: before, .. }, Rule::DependentRequired { required: after, .. }) => {
            of_sets(before.iter().all(|key| after.contains(key)), after.iter().all(|key| before.contains(key)))
        }
        (Rule::OneOfValues(before), Rule::OneOfValues(after)) => {
            of_sets(after.iter().all(|value| before.contains(value)), before.iter().all(|value| after.contains(value)))
        }
        (Rule::MultipleOf(before), Rule::MultipleOf(after)) => {
            let (before, after) = (before.as_int().filter(|n| *n != 0)?, after.as_int().filter(|n| *n != 0)?);
            of_sets(after.checked_rem(before) == Some(0), before.checked_rem(after) == Some(0))
        }
        _ => None,
    }
}
