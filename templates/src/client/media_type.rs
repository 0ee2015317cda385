//! The media types of responses.

use http::HeaderMap;

use super::error::DecodeError;
use super::opened::Opened;
use super::response::RawResponse;
use crate::models::media_type::{self, MediaType};

/// The head of a response.
#[derive(Clone, Copy, Debug)]
pub struct Head<'r> {
    /// The status.
    pub status: u16,
    pub(super) headers: &'r HeaderMap,
}

impl Head<'_> {
    /// Returns which of the documented media types the body has, if it has one of them.
    pub fn one_of(&self, documented: &[&'static str]) -> Option<&'static str> {
        one_of(self.headers, documented)
    }
}

impl RawResponse {
    /// Returns the media type of the body as the server sent it; empty if it sent none.
    pub fn media_type(&self) -> &str {
        given(&self.headers)
    }

    /// Returns which of the documented media types the body has.
    ///
    /// Fails if it has none of them.
    pub fn one_of(&self, documented: &[&'static str]) -> Result<&'static str, DecodeError> {
        one_of(&self.headers, documented).ok_or_else(|| {
            let message = format!("the media type is `{}`; expected {}", self.media_type(), documented.join(", "));
            DecodeError::new(".".to_owned(), message)
        })
    }
}

impl Opened {
    /// Returns the media type of the body as the server sent it; empty if it sent none.
    pub fn media_type(&self) -> String {
        given(self.headers()).to_owned()
    }

    /// Returns which of the documented media types the body has, if it has one of them.
    pub fn one_of(&self, documented: &[&'static str]) -> Option<&'static str> {
        one_of(self.headers(), documented)
    }
}

fn given(headers: &HeaderMap) -> &str {
    headers.get(http::header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default().trim()
}

/// A body without a media type is taken for the first documented one, and JSON of any media type for documented JSON.
fn one_of(headers: &HeaderMap, documented: &[&'static str]) -> Option<&'static str> {
    let given = given(headers);
    if given.is_empty() {
        return documented.first().copied();
    }
    media_type::one_of(documented, given).or_else(|| {
        let is_json = |text: &str| MediaType::parse(text).is_some_and(|media_type| media_type.is_format("json"));
        let essence = given.split(';').next().unwrap_or_default();
        if is_json(given) && !documented.iter().any(|known| known.starts_with(essence)) {
            documented.iter().copied().find(|known| is_json(known))
        } else {
            None
        }
    })
}
