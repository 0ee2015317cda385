//! The JSON Schema of `crategen.toml`, with which editors complete and check it.

use serde_json::{Map, Value, json};

use super::Settings;
use super::shape::{Key, SettingShape, Shaped as _};
use super::text::Text;
use crate::diag::Code;

impl Settings {
    /// Returns the JSON Schema of the settings file.
    pub fn schema() -> Value {
        let mut schema = schema(Text::SHAPE);
        if let Some(schema) = schema.as_object_mut() {
            schema.insert("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"));
            schema.insert("title".to_owned(), json!(Self::FILE));
        }
        schema
    }
}

fn schema(shape: SettingShape) -> Value {
    match shape {
        SettingShape::Text => json!({"type": "string"}),
        SettingShape::Flag => json!({"type": "boolean"}),
        SettingShape::Number => json!({"type": "integer", "minimum": 0}),
        SettingShape::Dependency => json!({"type": ["string", "object"]}),
        SettingShape::FlagOrNames => json!({"type": ["boolean", "array"], "items": {"type": "string"}}),
        SettingShape::Choice(words) => json!({"enum": words}),
        SettingShape::List(item) => json!({"type": "array", "items": schema(*item)}),
        SettingShape::Map(value) => json!({"type": "object", "additionalProperties": schema(*value)}),
        SettingShape::Codes(level) => {
            let property =
                |code: &Code| (code.as_str().to_owned(), described(schema(*level), code.summary().to_owned()));
            object(Code::ALL.iter().map(property).collect())
        }
        SettingShape::Table(keys) => object(keys.iter().map(property).collect()),
    }
}

fn property(key: &Key) -> (String, Value) {
    let docs: Vec<&str> = key.docs.iter().map(|line| line.trim()).collect();
    (key.name(), described(schema(key.shape), docs.join(" ")))
}

fn object(properties: Map<String, Value>) -> Value {
    json!({"type": "object", "properties": properties, "additionalProperties": false})
}

fn described(mut schema: Value, description: String) -> Value {
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("description".to_owned(), Value::String(description));
    }
    schema
}
