//! What is known of a change.

use serde::Serialize;

use super::kind::ChangeKind;
use crate::diag::Pointer;

/// What a change asks of the next version number (Semantic Versioning 2.0.0).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Nothing that a program could notice.
    Patch,
    /// Something new; existing programs keep working.
    Minor,
    /// Existing programs may stop working or compiling.
    Major,
}

impl Level {
    /// Every level, the highest first.
    pub const ALL: [Self; 3] = [Self::Major, Self::Minor, Self::Patch];

    /// Returns `major`, `minor` or `patch`, as printed.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// What a change concerns: one of the generated crates, or what is sent between any client and server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Surface {
    /// The crate of the models.
    Models,
    /// The crate of the client.
    Client,
    /// The crate of the server.
    Server,
    /// What requests and responses contain.
    Wire,
}

impl Surface {
    /// Every surface.
    pub const ALL: [Self; 4] = [Self::Models, Self::Client, Self::Server, Self::Wire];
    /// The generated crates.
    pub(super) const CRATES: [Self; 3] = [Self::Models, Self::Client, Self::Server];

    /// Returns its name as printed.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Models => "models",
            Self::Client => "client",
            Self::Server => "server",
            Self::Wire => "wire",
        }
    }
}

/// Which of the two documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Version {
    /// The document before the change.
    Old,
    /// The document after the change.
    New,
}

/// Where a change is in one of the documents: in the new one, unless it is about something that is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChangePlace {
    /// Which document.
    pub version: Version,
    /// The file, as diagnostics show it.
    pub file: String,
    /// The line, from 1, if it is known.
    pub line: Option<usize>,
    /// The column, from 1, if it is known.
    pub column: Option<usize>,
    /// The location in the file, such as `#/components/schemas/User`.
    pub pointer: String,
}

/// A difference between two versions of an API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What it asks of the next version number.
    pub level: Level,
    /// The kind of change.
    pub kind: ChangeKind,
    /// What it concerns.
    #[serde(rename = "crates")]
    pub surfaces: Vec<Surface>,
    /// What changed, as users write it: `models::User::name` or `client.users().create`.
    pub symbol: String,
    /// A sentence in lower case, without a full stop.
    pub message: String,
    /// Where it is in the documents.
    pub place: ChangePlace,
}

/// A place before it is looked up.
#[derive(Clone, Debug)]
pub(crate) struct At {
    pub version: Version,
    pub pointer: Pointer,
}

impl At {
    pub fn old(pointer: &Pointer) -> Self {
        Self { version: Version::Old, pointer: pointer.clone() }
    }

    pub fn new(pointer: &Pointer) -> Self {
        Self { version: Version::New, pointer: pointer.clone() }
    }
}

/// A change before its place is looked up.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub level: Level,
    pub kind: ChangeKind,
    pub surfaces: Vec<Surface>,
    pub symbol: String,
    pub message: String,
    pub at: At,
}

/// Collects changes.
#[derive(Debug, Default)]
pub(super) struct Sink(pub Vec<Found>);

impl Sink {
    pub fn add(
        &mut self,
        (level, kind): (Level, ChangeKind),
        surfaces: &[Surface],
        symbol: &str,
        at: At,
        message: impl Into<String>,
    ) {
        let (surfaces, symbol, message) = (surfaces.to_vec(), symbol.to_owned(), message.into());
        self.0.push(Found { level, kind, surfaces, symbol, message, at });
    }
}
