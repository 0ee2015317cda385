//! Keywords for objects (JSON Schema Core 2020-12 §10.3.2, Validation §6.5).

use std::collections::BTreeMap;

use super::super::lowering::Lowering;
use super::keys::{has, part};
use super::model::{Additional, Facts};
use super::part::Part;
use super::patterns;
use crate::diag::Pointer;
use crate::spec::Node;
use crate::vocabulary;

/// How many references, `allOf`s and branches lead to the schemas of properties. What an extending schema says about a property comes
/// before what the extended schema says.
#[derive(Default)]
pub(super) struct Depths {
    pub current: usize,
    known: BTreeMap<Pointer, usize>,
}

impl Depths {
    fn of(&self, part: &Part) -> usize {
        self.known.get(&part.at).copied().unwrap_or_default()
    }
}

/// Adds what a schema says about the properties of objects.
pub(super) fn add(cx: &mut Lowering<'_, '_>, facts: &mut Facts, node: &Node<'_>, depths: &mut Depths) {
    for (name, schema) in node.entries("properties") {
        let parts = facts.properties.entry(name.to_owned()).or_default();
        let part = Part::whole(&schema.at);
        if !parts.contains(&part) {
            let nearest = parts.iter().position(|other| depths.of(other) > depths.current).unwrap_or(parts.len());
            parts.insert(nearest, part);
            depths.known.insert(schema.at, depths.current);
        }
    }
    for (pattern, schema) in node.entries("patternProperties") {
        if patterns::is_valid(cx, node, "patternProperties", pattern) {
            facts.pattern_properties.push((pattern.to_owned(), Part::whole(&schema.at)));
        }
    }
    facts.unevaluated_properties = facts.unevaluated_properties.take().or_else(|| part(node, "unevaluatedProperties"));
    facts.required.extend(node.items("required").filter_map(|item| item.tree.as_str().map(str::to_owned)));
    if let Some(additional) = node.get("additionalProperties") {
        let own = Additional::of(&additional);
        facts.additional = match (std::mem::take(&mut facts.additional), own) {
            // Taken literally, `additionalProperties: false` in a branch of `allOf` forbids the properties of the other branches.
            // Documents do not mean that, so it only forbids properties that no branch declares.
            (Additional::Unsaid, own) => own,
            (Additional::Schema(mut a), Additional::Schema(b)) => {
                a.extend(b.into_iter().filter(|part| !a.contains(part)).collect::<Vec<_>>());
                Additional::Schema(a)
            }
            (Additional::Forbidden, _) | (_, Additional::Forbidden) => Additional::Forbidden,
            (before @ Additional::Schema(_), _) => before,
            (Additional::Free, own) => own,
        };
    }
    facts.object_keywords |= has(node, vocabulary::OBJECTS);
}
