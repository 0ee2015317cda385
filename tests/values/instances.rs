//! Makes random values from a schema. They are meant to be valid, but the judge decides.

use fastrand::Rng;
use serde_json::{Map, Number, Value, json};

use super::combined::{combined, types};
use super::texts;

/// Optional parts deeper than this are left out.
const MAX_DEPTH: usize = 5;

/// Makes values of schemas that share definitions.
pub struct Maker<'d> {
    definitions: &'d Map<String, Value>,
    rng: &'d mut Rng,
    /// How many more values this instance may have.
    left: usize,
}

impl<'d> Maker<'d> {
    /// Makes values with these definitions.
    pub fn new(definitions: &'d Map<String, Value>, rng: &'d mut Rng) -> Self {
        Self { definitions, rng, left: 400 }
    }

    /// Makes a value. `None` if it would be endless, or too large.
    pub fn value(&mut self, schema: &Value, depth: usize) -> Option<Value> {
        self.left = self.left.checked_sub(1)?;
        if depth > 4 * MAX_DEPTH {
            return None;
        }
        // Another choice of branches may end where this one does not.
        (0..4).find_map(|_| self.attempt(schema, depth))
    }

    fn attempt(&mut self, schema: &Value, depth: usize) -> Option<Value> {
        let rng = &mut *self.rng;
        let schema = combined(self.definitions, schema, &mut |count| rng.usize(..count.max(1)), 0)?;
        if let Some(value) = schema.get("const") {
            return Some(value.clone());
        }
        if let Some(values) = schema.get("enum").and_then(Value::as_array) {
            return values.get(self.rng.usize(..values.len().max(1))).cloned();
        }
        let allowed = schema.get("type").map(types).unwrap_or_default();
        let kind =
            if allowed.is_empty() { self.likely_type(&schema) } else { allowed[self.rng.usize(..allowed.len())] };
        Some(match kind {
            "null" => Value::Null,
            "boolean" => json!(self.rng.bool()),
            "integer" => self.number(&schema, true)?,
            "number" => self.number(&schema, false)?,
            "string" => json!(self.text(&schema)?),
            "array" => self.array(&schema, depth)?,
            _ => self.object(&schema, depth)?,
        })
    }

    fn likely_type(&mut self, schema: &Map<String, Value>) -> &'static str {
        let has = |keys: &[&str]| keys.iter().any(|key| schema.contains_key(*key));
        if has(&[
            "properties",
            "required",
            "additionalProperties",
            "patternProperties",
            "minProperties",
            "propertyNames",
        ]) {
            "object"
        } else if has(&["items", "prefixItems", "minItems", "contains", "uniqueItems"]) {
            "array"
        } else if has(&["pattern", "minLength", "maxLength", "format"]) {
            "string"
        } else if has(&["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]) {
            "number"
        } else {
            ["null", "boolean", "integer", "number", "string"][self.rng.usize(..5)]
        }
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
    fn number(&mut self, schema: &Map<String, Value>, is_whole: bool) -> Option<Value> {
        // The limits of 64 bits are no limits of the document.
        let get = |key: &str| schema.get(key).and_then(Value::as_f64).filter(|limit| limit.abs() < 9e15);
        let step = get("multipleOf").filter(|step| *step > 0.0).unwrap_or(if is_whole { 1.0 } else { 0.25 });
        let least =
            get("minimum").into_iter().chain(get("exclusiveMinimum").map(|least| least + step)).reduce(f64::max);
        let most = get("maximum").into_iter().chain(get("exclusiveMaximum").map(|most| most - step)).reduce(f64::min);
        let (least, most) = match (least, most) {
            (Some(least), Some(most)) => (least, most),
            (Some(least), None) => (least, least + 1000.0),
            (None, Some(most)) => (most - 1000.0, most),
            (None, None) => (-100.0, 1000.0),
        };
        if least > most {
            return None;
        }
        // Both ends are more likely than chance would have it.
        let value = match self.rng.u8(..8) {
            0 => least,
            1 => most,
            _ => least + self.rng.f64() * (most - least).min(1e6),
        };
        let mut value = (value / step).round() * step;
        while value < least {
            value += step;
        }
        while value > most {
            value -= step;
        }
        if value.fract() == 0.0 && value.abs() < 9e15 {
            return Some(json!(value as i64));
        }
        Number::from_f64(value).map(Value::Number)
    }

    fn text(&mut self, schema: &Map<String, Value>) -> Option<String> {
        let get = |key: &str| schema.get(key).and_then(Value::as_u64).and_then(|count| usize::try_from(count).ok());
        let (least, most) = (get("minLength").unwrap_or(0), get("maxLength").unwrap_or(usize::MAX));
        if least > most || least > 20_000 {
            return None;
        }
        if let Some(pattern) = schema.get("pattern").and_then(Value::as_str) {
            let fits = |text: &String| (least..=most).contains(&text.chars().count());
            let also = schema.get("alsoPattern").and_then(Value::as_str).unwrap_or(pattern);
            let pattern = if self.rng.bool() { pattern } else { also };
            return (0..30).filter_map(|_| texts::matching(self.rng, pattern)).find(fits);
        }
        let format = schema.get("format").and_then(Value::as_str).unwrap_or_default();
        texts::of_format(self.rng, format).or_else(|| Some(texts::any(self.rng, least, most)))
    }

    fn array(&mut self, schema: &Map<String, Value>, depth: usize) -> Option<Value> {
        let get = |key: &str| schema.get(key).and_then(Value::as_u64).and_then(|count| usize::try_from(count).ok());
        let least = get("minItems").unwrap_or(0).max(usize::from(schema.contains_key("contains")));
        let most = get("maxItems").unwrap_or(usize::MAX).min(least.max(if depth < MAX_DEPTH { least + 3 } else { 0 }));
        let count = if least > most { return None } else { self.rng.usize(least..=most) };
        if count > 500 {
            return None;
        }
        let first = schema.get("prefixItems").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let (is_unique, anything) = (schema.get("uniqueItems") == Some(&json!(true)), json!({}));
        let mut items: Vec<Value> = Vec::new();
        for index in 0..count {
            let rest = schema.get("items").unwrap_or(&anything);
            let of = first.get(index).unwrap_or(rest);
            let of = if index == 0 { schema.get("contains").unwrap_or(of) } else { of };
            let made =
                (0..8).filter_map(|_| self.value(of, depth + 1)).find(|item| !is_unique || !items.contains(item));
            match made {
                Some(item) => items.push(item),
                None if items.len() >= least => break,
                None => return None,
            }
        }
        Some(Value::Array(items))
    }

    fn object(&mut self, schema: &Map<String, Value>, depth: usize) -> Option<Value> {
        let empty = Map::new();
        let properties = schema.get("properties").and_then(Value::as_object).unwrap_or(&empty);
        let mut required: Vec<&str> = strings(schema.get("required"));
        let mut out = Map::new();
        let share = if depth < MAX_DEPTH { [0, 5, 7, 10][self.rng.usize(..4)] } else { 0 };
        for name in properties.keys().filter(|name| !required.contains(&name.as_str())).collect::<Vec<_>>() {
            if self.rng.u8(..10) < share {
                required.push(name);
            }
        }
        let mut index = 0;
        while let Some(name) = required.get(index).copied() {
            index += 1;
            let is_needed = strings(schema.get("required")).contains(&name);
            match self.value(&Self::schema_of(schema, name), depth + 1) {
                Some(value) => drop(out.insert(name.to_owned(), value)),
                None if is_needed => return None,
                None => {}
            }
            let dependent = schema.get("dependentRequired").and_then(|all| all.get(name));
            for other in strings(dependent) {
                if !required.contains(&other) {
                    required.push(other);
                }
            }
        }
        self.others(schema, depth, &mut out);
        Some(Value::Object(out))
    }

    /// Adds properties that are not listed.
    fn others(&mut self, schema: &Map<String, Value>, depth: usize, out: &mut Map<String, Value>) {
        let least = schema.get("minProperties").and_then(Value::as_u64).unwrap_or(0);
        let least = usize::try_from(least).unwrap_or(usize::MAX).min(200);
        let says =
            ["additionalProperties", "patternProperties", "propertyNames"].iter().any(|key| schema.contains_key(*key));
        let more = if says && depth < MAX_DEPTH { self.rng.usize(..3) } else { 0 };
        let wanted = least.max(out.len() + more);
        for _ in 0..wanted * 4 {
            if out.len() >= wanted {
                break;
            }
            let patterns = schema.get("patternProperties").and_then(Value::as_object);
            let pattern = patterns.and_then(|patterns| patterns.keys().nth(self.rng.usize(..patterns.len().max(1))));
            let name = match (pattern.filter(|_| self.rng.bool()), schema.get("propertyNames")) {
                (Some(pattern), _) => texts::matching(self.rng, pattern),
                (None, Some(names)) => self
                    .value(&json!({"allOf": [{"type": "string"}, names]}), depth + 1)
                    .and_then(|name| name.as_str().map(str::to_owned)),
                (None, None) => {
                    Some(format!("{}{}", ["key", "x-", "Ünicode ", "a.b/c~"][self.rng.usize(..4)], self.rng.u8(..90)))
                }
            };
            let Some(name) = name.filter(|name| !out.contains_key(name)) else { continue };
            if let Some(value) = self.value(&Self::schema_of(schema, &name), depth + 1) {
                out.insert(name, value);
            }
        }
    }

    fn schema_of(schema: &Map<String, Value>, name: &str) -> Value {
        let mut of: Vec<Value> = Vec::new();
        of.extend(schema.get("properties").and_then(|all| all.get(name)).cloned());
        for (pattern, schema) in schema.get("patternProperties").and_then(Value::as_object).into_iter().flatten() {
            if fancy(pattern, name) {
                of.push(schema.clone());
            }
        }
        if of.is_empty() {
            of.extend(schema.get("additionalProperties").cloned());
        }
        match of.len() {
            0 => json!({}),
            1 => of.remove(0),
            _ => json!({"allOf": of}),
        }
    }
}

/// Whether a name matches a pattern, according to the judge.
fn fancy(pattern: &str, name: &str) -> bool {
    jsonschema::is_valid(&json!({"pattern": pattern}), &json!(name))
}

fn strings(value: Option<&Value>) -> Vec<&str> {
    value.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
}
