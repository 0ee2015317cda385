//! Responses of a mock.

use serde::de::DeserializeOwned;

use super::error::BoxError;

/// Decodes the JSON text of an example. Fails if it does not match the type.
pub fn example<T: DeserializeOwned>(json: &str) -> Result<T, BoxError> {
    serde_json::from_str(json).map_err(Into::into)
}
