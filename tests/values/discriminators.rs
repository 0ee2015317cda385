//! What a discriminator means for validation: the value of its property chooses the schema (OpenAPI 3.1.1, 4.8.25).
//!
//! JSON Schema ignores discriminators. So that the judge respects them, each branch of a union also says which values choose it, and
//! a base schema becomes a union of its heirs and itself.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::document::find;

/// The schemas that extend another one, with the values that choose them.
#[derive(Default)]
pub struct Heirs {
    /// The heirs of each base schema.
    heirs: BTreeMap<String, Vec<(String, Vec<String>)>>,
    /// The base schemas that list their heirs, as pairs.
    listed: BTreeSet<(String, String)>,
}

impl Heirs {
    /// Finds the base schemas of a document: those with a discriminator and no union of their own.
    pub fn of(root: &Value, components: &[String]) -> Self {
        let mut found = Self::default();
        for base in components {
            let Some(schema) = find(root, base).filter(|schema| property(schema).is_some()) else { continue };
            if let Some(branches) = branches(schema) {
                let heirs = branches.iter().filter_map(|branch| branch.get("$ref")?.as_str());
                found.listed.extend(heirs.map(|heir| (base.clone(), heir.to_owned())));
                continue;
            }
            let extends = |heir: &&String| *heir != base && extends(root, heir, base, 0);
            let heirs = components.iter().filter(extends).map(|heir| (heir.clone(), values(schema, heir)));
            let heirs: Vec<_> = heirs.collect();
            if !heirs.is_empty() {
                found.heirs.insert(base.clone(), heirs);
            }
        }
        found
    }

    /// The heirs of a schema, with the values that choose each.
    pub fn heirs(&self, base: &str) -> Option<&[(String, Vec<String>)]> {
        self.heirs.get(base).map(Vec::as_slice)
    }

    /// Whether a schema that extends another one is one of its heirs.
    pub fn is_base(&self, base: &str, heir: &str) -> bool {
        self.heirs.get(base).is_some_and(|heirs| heirs.iter().any(|(other, _)| other == heir))
            || self.listed.contains(&(base.to_owned(), heir.to_owned()))
    }
}

/// The name of the property of a discriminator.
pub fn property(schema: &Value) -> Option<&str> {
    let discriminator = schema.get("discriminator")?;
    discriminator.as_str().or_else(|| discriminator.get("propertyName")?.as_str())
}

/// The branches of the union beside a discriminator.
pub fn branches(schema: &Value) -> Option<&Vec<Value>> {
    schema.get("oneOf").or_else(|| schema.get("anyOf"))?.as_array()
}

/// Whether a schema is that of values that choose no other one (OpenAPI 3.2.0, 4.25.1).
pub fn is_default(schema: &Value, pointer: &str) -> bool {
    let default = schema.get("discriminator").and_then(|discriminator| discriminator.get("defaultMapping")?.as_str());
    default.is_some_and(|default| default == pointer || pointer.ends_with(&format!("/{default}")))
}

/// The values that choose a schema: those that are mapped to it, or else its name.
pub fn values(schema: &Value, pointer: &str) -> Vec<String> {
    let mapped = mapped(schema, pointer);
    if mapped.is_empty() { vec![name(pointer)] } else { mapped }
}

/// The values that are mapped to a schema.
fn mapped(schema: &Value, pointer: &str) -> Vec<String> {
    let name = name(pointer);
    let is_target = |target: &str| target == pointer || target == name || target.ends_with(&format!("/{name}"));
    let mapping = schema.get("discriminator").and_then(|discriminator| discriminator.get("mapping")?.as_object());
    let mapped = mapping.into_iter().flatten().filter(|(_, target)| target.as_str().is_some_and(is_target));
    mapped.map(|(value, _)| value.clone()).collect()
}

/// The name of a component.
fn name(pointer: &str) -> String {
    pointer.rsplit('/').next().unwrap_or_default().replace("~1", "/").replace("~0", "~")
}

/// A schema of objects whose property has one of these values, also where they are numbers or booleans.
pub fn chosen_by(property: &str, values: &[String]) -> Value {
    let mut all: BTreeSet<String> = values.iter().map(|value| json!(value).to_string()).collect();
    all.extend(
        values
            .iter()
            .filter_map(|value| serde_json::from_str::<Value>(&value.to_lowercase()).ok())
            .map(|value| value.to_string()),
    );
    let all: Vec<Value> = all.iter().filter_map(|text| serde_json::from_str(text).ok()).collect();
    json!({"type": "object", "required": [property], "properties": {property: {"enum": all}}})
}

fn extends(root: &Value, heir: &str, base: &str, depth: usize) -> bool {
    let parts = find(root, heir).and_then(|schema| schema.get("allOf")?.as_array());
    let mut targets = parts.into_iter().flatten().filter_map(|part| part.get("$ref")?.as_str());
    depth < 8 && targets.any(|target| target == base || extends(root, target, base, depth + 1))
}
