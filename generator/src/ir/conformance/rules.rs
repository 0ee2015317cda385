//! Whether a value satisfies rules (JSON Schema Validation 2020-12 §6, Core §10). A rule about another kind of value is satisfied.

use std::collections::BTreeSet;

use super::super::checks::Rule;
use super::super::literal::Literal;
use super::{Conformance, Mismatch, mismatch, same};
use crate::diag::Pointer;

impl Conformance<'_> {
    /// Checks whether a value satisfies rules.
    pub fn rules(&self, rules: &[Rule], value: &Literal, at: &Pointer) -> Result<(), Mismatch> {
        rules.iter().try_for_each(|rule| match self.broken(rule, value) {
            Some(message) => mismatch(at, message),
            None => Ok(()),
        })
    }

    /// Returns what is wrong with a value, if it does not satisfy a rule.
    fn broken(&self, rule: &Rule, value: &Literal) -> Option<String> {
        match value {
            Literal::String(text) => self.broken_by_text(rule, text),
            Literal::Number(number) => broken_by_number(rule, number.as_f64()),
            Literal::Array(items) => self.broken_by_items(rule, items),
            Literal::Object(_) => self.broken_by_properties(rule, value),
            Literal::Null | Literal::Bool(_) => None,
        }
        .or_else(|| self.broken_by_any(rule, value))
    }

    fn broken_by_text(&self, rule: &Rule, text: &str) -> Option<String> {
        let length = || text.chars().count() as u64;
        match rule {
            Rule::MinLength(least) => (length() < *least).then(|| format!("must have at least {least} characters")),
            Rule::MaxLength(most) => (length() > *most).then(|| format!("must have at most {most} characters")),
            Rule::Pattern(pattern) => (!self.matches_pattern(pattern, text)).then(|| format!("must match `{pattern}`")),
            _ => None,
        }
    }

    fn broken_by_items(&self, rule: &Rule, items: &[Literal]) -> Option<String> {
        let count = items.len() as u64;
        match rule {
            Rule::MinItems(least) => (count < *least).then(|| format!("must have at least {least} items")),
            Rule::MaxItems(most) => (count > *most).then(|| format!("must have at most {most} items")),
            Rule::UniqueItems => {
                let keys: BTreeSet<String> = items.iter().map(Literal::key).collect();
                (keys.len() < items.len()).then(|| "must not have two equal items".to_owned())
            }
            Rule::Contains { schema, min, max } => {
                let found = items.iter().filter(|item| self.satisfies(*schema, item)).count() as u64;
                let is_right = found >= *min && max.is_none_or(|max| found <= max);
                (!is_right).then(|| format!("has {found} items that satisfy `contains`"))
            }
            Rule::Position { index, schema } => {
                let item = items.get(*index).filter(|item| !self.satisfies(*schema, item));
                item.map(|_| format!("has a wrong item at position {index}"))
            }
            Rule::ItemsFrom { index, schema } => {
                let mut others = items.iter().skip(*index);
                (!others.all(|item| self.satisfies(*schema, item)))
                    .then(|| format!("has a wrong item after position {index}"))
            }
            _ => None,
        }
    }

    fn broken_by_properties(&self, rule: &Rule, value: &Literal) -> Option<String> {
        let map = value.as_object()?;
        let (count, has) = (map.len() as u64, |key: &String| map.contains_key(key));
        match rule {
            Rule::MinProperties(least) => (count < *least).then(|| format!("must have at least {least} properties")),
            Rule::MaxProperties(most) => (count > *most).then(|| format!("must have at most {most} properties")),
            Rule::RequiredKeys(keys) => keys.iter().find(|key| !has(key)).map(|key| format!("`{key}` is missing")),
            Rule::KeySets { exactly_one, sets } => {
                let found = sets.iter().filter(|set| set.iter().all(has)).count();
                let is_right = found == 1 || (found > 1 && !exactly_one);
                (!is_right).then(|| format!("has {found} of the sets of properties that it can have"))
            }
            Rule::DependentRequired { key, required } if has(key) => {
                required.iter().find(|other| !has(other)).map(|other| format!("has `{key}`, but not `{other}`"))
            }
            Rule::DependentSchema { key, schema } if has(key) => {
                (!self.satisfies(*schema, value)).then(|| format!("has `{key}`, but not what that requires"))
            }
            Rule::PropertyNames(schema) => {
                let wrong = map.keys().find(|key| !self.satisfies(*schema, &Literal::from(key.as_str())));
                wrong.map(|key| format!("`{key}` is not allowed"))
            }
            Rule::PatternProperties { pattern, schema } => {
                let mut found = map.iter().filter(|(key, _)| self.matches_pattern(pattern, key));
                let wrong = found.find(|(_, value)| !self.satisfies(*schema, value));
                wrong.map(|(key, _)| format!("has a wrong value of `{key}`"))
            }
            Rule::AdditionalProperties { known, patterns, schema } => {
                let is_known = |key: &String| {
                    known.contains(key) || patterns.iter().any(|pattern| self.matches_pattern(pattern, key))
                };
                let mut others = map.iter().filter(|(key, _)| !is_known(key));
                let wrong = others.find(|(_, value)| !self.satisfies(*schema, value));
                wrong.map(|(key, _)| format!("has a wrong value of `{key}`"))
            }
            _ => None,
        }
    }

    fn broken_by_any(&self, rule: &Rule, value: &Literal) -> Option<String> {
        match rule {
            Rule::OneOfValues(values) => {
                (!values.iter().any(|known| same(known, value))).then(|| "is not one of the listed values".to_owned())
            }
            Rule::AnyOf(schemas) => (!schemas.iter().any(|schema| self.satisfies(*schema, value)))
                .then(|| "satisfies none of the alternatives".to_owned()),
            Rule::ExactlyOne(schemas) => {
                let found = schemas.iter().filter(|schema| self.satisfies(**schema, value)).count();
                (found != 1).then(|| format!("satisfies {found} of the alternatives, not exactly one"))
            }
            Rule::Not(schema) => self.satisfies(*schema, value).then(|| "satisfies what `not` forbids".to_owned()),
            Rule::If { condition, then, otherwise } => {
                let schema = if self.satisfies(*condition, value) { then } else { otherwise };
                let is_broken = schema.is_some_and(|schema| !self.satisfies(schema, value));
                is_broken.then(|| "does not satisfy what follows from `if`".to_owned())
            }
            _ => None,
        }
    }
}

fn broken_by_number(rule: &Rule, value: f64) -> Option<String> {
    let (is_right, what) = match rule {
        Rule::Minimum(limit) => (value >= limit.as_f64(), format!("must be at least {}", limit.as_f64())),
        Rule::ExclusiveMinimum(limit) => (value > limit.as_f64(), format!("must be more than {}", limit.as_f64())),
        Rule::Maximum(limit) => (value <= limit.as_f64(), format!("must be at most {}", limit.as_f64())),
        Rule::ExclusiveMaximum(limit) => (value < limit.as_f64(), format!("must be less than {}", limit.as_f64())),
        Rule::MultipleOf(of) => {
            let quotient = value / of.as_f64();
            ((quotient - quotient.round()).abs() < 1e-9, format!("must be a multiple of {}", of.as_f64()))
        }
        _ => return None,
    };
    (!is_right).then_some(what)
}
