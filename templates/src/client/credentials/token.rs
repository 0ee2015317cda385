//! Access tokens.

use std::fmt;
use std::time::Duration;

use serde_json::{Map, Value};

/// The response to a token request (RFC 6749 §5.1). `Debug` prints no token.
#[derive(Clone)]
pub struct Token {
    access: String,
    refresh: Option<String>,
    expires_in: Option<Duration>,
    scopes: Option<Vec<String>>,
    members: Map<String, Value>,
}

impl Token {
    pub(super) fn read(members: Map<String, Value>) -> Option<Self> {
        let text = |key: &str| members.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
        // Some servers write the number as a string.
        let expires_in = members.get("expires_in").and_then(|value| match value {
            Value::String(text) => text.parse().ok(),
            value => value.as_u64().or_else(|| value.as_f64().filter(|n| *n >= 0.0).map(whole)),
        });
        Some(Self {
            access: text("access_token")?.to_owned(),
            refresh: text("refresh_token").map(str::to_owned),
            expires_in: expires_in.map(Duration::from_secs),
            scopes: text("scope").map(|scopes| scopes.split_whitespace().map(str::to_owned).collect()),
            members,
        })
    }

    /// Returns the access token.
    pub fn access_token(&self) -> &str {
        &self.access
    }

    /// Returns the refresh token, if there is one.
    pub fn refresh_token(&self) -> Option<&str> {
        self.refresh.as_deref()
    }

    /// Returns the lifetime of the access token, if the server states it.
    pub fn expires_in(&self) -> Option<Duration> {
        self.expires_in
    }

    /// Returns the granted scopes, if the server states them; otherwise they are the requested ones.
    pub fn scopes(&self) -> Option<&[String]> {
        self.scopes.as_deref()
    }

    /// Returns another member of the response, such as `id_token`.
    pub fn member(&self, key: &str) -> Option<&Value> {
        self.members.get(key)
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn whole(seconds: f64) -> u64 {
    seconds as u64
}

/// Prints no token.
impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Token");
        out.field("expires_in", &self.expires_in).field("scopes", &self.scopes).finish_non_exhaustive()
    }
}
