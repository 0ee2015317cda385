//! JSON pointers into the files of a document.

use std::fmt;
use std::sync::Arc;

/// Identifies a file of the document. Files are numbered in the order in which they were read; 0 is the root.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

impl FileId {
    /// The settings file, which is not part of the document.
    pub const SETTINGS: Self = Self(u32::MAX);
}

/// A location in the document: a file and a JSON pointer (RFC 6901) into it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer {
    file: FileId,
    path: Arc<str>,
}

impl Pointer {
    /// Returns the component schema that contains this location; `None` at the component itself and outside components.
    pub(crate) fn enclosing_component(&self) -> Option<Self> {
        let tokens: Vec<String> = self.tokens().collect();
        let depth = match tokens.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["components", "schemas", _, _, ..] => 3,
            ["definitions", _, _, ..] => 2,
            _ => return None,
        };
        Some(tokens.iter().take(depth).fold(Self::root(self.file()), |at, token| at.push(token)))
    }

    /// Returns the component that contains this location or is there, with the key of its section and its own key; `None` outside
    /// components. Swagger 2.0 has these sections at the root.
    pub(crate) fn component(&self) -> Option<(Self, String, String)> {
        let mut tokens = self.tokens().peekable();
        let mut place = Self::root(self.file());
        if tokens.peek().is_some_and(|first| first == "components") {
            place = place.push(&tokens.next()?);
        }
        let (section, key) = (tokens.next()?, tokens.next()?);
        Some((place.push(&section).push(&key), section, key))
    }

    /// Returns whether this is the place of a component schema.
    pub(crate) fn is_component(&self) -> bool {
        let tokens: Vec<String> = self.tokens().collect();
        matches!(
            tokens.iter().map(String::as_str).collect::<Vec<_>>().as_slice(),
            ["components", "schemas", _] | ["definitions", _]
        )
    }

    /// Creates a pointer to the root of a file.
    pub(crate) fn root(file: FileId) -> Self {
        Self { file, path: Arc::from("") }
    }

    /// Creates a pointer from its RFC 6901 text, without the `#`.
    pub(crate) fn parse(file: FileId, path: &str) -> Self {
        Self { file, path: Arc::from(path) }
    }

    /// Returns the file.
    pub fn file(&self) -> FileId {
        self.file
    }

    /// Returns the RFC 6901 text, such as `/paths/~1users/get`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the pointer to a child with this key or index.
    #[must_use]
    pub(crate) fn push(&self, token: &str) -> Self {
        let mut path = String::with_capacity(self.path.len() + token.len() + 1);
        path.push_str(&self.path);
        path.push('/');
        for c in token.chars() {
            match c {
                '~' => path.push_str("~0"),
                '/' => path.push_str("~1"),
                c => path.push(c),
            }
        }
        Self { file: self.file, path: path.into() }
    }

    /// Returns the pointer to an array item.
    #[must_use]
    pub(crate) fn index(&self, index: usize) -> Self {
        Self { file: self.file, path: format!("{}/{index}", self.path).into() }
    }

    /// Returns the pointer to the parent; the root is its own parent.
    #[must_use]
    pub(crate) fn parent(&self) -> Self {
        let end = self.path.rfind('/').unwrap_or(0);
        Self { file: self.file, path: Arc::from(self.path.get(..end).unwrap_or("")) }
    }

    /// Returns the last key or index, unescaped; empty at the root.
    pub(crate) fn last(&self) -> String {
        self.tokens().last().unwrap_or_default()
    }

    /// Returns the keys and indices from the root, unescaped.
    pub fn tokens(&self) -> impl Iterator<Item = String> + '_ {
        self.path.split('/').skip(1).map(unescape)
    }
}

fn unescape(token: &str) -> String {
    if token.contains('~') { token.replace("~1", "/").replace("~0", "~") } else { token.to_owned() }
}

/// Prints `#/paths/~1users`, without the file: a pointer knows its number only, not its name.
impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.path)
    }
}
