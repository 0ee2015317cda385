//! Descriptions of operations.

/// The description of an operation, for metrics, tracing and routing tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Operation {
    /// The `operationId`.
    pub id: &'static str,
    /// The HTTP method in upper case.
    pub method: &'static str,
    /// The path template, relative to the URL of the server.
    pub path: &'static str,
    /// The server of this operation, if the document names one other than that of the API (OpenAPI 3.0.3 §4.7.10).
    pub server: Option<&'static str>,
    /// The first tag, if any.
    pub tag: Option<&'static str>,
    /// The summary in one line; empty if there is none.
    pub summary: &'static str,
    /// Whether the operation is deprecated.
    pub deprecated: bool,
    /// The media types of successful responses. Empty if they have no body or one of any type.
    pub produces: &'static [&'static str],
    /// The status of the response to a request that violates the document: 422 if the document describes it, otherwise
    /// 400.
    pub invalid_status: u16,
    /// The alternatives of the security requirement; each lists the credentials that are needed together. Empty if none
    /// is needed.
    pub security: &'static [&'static [Requirement]],
}

/// A credential that an operation requires.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Requirement {
    /// The name of the security scheme in the document.
    pub scheme: &'static str,
    /// The scopes that the credential must have.
    pub scopes: &'static [&'static str],
}

impl Requirement {
    /// Creates the requirement of a credential with these scopes.
    #[must_use]
    pub const fn new(scheme: &'static str, scopes: &'static [&'static str]) -> Self {
        Self { scheme, scopes }
    }
}

impl Operation {
    /// Creates an operation without tag, summary and security requirement.
    #[must_use]
    pub const fn new(id: &'static str, method: &'static str, path: &'static str) -> Self {
        Self {
            id,
            method,
            path,
            server: None,
            tag: None,
            summary: "",
            deprecated: false,
            produces: &[],
            invalid_status: 400,
            security: &[],
        }
    }

    /// Stands for a request that the document does not describe.
    pub const UNDOCUMENTED: Self = Self::new("request", "", "").summary("A call that the document does not describe");

    /// Sets the server, as a URL that may be relative to that of the API.
    #[must_use]
    pub const fn server(self, url: &'static str) -> Self {
        Self { server: Some(url), ..self }
    }

    /// Sets the first tag.
    #[must_use]
    pub const fn tag(self, tag: &'static str) -> Self {
        Self { tag: Some(tag), ..self }
    }

    /// Sets the summary.
    #[must_use]
    pub const fn summary(self, summary: &'static str) -> Self {
        Self { summary, ..self }
    }

    /// Marks the operation as deprecated.
    #[must_use]
    pub const fn deprecated(self) -> Self {
        Self { deprecated: true, ..self }
    }

    /// Sets the media types of successful responses.
    #[must_use]
    pub const fn produces(self, media_types: &'static [&'static str]) -> Self {
        Self { produces: media_types, ..self }
    }

    /// Sets the status of the response to a request that violates the document.
    #[must_use]
    pub const fn invalid_status(self, status: u16) -> Self {
        Self { invalid_status: status, ..self }
    }

    /// Sets the alternatives of the security requirement.
    #[must_use]
    pub const fn security(self, alternatives: &'static [&'static [Requirement]]) -> Self {
        Self { security: alternatives, ..self }
    }

    /// Returns whether the operation can be called without any credential.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.security.is_empty() || self.security.iter().any(|alternative| alternative.is_empty())
    }
}
