//! `multipart/form-data` bodies (RFC 7578), with fields and files as parts. Large files are written to disk.

use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use serde::de::DeserializeOwned;
use tokio::io::AsyncWriteExt as _;

use crate::models::FilePart;
use crate::models::files;
use crate::models::params::Parts;
use crate::models::params::form::{self, Entries, Field};
use crate::models::strict;
use crate::server::limits::Limits;
use crate::server::paced::{Interrupted, Paced};
use crate::server::{Failure, Incoming, Rejection};

/// Larger files are written to disk, in bytes.
const MEMORY: usize = 64 << 10;

impl Incoming {
    /// Reads a `multipart/form-data` body. Violations are collected.
    ///
    /// Fails if the media type is another one, or the body or a part of it exceeds a limit.
    pub async fn multipart<T: DeserializeOwned>(&mut self, fields: &'static [Field]) -> Result<Option<T>, Failure> {
        let Some(boundary) = self.boundary() else {
            return Err(Rejection::UnsupportedMediaType { expected: "multipart/form-data" }.into());
        };
        let body = Paced::new(self.stream(), &self.head.limits);
        let gauge = body.gauge();
        let mut parts = multer::Multipart::new(body, boundary);
        let mut budget = Budget::new(&self.head.limits);
        let mut entries = Entries::default();
        let mut files = Vec::new();
        loop {
            gauge.start_headers();
            let part = match parts.next_field().await {
                Ok(Some(part)) => part,
                Ok(None) => break,
                Err(error) => return self.malformed(error).map(|Malformed| None),
            };
            gauge.start_content();
            budget.part()?;
            let name = part.name().unwrap_or_default().to_owned();
            let field = form::find(fields, &name);
            let list = field.is_some_and(Field::is_item);
            let value = if field.is_some_and(|field| field.file) {
                let Some(file) = self.file(part, &mut budget).await? else { return Ok(None) };
                files.push(file);
                Parts::Text((files.len() - 1).to_string())
            } else {
                let media_type = part.content_type().map(|media_type| media_type.essence_str().to_owned());
                let Some(text) = self.text_of(part, &mut budget).await? else { return Ok(None) };
                form::read_part(field, text, &media_type.unwrap_or_default())
            };
            entries.add(name, value, list);
        }
        let read = || strict(|| serde_path_to_error::deserialize(entries.into_parts()));
        Ok(self.decoded(files::with_files(files, read)))
    }

    fn boundary(&self) -> Option<String> {
        let value = self.info().headers.get(http::header::CONTENT_TYPE)?;
        multer::parse_boundary(value.to_str().ok()?).ok()
    }

    /// Collects the violation of a malformed body.
    ///
    /// Fails if the body cannot be read, or exceeds a limit.
    fn malformed(&mut self, error: multer::Error) -> Result<Malformed, Failure> {
        match error {
            multer::Error::StreamReadFailed(error) => Err(match error.downcast::<Interrupted>() {
                Ok(interrupted) => interrupted.into_failure(),
                Err(_) => Rejection::BodyInterrupted.into(),
            }),
            error => {
                self.violation::<()>("#".to_owned(), &error);
                Ok(Malformed)
            }
        }
    }

    /// Reads the next piece of a part.
    async fn piece(&mut self, part: &mut multer::Field<'_>) -> Result<Piece, Failure> {
        match part.chunk().await {
            Ok(Some(piece)) => Ok(Piece::Bytes(piece)),
            Ok(None) => Ok(Piece::End),
            Err(error) => self.malformed(error).map(|Malformed| Piece::Malformed),
        }
    }

    async fn text_of(&mut self, mut part: multer::Field<'_>, budget: &mut Budget) -> Result<Option<String>, Failure> {
        let mut text = Vec::new();
        loop {
            match self.piece(&mut part).await? {
                Piece::Bytes(piece) => {
                    budget.text(piece.len())?;
                    text.extend_from_slice(&piece);
                }
                Piece::End => break,
                Piece::Malformed => return Ok(None),
            }
        }
        let name = part.name().unwrap_or_default();
        String::from_utf8(text).map(Some).or_else(|error| Ok(self.violation(format!("#/{name}"), &error.utf8_error())))
    }

    async fn file(&mut self, mut part: multer::Field<'_>, budget: &mut Budget) -> Result<Option<FilePart>, Failure> {
        let (file_name, content_type) =
            (part.file_name().map(str::to_owned), part.content_type().map(ToString::to_string));
        let mut spool = Spool::Memory(BytesMut::new());
        loop {
            match self.piece(&mut part).await? {
                Piece::Bytes(piece) => {
                    budget.file(piece.len())?;
                    spool = spool.add(&piece).await.map_err(internal)?;
                }
                Piece::End => break,
                Piece::Malformed => return Ok(None),
            }
        }
        let mut file = spool.finish().await.map_err(internal)?;
        (file.file_name, file.content_type) = (file_name, content_type);
        Ok(Some(file))
    }
}

/// The body is malformed; the violation has been collected.
struct Malformed;

/// A piece of a part.
enum Piece {
    Bytes(Bytes),
    End,
    Malformed,
}

fn internal(error: std::io::Error) -> Failure {
    Failure::Internal(error.into())
}

/// How much can still be received.
struct Budget {
    limits: Limits,
    parts: usize,
    text: usize,
    file: u64,
}

impl Budget {
    fn new(limits: &Limits) -> Self {
        Self { limits: *limits, parts: limits.parts, text: limits.body, file: limits.upload }
    }

    fn part(&mut self) -> Result<(), Failure> {
        self.parts = self.parts.checked_sub(1).ok_or(Rejection::TooManyParts(self.limits.parts))?;
        Ok(())
    }

    fn text(&mut self, size: usize) -> Result<(), Failure> {
        let too_large = Rejection::BodyTooLarge(self.limits.body as u64);
        self.text = self.text.checked_sub(size).ok_or(too_large)?;
        Ok(())
    }

    fn file(&mut self, size: usize) -> Result<(), Failure> {
        self.file = self.file.checked_sub(size as u64).ok_or(Rejection::BodyTooLarge(self.limits.upload))?;
        Ok(())
    }
}

/// A file that is being received.
enum Spool {
    Memory(BytesMut),
    Disk(tokio::fs::File, tempfile::TempPath),
}

impl Spool {
    async fn add(self, piece: &[u8]) -> std::io::Result<Self> {
        let (mut file, path) = match self {
            Self::Memory(mut bytes) if bytes.len() + piece.len() <= MEMORY => {
                // There is room for all pieces after the first, so that they are not copied when it grows.
                if !bytes.is_empty() {
                    bytes.reserve(MEMORY - bytes.len());
                }
                bytes.extend_from_slice(piece);
                return Ok(Self::Memory(bytes));
            }
            Self::Memory(bytes) => {
                let (file, path) = tempfile::NamedTempFile::new()?.into_parts();
                let mut file = tokio::fs::File::from_std(file);
                file.write_all(&bytes).await?;
                (file, path)
            }
            Self::Disk(file, path) => (file, path),
        };
        file.write_all(piece).await?;
        Ok(Self::Disk(file, path))
    }

    async fn finish(self) -> std::io::Result<FilePart> {
        match self {
            // Frees the unused room, because the file may be kept for long.
            Self::Memory(bytes) if bytes.len() < bytes.capacity() / 2 => {
                Ok(FilePart::new(Bytes::copy_from_slice(&bytes)))
            }
            Self::Memory(bytes) => Ok(FilePart::new(bytes.freeze())),
            Self::Disk(mut file, path) => {
                file.flush().await?;
                Ok(FilePart::kept(path.to_path_buf(), Arc::new(path)))
            }
        }
    }
}
