//! Components that inline types are called after, other than schemas.

use super::Role;

/// A component other than a schema that contains an inline schema, such as a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Component {
    /// What it is.
    pub kind: ComponentKind,
    /// Its key in the document.
    pub key: String,
}

/// What a [`Component`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ComponentKind {
    /// A response (OpenAPI 3.0.3 §4.7.17).
    Response,
    /// A request body (OpenAPI 3.0.3 §4.7.13).
    RequestBody,
    /// A parameter (OpenAPI 3.0.3 §4.7.12).
    Parameter,
    /// A header (OpenAPI 3.0.3 §4.7.21).
    Header,
}

impl ComponentKind {
    /// The kind of a component under a key of the Components Object, or of the root of Swagger 2.0, that contains what has a role;
    /// `None` for others. Request bodies of Swagger 2.0 are among the parameters.
    pub fn of_section(key: &str, role: &Role) -> Option<Self> {
        Some(match (key, role) {
            ("responses", _) => Self::Response,
            ("requestBodies", _) | ("parameters", Role::Request) => Self::RequestBody,
            ("parameters", _) => Self::Parameter,
            ("headers", _) => Self::Header,
            _ => return None,
        })
    }

    /// The kind as a word of a name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Response => "Response",
            Self::RequestBody => "Request",
            Self::Parameter => "Parameter",
            Self::Header => "Header",
        }
    }

    /// The kind as documentation names it.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Response => "response",
            Self::RequestBody => "request body",
            Self::Parameter => "parameter",
            Self::Header => "header",
        }
    }
}
