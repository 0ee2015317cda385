//! What a mock answers.

use serde::de::DeserializeOwned;

use super::error::BoxError;

/// The value of a JSON text from the document.
pub(crate) fn example<T: DeserializeOwned>(json: &str) -> Result<T, BoxError> {
    serde_json::from_str(json).map_err(Into::into)
}
