//! Errors of grants.

use std::fmt;

use crate::client::BoxError;

/// The error of a grant that yields no token. It never contains a secret.
#[derive(Debug)]
pub struct TokenError {
    message: String,
    code: Option<String>,
    source: Option<BoxError>,
}

impl TokenError {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), code: None, source: None }
    }

    pub(super) fn because(message: impl Into<String>, source: impl Into<BoxError>) -> Self {
        Self { message: message.into(), code: None, source: Some(source.into()) }
    }

    pub(super) fn refused(status: u16, code: Option<String>, description: Option<&str>) -> Self {
        let mut message = format!("the authorization server responded with {status}");
        for text in code.as_deref().into_iter().chain(description) {
            message.push_str(": ");
            message.push_str(text);
        }
        Self { message, code, source: None }
    }

    /// Returns the error code of the authorization server, such as `invalid_grant` (RFC 6749 §5.2).
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.source {
            Some(source) => write!(f, "{}: {source}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for TokenError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|source| &**source as _)
    }
}
