//! Errors of creating a client.

use std::fmt;

use crate::client::BoxError;

/// The error of settings from which no client can be created.
pub struct BuildError {
    message: String,
    source: Option<BoxError>,
}

impl BuildError {
    pub(in crate::client) fn new(message: impl Into<String>, source: Option<BoxError>) -> Self {
        Self { message: message.into(), source }
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.source {
            Some(source) => write!(f, "{}: {source}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

error_of_message!(BuildError);
