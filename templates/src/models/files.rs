//! Files in forms.

use std::any::Any;
use std::cell::RefCell;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use serde::de::{Deserialize, Deserializer, Error as _, Visitor};
use serde::ser::{Error as _, Serialize, Serializer};

/// A file of a form: its content, name and media type.
///
/// The content is in memory or on disk; a file on disk is read when it is sent. On a server, a received file is deleted
/// when its last clone is dropped.
#[derive(Clone)]
pub struct FilePart {
    /// The name that the sender gave it. A server must not use it as a path.
    pub file_name: Option<String>,
    /// The media type, if it is known.
    pub content_type: Option<String>,
    content: Content,
}

#[derive(Clone)]
enum Content {
    Memory(Bytes),
    Disk { path: PathBuf, _keep: Option<Arc<dyn Any + Send + Sync>> },
}

impl FilePart {
    /// Creates a file from bytes in memory.
    pub fn new(content: impl Into<Bytes>) -> Self {
        Self { file_name: None, content_type: None, content: Content::Memory(content.into()) }
    }

    /// Creates a file from a path; its name is the last component. The file is read when it is sent.
    pub fn from_path(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let file_name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        Self { file_name, content_type: None, content: Content::Disk { path, _keep: None } }
    }

    /// Creates a file from a path that exists as long as `keep` is not dropped.
    #[doc(hidden)]
    pub fn kept(path: PathBuf, keep: Arc<dyn Any + Send + Sync>) -> Self {
        Self { file_name: None, content_type: None, content: Content::Disk { path, _keep: Some(keep) } }
    }

    /// Sets the name.
    #[must_use]
    pub fn with_file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Sets the media type.
    #[must_use]
    pub fn with_content_type(mut self, media_type: impl Into<String>) -> Self {
        self.content_type = Some(media_type.into());
        self
    }

    /// Returns the size in bytes.
    ///
    /// Fails if the file on disk cannot be found.
    pub fn size(&self) -> io::Result<u64> {
        match &self.content {
            Content::Memory(bytes) => Ok(bytes.len() as u64),
            Content::Disk { path, .. } => Ok(std::fs::metadata(path)?.len()),
        }
    }

    /// Returns the content if it is in memory.
    pub fn bytes(&self) -> Option<&Bytes> {
        if let Content::Memory(bytes) = &self.content { Some(bytes) } else { None }
    }

    /// Returns the path if the content is on disk.
    pub fn path(&self) -> Option<&Path> {
        if let Content::Disk { path, .. } = &self.content { Some(path) } else { None }
    }

    /// Returns the whole content. Blocks while it is read from disk.
    ///
    /// Fails if the file on disk cannot be read.
    pub fn read(&self) -> io::Result<Bytes> {
        match &self.content {
            Content::Memory(bytes) => Ok(bytes.clone()),
            Content::Disk { path, .. } => Ok(std::fs::read(path)?.into()),
        }
    }
}

impl<T: Into<Bytes>> From<T> for FilePart {
    fn from(content: T) -> Self {
        Self::new(content)
    }
}

impl PartialEq for FilePart {
    fn eq(&self, other: &Self) -> bool {
        let same_head = self.file_name == other.file_name && self.content_type == other.content_type;
        same_head
            && match (&self.content, &other.content) {
                (Content::Memory(a), Content::Memory(b)) => a == b,
                (Content::Disk { path: a, .. }, Content::Disk { path: b, .. }) => a == b,
                _ => false,
            }
    }
}

impl fmt::Debug for FilePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("FilePart");
        out.field("file_name", &self.file_name).field("content_type", &self.content_type);
        match &self.content {
            Content::Memory(bytes) => out.field("bytes", &bytes.len()),
            Content::Disk { path, .. } => out.field("path", path),
        };
        out.finish()
    }
}

thread_local! {
    /// The files of the form that this thread is writing or reading. The form itself holds their indexes.
    static FILES: RefCell<Option<Vec<FilePart>>> = const { RefCell::new(None) };
}

/// Runs `work` with a list of files set aside; returns its result and the list afterwards.
fn aside<T>(files: Vec<FilePart>, work: impl FnOnce() -> T) -> (T, Vec<FilePart>) {
    struct Restore(Option<Vec<FilePart>>);
    impl Drop for Restore {
        fn drop(&mut self) {
            FILES.with_borrow_mut(|files| *files = self.0.take());
        }
    }
    let _restore = Restore(FILES.with_borrow_mut(|slot| slot.replace(files)));
    let done = work();
    (done, FILES.with_borrow_mut(Option::take).unwrap_or_default())
}

/// Runs `write`, which serializes a form. Files are collected, and their indexes are written in their place.
#[doc(hidden)]
pub fn set_aside<T>(write: impl FnOnce() -> T) -> (T, Vec<FilePart>) {
    aside(Vec::new(), write)
}

/// Runs `read`, which deserializes a form that holds the indexes of `files`.
#[doc(hidden)]
pub fn with_files<T>(files: Vec<FilePart>, read: impl FnOnce() -> T) -> T {
    aside(files, read).0
}

/// Within a form, a file is its index; anywhere else it is its content as a string.
impl Serialize for FilePart {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let position = FILES.with_borrow_mut(|files| {
            let files = files.as_mut()?;
            files.push(self.clone());
            Some(files.len() - 1)
        });
        if let Some(position) = position {
            return serializer.serialize_u64(position as u64);
        }
        let bytes = self.read().map_err(S::Error::custom)?;
        serializer.serialize_str(&String::from_utf8_lossy(&bytes))
    }
}

impl<'de> Deserialize<'de> for FilePart {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;

        impl Visitor<'_> for Text {
            type Value = FilePart;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a file")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<FilePart, E> {
                FILES.with_borrow(|files| match files {
                    Some(files) => {
                        let file = text.parse::<usize>().ok().and_then(|position| files.get(position));
                        file.cloned().ok_or_else(|| E::custom("must be a file"))
                    }
                    None => Ok(FilePart::new(text.to_owned())),
                })
            }
        }

        deserializer.deserialize_str(Text).map_err(D::Error::custom)
    }
}
