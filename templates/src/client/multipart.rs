//! `multipart/form-data` bodies (RFC 7578), with fields and files as parts.

use std::fmt::Write as _;

use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;

use super::arguments::Arguments;
use super::error::RequestError;
use super::payload::{Open, Payload};
use super::streams::{Segment, Segments};
use crate::models::FilePart;
use crate::models::files;
use crate::models::params::form::{self, Field};

impl Arguments {
    /// Sets a `multipart/form-data` body.
    pub fn multipart<T: Serialize + ?Sized>(&mut self, fields: &[Field], body: &T) {
        self.with(|request| {
            let parts = Parts::of(fields, body)?;
            let media_type = format!("multipart/form-data; boundary={}", parts.boundary);
            request.payload(&media_type, Payload::new(parts))
        });
    }
}

/// A part: its headers and its content.
struct Part {
    head: String,
    content: Content,
}

enum Content {
    Text(String),
    File(FilePart),
}

fn part(name: &str, field: Option<&Field>, value: Value, files: &[FilePart]) -> Result<Part, RequestError> {
    let name = quoted(name);
    if field.is_some_and(|field| field.file) {
        let file = value.as_u64().and_then(|position| files.get(usize::try_from(position).ok()?));
        let file = file.cloned().ok_or_else(|| RequestError::new(format!("field `{name}` is not a file"), None))?;
        let file_name = quoted(file.file_name.as_deref().unwrap_or("file"));
        let given = field.and_then(|field| field.media_type);
        let media_type = file.content_type.as_deref().or(given).unwrap_or("application/octet-stream");
        let media_type = one_line(media_type);
        let disposition = format!("Content-Disposition: form-data; name=\"{name}\"; filename=\"{file_name}\"");
        let head = format!("{disposition}\r\nContent-Type: {media_type}\r\n\r\n");
        return Ok(Part { head, content: Content::File(file) });
    }
    let (text, media_type) = form::part(field, value);
    let mut head = format!("Content-Disposition: form-data; name=\"{name}\"\r\n");
    if let Some(media_type) = media_type {
        let _ = write!(head, "Content-Type: {media_type}\r\n");
    }
    head.push_str("\r\n");
    Ok(Part { head, content: Content::Text(text) })
}

/// Escapes a text between quotes as browsers do (RFC 7578 §4.2, WHATWG HTML §4.10.21.8).
fn quoted(text: &str) -> String {
    text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

fn one_line(text: &str) -> String {
    text.replace(['\r', '\n'], " ")
}

/// Returns 128 random bits, which no content contains by chance.
fn boundary() -> String {
    format!("{:032x}", fastrand::u128(..))
}

struct Parts {
    boundary: String,
    list: Vec<Part>,
}

impl Parts {
    fn of<T: Serialize + ?Sized>(fields: &[Field], body: &T) -> Result<Self, RequestError> {
        let (entries, files) = files::set_aside(|| form::entries(fields, body));
        let mut parts = Self { boundary: boundary(), list: Vec::new() };
        for (name, value) in entries? {
            let field = form::find(fields, &name);
            let values = match value {
                Value::Array(items) if field.is_none_or(Field::repeats) => items,
                other => vec![other],
            };
            for value in values {
                parts.list.push(part(&name, field, value, &files)?);
            }
        }
        Ok(parts)
    }
}

impl Open for Parts {
    fn open(&self) -> Result<reqwest::Body, RequestError> {
        let memory = |text: String| Segment::Memory(text.into());
        let mut segments = Vec::new();
        for part in &self.list {
            segments.push(memory(format!("--{}\r\n{}", self.boundary, part.head)));
            segments.push(match &part.content {
                Content::Text(text) => memory(text.clone()),
                Content::File(file) => match (file.bytes(), file.path()) {
                    (None, Some(path)) => Segment::open(path)?,
                    (bytes, _) => Segment::Memory(bytes.cloned().unwrap_or_default()),
                },
            });
            segments.push(Segment::Memory(Bytes::from_static(b"\r\n")));
        }
        segments.push(memory(format!("--{}--\r\n", self.boundary)));
        Ok(reqwest::Body::wrap(Segments::from_iter(segments)))
    }
}
