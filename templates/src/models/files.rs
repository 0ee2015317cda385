//! Files: what fields of forms carry beside text.

use std::any::Any;
use std::cell::RefCell;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use serde::de::{Deserialize, Deserializer, Error as _, Visitor};
use serde::ser::{Error as _, Serialize, Serializer};

/// A file that is uploaded: its content, and what is said of it.
///
/// The content is in memory or on the disk; what is on the disk is read when it is needed. On a server, a file that arrived is
/// deleted when the last clone of it is dropped.
#[derive(Clone)]
pub struct FilePart {
    /// What the sender calls it. A server must not use it as a path.
    pub file_name: Option<String>,
    /// Its media type, if it is known.
    pub content_type: Option<String>,
    content: Content,
}

#[derive(Clone)]
enum Content {
    Memory(Bytes),
    Disk { path: PathBuf, _keep: Option<Arc<dyn Any + Send + Sync>> },
}

impl FilePart {
    /// A file in memory.
    pub fn new(content: impl Into<Bytes>) -> Self {
        Self { file_name: None, content_type: None, content: Content::Memory(content.into()) }
    }

    /// A file on the disk, called as its path ends. It is read when it is sent.
    pub fn from_path(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let file_name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        Self { file_name, content_type: None, content: Content::Disk { path, _keep: None } }
    }

    /// A file on the disk that is there as long as `keep` is.
    #[doc(hidden)]
    pub fn kept(path: PathBuf, keep: Arc<dyn Any + Send + Sync>) -> Self {
        Self { file_name: None, content_type: None, content: Content::Disk { path, _keep: Some(keep) } }
    }

    /// Sets what it is called.
    #[must_use]
    pub fn with_file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Sets its media type.
    #[must_use]
    pub fn with_content_type(mut self, media_type: impl Into<String>) -> Self {
        self.content_type = Some(media_type.into());
        self
    }

    /// How long it is, in bytes. Fails if it cannot be found on the disk.
    pub fn size(&self) -> io::Result<u64> {
        match &self.content {
            Content::Memory(bytes) => Ok(bytes.len() as u64),
            Content::Disk { path, .. } => Ok(std::fs::metadata(path)?.len()),
        }
    }

    /// The content, if it is in memory.
    pub fn bytes(&self) -> Option<&Bytes> {
        if let Content::Memory(bytes) = &self.content { Some(bytes) } else { None }
    }

    /// Where it is, if it is on the disk.
    pub fn path(&self) -> Option<&Path> {
        if let Content::Disk { path, .. } = &self.content { Some(path) } else { None }
    }

    /// The whole content; blocks while it is read from the disk.
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
        let said = self.file_name == other.file_name && self.content_type == other.content_type;
        said && match (&self.content, &other.content) {
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
    /// The files of the form that is written or read on this thread now. Its text holds their positions.
    static FILES: RefCell<Option<Vec<FilePart>>> = const { RefCell::new(None) };
}

/// Runs `work` with files aside; returns what became of them.
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

/// Runs `write`, which serialises a form; its files are set aside, and their positions are written in their place.
#[doc(hidden)]
pub fn set_aside<T>(write: impl FnOnce() -> T) -> (T, Vec<FilePart>) {
    aside(Vec::new(), write)
}

/// Runs `read`, which deserialises a form whose files are given by their positions.
#[doc(hidden)]
pub fn with_files<T>(files: Vec<FilePart>, read: impl FnOnce() -> T) -> T {
    aside(files, read).0
}

/// In a form its position; anywhere else its content as text.
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
