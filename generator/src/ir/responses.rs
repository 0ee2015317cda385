//! Responses and their headers.

use super::bodies::{Content, Media, are_several, choices};
use super::checks::Checks;
use super::docs::Docs;
use super::examples::Example;
use super::operations::Encoding;
use super::ty::Ty;
use crate::diag::Pointer;

/// A documented response (OpenAPI 3.0.3 §4.7.17).
#[derive(Clone, Debug)]
pub struct Response {
    /// Its place.
    pub at: Pointer,
    /// When it is sent.
    pub status: Status,
    /// Its documentation.
    pub docs: Docs,
    /// The media types that its body may have; empty if it has no body.
    pub contents: Vec<Content>,
    /// Documented headers.
    pub headers: Vec<Header>,
}

impl Response {
    /// The media types, grouped by the type that they are read into; the preferred ones come first. Events are none of them if the
    /// preferred ones are not sent piece by piece: clients ask for them in another way.
    pub fn choices(&self) -> Vec<Vec<&Content>> {
        choices(self.preferred())
    }

    fn preferred(&self) -> impl Iterator<Item = &Content> {
        let is_whole = self.contents.first().is_some_and(|content| !content.media.is_streamed());
        self.contents.iter().filter(move |content| !is_whole || !matches!(content.media, Media::Events(_)))
    }

    /// Its body, if that has one type and is one value: JSON, XML, or text of one media type. Others are bytes or streams, or come with
    /// their media type.
    pub fn value(&self) -> Option<&Content> {
        let choices = self.choices();
        let [only] = choices.as_slice() else { return None };
        let first = only.first()?;
        match first.media {
            Media::Json(_) | Media::Xml { .. } => Some(first),
            Media::Text(_) if only.len() == 1 && !first.is_range() => Some(first),
            _ => None,
        }
    }

    /// Whether its body has one of several types.
    pub fn is_choice(&self) -> bool {
        are_several(self.preferred())
    }
}

/// A documented response header (OpenAPI 3.0.3 §4.7.21).
#[derive(Clone, Debug)]
pub struct Header {
    /// Its place.
    pub at: Pointer,
    /// Its name on the wire.
    pub wire: String,
    /// Its type.
    pub ty: Ty,
    /// How it is encoded: in the style `simple`, or as JSON (`content: application/json`).
    pub encoding: Encoding,
    /// Whether the response always has it.
    pub required: bool,
    /// Its documentation.
    pub docs: Docs,
    /// The examples of the header, then that of its schema.
    pub examples: Vec<Example>,
    /// What its values must satisfy.
    pub checks: Checks,
}

/// When a response is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// One status code.
    Code(u16),
    /// A class such as `4XX`, by its first digit.
    Class(u8),
    /// Every status that is not documented.
    Default,
}

impl Status {
    /// Whether it means success.
    pub fn is_success(self) -> bool {
        matches!(self, Self::Code(200..=299) | Self::Class(2))
    }

    /// Whether it redirects the client (RFC 9110 §15.4); 304 does not.
    pub fn is_redirect(self) -> bool {
        matches!(self, Self::Code(300..=303 | 307 | 308) | Self::Class(3))
    }

    /// Whether it is a single status code.
    pub fn is_code(self) -> bool {
        matches!(self, Self::Code(_))
    }
}

/// Whether a status means success, given all documented statuses: redirects do if none of the others does.
pub fn is_success(status: Status, mut documented: impl Iterator<Item = Status>) -> bool {
    status.is_success() || (status.is_redirect() && !documented.any(Status::is_success))
}
