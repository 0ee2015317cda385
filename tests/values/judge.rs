//! The judge: the crate `jsonschema`, which knows nothing about crategen.

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;
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
            .with_format("date", is_date)
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

    /// Returns the parts of the schema that refuse a value, those inside of branches too: each is the name of a definition with the
    /// keywords that lead to the part, where `$ref` stands for the next definition.
    pub fn refusals(&self, value: &Value) -> Vec<String> {
        let mut found = Vec::new();
        self.0.iter_errors(value).for_each(|error| add_refusals(&error, &mut found));
        found
    }
}

fn add_refusals(error: &ValidationError<'_>, found: &mut Vec<String>) {
    if let ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } = error.kind() {
        context.iter().flatten().for_each(|error| add_refusals(error, found));
    }
    found.push(error.evaluation_path().to_string());
}

/// A date whose month and day may lack zeros, as `chrono` reads it.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let number = |text: &str| text.parse::<u32>().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()));
    let (Some(year), Some(month), Some(day)) = (number(year), number(month), number(day)) else { return false };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    (1..=12).contains(&month) && (1..=days).contains(&day)
}

/// Base64 in either alphabet (RFC 4648), which `format: byte` means. Missing padding is accepted, as the rustdoc of `Base64` says.
fn is_base64(text: &str) -> bool {
    let text: String = text.split(['\r', '\n']).collect();
    let digits = text.trim_end_matches('=');
    let value = |byte: u8| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    };
    // The bits of the last digit that belong to no byte are zero (RFC 4648 §3.5).
    let unused = match digits.len() % 4 {
        0 => 0,
        1 => return false,
        2 => 0b1111,
        _ => 0b11,
    };
    let last = digits.bytes().last().and_then(value).unwrap_or_default();
    digits.bytes().all(|byte| value(byte).is_some()) && last & unused == 0
}
