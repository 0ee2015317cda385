//! Reads schemas as the generator writes them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::super::enums;
use super::super::validate::canonical;
use super::limit::{Limit, LimitKind};
use super::patterns::Pattern;
use super::schema::{Enum, EnumForm, Form, Format, Id, Object, Property, Rule, Schema, Schemas, Tag, Union};

/// Reads all schemas by their names. What cannot be read allows any value.
pub(super) fn parse(text: &str) -> Schemas {
    let named: Map<String, Value> = serde_json::from_str(text).unwrap_or_default();
    let mut schemas = Schemas::default();
    for name in named.keys() {
        let id = schemas.push(Schema::default());
        schemas.names.insert(name.clone(), id);
    }
    for (name, value) in &named {
        let schema = schema(&mut schemas, value);
        if let Some(id) = schemas.names.get(name).copied() {
            schemas.set(id, schema);
        }
    }
    schemas
}

fn add(schemas: &mut Schemas, value: &Value) -> Id {
    if let Some(Value::String(name)) = value.get("$ref")
        && value.as_object().is_some_and(|object| object.len() == 1)
        && let Some(id) = schemas.names.get(name)
    {
        return *id;
    }
    let schema = schema(schemas, value);
    schemas.push(schema)
}

fn add_all(schemas: &mut Schemas, values: &Value) -> Vec<Id> {
    values.as_array().into_iter().flatten().map(|value| add(schemas, value)).collect()
}

fn schema(schemas: &mut Schemas, value: &Value) -> Schema {
    let nullable = value.get("nullable") == Some(&Value::Bool(true));
    let form = form(schemas, value);
    let rules = value.get("rules").and_then(Value::as_array).into_iter().flatten();
    let rules = rules.filter_map(|value| rule(schemas, value)).collect();
    Schema { nullable, form, rules }
}

fn form(schemas: &mut Schemas, value: &Value) -> Form {
    if let Some(name) = value.get("$ref").and_then(Value::as_str) {
        return schemas.names.get(name).map_or(Form::Any, |id| Form::Same(*id));
    }
    if value == &Value::Bool(false) {
        return Form::Never;
    }
    if value.get("variants").is_some() {
        return Form::Union(union(schemas, value));
    }
    if let Some(values) = value.get("enum") {
        return Form::Enum(listed(value, values));
    }
    let format = value.get("format").and_then(Value::as_str).unwrap_or_default();
    match value.get("type").and_then(Value::as_str).unwrap_or_default() {
        "null" => Form::Null,
        "boolean" => Form::Boolean,
        "number" => Form::Number,
        "integer" => {
            let (least, most) = integer_range(format);
            Form::Integer(least, most)
        }
        "string" => Form::Text(match format {
            "byte" => Format::Byte,
            "date" => Format::Date,
            "date-time" => Format::DateTime,
            "uuid" => Format::Uuid,
            _ => Format::Any,
        }),
        "array" => match value.get("prefixItems") {
            Some(items) => Form::Tuple(add_all(schemas, items)),
            None => Form::List(add(schemas, value.get("items").unwrap_or(&Value::Bool(true)))),
        },
        "object" => Form::Object(object(schemas, value)),
        _ => Form::Any,
    }
}

/// Returns the range of the integers of a format.
fn integer_range(format: &str) -> (i128, i128) {
    match format {
        "int8" => (i8::MIN.into(), i8::MAX.into()),
        "int16" => (i16::MIN.into(), i16::MAX.into()),
        "int32" => (i32::MIN.into(), i32::MAX.into()),
        "int64" => (i64::MIN.into(), i64::MAX.into()),
        "uint8" => (0, u8::MAX.into()),
        "uint16" => (0, u16::MAX.into()),
        "uint32" => (0, u32::MAX.into()),
        "uint64" => (0, u64::MAX.into()),
        _ => (i128::MIN, i128::MAX),
    }
}

fn object(schemas: &mut Schemas, value: &Value) -> Object {
    let required: BTreeSet<&str> = texts(value.get("required")).collect();
    let declared = value.get("properties").and_then(Value::as_array).into_iter().flatten();
    let mut properties: Vec<Property> = Vec::new();
    for property in declared {
        let name = property.get(0).and_then(Value::as_str).unwrap_or_default().to_owned();
        let schema = add(schemas, property.get(1).unwrap_or(&Value::Bool(true)));
        properties.push(Property { required: required.contains(name.as_str()), name, schema });
    }
    let index: BTreeMap<String, usize> =
        properties.iter().enumerate().map(|(index, property)| (property.name.clone(), index)).collect();
    let others = value.get("additionalProperties").map(|schema| add(schemas, schema));
    let forbidden = texts(value.get("forbidden")).map(str::to_owned).collect();
    Object { properties, index, others, forbidden }
}

fn listed(value: &Value, values: &Value) -> Enum {
    let form = match value.get("type").and_then(Value::as_str) {
        Some("string") => EnumForm::Text,
        Some("integer") => EnumForm::Integer,
        _ => EnumForm::Any,
    };
    let open = value.get("open") == Some(&Value::Bool(true));
    Enum { form, values: set(values), shown: shown(values), open }
}

fn union(schemas: &mut Schemas, value: &Value) -> Union {
    let variants = value.get("variants").and_then(Value::as_array).into_iter().flatten();
    let mut named = Vec::new();
    for variant in variants {
        let name = variant.get(0).and_then(Value::as_str).unwrap_or_default().to_owned();
        named.push((name, add(schemas, variant.get(1).unwrap_or(&Value::Bool(true)))));
    }
    let tag = value.get("tag").and_then(Value::as_str).map(|property| Tag {
        property: property.to_owned(),
        values: tags(value.get("values")),
        default: value.get("default").and_then(index),
        open: value.get("open") == Some(&Value::Bool(true)),
        others: value.get("others") == Some(&Value::Bool(true)),
    });
    Union { variants: named, tag }
}

fn tags(values: Option<&Value>) -> BTreeMap<String, usize> {
    let entries = values.and_then(Value::as_object).into_iter().flatten();
    entries.filter_map(|(tag, position)| Some((tag.clone(), index(position)?))).collect()
}

/// Reads a rule: an object whose only key is the keyword.
fn rule(schemas: &mut Schemas, value: &Value) -> Option<Rule> {
    let (keyword, value) = value.as_object()?.iter().next()?;
    let limit = |kind| Some(Rule::Limit(Limit { kind, number: value.as_number()?.clone() }));
    Some(match keyword.as_str() {
        "minLength" => Rule::MinLength(index(value)?),
        "maxLength" => Rule::MaxLength(index(value)?),
        "pattern" => Rule::Pattern(Pattern::new(value.as_str()?)),
        "minimum" => return limit(LimitKind::Minimum),
        "exclusiveMinimum" => return limit(LimitKind::ExclusiveMinimum),
        "maximum" => return limit(LimitKind::Maximum),
        "exclusiveMaximum" => return limit(LimitKind::ExclusiveMaximum),
        "multipleOf" => return limit(LimitKind::MultipleOf),
        "minItems" => Rule::MinItems(index(value)?),
        "maxItems" => Rule::MaxItems(index(value)?),
        "uniqueItems" => Rule::UniqueItems,
        "contains" => Rule::Contains(
            add(schemas, value.get("schema")?),
            value.get("min").and_then(index)?,
            value.get("max").and_then(index),
        ),
        "position" => Rule::Position(value.get("index").and_then(index)?, add(schemas, value.get("schema")?)),
        "itemsFrom" => Rule::ItemsFrom(value.get("index").and_then(index)?, add(schemas, value.get("schema")?)),
        "minProperties" => Rule::MinProperties(index(value)?),
        "maxProperties" => Rule::MaxProperties(index(value)?),
        "required" => Rule::RequiredKeys(owned(Some(value))),
        "anyOfKeys" | "oneOfKeys" => {
            Rule::KeySets(keyword == "oneOfKeys", value.as_array()?.iter().map(|set| owned(Some(set))).collect())
        }
        "dependentRequired" => {
            Rule::DependentRequired(value.get("key")?.as_str()?.to_owned(), owned(value.get("required")))
        }
        "dependentSchema" => {
            Rule::DependentSchema(value.get("key")?.as_str()?.to_owned(), add(schemas, value.get("schema")?))
        }
        "propertyNames" => Rule::PropertyNames(add(schemas, value)),
        "patternProperties" => {
            Rule::PatternProperties(Pattern::new(value.get("pattern")?.as_str()?), add(schemas, value.get("schema")?))
        }
        "additionalProperties" => Rule::AdditionalProperties(
            texts(value.get("known")).map(str::to_owned).collect(),
            texts(value.get("patterns")).map(Pattern::new).collect(),
            add(schemas, value.get("schema")?),
        ),
        "enum" => Rule::OneOfValues(set(value), shown(value)),
        "anyOf" => Rule::AnyOf(add_all(schemas, value)),
        "oneOf" => Rule::ExactlyOne(add_all(schemas, value)),
        "not" => Rule::Not(add(schemas, value)),
        "if" => {
            let condition = add(schemas, value.get("if")?);
            let mut branch = |key| value.get(key).map(|schema| add(schemas, schema));
            Rule::If(condition, branch("then"), branch("else"))
        }
        _ => return None,
    })
}

fn index(value: &Value) -> Option<usize> {
    value.as_u64().and_then(|value| usize::try_from(value).ok())
}

fn texts(value: Option<&Value>) -> impl Iterator<Item = &str> {
    value.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

fn owned(value: Option<&Value>) -> Vec<String> {
    texts(value).map(str::to_owned).collect()
}

fn set(values: &Value) -> BTreeSet<String> {
    values.as_array().into_iter().flatten().map(|value| canonical(&value.clone().into())).collect()
}

/// Writes a list of values for a message.
fn shown(values: &Value) -> String {
    enums::shown(&values.as_array().into_iter().flatten().map(plain).collect::<Vec<_>>())
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
