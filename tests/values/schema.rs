//! Turns schemas of any dialect into JSON Schema 2020-12, as the document means them.
//!
//! Where crategen reads a schema differently from JSON Schema on purpose, the difference is one of the readings below, and counted.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::discriminators::{self, Heirs};
use super::document::{escaped, find};

// How schemas are read differently from JSON Schema on purpose, each with the place that documents it.
const IMPLIED: &str = "without `type`, the keywords of a type imply it (ARCHITECTURE, Decisions)";
const NULLABLE: &str =
    "`nullable` adds null to everything beside it, in every dialect and also in `allOf` (ARCHITECTURE, Decisions)";
const ONE_WAY: &str = "requests lack `readOnly` properties, and responses `writeOnly` ones (OpenAPI 3.0.4, 4.7.24)";
const WHOLE: &str = "integers have 64 bits, or what their `format` says (OpenAPI Format Registry)";
const FORMAT: &str = "`date`, `date-time`, `uuid` and `byte` are types, so they are asserted; other formats are not";
const OLD: &str = "`items: [..]` and a boolean `exclusiveMinimum` mean what they do in draft 4";
const NULL_BRANCH: &str = "a branch that says `nullable` and nothing else is `null` (ARCHITECTURE, Decisions)";
const NULL_LISTED: &str = "`null` in a list of values is a value, whatever `type` says; a diagnostic names it";
const TAG: &str = "the value of a discriminator chooses the schema (OpenAPI 3.1.1, 4.8.25)";

/// Whether schemas are those of requests or of responses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// What clients send.
    Request,
    /// What servers send.
    Response,
}

/// The schemas of a document as definitions of JSON Schema.
pub struct Schemas<'r> {
    root: &'r Value,
    /// The name of each definition, by its pointer.
    names: BTreeMap<String, String>,
    /// The definitions.
    pub definitions: Map<String, Value>,
    /// How often each reading was applied.
    pub readings: BTreeMap<&'static str, usize>,
    open: Vec<String>,
    heirs: Heirs,
    /// The definition that is being converted, and how deep in it.
    at: String,
    depth: usize,
    direction: Direction,
    all_formats: bool,
}

/// The start of the name of a base schema without its heirs.
const PLAIN: &str = "plain ";

impl<'r> Schemas<'r> {
    /// Starts without any definition.
    pub fn new(root: &'r Value, direction: Direction) -> Self {
        let at = ["/components/schemas", "/definitions"].into_iter();
        let components = at.filter_map(|at| Some((at, root.pointer(at)?.as_object()?)));
        let components =
            components.flat_map(|(at, all)| all.keys().map(move |name| format!("#{at}/{}", escaped(name))));
        let heirs = Heirs::of(root, &components.collect::<Vec<_>>());
        let (names, definitions, readings) = (BTreeMap::new(), Map::new(), BTreeMap::new());
        Self {
            root,
            names,
            definitions,
            readings,
            open: Vec::new(),
            heirs,
            at: String::new(),
            depth: 0,
            direction,
            all_formats: false,
        }
    }

    /// Asserts every format that is known.
    #[must_use]
    pub fn with_all_formats(mut self) -> Self {
        self.all_formats = true;
        self
    }

    /// Adds the schema at a pointer, and everything that it refers to. Returns the name of its definition.
    ///
    /// Fails if it uses what is not JSON Schema, or a reference that leads nowhere.
    pub fn add(&mut self, pointer: &str) -> Result<String, String> {
        let name = self.name(pointer);
        while let Some(pointer) = self.open.pop() {
            let at = pointer.strip_prefix(PLAIN).unwrap_or(&pointer);
            let schema = find(self.root, at).ok_or(format!("{at} does not exist"))?;
            at.clone_into(&mut self.at);
            self.depth = 0;
            let heirs = self.heirs.heirs(at).filter(|_| at == pointer).map(<[_]>::to_vec);
            let converted = match (heirs, discriminators::property(schema)) {
                (Some(heirs), Some(property)) => self.family(at, &heirs, property),
                _ if at == pointer => self.convert(schema)?,
                _ => self.convert(&without_union(schema))?,
            };
            let name = self.names[&pointer].clone();
            self.definitions.insert(name, converted);
        }
        Ok(name)
    }

    /// Returns a definition and all that it needs, as one schema.
    pub fn document(&self, name: &str) -> Result<Value, String> {
        let (mut needed, mut open) = (Map::new(), vec![name.to_owned()]);
        let mut done = BTreeSet::new();
        while let Some(name) = open.pop() {
            if !needed.contains_key(&name) {
                let definition = self.definitions.get(&name).ok_or("what it refers to is not JSON Schema")?;
                if self.is_circular(&name, &mut Vec::new(), &mut done) {
                    return Err("a schema that is defined as itself".to_owned());
                }
                references(definition, &mut open);
                needed.insert(name, definition.clone());
            }
        }
        let schema = "https://json-schema.org/draft/2020-12/schema";
        Ok(json!({"$schema": schema, "$ref": format!("#/$defs/{name}"), "$defs": needed}))
    }

    /// The pointer of the schema that a definition was made from.
    pub fn pointer(&self, name: &str) -> Option<&str> {
        let (pointer, _) = self.names.iter().find(|(_, known)| *known == name)?;
        Some(pointer.strip_prefix(PLAIN).unwrap_or(pointer))
    }

    fn name(&mut self, pointer: &str) -> String {
        let next = format!("d{}", self.names.len());
        if !self.names.contains_key(pointer) {
            self.open.push(pointer.to_owned());
        }
        self.names.entry(pointer.to_owned()).or_insert(next).clone()
    }

    /// Whether a definition contains itself, not as a part: then nothing says what it means.
    fn is_circular(&self, name: &str, above: &mut Vec<String>, done: &mut BTreeSet<String>) -> bool {
        if above.iter().any(|other| other == name) {
            return true;
        }
        if !done.insert(name.to_owned()) {
            return false;
        }
        above.push(name.to_owned());
        let mut here = Vec::new();
        self.definitions.get(name).into_iter().for_each(|schema| in_place(schema, &mut here));
        let found = here.iter().any(|name| self.is_circular(name, above, done));
        above.pop();
        found
    }

    /// A base schema: one of its heirs, or itself if the property has another value.
    fn family(&mut self, base: &str, heirs: &[(String, Vec<String>)], property: &str) -> Value {
        self.read(TAG);
        let mut chosen: Vec<(String, Value)> =
            heirs.iter().map(|(heir, values)| (heir.clone(), discriminators::chosen_by(property, values))).collect();
        let taken: Vec<String> = heirs.iter().flat_map(|(_, values)| values.clone()).collect();
        chosen.push((base.to_owned(), json!({"not": discriminators::chosen_by(property, &taken)})));
        let branch = |(pointer, chosen): (String, Value)| {
            let name = self.name(&format!("{PLAIN}{pointer}"));
            json!({"allOf": [{"$ref": format!("#/$defs/{name}")}, chosen]})
        };
        json!({"anyOf": chosen.into_iter().map(branch).collect::<Vec<_>>()})
    }

    /// Adds to each branch of a union which values of the discriminator choose it.
    fn union(&mut self, schema: &Value, property: &str, out: &mut Map<String, Value>) {
        let Some(key) = ["oneOf", "anyOf"].into_iter().find(|key| out.contains_key(*key)) else { return };
        let Some(before) = discriminators::branches(schema) else { return };
        self.read(TAG);
        let targets: Vec<Option<&str>> = before.iter().map(|branch| branch.get("$ref")?.as_str()).collect();
        let is_default = |target: &str| discriminators::is_default(schema, target);
        if let Some(Value::Array(branches)) = out.get_mut(key) {
            for (branch, target) in branches.iter_mut().zip(&targets) {
                let Some(target) = target else { continue };
                let chosen = if is_default(target) {
                    let others = targets.iter().flatten().filter(|other| !is_default(other));
                    let values: Vec<String> = others.flat_map(|other| discriminators::values(schema, other)).collect();
                    json!({"not": discriminators::chosen_by(property, &values)})
                } else {
                    discriminators::chosen_by(property, &discriminators::values(schema, target))
                };
                *branch = json!({"allOf": [branch, chosen]});
            }
        }
    }

    fn read(&mut self, reading: &'static str) {
        *self.readings.entry(reading).or_default() += 1;
    }

    fn convert(&mut self, schema: &Value) -> Result<Value, String> {
        let object = match schema {
            Value::Object(object) => object,
            Value::Bool(_) => return Ok(schema.clone()),
            _ => return Err("a schema is not an object".to_owned()),
        };
        let mut out = Map::new();
        let hidden = self.one_way(schema, 0);
        self.depth += 1;
        for (key, value) in object {
            self.keyword(&mut out, key, value, &hidden)?;
        }
        self.depth -= 1;
        if let Some(property) = discriminators::property(schema) {
            self.union(schema, property, &mut out);
        }
        self.old_limits(object, &mut out);
        if !object.contains_key(TYPED_BESIDE) {
            self.implied_type(object.get("format"), &mut out);
        }
        self.listed_null(&mut out);
        self.whole_numbers(&mut out);
        let says_nullable =
            |schema: &Value| schema.get("nullable").or_else(|| schema.get("x-nullable")) == Some(&Value::Bool(true));
        let parts = object.get("allOf").and_then(Value::as_array);
        let nullable = says_nullable(schema) || parts.is_some_and(|parts| parts.iter().any(says_nullable));
        if !nullable || out.is_empty() {
            return Ok(Value::Object(out));
        }
        self.read(NULLABLE);
        Ok(json!({"anyOf": [{"type": "null"}, out]}))
    }

    /// Adds the type of a `null` that is in the list of values.
    fn listed_null(&mut self, out: &mut Map<String, Value>) {
        let is_listed = out.get("enum").and_then(Value::as_array).is_some_and(|values| values.contains(&Value::Null));
        let Some(Value::String(ty)) = out.get("type").filter(|_| is_listed) else { return };
        let types = json!([ty, "null"]);
        out.insert("type".to_owned(), types);
        self.read(NULL_LISTED);
    }

    fn keyword(
        &mut self,
        out: &mut Map<String, Value>,
        key: &str,
        value: &Value,
        hidden: &BTreeSet<String>,
    ) -> Result<(), String> {
        let converted = match key {
            "$ref" => {
                let pointer = value.as_str().filter(|text| text.starts_with('#')).ok_or("a reference to a file")?;
                let pointer = if pointer == "#" || pointer.starts_with("#/") {
                    pointer.to_owned()
                } else {
                    return Err(format!("the reference {pointer}"));
                };
                json!(format!("#/$defs/{}", self.name(&pointer)))
            }
            "$dynamicRef" | "$recursiveRef" | "$dynamicAnchor" | "$id" if value.is_string() => {
                return Err(format!("`{key}`"));
            }
            "type" => types(value)?,
            "properties" => {
                let kept = self.map(value, |name| !hidden.contains(name))?;
                if kept.as_object().map(Map::len) < value.as_object().map(Map::len) {
                    self.read(ONE_WAY);
                }
                kept
            }
            "patternProperties" | "dependentSchemas" => self.map(value, |_| true)?,
            "items" if value.is_array() => {
                self.read(OLD);
                out.insert("prefixItems".to_owned(), self.list(value)?);
                return Ok(());
            }
            "dependencies" => return Err("`dependencies`".to_owned()),
            "additionalProperties"
            | "items"
            | "not"
            | "if"
            | "then"
            | "else"
            | "contains"
            | "propertyNames"
            | "unevaluatedProperties"
            | "unevaluatedItems" => self.convert(value)?,
            "allOf" if self.depth == 1 => self.extended(&typed_beside(value))?,
            "allOf" => self.list(&typed_beside(value))?,
            "anyOf" | "oneOf" => self.branches(value)?,
            "prefixItems" => self.list(value)?,
            "required" => {
                let names: BTreeSet<&str> = value.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
                json!(names.into_iter().filter(|name| !hidden.contains(*name)).collect::<Vec<_>>())
            }
            "format" => match value.as_str() {
                Some("date" | "date-time" | "uuid" | "byte") => {
                    self.read(FORMAT);
                    value.clone()
                }
                Some("int8" | "int16" | "int32" | "uint8" | "uint16" | "uint32" | "uint64") => value.clone(),
                // Samples have the formats that are not asserted elsewhere.
                Some(
                    "time" | "duration" | "email" | "hostname" | "ipv4" | "ipv6" | "uri" | "uri-reference" | "iri",
                ) if self.all_formats => value.clone(),
                _ => return Ok(()),
            },
            "enum" | "const" | "pattern" | "minLength" | "maxLength" | "minimum" | "maximum" | "multipleOf"
            | "minItems" | "maxItems" | "uniqueItems" | "minProperties" | "maxProperties" | "minContains"
            | "maxContains" | "dependentRequired" => value.clone(),
            _ => return Ok(()),
        };
        out.insert(key.to_owned(), converted);
        Ok(())
    }

    /// What a component extends: of a base schema, what it says itself, not what its other heirs say.
    fn extended(&mut self, value: &Value) -> Result<Value, String> {
        let items = value.as_array().ok_or("`allOf` is not an array")?;
        let convert = |item: &Value| {
            let base = item.get("$ref").and_then(Value::as_str).filter(|base| self.heirs.is_base(base, &self.at));
            match base {
                Some(base) => Ok(json!({"$ref": format!("#/$defs/{}", self.name(&format!("{PLAIN}{base}")))})),
                None => self.convert(item),
            }
        };
        Ok(Value::Array(items.iter().map(convert).collect::<Result<_, String>>()?))
    }

    fn branches(&mut self, value: &Value) -> Result<Value, String> {
        let mut branches = value.clone();
        for branch in branches.as_array_mut().into_iter().flatten() {
            if *branch == json!({"nullable": true}) {
                self.read(NULL_BRANCH);
                *branch = json!({"type": "null"});
            }
        }
        self.list(&branches)
    }

    fn list(&mut self, value: &Value) -> Result<Value, String> {
        let items = value.as_array().ok_or("a list of schemas is not an array")?;
        Ok(Value::Array(items.iter().map(|item| self.convert(item)).collect::<Result<_, _>>()?))
    }

    fn map(&mut self, value: &Value, keep: impl Fn(&str) -> bool) -> Result<Value, String> {
        let entries = value.as_object().ok_or("a map of schemas is not an object")?;
        let kept = entries.iter().filter(|(name, _)| keep(name));
        let converted = kept.map(|(name, schema)| Ok((name.clone(), self.convert(schema)?)));
        Ok(Value::Object(converted.collect::<Result<_, String>>()?))
    }

    /// A boolean `exclusiveMinimum` makes the limit beside it exclusive.
    fn old_limits(&mut self, object: &Map<String, Value>, out: &mut Map<String, Value>) {
        for (exclusive, limit) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
            match object.get(exclusive) {
                Some(Value::Bool(true)) => {
                    self.read(OLD);
                    if let Some(value) = out.remove(limit) {
                        out.insert(exclusive.to_owned(), value);
                    }
                }
                Some(value @ Value::Number(_)) => drop(out.insert(exclusive.to_owned(), value.clone())),
                _ => {}
            }
        }
    }

    /// Adds the type that keywords imply, unless something else says what the type is.
    fn implied_type(&mut self, format: Option<&Value>, out: &mut Map<String, Value>) {
        let has = |keys: &[&str]| keys.iter().any(|key| out.contains_key(*key));
        if has(&["type", "enum", "const", "$ref", "allOf", "anyOf", "oneOf"]) {
            return;
        }
        let is_array = has(&["items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains"]);
        let object = ["properties", "additionalProperties", "patternProperties", "minProperties", "maxProperties"];
        let is_text = format.and_then(Value::as_str).is_some_and(|format| TEXT_FORMATS.contains(&format));
        let implied = if has(&object) || (has(&["required"]) && !is_array) {
            "object"
        } else if is_array {
            "array"
        } else if is_text || has(&["pattern", "minLength", "maxLength"]) {
            "string"
        } else if has(&["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]) {
            "number"
        } else {
            return;
        };
        self.read(IMPLIED);
        out.insert("type".to_owned(), json!(implied));
    }

    fn whole_numbers(&mut self, out: &mut Map<String, Value>) {
        let is_int = |format: &str| format.starts_with("int") || format.starts_with("uint");
        if out.get("type") == Some(&json!("number")) && out.get("format").and_then(Value::as_str).is_some_and(is_int) {
            out.insert("type".to_owned(), json!("integer"));
        }
        let is_whole = out.get("type").is_some_and(|types| {
            *types == "integer" || types.as_array().is_some_and(|types| types.contains(&json!("integer")))
        });
        let limits = match out.get("format").and_then(Value::as_str) {
            Some("int8") => Some((json!(i8::MIN), json!(i8::MAX))),
            Some("int16") => Some((json!(i16::MIN), json!(i16::MAX))),
            Some("int32") => Some((json!(i32::MIN), json!(i32::MAX))),
            Some("uint8") => Some((json!(0), json!(u8::MAX))),
            Some("uint16") => Some((json!(0), json!(u16::MAX))),
            Some("uint32") => Some((json!(0), json!(u32::MAX))),
            Some("uint64") => Some((json!(0), json!(u64::MAX))),
            _ => Some((json!(i64::MIN), json!(i64::MAX))),
        };
        if let Some((least, most)) = limits.filter(|_| is_whole) {
            self.read(WHOLE);
            let limits = json!({"minimum": least, "maximum": most});
            if let Value::Array(all) = out.entry("allOf").or_insert(json!([])) {
                all.push(limits);
            }
        }
        if out.get("format").and_then(Value::as_str).is_some_and(|format| format.contains("int")) {
            out.remove("format");
        }
    }

    /// Returns the names of the properties that are not sent in this direction, those of combined schemas included.
    fn one_way(&self, schema: &Value, depth: usize) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        if depth > 8 {
            return found;
        }
        for (name, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            if self.is_one_way(property, 0) {
                found.insert(name.clone());
            }
        }
        let target = schema.get("$ref").and_then(Value::as_str).and_then(|pointer| find(self.root, pointer));
        for part in schema.get("allOf").and_then(Value::as_array).into_iter().flatten().chain(target) {
            found.extend(self.one_way(part, depth + 1));
        }
        found
    }

    /// Whether a value is not sent in this direction.
    pub fn is_one_way(&self, schema: &Value, depth: usize) -> bool {
        let target = schema.get("$ref").and_then(Value::as_str).and_then(|pointer| find(self.root, pointer));
        let mut parts = schema.get("allOf").and_then(Value::as_array).into_iter().flatten().chain(target);
        let key = if self.direction == Direction::Request { "readOnly" } else { "writeOnly" };
        schema.get(key) == Some(&Value::Bool(true)) || (depth < 8 && parts.any(|part| self.is_one_way(part, depth + 1)))
    }
}

/// Formats that only strings have.
const TEXT_FORMATS: [&str; 12] =
    ["byte", "binary", "date", "date-time", "uuid", "uri", "url", "email", "password", "hostname", "ipv4", "ipv6"];

/// Marks branches of `allOf` whose type another branch says, so that their keywords imply none.
const TYPED_BESIDE: &str = "x-typed-beside";

fn typed_beside(branches: &Value) -> Value {
    let mut branches = branches.clone();
    let items = branches.as_array_mut().map(Vec::as_mut_slice).unwrap_or_default();
    if items.iter().any(|item| item.get("type").is_some()) {
        for item in items.iter_mut().filter(|item| item.get("type").is_none()) {
            if let Value::Object(map) = item {
                map.insert(TYPED_BESIDE.to_owned(), Value::Bool(true));
            }
        }
    }
    branches
}

fn types(value: &Value) -> Result<Value, String> {
    const TYPES: [&str; 7] = ["null", "boolean", "integer", "number", "string", "array", "object"];
    let known = |value: &Value| value.as_str().is_some_and(|text| TYPES.contains(&text));
    match value {
        Value::String(_) if known(value) => Ok(value.clone()),
        Value::Array(types) if types.iter().all(known) => {
            let types: BTreeSet<&str> = types.iter().filter_map(Value::as_str).collect();
            Ok(json!(types))
        }
        _ => Err(format!("the type {value}")),
    }
}

/// Adds the names of the definitions that a schema refers to.
fn references(schema: &Value, found: &mut Vec<String>) {
    match schema {
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        Value::Object(object) => {
            for (key, value) in object {
                match value.as_str().filter(|_| key == "$ref").and_then(|text| text.strip_prefix("#/$defs/")) {
                    Some(name) => found.push(name.to_owned()),
                    None => references(value, found),
                }
            }
        }
        _ => {}
    }
}

/// A base schema that lists its heirs, without the list.
fn without_union(schema: &Value) -> Value {
    let mut schema = schema.clone();
    if let (true, Some(object)) = (discriminators::property(&schema).is_some(), schema.as_object_mut()) {
        object.remove("oneOf");
        object.remove("anyOf");
    }
    schema
}

/// Adds the names of the definitions that a schema applies to the value itself.
fn in_place(schema: &Value, found: &mut Vec<String>) {
    if let Some(name) = schema.get("$ref").and_then(Value::as_str).and_then(|text| text.strip_prefix("#/$defs/")) {
        found.push(name.to_owned());
    }
    for key in ["allOf", "anyOf", "oneOf"] {
        schema.get(key).and_then(Value::as_array).into_iter().flatten().for_each(|part| in_place(part, found));
    }
    for key in ["not", "if", "then", "else"] {
        schema.get(key).into_iter().for_each(|part| in_place(part, found));
    }
}

/// Returns the pointer of a part.
pub fn below(at: &str, key: &str) -> String {
    format!("{at}/{}", escaped(key))
}
