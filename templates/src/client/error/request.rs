//! Errors of building a request.

use std::fmt;

use crate::client::BoxError;

/// The error of a request that cannot be built, for example because of an invalid header or path parameter, or because
/// the credential provider failed.
pub struct RequestError {
    message: String,
    source: Option<BoxError>,
}

impl RequestError {
    /// Creates an error with a message and its cause.
    pub fn new(message: impl Into<String>, source: Option<BoxError>) -> Self {
        Self { message: message.into(), source }
    }

    /// Returns the cause, which the message contains already.
    pub fn cause(&self) -> Option<&BoxError> {
        self.source.as_ref()
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.source {
            Some(source) => write!(f, "{}: {source}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

error_of_message!(RequestError);
