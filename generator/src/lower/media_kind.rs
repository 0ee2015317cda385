//! How a body is read and written, by its media type.

use super::lowering::Lowering;
use crate::diag::Pointer;
use crate::ir::{essence, parameters, subtype};
use crate::spec::Node;

/// Whether a body belongs to a request or to a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BodySide {
    Request,
    Response,
}

/// How bodies of a media type are read and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MediaKind {
    Json,
    Xml,
    Form,
    Multipart,
    Text,
    Bytes,
    Stream,
    Events,
    Lines,
}

impl MediaKind {
    /// The kind of a media type (RFC 6838, RFC 6839 for `+json`); that of `*/*` and `application/*` depends on the schema.
    pub fn of(cx: &Lowering<'_, '_>, media_type: &str, schema: Option<&Pointer>, side: BodySide) -> Self {
        let essence = essence(media_type);
        let binary = || schema.and_then(|at| cx.spec.node(at)).is_some_and(|node| node.str("format") == Some("binary"));
        // `type: file` of Swagger 2.0 means the content itself, whatever its media type is.
        let file = || schema.and_then(|at| cx.spec.node(at)).is_some_and(|node| node.str("type") == Some("file"));
        match essence.as_str() {
            _ if side == BodySide::Response && file() => Self::Stream,
            lines if side == BodySide::Response && is_lines(lines) => Self::Lines,
            "*/*" if binary() => Self::Stream,
            "*/*" => Self::Json,
            "application/*" if schema.is_some() && !binary() => Self::Json,
            json if is_json(json) => Self::Json,
            "multipart/form-data" if side == BodySide::Request => Self::Multipart,
            "application/x-www-form-urlencoded" if side == BodySide::Request => Self::Form,
            "application/octet-stream"
            | "application/zip"
            | "application/gzip"
            | "application/pdf"
            | "application/x-tar" => Self::Stream,
            "text/event-stream" if side == BodySide::Response => Self::Events,
            "application/xml" | "text/xml" => Self::Xml,
            text if Self::is_text(text) => Self::Text,
            media if ["image/", "audio/", "video/", "font/"].iter().any(|kind| media.starts_with(kind)) => Self::Stream,
            xml if xml.ends_with("+xml") => Self::Xml,
            _ if binary() => Self::Stream,
            _ => Self::Bytes,
        }
    }

    /// Whether a media type is text, unless another kind is told by its name.
    pub fn is_text(essence: &str) -> bool {
        essence.starts_with("text/") && !is_json(essence)
    }

    /// A word that tells bodies of this kind from others.
    pub fn word(self, media_type: &str) -> String {
        match self {
            Self::Xml => "xml".to_owned(),
            Self::Form => "form".to_owned(),
            Self::Multipart => "multipart".to_owned(),
            Self::Events => "event".to_owned(),
            Self::Lines => "line".to_owned(),
            Self::Json | Self::Text | Self::Bytes | Self::Stream => {
                format!("{} {}", subtype(media_type), parameters(media_type)).trim_end().to_owned()
            }
        }
    }
}

/// Whether a media type is `multipart/form-data` (RFC 7578).
pub(super) fn is_multipart_form(media_type: &str) -> bool {
    essence(media_type) == "multipart/form-data"
}

/// Whether a media type is JSON (RFC 6839 §3.1).
pub(super) fn is_json(essence: &str) -> bool {
    matches!(essence, "application/json" | "text/json") || essence.ends_with("+json")
}

/// Whether the value of a parameter or a header is JSON, because its `content` says so.
pub(super) fn is_json_content(node: &Node<'_>) -> bool {
    node.entries("content").next().is_some_and(|(media_type, _)| {
        let essence = essence(media_type);
        is_json(&essence) || essence == "*/*"
    })
}

/// Whether a media type is a sequence of JSON values.
fn is_lines(essence: &str) -> bool {
    const NAMES: [&str; 4] = ["ndjson", "jsonl", "jsonlines", "json-lines"];
    let Some(name) = essence.strip_prefix("application/").or_else(|| essence.strip_prefix("text/")) else {
        return false;
    };
    let name = name.strip_prefix("x-").unwrap_or(name);
    NAMES.contains(&name) || name == "json-seq" || name.ends_with("+json-seq") || name == "stream+json"
}
