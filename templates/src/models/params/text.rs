//! Bodies of text: one value, written as a parameter with one value is.

use std::fmt::Display;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::parts::{self, Parts};

/// Reads a value from its text; its type decides what the text means.
///
/// Fails if the text is not a value of this type.
pub fn read<T: DeserializeOwned>(text: String) -> Result<T, impl Display> {
    parts::decode(Parts::Text(text))
}

/// Writes a value as text; `null` is empty.
///
/// Fails if the value is an array or an object.
pub fn write<T: Serialize + ?Sized>(value: &T) -> Result<String, &'static str> {
    match parts::encode(value) {
        Ok(Parts::Text(text)) => Ok(text),
        Ok(Parts::Null) => Ok(String::new()),
        Ok(Parts::List(_) | Parts::Object(_) | Parts::Json(_)) | Err(_) => Err("the body is not one value"),
    }
}
