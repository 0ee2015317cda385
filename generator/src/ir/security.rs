//! Security schemes and requirements.

use super::docs::Docs;
use super::ids::SchemeId;
use crate::diag::Pointer;

/// A security scheme (OpenAPI 3.0.3 §4.7.27).
#[derive(Clone, Debug)]
pub struct Scheme {
    /// Its place.
    pub at: Pointer,
    /// Its key in the document.
    pub name: String,
    /// Its documentation.
    pub docs: Docs,
    /// How the credential is sent.
    pub kind: SchemeKind,
}

/// How a credential is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemeKind {
    /// A key in a header, query parameter or cookie.
    ApiKey {
        /// Where it is sent.
        place: KeyPlace,
        /// The name of the header, parameter or cookie.
        wire: String,
    },
    /// `Authorization: Basic` (RFC 7617).
    Basic,
    /// `Authorization: Bearer` (RFC 6750).
    Bearer,
    /// An access token, as a bearer token (OpenAPI 3.0.3 §4.7.28). OpenID Connect is the same without flows.
    OAuth2 {
        /// The flows to obtain a token.
        flows: Vec<Flow>,
        /// The URL of the authorization server's metadata.
        metadata_url: Option<String>,
    },
    /// A client certificate, which is part of the connection (RFC 8705).
    MutualTls,
}

/// How an access token is obtained (OpenAPI 3.0.3 §4.7.29, device flow: 3.2.0 §4.29).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// The grant that is exchanged for a token.
    pub grant: Grant,
    /// Authorization endpoint.
    pub authorization_url: Option<String>,
    /// Device authorization endpoint.
    pub device_authorization_url: Option<String>,
    /// Token endpoint.
    pub token_url: Option<String>,
    /// Endpoint to refresh tokens, if it is not the token endpoint.
    pub refresh_url: Option<String>,
    /// The scopes with their descriptions, in the order of the document.
    pub scopes: Vec<(String, String)>,
}

/// What is exchanged for an access token (RFC 6749 §1.3, RFC 8628).
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
    /// Whether the credential is sent as `Authorization: Bearer`.
    pub fn is_bearer(&self) -> bool {
        matches!(self, Self::Bearer | Self::OAuth2 { .. })
    }

    /// Whether the credential is sent in the header `Authorization`.
    pub fn is_authorization(&self) -> bool {
        *self == Self::Basic || self.is_bearer()
    }
}

/// Where an API key is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum KeyPlace {
    Header,
    Query,
    Cookie,
}

impl KeyPlace {
    /// Its name in OpenAPI.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Query => "query",
            Self::Cookie => "cookie",
        }
    }
}

/// One way to satisfy a security requirement: all its credentials together. If it has none, no credential is needed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alternative {
    /// The credentials that are needed together.
    pub credentials: Vec<Credential>,
}

/// One credential of an [`Alternative`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// Its security scheme.
    pub scheme: SchemeId,
    /// The scopes that it must have.
    pub scopes: Vec<String>,
}
