//! `multipart/form-data` bodies (RFC 7578), with fields and files as parts.

use std::borrow::Cow;

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

/// A body: what is between files is one piece.
struct Parts {
    boundary: String,
    pieces: Vec<Piece>,
}

enum Piece {
    Text(Bytes),
    File(FilePart),
}

impl Parts {
    fn of<T: Serialize + ?Sized>(fields: &[Field], body: &T) -> Result<Self, RequestError> {
        let (entries, files) = files::set_aside(|| form::entries(fields, body));
        let mut writer = Writer { boundary: boundary(), text: String::with_capacity(TEXT), pieces: Vec::new() };
        for (name, value) in entries? {
            let field = form::find(fields, &name);
            match value {
                Value::Array(items) if field.is_none_or(Field::repeats) => {
                    items.into_iter().try_for_each(|item| writer.part(&name, field, item, &files))?;
                }
                value => writer.part(&name, field, value, &files)?,
            }
        }
        Ok(writer.finish())
    }
}

/// The space for the first texts, before it is known how much they need, in bytes.
const TEXT: usize = 512;

/// Writes parts one after the other.
struct Writer {
    boundary: String,
    /// What has been written since the last file.
    text: String,
    pieces: Vec<Piece>,
}

impl Writer {
    fn part(
        &mut self,
        name: &str,
        field: Option<&Field>,
        value: Value,
        files: &[FilePart],
    ) -> Result<(), RequestError> {
        self.start();
        self.push(&["\r\nContent-Disposition: form-data; name=\"", &quoted(name), "\""]);
        if field.is_some_and(|field| field.file) {
            return self.file(name, field, &value, files);
        }
        let (text, media_type) = form::part(field, value);
        if let Some(media_type) = media_type {
            self.push(&["\r\nContent-Type: ", media_type]);
        }
        self.push(&["\r\n\r\n", &text, "\r\n"]);
        Ok(())
    }

    fn file(
        &mut self,
        name: &str,
        field: Option<&Field>,
        value: &Value,
        files: &[FilePart],
    ) -> Result<(), RequestError> {
        let file = value.as_u64().and_then(|position| files.get(usize::try_from(position).ok()?));
        let file = file.ok_or_else(|| RequestError::new(format!("field `{name}` is not a file"), None))?;
        let file_name = quoted(file.file_name.as_deref().unwrap_or("file"));
        let given = field.and_then(|field| field.media_type);
        let media_type = one_line(file.content_type.as_deref().or(given).unwrap_or("application/octet-stream"));
        self.push(&["; filename=\"", &file_name, "\"\r\nContent-Type: ", &media_type, "\r\n\r\n"]);
        self.pieces.push(Piece::Text(std::mem::take(&mut self.text).into()));
        self.pieces.push(Piece::File(file.clone()));
        self.text.push_str("\r\n");
        Ok(())
    }

    /// Writes the boundary.
    fn start(&mut self) {
        self.text.push_str("--");
        self.text.push_str(&self.boundary);
    }

    fn push(&mut self, texts: &[&str]) {
        for text in texts {
            self.text.push_str(text);
        }
    }

    fn finish(mut self) -> Parts {
        self.start();
        self.push(&["--\r\n"]);
        self.pieces.push(Piece::Text(self.text.into()));
        Parts { boundary: self.boundary, pieces: self.pieces }
    }
}

/// Escapes a text between quotes as browsers do (RFC 7578 §4.2, WHATWG HTML §4.10.21.8).
fn quoted(text: &str) -> Cow<'_, str> {
    if text.contains(['"', '\r', '\n']) {
        Cow::Owned(text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A"))
    } else {
        Cow::Borrowed(text)
    }
}

fn one_line(text: &str) -> Cow<'_, str> {
    if text.contains(['\r', '\n']) { Cow::Owned(text.replace(['\r', '\n'], " ")) } else { Cow::Borrowed(text) }
}

/// Returns 128 random bits, which no content contains by chance.
fn boundary() -> String {
    format!("{:032x}", fastrand::u128(..))
}

impl Open for Parts {
    fn open(&self) -> Result<reqwest::Body, RequestError> {
        let open = |piece: &Piece| match piece {
            Piece::Text(text) => Ok(Segment::Memory(text.clone())),
            Piece::File(file) => match (file.bytes(), file.path()) {
                (None, Some(path)) => Segment::open(path),
                (bytes, _) => Ok(Segment::Memory(bytes.cloned().unwrap_or_default())),
            },
        };
        let segments = self.pieces.iter().map(open).collect::<Result<Vec<_>, _>>()?;
        Ok(reqwest::Body::wrap(Segments::from_iter(segments)))
    }
}
