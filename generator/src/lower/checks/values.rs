//! The checks of a value whose type has no name. A named type checks itself.

use std::collections::BTreeSet;

use super::super::facts::{self, Additional, Facts, Part};
use super::super::lowering::{Lowering, NameSite};
use super::super::scalar::lengths;
use super::conditions::lower_condition;
use super::{applicators, objects};
use crate::diag::Code;
use crate::ir::{Checks, Example, Role, Rule, Scalar, Shape, Ty, TypeId};
use crate::tree::Tree;

/// The checks of values of a type at one place.
pub(super) fn of_type(cx: &mut Lowering<'_, '_>, parts: &[Part], ty: &Ty, site: &NameSite) -> Checks {
    let target = match ty {
        Ty::Nullable(inner) => return of_type(cx, parts, inner, site),
        Ty::Named(id) => match &cx.api.types[*id].shape {
            Shape::Alias(target) => target.clone(),
            _ => return Checks { examples: examples_beside(cx, parts, *id), ..Checks::default() },
        },
        other => other.clone(),
    };
    if matches!(ty, Ty::Named(_)) {
        return of_type(cx, parts, &target, site);
    }
    let facts = facts::gather(cx, parts);
    let mut checks = Checks::default();
    match &target {
        Ty::List(item) => add_list(cx, &facts, item, site, &mut checks),
        Ty::Tuple(items) => {
            for (index, (at, ty)) in facts.prefix_items.clone().iter().zip(items).enumerate() {
                let part = of_type(cx, &[Part::whole(at)], ty, &site.with(Role::Position(index)));
                checks.positions.push(part);
            }
            checks.rules.extend(facts.validation.iter().filter(|rule| **rule == Rule::UniqueItems).cloned());
            add_contains(cx, &facts, site, &mut checks);
        }
        Ty::Map(value) => {
            objects::add(cx, &facts, site, &mut checks.rules);
            if let Additional::Schema(schemas) = &facts.additional
                && facts.pattern_properties.is_empty()
            {
                checks.items = non_empty(of_type(cx, schemas, value, &site.with(Role::Entry)));
            } else if let ([(_, only)], false) = (facts.pattern_properties.as_slice(), **value == Ty::Any)
                && !matches!(facts.additional, Additional::Schema(_))
            {
                let only = std::slice::from_ref(only);
                checks.items = non_empty(of_type(cx, only, value, &site.with(Role::Entry)));
            }
        }
        Ty::Scalar(scalar) => {
            checks.rules.extend(facts.validation.iter().filter(|rule| applies_to(rule, *scalar)).cloned());
            report_unchecked(cx, &facts, *scalar, parts);
            let has_format = matches!(scalar, Scalar::String | Scalar::Int(_) | Scalar::Float);
            checks.format = facts.format.clone().filter(|_| has_format);
        }
        Ty::Any | Ty::Null | Ty::Never | Ty::Named(_) | Ty::Nullable(_) | Ty::Given(_) => {}
    }
    if let Some(values) = listed_values(&facts, &target) {
        checks.rules.push(values);
    }
    applicators::add_conditions(cx, &facts, site, &mut checks.rules);
    applicators::add_unions(cx, &facts, site, &mut checks.rules);
    checks.examples.clone_from(&facts.examples);
    checks
}

/// The examples of a place whose type has a name, beside those that the type has itself.
fn examples_beside(cx: &mut Lowering<'_, '_>, parts: &[Part], id: TypeId) -> Vec<Example> {
    let mut examples = facts::gather(cx, parts).examples.clone();
    if !examples.is_empty() {
        let at = cx.api.types[id].at.clone();
        let known = facts::gather(cx, &[Part::whole(&at)]);
        examples.retain(|example| !known.examples.contains(example));
    }
    examples
}

fn non_empty(checks: Checks) -> Option<Box<Checks>> {
    let says_nothing = checks.is_empty() && checks.format.is_none() && checks.examples.is_empty();
    if says_nothing { None } else { Some(Box::new(checks)) }
}

/// Whether a rule applies to values of a scalar type.
fn applies_to(rule: &Rule, scalar: Scalar) -> bool {
    match rule {
        Rule::MinLength(_) | Rule::MaxLength(_) | Rule::Pattern(_) => scalar == Scalar::String,
        Rule::Minimum(_)
        | Rule::ExclusiveMinimum(_)
        | Rule::Maximum(_)
        | Rule::ExclusiveMaximum(_)
        | Rule::MultipleOf(_) => matches!(scalar, Scalar::Int(_) | Scalar::Float),
        _ => false,
    }
}

/// The rule of a list of values, if the type allows more values than the list.
fn listed_values(facts: &Facts, ty: &Ty) -> Option<Rule> {
    let values: Vec<Tree> = facts.values.as_ref()?.iter().map(|value| value.literal.clone()).collect();
    let both = [true, false].iter().all(|truth| values.contains(&Tree::Bool(*truth)));
    match ty {
        Ty::Scalar(Scalar::Bool) if both => None,
        Ty::Null => None,
        _ => Some(Rule::OneOfValues(values)),
    }
}

fn add_contains(cx: &mut Lowering<'_, '_>, facts: &Facts, site: &NameSite, checks: &mut Checks) {
    for contains in &facts.contains {
        let schema = lower_condition(cx, std::slice::from_ref(&contains.schema), site, "contains");
        checks.rules.push(Rule::Contains { schema, min: contains.min, max: contains.max });
    }
}

/// Reports rules about the text of values that have a type of their own, such as dates.
fn report_unchecked(cx: &mut Lowering<'_, '_>, facts: &Facts, scalar: Scalar, parts: &[Part]) {
    if !matches!(scalar, Scalar::Base64 | Scalar::Date | Scalar::DateTime | Scalar::Uuid | Scalar::File) {
        return;
    }
    let (least, most) = lengths(scalar).unwrap_or((0, u64::MAX));
    let keyword = |rule: &Rule| match rule {
        Rule::MinLength(length) if *length > least => Some("minLength"),
        Rule::MaxLength(length) if *length < most => Some("maxLength"),
        Rule::Pattern(_) => Some("pattern"),
        _ => None,
    };
    let keywords: BTreeSet<&str> = facts.validation.iter().filter_map(keyword).collect();
    let Some(at) = parts.first().map(|part| part.at.clone()).filter(|_| !keywords.is_empty()) else { return };
    if cx.first_report(&at.push("format")) {
        let are = if keywords.len() == 1 { "is" } else { "are" };
        let keywords: Vec<String> = keywords.into_iter().map(|keyword| format!("`{keyword}`")).collect();
        let values = match facts.format.as_deref() {
            Some(format) if scalar != Scalar::File => format!("values of the format `{format}`"),
            _ => "files".to_owned(),
        };
        let message = format!("{} {are} not checked, because {values} are not kept as strings", keywords.join(" and "));
        cx.diags.warn(Code::Unsupported, &at, message).help("check it yourself, or remove the format");
    }
}

/// Adds the rules of an array and of its items.
fn add_list(cx: &mut Lowering<'_, '_>, facts: &Facts, item: &Ty, site: &NameSite, checks: &mut Checks) {
    let counts = |rule: &&Rule| matches!(rule, Rule::MinItems(_) | Rule::MaxItems(_) | Rule::UniqueItems);
    checks.rules.extend(facts.validation.iter().filter(counts).cloned());
    add_contains(cx, facts, site, checks);
    if facts.prefix_items.is_empty() {
        if !facts.items.is_empty() {
            checks.items = non_empty(of_type(cx, &facts.items, item, &site.with(Role::Item)));
        }
        return;
    }
    for (index, at) in facts.prefix_items.iter().enumerate() {
        let schema = lower_condition(cx, &[Part::whole(at)], &site.with(Role::Position(index)), "item");
        checks.rules.push(Rule::Position { index, schema });
    }
    if !facts.items.is_empty() {
        let schema = lower_condition(cx, &facts.items, site, "item");
        checks.rules.push(Rule::ItemsFrom { index: facts.prefix_items.len(), schema });
    }
}
