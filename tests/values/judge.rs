//! The judge: the crate `jsonschema`, which knows nothing about crategen.

use serde_json::Value;

/// Says which values satisfy a schema.
pub struct Judge(jsonschema::Validator);

impl Judge {
    /// Creates the judge of a schema. Fails if it is not JSON Schema.
    pub fn new(schema: &Value) -> Result<Self, String> {
        jsonschema::options()
            .with_draft(jsonschema::Draft::Draft202012)
            .should_validate_formats(true)
            .with_format("byte", is_base64)
            .build(schema)
            .map(Self)
            .map_err(|error| error.to_string())
    }

    /// Whether a value is valid.
    pub fn is_valid(&self, value: &Value) -> bool {
        self.0.is_valid(value)
    }

    /// Returns the first thing that is wrong with a value: the keyword, and what the crate says.
    pub fn reason(&self, value: &Value) -> Option<(String, String)> {
        let error = self.0.validate(value).err()?;
        let path = error.schema_path().to_string();
        let keyword = path.rsplit('/').find(|part| part.parse::<usize>().is_err()).unwrap_or_default().to_owned();
        Some((keyword, format!("{error} (at `{}`, by {path})", error.instance_path())))
    }
}

/// Standard base64 with padding (RFC 4648, section 4), which `format: byte` means.
fn is_base64(text: &str) -> bool {
    let padding = text.bytes().rev().take_while(|byte| *byte == b'=').count();
    let is_digit = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/';
    text.len().is_multiple_of(4) && padding <= 2 && text.bytes().take(text.len() - padding).all(is_digit)
}
