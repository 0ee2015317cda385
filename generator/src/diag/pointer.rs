//! A place in a document.

use std::fmt;
use std::sync::Arc;

/// The number of a file in the order in which files were read; 0 is the root document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A JSON pointer (RFC 6901) into one file of the document.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer {
    file: FileId,
    path: Arc<str>,
}

impl Pointer {
    /// The component schema that a place is inside of, if it is deeper than the component itself.
    pub fn enclosing_component(&self) -> Option<Self> {
        let tokens: Vec<String> = self.tokens().collect();
        let depth = match tokens.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["components", "schemas", _, _, ..] => 3,
            ["definitions", _, _, ..] => 2,
            _ => return None,
        };
        Some(tokens.iter().take(depth).fold(Self::root(self.file()), |at, token| at.push(token)))
    }

    /// The root of a file.
    pub fn root(file: FileId) -> Self {
        Self { file, path: Arc::from("") }
    }

    /// A pointer from its RFC 6901 text, without the `#`.
    pub fn parse(file: FileId, path: &str) -> Self {
        Self { file, path: Arc::from(path) }
    }

    /// The file that it points into.
    pub fn file(&self) -> FileId {
        self.file
    }

    /// The RFC 6901 text, such as `/paths/~1users/get`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The place one key or index below.
    #[must_use]
    pub fn push(&self, token: &str) -> Self {
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

    /// The place of an item of a list.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        Self { file: self.file, path: format!("{}/{index}", self.path).into() }
    }

    /// The place above; the root is its own parent.
    #[must_use]
    pub fn parent(&self) -> Self {
        let end = self.path.rfind('/').unwrap_or(0);
        Self { file: self.file, path: Arc::from(self.path.get(..end).unwrap_or("")) }
    }

    /// The last key or index, unescaped; empty at the root.
    pub fn last(&self) -> String {
        self.tokens().last().unwrap_or_default()
    }

    /// The keys and indices from the root, unescaped.
    pub fn tokens(&self) -> impl Iterator<Item = String> + '_ {
        self.path.split('/').skip(1).map(unescape)
    }

    /// Whether `self` is `other` or a place inside it.
    pub fn is_within(&self, other: &Self) -> bool {
        self.file == other.file
            && self.path.strip_prefix(&*other.path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

fn unescape(token: &str) -> String {
    if token.contains('~') { token.replace("~1", "/").replace("~0", "~") } else { token.to_owned() }
}

/// `#/paths/~1users`; the file is printed by who knows its name.
impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.path)
    }
}
