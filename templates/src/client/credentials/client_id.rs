//! How a client authenticates with an authorization server.

use std::fmt;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::models::Base64;

/// The credentials of a client at an authorization server (RFC 6749 §2.3). `Debug` prints no secret.
#[derive(Clone)]
pub struct ClientId {
    id: String,
    secret: Option<String>,
    in_body: bool,
}

impl ClientId {
    /// Creates a client without a secret, such as an application that runs on the devices of its users.
    pub fn public(id: impl Into<String>) -> Self {
        Self { id: id.into(), secret: None, in_body: false }
    }

    /// Creates a client with a secret, which is sent as `Authorization: Basic`.
    pub fn confidential(id: impl Into<String>, secret: impl Into<String>) -> Self {
        Self { id: id.into(), secret: Some(secret.into()), in_body: false }
    }

    /// Sends the secret as a field of the body, for authorization servers that require it.
    #[must_use]
    pub fn secret_in_body(mut self) -> Self {
        self.in_body = true;
        self
    }

    /// Returns the identifier of the client.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns the `Authorization` header, if the client authenticates with it.
    pub(super) fn authorization(&self) -> Option<String> {
        let secret = self.secret.as_ref().filter(|_| !self.in_body)?;
        let encode = |text| utf8_percent_encode(text, NON_ALPHANUMERIC);
        let pair = format!("{}:{}", encode(&self.id), encode(secret));
        Some(format!("Basic {}", Base64::from(pair.as_bytes()).encode()))
    }

    /// Returns the fields of the body that identify the client.
    pub(super) fn fields(&self) -> Vec<(&str, &str)> {
        match &self.secret {
            Some(secret) if self.in_body => vec![("client_id", &self.id), ("client_secret", secret)],
            Some(_) => Vec::new(),
            None => vec![("client_id", &self.id)],
        }
    }
}

/// Prints no secret.
impl fmt::Debug for ClientId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let secret = self.secret.as_ref().map(|_| "[redacted]");
        f.debug_struct("ClientId").field("id", &self.id).field("secret", &secret).finish_non_exhaustive()
    }
}
