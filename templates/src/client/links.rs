//! Links (OpenAPI 3.0.3 §4.7.20): arguments of further calls, taken from a request and its response.

use std::fmt;

use http::HeaderMap;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::error::Error;

/// The error of a link whose argument is missing or does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkError(String);

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for LinkError {}

impl From<LinkError> for Error {
    fn from(error: LinkError) -> Self {
        Self::of(Box::new(error))
    }
}

/// Returns the value at a JSON pointer (RFC 6901).
///
/// Fails if it is missing or `null`, or does not fit the argument.
pub fn part<V: Serialize + ?Sized, T: DeserializeOwned>(value: &V, pointer: &str) -> Result<T, LinkError> {
    let value = serde_json::to_value(value).map_err(|error| LinkError(error.to_string()))?;
    match value.pointer(pointer) {
        None | Some(Value::Null) => Err(LinkError(format!("no value at `{pointer}`"))),
        Some(found) => {
            taken(found).ok_or_else(|| LinkError(format!("the value at `{pointer}` does not fit the argument")))
        }
    }
}

/// Returns a constant of the document, which is written as JSON.
///
/// Fails if it does not fit the argument.
pub fn constant<T: DeserializeOwned>(json: &str) -> Result<T, LinkError> {
    let value: Option<Value> = serde_json::from_str(json).ok();
    value.as_ref().and_then(taken).ok_or_else(|| LinkError(format!("`{json}` does not fit the argument")))
}

/// Returns the value of a header.
///
/// Fails if it is missing or does not fit the argument.
pub fn header<T: DeserializeOwned>(headers: &HeaderMap, name: &str) -> Result<T, LinkError> {
    let text = headers.get(name).and_then(|value| value.to_str().ok());
    let text = text.ok_or_else(|| LinkError(format!("the header `{name}` is missing")))?;
    taken(&Value::String(text.to_owned()))
        .ok_or_else(|| LinkError(format!("the header `{name}` does not fit the argument")))
}

/// Converts a value to an argument. Numbers and strings are converted into each other if the argument requires it.
fn taken<T: DeserializeOwned>(value: &Value) -> Option<T> {
    let other = || match value {
        Value::String(text) => serde_json::from_str(text).ok(),
        Value::Number(_) | Value::Bool(_) => serde_json::from_value(Value::String(value.to_string())).ok(),
        _ => None,
    };
    serde_json::from_value(value.clone()).ok().or_else(other)
}
