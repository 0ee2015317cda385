//! Samples of objects.

use super::super::checks::{Checks, Rule};
use super::super::ids::TypeId;
use super::super::literal::Literal;
use super::super::structs::{Field, Presence, Rest, Struct};
use super::super::ty::Ty;
use super::super::types::TypeDef;
use super::{MAX_DEPTH, Sampler, Use, patterns};
use crate::tree::{Map, Tree};

/// More properties are not made.
const MAX_PROPERTIES: u64 = 64;

impl Sampler<'_> {
    /// An object that satisfies its rules: with all properties, or else with those that it must have.
    pub(super) fn object(&self, shape: &Struct, def: &TypeDef, depth: usize) -> Option<Literal> {
        let rules = def.checks.rules.as_slice();
        let others = match &shape.rest {
            Rest::Collect(ty) => Some((ty.clone(), shape.rest_checks.clone())),
            Rest::Ignore => Some((Ty::Any, Checks::default())),
            Rest::Closed => None,
        };
        let attempt = |optional: bool| {
            let mut map = Map::default();
            for field in &shape.fields {
                let required = field.presence == Presence::Required;
                if required || (optional && self.is_sent(field) && depth < MAX_DEPTH && !field.boxed) {
                    match self.part_of_example(def, field).or_else(|| self.field(field, depth)) {
                        Some(value) => drop(map.insert(field.wire.clone(), value)),
                        None if required => return None,
                        None => {}
                    }
                }
            }
            let of = |key: &str| match shape.fields.iter().find(|field| field.wire == key) {
                Some(field) => self.field(field, depth),
                None => others.as_ref().and_then(|(ty, checks)| self.value(ty, checks, depth + 1)),
            };
            self.complete(map, rules, depth, &of)
        };
        let all = if self.parts.optional { attempt(true) } else { None };
        all.or_else(|| attempt(false)).or_else(|| if self.parts.optional { None } else { attempt(true) })
    }

    fn field(&self, field: &Field, depth: usize) -> Option<Literal> {
        self.value(&field.ty, &field.checks, depth + 1)
    }

    /// A map of one entry, or of as many as it must have.
    pub(super) fn map(&self, value: &Ty, checks: &Checks, depth: usize) -> Option<Literal> {
        let rules = checks.rules.as_slice();
        let part = checks.items.as_deref().cloned().unwrap_or_default();
        let of = |_: &str| self.value(value, &part, depth + 1);
        let is_deep = depth >= MAX_DEPTH || (*value == Ty::Any && self.of != Use::Text);
        let one = || {
            let key = self.key(rules, &Map::default(), depth)?;
            let entry = self.of_key(rules, &key, depth, &of)?;
            self.complete([(key, entry)].into_iter().collect(), rules, depth, &of)
        };
        let first = if is_deep || !self.parts.optional { None } else { one() };
        first.or_else(|| self.complete(Map::default(), rules, depth, &of))
    }

    /// Adds the properties that rules ask for. `None` if the object does not satisfy them then.
    fn complete(
        &self,
        mut map: Map,
        rules: &[Rule],
        depth: usize,
        of: &impl Fn(&str) -> Option<Literal>,
    ) -> Option<Literal> {
        for rule in rules {
            let missing: Vec<String> = match rule {
                Rule::RequiredKeys(keys) => keys.clone(),
                Rule::DependentRequired { key, required } if map.contains_key(key) => required.clone(),
                Rule::KeySets { sets, .. } => {
                    let has = |set: &&Vec<String>| set.iter().all(|key| map.contains_key(key));
                    sets.iter().find(has).or_else(|| sets.first()).cloned().unwrap_or_default()
                }
                _ => Vec::new(),
            };
            for key in missing {
                if !map.contains_key(&key) {
                    let value = self.of_key(rules, &key, depth, of)?;
                    map.insert(key, value);
                }
            }
        }
        let least =
            rules.iter().filter_map(|rule| if let Rule::MinProperties(n) = rule { Some(*n) } else { None }).max();
        while (map.len() as u64) < least.unwrap_or(0).min(MAX_PROPERTIES) {
            let key = self.key(rules, &map, depth)?;
            let value = self.of_key(rules, &key, depth, of)?;
            map.insert(key, value);
        }
        let object = Tree::Object(map);
        self.satisfied(rules, &object).then_some(object)
    }

    /// The value of a key: of the schema for keys that match a pattern, or as `of` says.
    fn of_key(
        &self,
        rules: &[Rule],
        key: &str,
        depth: usize,
        of: &impl Fn(&str) -> Option<Literal>,
    ) -> Option<Literal> {
        let by_pattern = rules.iter().find_map(|rule| match rule {
            Rule::PatternProperties { pattern, schema } if self.conformance.matches_pattern(pattern, key) => {
                Some(*schema)
            }
            _ => None,
        });
        match by_pattern {
            Some(schema) => self.of_schema(schema, depth),
            None => of(key),
        }
    }

    /// A key that is not there yet, and that the rules allow.
    fn key(&self, rules: &[Rule], map: &Map, depth: usize) -> Option<String> {
        let names =
            rules.iter().filter_map(|rule| if let Rule::PropertyNames(schema) = rule { Some(*schema) } else { None });
        let names = names.filter_map(|schema| {
            let outer = self.nth.replace(map.len());
            let name = self.of_schema(schema, depth);
            self.nth.set(outer);
            name.and_then(|name| name.as_str().map(str::to_owned))
        });
        let patterns = rules.iter().flat_map(|rule| match rule {
            Rule::PatternProperties { pattern, .. } => {
                patterns::candidates(&self.conformance.pattern(pattern).rust_syntax(), 0)
            }
            _ => Vec::new(),
        });
        let plain = std::iter::once("key".to_owned()).chain((2..=MAX_PROPERTIES + 1).map(|n| format!("key{n}")));
        let is_allowed = |key: &String| {
            let names = rules.iter().filter(|rule| matches!(rule, Rule::PropertyNames(_))).cloned().collect::<Vec<_>>();
            let object = [(key.clone(), Tree::Null)].into_iter().collect();
            !map.contains_key(key) && self.satisfied(&names, &object)
        };
        names.chain(patterns).chain(plain).find(is_allowed)
    }

    /// A value that satisfies a schema that other values are compared with.
    fn of_schema(&self, schema: TypeId, depth: usize) -> Option<Literal> {
        self.value(&Ty::Named(schema), &Checks::default(), depth + 1)
    }
}
