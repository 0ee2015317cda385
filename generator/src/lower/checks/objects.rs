//! Rules for whole objects.

use super::super::facts::{Additional, Facts};
use super::super::lowering::{Lowering, NameSite};
use super::conditions::{lower_condition, never};
use crate::ir::Rule;

/// Adds the rules of an object that do not belong to a single property.
pub(super) fn add(cx: &mut Lowering<'_, '_>, facts: &Facts, site: &NameSite, rules: &mut Vec<Rule>) {
    let counts = |rule: &&Rule| matches!(rule, Rule::MinProperties(_) | Rule::MaxProperties(_));
    rules.extend(facts.validation.iter().filter(counts).cloned());
    let undeclared: Vec<String> =
        facts.required.iter().filter(|name| !facts.properties.contains_key(*name)).cloned().collect();
    if !undeclared.is_empty() {
        rules.push(Rule::RequiredKeys(undeclared));
    }
    for (key, required) in &facts.dependent_required {
        if !required.is_empty() {
            rules.push(Rule::DependentRequired { key: key.clone(), required: required.clone() });
        }
    }
    for (key, part) in &facts.dependent_schemas {
        let schema = lower_condition(cx, std::slice::from_ref(part), site, &format!("if {key}"));
        rules.push(Rule::DependentSchema { key: key.clone(), schema });
    }
    if !facts.property_names.is_empty() {
        rules.push(Rule::PropertyNames(lower_condition(cx, &facts.property_names, site, "key")));
    }
    add_patterns(cx, facts, site, rules);
}

/// Adds the rules for properties whose names match a pattern, and for those that are neither declared nor matched.
fn add_patterns(cx: &mut Lowering<'_, '_>, facts: &Facts, site: &NameSite, rules: &mut Vec<Rule>) {
    for (pattern, part) in &facts.pattern_properties {
        let schema = lower_condition(cx, std::slice::from_ref(part), site, "value");
        rules.push(Rule::PatternProperties { pattern: pattern.clone(), schema });
    }
    if facts.pattern_properties.is_empty() {
        return;
    }
    let schemas = match &facts.additional {
        Additional::Unsaid | Additional::Free => return,
        Additional::Forbidden => None,
        Additional::Schema(schemas) => Some(schemas.clone()),
    };
    let schema = match schemas {
        Some(schemas) => lower_condition(cx, &schemas, site, "other value"),
        None => never(cx, site),
    };
    rules.push(Rule::AdditionalProperties {
        known: facts.properties.keys().cloned().collect(),
        patterns: facts.pattern_properties.iter().map(|(pattern, _)| pattern.clone()).collect(),
        schema,
    });
}
