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

/// Base64 in either alphabet (RFC 4648), which `format: byte` means. Missing padding is accepted, as the rustdoc of `Base64` says.
fn is_base64(text: &str) -> bool {
    let digits = text.trim_end_matches('=');
    let is_digit = |byte: u8| byte.is_ascii_alphanumeric() || b"+/-_".contains(&byte);
    digits.len() % 4 != 1 && digits.bytes().all(is_digit)
}
