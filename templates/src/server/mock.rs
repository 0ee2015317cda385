//! Responses of mocks.

use serde::de::DeserializeOwned;

use super::error::BoxError;

/// Decodes an example of the document, which is written as JSON.
///
/// Fails if it does not match the type.
pub fn example<T: DeserializeOwned>(json: &str) -> Result<T, BoxError> {
    serde_json::from_str(json).map_err(Into::into)
}
