//! Bodies of requests and responses.

use std::collections::BTreeMap;

use super::checks::Checks;
use super::docs::Docs;
use super::examples::Example;
use super::operations::Style;
use super::scalar::Scalar;
use super::ty::Ty;
use super::xml::XmlElement;
use crate::diag::Pointer;

/// A request body (OpenAPI 3.0.3 §4.7.13).
#[derive(Clone, Debug)]
pub struct Body {
    /// Whether it must be there.
    pub required: bool,
    /// Its documentation.
    pub docs: Docs,
    /// The media types that it may have.
    pub contents: Vec<Content>,
}

impl Body {
    /// The media types, grouped by the type that they are read into; the preferred ones come first.
    pub fn choices(&self) -> Vec<Vec<&Content>> {
        choices(self.contents.iter())
    }

    /// Whether it has one of several types.
    pub fn is_choice(&self) -> bool {
        are_several(self.contents.iter())
    }
}

/// Media types, grouped by the type that they are read into, in order.
pub(super) fn choices<'c>(contents: impl Iterator<Item = &'c Content>) -> Vec<Vec<&'c Content>> {
    let mut choices: Vec<Vec<&Content>> = Vec::new();
    // A body may have thousands of types; those that may be plain text are few.
    let (mut known, mut others): (BTreeMap<(&Ty, &str), usize>, Vec<usize>) = Default::default();
    for content in contents {
        let key = match content.media.ty() {
            None | Some(Ty::Scalar(_)) => None,
            Some(ty) => Some((ty, if content.media.is_streamed() { content.media.format_name() } else { "" })),
        };
        let is_read_alike = |index: &usize| {
            let first = choices.get(*index).and_then(|choice| choice.first());
            first.is_some_and(|first| first.is_read_as(content))
        };
        let found = match key {
            Some(key) => known.get(&key).copied(),
            None => others.iter().copied().find(is_read_alike),
        };
        if let Some(choice) = found.and_then(|index| choices.get_mut(index)) {
            choice.push(content);
            continue;
        }
        match key {
            Some(key) => drop(known.insert(key, choices.len())),
            None => others.push(choices.len()),
        }
        choices.push(vec![content]);
    }
    choices
}

/// Whether media types are read into several types.
pub(super) fn are_several<'c>(mut contents: impl Iterator<Item = &'c Content>) -> bool {
    contents.next().is_some_and(|first| contents.any(|content| !first.is_read_as(content)))
}

/// A body of one media type (OpenAPI 3.0.3 §4.7.14).
#[derive(Clone, Debug)]
pub struct Content {
    /// Its place.
    pub at: Pointer,
    /// The media type, as the document writes it.
    pub media_type: String,
    /// How it is read and written.
    pub media: Media,
    /// Examples that match the type; the one that `x-microcks-default` marks comes first.
    pub examples: Vec<Example>,
    /// What its value must satisfy.
    pub checks: Checks,
}

impl Content {
    /// The subtype of the media type: `merge-patch` of `application/merge-patch+json`.
    pub fn subtype(&self) -> &str {
        subtype(&self.media_type)
    }

    /// The media type without parameters, in lower case.
    pub fn essence(&self) -> String {
        essence(&self.media_type)
    }

    /// Whether this body and another one are read into the same type. Text of any kind, such as CSV, is no JSON string.
    fn is_read_as(&self, other: &Self) -> bool {
        let is_raw = |content: &Self| matches!(content.media, Media::Bytes | Media::Stream);
        let is_text = |content: &Self| content.media.is_plain_text();
        let is_other_text = |content: &Self| is_text(content) && content.essence() != "text/plain";
        match (self.media.ty(), other.media.ty()) {
            _ if self.media.is_streamed() != other.media.is_streamed() => is_raw(self) && is_raw(other),
            (None, None) => is_raw(self) == is_raw(other),
            _ if is_text(self) != is_text(other) && (is_other_text(self) || is_other_text(other)) => false,
            (Some(ty), Some(other_ty)) => {
                let events = |content: &Self| matches!(content.media, Media::Events(_));
                ty == other_ty && events(self) == events(other)
            }
            _ => false,
        }
    }

    /// Whether the media type is a range, such as `image/*`.
    pub fn is_range(&self) -> bool {
        self.media_type.contains('*')
    }
}

/// A media type without parameters, in lower case.
pub fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// The subtype of a media type, without its suffix (RFC 6838 §4.2.8).
pub fn subtype(media_type: &str) -> &str {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let subtype = essence.split_once('/').map_or(essence, |(_, subtype)| subtype);
    subtype.split_once('+').map_or(subtype, |(subtype, _)| subtype)
}

/// The parameters of a media type, without that of the encoding, which distinguishes no media types.
pub fn parameters(media_type: &str) -> String {
    let parameters = media_type.split(';').skip(1).map(str::trim);
    let distinguishes = |parameter: &&str| !parameter.to_ascii_lowercase().starts_with("charset");
    parameters.filter(distinguishes).collect::<Vec<_>>().join(" ")
}

/// How a body is read and written.
#[derive(Clone, Debug, PartialEq)]
pub enum Media {
    /// JSON of a type.
    Json(Ty),
    /// `application/x-www-form-urlencoded`: fields as in a query.
    Form(Form),
    /// `multipart/form-data` (RFC 7578): fields as parts, files among them.
    Multipart(Form),
    /// XML of a type.
    Xml {
        /// The type.
        ty: Ty,
        /// The root element.
        element: XmlElement,
    },
    /// Text of a type whose values are single texts.
    Text(Ty),
    /// Bytes without further meaning.
    Bytes,
    /// Bytes that are streamed, because there may be too many to hold in memory.
    Stream,
    /// `text/event-stream` (WHATWG HTML §9.2): events whose data is JSON of a type, or text if that is a string.
    Events(Ty),
    /// JSON values of a type one after the other: NDJSON, JSON Lines, RFC 7464.
    Lines(Ty),
}

impl Media {
    /// Whether it is sent piece by piece.
    pub fn is_streamed(&self) -> bool {
        matches!(self, Self::Stream | Self::Events(_) | Self::Lines(_))
    }

    /// Whether it is text of any kind, rather than of a type of its own.
    pub fn is_plain_text(&self) -> bool {
        matches!(self, Self::Text(Ty::Scalar(Scalar::String)))
    }

    /// The name of the format, for names of variants.
    pub fn format_name(&self) -> &'static str {
        match self {
            Self::Json(_) => "json",
            Self::Xml { .. } => "xml",
            Self::Form(_) => "form",
            Self::Multipart(_) => "multipart",
            Self::Text(_) => "text",
            Self::Bytes | Self::Stream => "bytes",
            Self::Events(_) => "events",
            Self::Lines(_) => "lines",
        }
    }

    /// The type of a body that is one value, as JSON or XML.
    pub fn value(&self) -> Option<&Ty> {
        if let Self::Json(ty) | Self::Xml { ty, .. } = self { Some(ty) } else { None }
    }

    /// The root element of a body that is XML.
    pub fn xml_element(&self) -> Option<&XmlElement> {
        if let Self::Xml { element, .. } = self { Some(element) } else { None }
    }

    /// The type of a body that has a schema.
    pub fn ty(&self) -> Option<&Ty> {
        match self {
            Self::Json(ty) | Self::Xml { ty, .. } | Self::Text(ty) | Self::Events(ty) | Self::Lines(ty) => Some(ty),
            Self::Form(form) | Self::Multipart(form) => Some(&form.ty),
            Self::Bytes | Self::Stream => None,
        }
    }

    /// The type of a body that has a schema, to change it.
    pub fn ty_mut(&mut self) -> Option<&mut Ty> {
        match self {
            Self::Json(ty) | Self::Xml { ty, .. } | Self::Text(ty) | Self::Events(ty) | Self::Lines(ty) => Some(ty),
            Self::Form(form) | Self::Multipart(form) => Some(&mut form.ty),
            Self::Bytes | Self::Stream => None,
        }
    }
}

/// A body of fields.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// The type whose properties are the fields.
    pub ty: Ty,
    /// How fields are encoded, by their names, as far as the document says.
    pub encodings: BTreeMap<String, FieldEncoding>,
}

/// How a field of a form is encoded (OpenAPI 3.0.3 §4.7.15).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldEncoding {
    /// The style, if the document names one.
    pub style: Option<Style>,
    /// Whether arrays and objects become several fields, if the document says so.
    pub explode: Option<bool>,
    /// Whether reserved characters are not escaped.
    pub allow_reserved: bool,
    /// The media type of the field, if the document names one.
    pub media_type: Option<String>,
    /// The headers of the part beside those of every part.
    pub headers: Vec<PartHeader>,
}

/// A header of a part of a multipart body. It is documented, but neither sent nor read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartHeader {
    /// Its name.
    pub wire: String,
    /// Whether the part always has it.
    pub required: bool,
}
