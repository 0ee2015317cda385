//! XML bodies.

use axum::response::Response;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::models::strict;
use crate::models::xml::{self, Element};
use crate::server::incoming::is_listed;
use crate::server::{Failure, Incoming};

impl Incoming {
    /// Reads an XML body. Violations are collected.
    ///
    /// Fails if the media type is not XML or the body is too large.
    pub async fn xml<T: DeserializeOwned>(
        &mut self,
        expected: &'static str,
        element: &Element,
    ) -> Result<Option<T>, Failure> {
        self.media_type(expected, |essence| {
            matches!(essence, "application/xml" | "text/xml")
                || essence.ends_with("+xml")
                || is_listed(expected, essence)
        })?;
        let bytes = self.read().await?;
        match xml::read(element, &bytes) {
            Ok(value) => Ok(self.decoded(strict(|| serde_path_to_error::deserialize(value)))),
            Err(error) => Ok(self.violation("#".to_owned(), &error)),
        }
    }
}

/// Responds with XML.
///
/// Fails if the body cannot be written as XML.
pub fn xml<T: Serialize>(
    status: u16,
    media_type: &'static str,
    element: &Element,
    body: &T,
) -> Result<Response, Failure> {
    let value = serde_json::to_value(body).map_err(|error| Failure::Internal(error.into()))?;
    let bytes = xml::write(element, &value).map_err(|error| Failure::Internal(error.into()))?;
    super::bytes(status, media_type, bytes.into())
}
