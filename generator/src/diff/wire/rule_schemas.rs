//! Compares the schemas in rules.

use super::super::kind::ChangeKind;
use super::flow::{Effect, Flow, Role};
use super::walk::{Spot, Walk};
use crate::ir::{Rule, TypeId};

/// A schema in a rule.
struct Part {
    /// What tells it apart from the other schemas of the rule.
    key: String,
    schema: TypeId,
    role: Role,
}

/// Compares the schemas of two rules about the same, as the types of a value at the same place.
pub(super) fn compare(walk: &mut Walk<'_>, spot: &Spot, old: &Rule, new: &Rule) {
    let (before, after) = (parts(old), parts(new));
    for part in &after {
        match before.iter().find(|known| known.key == part.key) {
            Some(known) => {
                let role = if known.role == part.role { part.role } else { Role::Either };
                let flow = Flow { role: spot.flow.role.around(role), ..spot.flow };
                walk.ids.push_back((known.schema, part.schema, Spot { flow, ..spot.clone() }));
            }
            None => {
                let message = format!("the rule has a further schema: {}", part.key);
                let effect = existence(new, Effect::Narrows);
                walk.effect(effect, ChangeKind::RuleChanged, spot, &message);
            }
        }
    }
    for part in before.iter().filter(|part| after.iter().all(|kept| kept.key != part.key)) {
        let message = format!("the rule lacks a schema: {}", part.key);
        let effect = existence(old, Effect::Widens);
        walk.effect(effect, ChangeKind::RuleChanged, spot, &message);
    }
}

/// What a further schema means: another condition, unless it is one of several to choose from.
fn existence(rule: &Rule, as_condition: Effect) -> Effect {
    match (rule, as_condition) {
        (Rule::AnyOf(_), Effect::Narrows) => Effect::Widens,
        (Rule::AnyOf(_), Effect::Widens) => Effect::Narrows,
        (Rule::ExactlyOne(_), _) => Effect::Differs,
        _ => as_condition,
    }
}

fn parts(of: &Rule) -> Vec<Part> {
    let one = |key: &str, schema: TypeId, role: Role| Part { key: key.to_owned(), schema, role };
    match of {
        Rule::Not(schema) => vec![one("`not`", *schema, Role::Negated)],
        Rule::Contains { schema, min, max } => {
            let role = match (*min > 0, max.is_some()) {
                (true, false) => Role::Condition,
                (false, true) => Role::Negated,
                _ => Role::Either,
            };
            vec![one("`contains`", *schema, role)]
        }
        Rule::If { condition, then, otherwise } => {
            let condition = one("`if`", *condition, Role::Either);
            let then = then.map(|schema| one("`then`", schema, Role::Condition));
            let otherwise = otherwise.map(|schema| one("`else`", schema, Role::Condition));
            std::iter::once(condition).chain(then).chain(otherwise).collect()
        }
        // What they describe is sent, and has no other description.
        Rule::Position { schema, .. }
        | Rule::ItemsFrom { schema, .. }
        | Rule::PatternProperties { schema, .. }
        | Rule::AdditionalProperties { schema, .. } => vec![one("", *schema, Role::Value)],
        _ => {
            let schemas = of.schemas().into_iter().enumerate();
            schemas.map(|(index, schema)| one(&format!("case {}", index + 1), schema, Role::Condition)).collect()
        }
    }
}
