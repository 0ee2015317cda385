//! Values reduced to strings, and back again.

mod decode;
mod encode;
mod scalar;

use std::borrow::Cow;

pub(super) use decode::decode;
pub(super) use encode::{encode, encode_nested, encode_spread, entries};
pub(super) use scalar::decode_text;

/// A value reduced to strings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parts {
    /// No value.
    Null,
    /// One string.
    Text(String),
    /// Received JSON, because its sender or the document says so. It is its text for types that are strings. Values that are
    /// written have no such part.
    Json(serde_json::Value),
    /// An array.
    List(Vec<Parts>),
    /// An object; its entries keep their order.
    Object(Vec<(String, Parts)>),
}

impl Parts {
    /// Returns the string; empty for anything else, because arrays and objects inside another one are JSON already.
    pub(in crate::models::params) fn text(&self) -> &str {
        if let Self::Text(text) | Self::Json(serde_json::Value::String(text)) = self { text } else { "" }
    }
}

impl<'t> From<Cow<'t, str>> for Parts {
    fn from(text: Cow<'t, str>) -> Self {
        Self::Text(text.into_owned())
    }
}
