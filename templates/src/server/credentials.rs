//! Stands in for the credentials that are generated for a document.

use http::request::Parts;

use super::models::operations::Requirement;
use super::runtime::ApiKey;

pub enum Credentials {
    Key(ApiKey),
    Token(ApiKey),
    Anonymous,
}

impl Credentials {
    pub(crate) fn read(alternative: &[Requirement], parts: &Parts) -> Option<Self> {
        let [only] = alternative else { return Some(Self::Anonymous) };
        match only.scheme {
            "key" => ApiKey::header(parts, "x-key").map(Self::Key),
            "token" => ApiKey::bearer(parts).map(Self::Token),
            _ => None,
        }
    }
}

pub(crate) const CHALLENGES: &[(&str, &str)] = &[("key", "ApiKey"), ("token", "Bearer")];
