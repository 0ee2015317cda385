//! What is known of an operation before it is called.

/// An operation of the API, for metrics, tracing and routing tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Operation {
    /// The `operationId`.
    pub id: &'static str,
    /// The HTTP method, upper case.
    pub method: &'static str,
    /// The path template, below the path of the server.
    pub path: &'static str,
    /// The first tag.
    pub tag: Option<&'static str>,
    /// One line on what it does.
    pub summary: &'static str,
    /// Whether it should not be used any more.
    pub deprecated: bool,
    /// The media types of its successes; empty: they have no body, or one of any type.
    pub produces: &'static [&'static str],
    /// The status of an answer to a request that breaks the rules of the document: 422 where that is documented, else 400.
    pub invalid_status: u16,
    /// The alternatives of its security requirement, each a list of what is needed together; empty: nothing is needed.
    pub security: &'static [&'static [Requirement]],
}

/// A credential that an operation needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Requirement {
    /// The name of the security scheme in the document.
    pub scheme: &'static str,
    /// The scopes that the credential must have.
    pub scopes: &'static [&'static str],
}

impl Requirement {
    /// The requirement of a credential of a security scheme, with these scopes.
    #[must_use]
    pub const fn new(scheme: &'static str, scopes: &'static [&'static str]) -> Self {
        Self { scheme, scopes }
    }
}

impl Operation {
    /// An operation that needs no credential and has neither tag nor summary.
    #[must_use]
    pub const fn new(id: &'static str, method: &'static str, path: &'static str) -> Self {
        Self {
            id,
            method,
            path,
            tag: None,
            summary: "",
            deprecated: false,
            produces: &[],
            invalid_status: 400,
            security: &[],
        }
    }

    /// Stands for a call that the document does not describe.
    pub const UNDOCUMENTED: Self = Self::new("request", "", "").summary("A call that the document does not describe");

    /// Sets its first tag.
    #[must_use]
    pub const fn tag(self, tag: &'static str) -> Self {
        Self { tag: Some(tag), ..self }
    }

    /// Sets its summary.
    #[must_use]
    pub const fn summary(self, summary: &'static str) -> Self {
        Self { summary, ..self }
    }

    /// Says that it should not be used any more.
    #[must_use]
    pub const fn deprecated(self) -> Self {
        Self { deprecated: true, ..self }
    }

    /// Sets the media types of its successes.
    #[must_use]
    pub const fn produces(self, media_types: &'static [&'static str]) -> Self {
        Self { produces: media_types, ..self }
    }

    /// Sets the status of the response to a request that breaks a rule of the document.
    #[must_use]
    pub const fn invalid_status(self, status: u16) -> Self {
        Self { invalid_status: status, ..self }
    }

    /// Sets the alternatives of its security requirement.
    #[must_use]
    pub const fn security(self, alternatives: &'static [&'static [Requirement]]) -> Self {
        Self { security: alternatives, ..self }
    }

    /// Whether a caller without any credential may be served.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.security.is_empty() || self.security.iter().any(|alternative| alternative.is_empty())
    }
}
