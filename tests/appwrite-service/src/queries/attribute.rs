//! What queries can ask about.

use appwrite_models::chrono::DateTime;
use rusqlite::types::Value as Bound;
use serde_json::Value;

/// An attribute of a user.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attribute {
    /// Its name in the document.
    pub name: &'static str,
    /// Its column in the database.
    pub column: &'static str,
    /// The type of its values.
    pub kind: Kind,
}

/// The type of an attribute's values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// A string.
    Text,
    /// A string in which upper and lower case are the same.
    Email,
    /// A boolean.
    Flag,
    /// A point in time (RFC 3339).
    Time,
}

impl Attribute {
    /// Every attribute.
    pub const ALL: &[Self] = &[
        Self { name: "$id", column: "id", kind: Kind::Text },
        Self { name: "name", column: "name", kind: Kind::Text },
        Self { name: "email", column: "email", kind: Kind::Email },
        Self { name: "emailVerification", column: "email_verification", kind: Kind::Flag },
        Self { name: "status", column: "status", kind: Kind::Flag },
        Self { name: "createdAt", column: "created_at", kind: Kind::Time },
    ];

    /// Finds an attribute by its name.
    ///
    /// Fails with the names that exist.
    pub fn named(name: &str) -> Result<Self, String> {
        let found = Self::ALL.iter().find(|attribute| attribute.name == name);
        found.copied().ok_or_else(|| {
            let known: Vec<String> = Self::ALL.iter().map(|attribute| format!("`{}`", attribute.name)).collect();
            format!("unknown attribute `{name}`; expected one of {}", known.join(", "))
        })
    }

    /// Whether its values are strings that can be searched.
    pub fn is_text(self) -> bool {
        matches!(self.kind, Kind::Text | Kind::Email)
    }

    /// Returns a value as the database stores it.
    ///
    /// Fails if it has another type.
    pub fn bind(self, value: &Value) -> Result<Bound, String> {
        let bound = match (self.kind, value) {
            (Kind::Text, Value::String(text)) => Some(Bound::Text(text.clone())),
            (Kind::Email, Value::String(text)) => Some(Bound::Text(text.to_lowercase())),
            (Kind::Flag, Value::Bool(flag)) => Some(Bound::Integer(i64::from(*flag))),
            (Kind::Time, Value::String(text)) => {
                DateTime::parse_from_rfc3339(text).ok().map(|time| Bound::Integer(time.timestamp_millis()))
            }
            _ => None,
        };
        bound.ok_or_else(|| format!("`{}` is compared with {}, not with `{value}`", self.name, self.kind.plural()))
    }
}

impl Kind {
    fn plural(self) -> &'static str {
        match self {
            Self::Text | Self::Email => "strings",
            Self::Flag => "booleans",
            Self::Time => "strings such as \"2026-01-31T12:00:00Z\"",
        }
    }
}
