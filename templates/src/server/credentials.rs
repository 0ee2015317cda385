//! Stands in for the credentials that are generated for a document.

use http::request::Parts;

use super::models::operations::{Operation, Requirement};
use super::runtime::ApiKey;

pub enum Credentials {
    Key(ApiKey),
    Anonymous,
}

impl Credentials {
    pub(crate) fn read(alternative: &[Requirement], parts: &Parts) -> Option<Self> {
        let [only] = alternative else { return Some(Self::Anonymous) };
        if only.scheme == "key" { ApiKey::header(parts, "x-key").map(Self::Key) } else { None }
    }
}

pub(crate) fn challenge(_operation: &Operation) -> String {
    "ApiKey".to_owned()
}
