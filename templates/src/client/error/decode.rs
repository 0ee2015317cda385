//! Errors of reading a response.

use std::fmt;

use crate::client::response::RawResponse;
use crate::models::Operation;

/// The error of a successful response whose body does not match the document.
pub struct DecodeError {
    pub(super) operation: Option<&'static Operation>,
    path: String,
    message: String,
    response: Option<Box<RawResponse>>,
}

impl DecodeError {
    /// Creates the error of a body that does not match at a path in it.
    pub fn new(path: String, message: String) -> Self {
        Self { operation: None, path, message, response: None }
    }

    pub(in crate::client) fn of(mut self, operation: &'static Operation, response: RawResponse) -> Self {
        self.operation = Some(operation);
        self.response = Some(Box::new(response));
        self
    }

    /// Returns the path in the body, such as `users[0].email`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The beginning of the body.
    fn beginning(&self) -> String {
        self.response.as_deref().map(RawResponse::beginning).unwrap_or_default()
    }

    /// Returns the response.
    pub fn response(&self) -> Option<&RawResponse> {
        self.response.as_deref()
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.operation {
            write!(f, "{}: ", operation.id)?;
        }
        write!(f, "the response does not match the document at `{}`: {}", self.path, self.message)?;
        match self.response.as_deref().and_then(RawResponse::other_media_type) {
            Some(media_type) => write!(f, " (`{media_type}`: {})", self.beginning()),
            None => Ok(()),
        }
    }
}

error_of_message!(DecodeError);
