//! What a success leads to: further calls, with arguments from what was sent and what came.

use std::fmt;

use http::HeaderMap;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// An argument of a further call cannot be had: what it is to be taken from is not there, or is something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkError(String);

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for LinkError {}

/// What a JSON pointer (RFC 6901) leads to in a value.
pub fn part<V: Serialize + ?Sized, T: DeserializeOwned>(value: &V, pointer: &str) -> Result<T, LinkError> {
    let value = serde_json::to_value(value).map_err(|error| LinkError(error.to_string()))?;
    match value.pointer(pointer) {
        None | Some(Value::Null) => Err(LinkError(format!("there is nothing at `{pointer}`"))),
        Some(found) => taken(found).ok_or_else(|| LinkError(format!("what is at `{pointer}` is no such argument"))),
    }
}

/// What the document says.
pub fn constant<T: DeserializeOwned>(json: &str) -> Result<T, LinkError> {
    let value: Option<Value> = serde_json::from_str(json).ok();
    value.as_ref().and_then(taken).ok_or_else(|| LinkError(format!("`{json}` is no such argument")))
}

/// What a header holds.
pub fn header<T: DeserializeOwned>(headers: &HeaderMap, name: &str) -> Result<T, LinkError> {
    let text = headers.get(name).and_then(|value| value.to_str().ok());
    let text = text.ok_or_else(|| LinkError(format!("there is no header `{name}`")))?;
    taken(&Value::String(text.to_owned())).ok_or_else(|| LinkError(format!("the header `{name}` is no such argument")))
}

/// A value as an argument: numbers and texts become each other where the document means the other one.
fn taken<T: DeserializeOwned>(value: &Value) -> Option<T> {
    let other = || match value {
        Value::String(text) => serde_json::from_str(text).ok(),
        Value::Number(_) | Value::Bool(_) => serde_json::from_value(Value::String(value.to_string())).ok(),
        _ => None,
    };
    serde_json::from_value(value.clone()).ok().or_else(other)
}
