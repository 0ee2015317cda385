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

impl Operation {
    /// Stands for a call that the document does not describe.
    pub const UNDOCUMENTED: Self = Self {
        id: "request",
        method: "",
        path: "",
        tag: None,
        summary: "A call that the document does not describe",
        deprecated: false,
        produces: &[],
        invalid_status: 400,
        security: &[],
    };

    /// Whether a caller without any credential may be served.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.security.is_empty() || self.security.iter().any(|alternative| alternative.is_empty())
    }
}
