//! Combines schemas: references, `allOf` and one branch of each union become one schema without them, from which values are made.

use serde_json::{Map, Value, json};

/// References and combinations deeper than this are not followed.
const MAX_DEPTH: usize = 24;

/// Returns a schema without applicators in place. `choose` picks one of so many branches. `None` if there is no such schema.
pub fn combined(
    definitions: &Map<String, Value>,
    schema: &Value,
    choose: &mut impl FnMut(usize) -> usize,
    depth: usize,
) -> Option<Map<String, Value>> {
    let object = match schema {
        Value::Bool(false) => return None,
        Value::Object(object) if depth < MAX_DEPTH => object,
        Value::Object(_) => return None,
        _ => return Some(Map::new()),
    };
    let mut parts: Vec<&Value> = Vec::new();
    if let Some(name) = object.get("$ref").and_then(Value::as_str) {
        parts.push(definitions.get(name.strip_prefix("#/$defs/")?)?);
    }
    parts.extend(object.get("allOf").and_then(Value::as_array).into_iter().flatten());
    for union in ["oneOf", "anyOf"] {
        if let Some(branches) = object.get(union).and_then(Value::as_array) {
            parts.push(branches.get(choose(branches.len()))?);
        }
    }
    if object.contains_key("if") {
        match choose(2) {
            0 => parts.extend(object.get("if").into_iter().chain(object.get("then"))),
            _ => parts.extend(object.get("else")),
        }
    }
    let mut out: Map<String, Value> = object
        .iter()
        .filter(|(key, _)| !APPLICATORS.contains(&key.as_str()))
        .map(|(k, v)| (k.clone(), v.clone()))
        .collect();
    for part in parts {
        merge(&mut out, combined(definitions, part, choose, depth + 1)?)?;
    }
    Some(out)
}

const APPLICATORS: [&str; 7] = ["$ref", "allOf", "oneOf", "anyOf", "if", "then", "else"];

/// Adds what another schema says. `None` if no value can satisfy both.
fn merge(into: &mut Map<String, Value>, other: Map<String, Value>) -> Option<()> {
    for (key, value) in other {
        let Some(before) = into.remove(&key) else {
            into.insert(key, value);
            continue;
        };
        let merged = match key.as_str() {
            "type" => common_types(&before, &value)?,
            "enum" => {
                let allowed: Vec<&Value> = value.as_array()?.iter().collect();
                let kept: Vec<&Value> = before.as_array()?.iter().filter(|value| allowed.contains(value)).collect();
                (!kept.is_empty()).then(|| json!(kept))?
            }
            "required" => {
                let mut names: Vec<Value> = before.as_array()?.clone();
                names.extend(
                    value
                        .as_array()?
                        .iter()
                        .filter(|name| !before.as_array().is_some_and(|b| b.contains(name)))
                        .cloned(),
                );
                json!(names)
            }
            "properties" | "patternProperties" | "dependentRequired" | "dependentSchemas" => {
                let mut all = before.as_object()?.clone();
                for (name, schema) in value.as_object()? {
                    let both = match all.remove(name) {
                        Some(before) if before != *schema && key != "dependentRequired" => {
                            json!({"allOf": [before, schema]})
                        }
                        _ => schema.clone(),
                    };
                    all.insert(name.clone(), both);
                }
                Value::Object(all)
            }
            "items" | "additionalProperties" | "propertyNames" | "contains" => json!({"allOf": [before, value]}),
            "minimum" | "exclusiveMinimum" | "minLength" | "minItems" | "minProperties" => {
                if before.as_f64() >= value.as_f64() { before } else { value }
            }
            "maximum" | "exclusiveMaximum" | "maxLength" | "maxItems" | "maxProperties" => {
                if before.as_f64() <= value.as_f64() { before } else { value }
            }
            "pattern" if before != value => {
                into.insert("alsoPattern".to_owned(), value);
                before
            }
            _ => value,
        };
        into.insert(key, merged);
    }
    Some(())
}

/// Returns the types of a schema.
pub fn types(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(types) => types.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

fn common_types(a: &Value, b: &Value) -> Option<Value> {
    let (a, b) = (types(a), types(b));
    let mut common: Vec<&str> = a.iter().filter(|ty| b.contains(ty)).copied().collect();
    if (a.contains(&"integer") && b.contains(&"number")) || (b.contains(&"integer") && a.contains(&"number")) {
        common.retain(|ty| *ty != "number");
        if !common.contains(&"integer") {
            common.push("integer");
        }
    }
    (!common.is_empty()).then(|| json!(common))
}
