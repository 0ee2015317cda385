//! The examples that a mock returns.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::error::BoxError;
use crate::models::from_json;

/// One JSON value per operation. The text is read when the first value is asked for.
#[derive(Debug)]
pub struct Examples {
    json: &'static str,
    values: OnceLock<BTreeMap<String, &'static RawValue>>,
}

impl Examples {
    /// The examples of a JSON object whose keys are the ids of operations.
    pub const fn new(json: &'static str) -> Self {
        Self { json, values: OnceLock::new() }
    }

    /// Returns the example of an operation.
    ///
    /// Fails if there is none, or if it does not match the type.
    pub fn read<T: DeserializeOwned>(&self, operation: &str) -> Result<T, BoxError> {
        let values = self.values.get_or_init(|| serde_json::from_str(self.json).unwrap_or_default());
        let value = values.get(operation).ok_or_else(|| format!("`{operation}` has no example"))?;
        from_json(value.get().as_bytes()).map_err(Into::into)
    }
}
