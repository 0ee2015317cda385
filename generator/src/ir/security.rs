//! Security schemes and what asks for them.

use super::Docs;
use crate::diag::Pointer;

/// The number of a security scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemeId(pub u32);

impl SchemeId {
    /// The position in [`super::Api::schemes`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A security scheme (OpenAPI 3.0.3 §4.7.27).
#[derive(Clone, Debug)]
pub struct Scheme {
    /// Where it stands.
    pub at: Pointer,
    /// Its key in the document.
    pub name: String,
    /// What the document says of it.
    pub docs: Docs,
    /// How the credential travels.
    pub kind: SchemeKind,
}

/// How a credential travels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemeKind {
    /// A key in a header, query parameter or cookie.
    ApiKey {
        /// Where.
        place: KeyPlace,
        /// Under which name.
        wire: String,
    },
    /// `Authorization: Basic` (RFC 7617).
    Basic,
    /// `Authorization: Bearer` (RFC 6750).
    Bearer,
    /// An access token, as a bearer token (OpenAPI 3.0.3 §4.7.28; OpenID Connect is the same with metadata alone).
    OAuth2 {
        /// How it is had.
        flows: Vec<Flow>,
        /// Where the authorization server describes itself.
        metadata_url: Option<String>,
    },
    /// A certificate of the client, which the connection carries (RFC 8705).
    MutualTls,
}

/// How an access token is had (OpenAPI 3.0.3 §4.7.29, device flow: 3.2.0 §4.29).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// Which flow it is.
    pub grant: Grant,
    /// Where people say yes.
    pub authorization_url: Option<String>,
    /// Where a device asks for a code.
    pub device_authorization_url: Option<String>,
    /// Where tokens are had.
    pub token_url: Option<String>,
    /// Where tokens are renewed, if elsewhere.
    pub refresh_url: Option<String>,
    /// The scopes with what they allow, in the order of the document.
    pub scopes: Vec<(String, String)>,
}

/// What is given for an access token (RFC 6749 §1.3, RFC 8628).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Grant {
    Implicit,
    Password,
    ClientCredentials,
    AuthorizationCode,
    Device,
}

impl SchemeKind {
    /// Whether the credential travels as `Authorization: Bearer`.
    pub fn is_bearer(&self) -> bool {
        matches!(self, Self::Bearer | Self::OAuth2 { .. })
    }

    /// Whether the credential travels in the header `Authorization`.
    pub fn is_authorization(&self) -> bool {
        *self == Self::Basic || self.is_bearer()
    }
}

/// Where an API key travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum KeyPlace {
    Header,
    Query,
    Cookie,
}

impl KeyPlace {
    /// What OpenAPI calls it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Query => "query",
            Self::Cookie => "cookie",
        }
    }
}

/// One way to satisfy a security requirement: every credential of it. Empty: no credential is needed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alternative {
    /// The credentials that are needed together.
    pub credentials: Vec<Credential>,
}

/// One credential of an [`Alternative`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// The scheme that it is for.
    pub scheme: SchemeId,
    /// The scopes that it must have.
    pub scopes: Vec<String>,
}
