//! Tokens.

use std::fmt;
use std::time::Duration;

use serde_json::{Map, Value};

/// An access token with what came with it (RFC 6749 §5.1). `Debug` prints no token.
#[derive(Clone)]
pub struct Token {
    access_token: String,
    refresh_token: Option<String>,
    expires_in: Option<Duration>,
    scopes: Option<Vec<String>>,
    answer: Map<String, Value>,
}

impl Token {
    pub(super) fn read(answer: Map<String, Value>) -> Option<Self> {
        let text = |key: &str| answer.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
        // Some servers write the number as a text.
        let expires_in = answer.get("expires_in").and_then(|value| match value {
            Value::String(text) => text.parse().ok(),
            value => value.as_u64().or_else(|| value.as_f64().filter(|n| *n >= 0.0).map(whole)),
        });
        Some(Self {
            access_token: text("access_token")?.to_owned(),
            refresh_token: text("refresh_token").map(str::to_owned),
            expires_in: expires_in.map(Duration::from_secs),
            scopes: text("scope").map(|scopes| scopes.split_whitespace().map(str::to_owned).collect()),
            answer,
        })
    }

    /// The access token itself.
    pub fn access_token(&self) -> &str {
        &self.access_token
    }

    /// What yields the next access token, if there is one.
    pub fn refresh_token(&self) -> Option<&str> {
        self.refresh_token.as_deref()
    }

    /// How long the access token is good for from the moment it was given, if the server says so.
    pub fn expires_in(&self) -> Option<Duration> {
        self.expires_in
    }

    /// The scopes that were given, if the server says so; else they are those that were asked for.
    pub fn scopes(&self) -> Option<&[String]> {
        self.scopes.as_deref()
    }

    /// Another member of the answer, such as `id_token`.
    pub fn member(&self, key: &str) -> Option<&Value> {
        self.answer.get(key)
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn whole(seconds: f64) -> u64 {
    seconds as u64
}

/// Without the tokens.
impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Token");
        out.field("expires_in", &self.expires_in).field("scopes", &self.scopes).finish_non_exhaustive()
    }
}
