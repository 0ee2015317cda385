//! XML bodies.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::client::{Arguments, DecodeError, RawResponse, RequestError};
use crate::models::xml::{self, Element};

impl Arguments {
    /// Sets an XML body.
    pub fn xml<T: Serialize + ?Sized>(&mut self, media_type: &'static str, element: &Element, body: &T) {
        let bad = |error| RequestError::new("the body cannot be written as XML", Some(error));
        self.with(|request| {
            let value = serde_json::to_value(body).map_err(|error| bad(error.into()))?;
            let bytes = xml::write(element, &value).map_err(|error| bad(error.into()))?;
            request.bytes(media_type, bytes.into());
            Ok(())
        });
    }
}

impl RawResponse {
    /// Decodes the body as XML.
    ///
    /// Fails if it is not XML of this type; the error contains the location in the body.
    pub fn decode_xml<T: DeserializeOwned>(&self, element: &Element) -> Result<T, DecodeError> {
        let value =
            xml::read(element, &self.body).map_err(|error| DecodeError::new(".".to_owned(), error.to_string()))?;
        serde_path_to_error::deserialize(value)
            .map_err(|error| DecodeError::new(error.path().to_string(), error.into_inner().to_string()))
    }
}
