//! Operations, as the document means them.

use std::collections::BTreeMap;

use super::{Checks, Docs, Link, Literal, Pagination, Scalar, Server, Ty, XmlElement};
use crate::diag::Pointer;

/// The number of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OpId(u32);

impl OpId {
    /// The id of the operation at a position of [`super::Api::operations`].
    pub fn new(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// The position in [`super::Api::operations`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The number of a security scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemeId(pub u32);

impl SchemeId {
    /// The position in [`super::Api::schemes`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Who calls whom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// The client calls the server.
    #[default]
    Call,
    /// The server tells whoever has asked for it (OpenAPI 3.1.0 §4.8.1).
    Webhook,
    /// The server calls back, at an URL that a call has given (OpenAPI 3.0.3 §4.7.18).
    Callback,
}

/// The operations of one tag, or those of another direction.
#[derive(Clone, Debug)]
pub struct Group {
    /// Who calls whom.
    pub direction: Direction,
    /// The tag; `None` for operations without one.
    pub tag: Option<String>,
    /// What the Tag Object says.
    pub docs: Docs,
    /// The operations, in the order of the document.
    pub operations: Vec<OpId>,
}

/// One method on one path (OpenAPI 3.0.3 §4.7.10).
#[derive(Clone, Debug)]
pub struct Operation {
    /// Where it stands.
    pub at: Pointer,
    /// Its `operationId`, or one made of method and path.
    pub id: String,
    /// The HTTP method.
    pub method: Method,
    /// The path below the server's.
    pub path: PathTemplate,
    /// What the document says of it.
    pub docs: Docs,
    /// Its first tag.
    pub tag: Option<String>,
    /// Path parameters in the order of the template, then the others in the order of the document.
    pub params: Vec<Param>,
    /// The request body.
    pub body: Option<Body>,
    /// The documented responses.
    pub responses: Vec<Response>,
    /// The documented headers of its successes, each once.
    pub headers: Vec<Header>,
    /// The alternatives of its security requirement; empty: none is needed.
    pub security: Vec<Alternative>,
    /// Servers of its own; empty: those of the document.
    pub servers: Vec<Server>,
    /// Who calls whom.
    pub direction: Direction,
    /// How its list comes page by page, if it does.
    pub pagination: Option<Pagination>,
    /// The calls that its only success leads to.
    pub links: Vec<Link>,
}

impl Operation {
    /// The parameters that are no part of the path.
    pub fn options(&self) -> impl Iterator<Item = &Param> {
        self.params.iter().filter(|param| param.place != Place::Path)
    }

    /// The parameters of the path, in the order of the template.
    pub fn path_params(&self) -> impl Iterator<Item = &Param> {
        self.params.iter().filter(|param| param.place == Place::Path)
    }

    /// Every type that it mentions.
    pub fn for_each_ty(&self, visit: &mut impl FnMut(&Ty)) {
        self.params.iter().for_each(|param| visit(&param.ty));
        let bodies = self.body.iter().flat_map(|body| &body.contents);
        let responses = self.responses.iter().flat_map(|response| &response.contents);
        bodies.chain(responses).filter_map(|content| content.media.ty()).for_each(&mut *visit);
        self.responses.iter().flat_map(|response| &response.headers).for_each(|header| visit(&header.ty));
    }

    /// Whether what its body leaves out has the default that the document says; in a `PATCH`, absent means unchanged.
    pub fn fills_defaults(&self) -> bool {
        self.method.0 != "PATCH"
    }

    /// Whether the client calls the server.
    pub fn is_call(&self) -> bool {
        self.direction == Direction::Call
    }

    /// The documented successes.
    pub fn successes(&self) -> impl Iterator<Item = &Response> {
        self.responses.iter().filter(|response| self.is_success(response.status))
    }

    /// What is answered if all goes well, with the positions of the responses: the documented successes, or `default` if there
    /// is none.
    pub fn answers(&self) -> Vec<(usize, &Response)> {
        let all = || self.responses.iter().enumerate();
        let successes: Vec<_> = all().filter(|(_, response)| self.is_success(response.status)).collect();
        if successes.is_empty() {
            return all().filter(|(_, response)| response.status == Status::Default).collect();
        }
        successes
    }

    /// The documented failures.
    pub fn failures(&self) -> impl Iterator<Item = &Response> {
        self.responses.iter().filter(|response| !self.is_success(response.status))
    }

    /// Whether a status tells of success: a redirect does where nothing better is documented.
    pub fn is_success(&self, status: Status) -> bool {
        is_success(status, self.responses.iter().map(|response| response.status))
    }
}

/// Whether a status tells of success among all that are documented.
pub fn is_success(status: Status, mut documented: impl Iterator<Item = Status>) -> bool {
    status.is_success() || (status.is_redirect() && !documented.any(Status::is_success))
}

/// An HTTP method, upper case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Method(pub String);

impl Method {
    /// Whether a repeated request means the same as one (RFC 9110 §9.2.2).
    pub fn is_idempotent(&self) -> bool {
        matches!(self.0.as_str(), "GET" | "HEAD" | "OPTIONS" | "PUT" | "DELETE" | "TRACE" | "QUERY")
    }
}

/// A path with parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathTemplate {
    /// As the document writes it.
    pub text: String,
    /// Its literal texts and parameters, in order.
    pub parts: Vec<PathPart>,
}

impl PathTemplate {
    /// The part that requests have: what stands behind `#` or `?` is none.
    pub fn route(&self) -> &str {
        self.text.split(['#', '?']).next().unwrap_or_default()
    }
}

/// A part of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathPart {
    /// Text that stands there.
    Literal(String),
    /// The parameter of this name.
    Param(String),
}

/// A parameter (OpenAPI 3.0.3 §4.7.12).
#[derive(Clone, Debug)]
pub struct Param {
    /// Where it stands.
    pub at: Pointer,
    /// Its name on the wire.
    pub wire: String,
    /// Where it travels.
    pub place: Place,
    /// How its value is written.
    pub encoding: Encoding,
    /// Its type.
    pub ty: Ty,
    /// Whether it must be there.
    pub required: bool,
    /// What it means if it is absent.
    pub default: Option<Literal>,
    /// What the document says of it.
    pub docs: Docs,
    /// What its value must satisfy.
    pub checks: Checks,
}

impl Param {
    /// Whether it is a key by which the server recognises a repetition, in any text (draft-ietf-httpapi-idempotency-key-header).
    pub fn is_idempotency_key(&self) -> bool {
        let is_text = matches!(self.ty.not_null(), Ty::Scalar(Scalar::String | Scalar::Uuid));
        self.place == Place::Header && is_text && self.wire.eq_ignore_ascii_case("Idempotency-Key")
    }
}

/// Where a parameter travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// In the path.
    Path,
    /// In the query string.
    Query,
    /// In a header.
    Header,
    /// In the `Cookie` header.
    Cookie,
}

/// How a parameter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// By a style (OpenAPI 3.0.3 §4.7.12.3).
    Style {
        /// The style.
        style: Style,
        /// Whether lists and objects become several parameters.
        explode: bool,
        /// Whether reserved characters stay as they are.
        allow_reserved: bool,
    },
    /// As JSON text (`content: application/json`).
    Json,
}

/// A parameter style (OpenAPI 3.0.3 §4.7.12.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Style {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
}

/// A request body (OpenAPI 3.0.3 §4.7.13).
#[derive(Clone, Debug)]
pub struct Body {
    /// Where it stands.
    pub at: Pointer,
    /// Whether it must be there.
    pub required: bool,
    /// What the document says of it.
    pub docs: Docs,
    /// The media types that it may have.
    pub contents: Vec<Content>,
}

impl Body {
    /// The media types by the type that they are read into, the preferred ones first.
    pub fn choices(&self) -> Vec<Vec<&Content>> {
        let mut choices: Vec<Vec<&Content>> = Vec::new();
        for content in &self.contents {
            let known = choices
                .iter_mut()
                .find(|choice| choice.first().is_some_and(|first| first.media.is_read_as(&content.media)));
            match known {
                Some(choice) => choice.push(content),
                None => choices.push(vec![content]),
            }
        }
        choices
    }
}

/// A body of one media type (OpenAPI 3.0.3 §4.7.14).
#[derive(Clone, Debug)]
pub struct Content {
    /// Where it stands.
    pub at: Pointer,
    /// The media type, as the document writes it.
    pub media_type: String,
    /// How it is read and written.
    pub media: Media,
    /// Examples that fit the type; the one that `x-microcks-default` marks comes first.
    pub examples: Vec<Example>,
    /// What its value must satisfy.
    pub checks: Checks,
}

impl Content {
    /// The subtype of the media type: `merge-patch` of `application/merge-patch+json`.
    pub fn subtype(&self) -> &str {
        subtype(&self.media_type)
    }

    /// Whether the media type is a range of them.
    pub fn is_range(&self) -> bool {
        self.media_type.contains('*')
    }
}

/// The subtype of a media type, without its suffix (RFC 6838 §4.2.8).
pub fn subtype(media_type: &str) -> &str {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let subtype = essence.split_once('/').map_or(essence, |(_, subtype)| subtype);
    subtype.split_once('+').map_or(subtype, |(subtype, _)| subtype)
}

/// How a body is read and written.
#[derive(Clone, Debug, PartialEq)]
pub enum Media {
    /// JSON of a type.
    Json(Ty),
    /// `application/x-www-form-urlencoded`: fields as in a query.
    Form(Form),
    /// `multipart/form-data` (RFC 7578): fields as parts, files among them.
    Multipart(Form),
    /// XML of a type.
    Xml {
        /// The type.
        ty: Ty,
        /// The root element.
        element: XmlElement,
    },
    /// Text.
    Text,
    /// Bytes that nobody interprets.
    Bytes,
    /// Bytes that may be many, so they are not held in memory.
    Stream,
    /// `text/event-stream` (WHATWG HTML §9.2): events whose data is JSON of a type, or text if that is a string.
    Events(Ty),
    /// JSON values of a type one after the other: NDJSON, JSON Lines, RFC 7464.
    Lines(Ty),
}

impl Media {
    /// Whether a body of this form and one of another are read into one type.
    fn is_read_as(&self, other: &Self) -> bool {
        let is_raw = |media: &Self| matches!(media, Self::Bytes | Self::Stream);
        match (self.ty(), other.ty()) {
            (Some(ty), Some(other)) => ty == other,
            (None, None) => is_raw(self) == is_raw(other),
            _ => false,
        }
    }

    /// What a body of this form is called: by how it is written.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Json(_) => "json",
            Self::Xml { .. } => "xml",
            Self::Form(_) => "form",
            Self::Multipart(_) => "multipart",
            Self::Text => "text",
            Self::Bytes | Self::Stream => "bytes",
            Self::Events(_) => "events",
            Self::Lines(_) => "lines",
        }
    }

    /// The type of a body that is one value, as JSON or XML.
    pub fn value(&self) -> Option<&Ty> {
        if let Self::Json(ty) | Self::Xml { ty, .. } = self { Some(ty) } else { None }
    }

    /// The type of a body that the document describes by a schema.
    pub fn ty(&self) -> Option<&Ty> {
        match self {
            Self::Json(ty) | Self::Xml { ty, .. } | Self::Events(ty) | Self::Lines(ty) => Some(ty),
            Self::Form(form) | Self::Multipart(form) => Some(&form.ty),
            Self::Text | Self::Bytes | Self::Stream => None,
        }
    }

    /// The same, to change it.
    pub fn ty_mut(&mut self) -> Option<&mut Ty> {
        match self {
            Self::Json(ty) | Self::Xml { ty, .. } | Self::Events(ty) | Self::Lines(ty) => Some(ty),
            Self::Form(form) | Self::Multipart(form) => Some(&mut form.ty),
            Self::Text | Self::Bytes | Self::Stream => None,
        }
    }
}

/// A body of fields.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// The type whose properties are the fields.
    pub ty: Ty,
    /// What the document says of how fields are written, by their name.
    pub encodings: BTreeMap<String, FieldEncoding>,
}

/// How a field of a form is written (OpenAPI 3.0.3 §4.7.15).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldEncoding {
    /// The style, if the document names one.
    pub style: Option<Style>,
    /// Whether lists and objects become several fields, if the document says so.
    pub explode: Option<bool>,
    /// Whether reserved characters stay as they are.
    pub allow_reserved: bool,
    /// The media type of the field, if the document names one.
    pub media_type: Option<String>,
}

/// An example value.
#[derive(Clone, Debug)]
pub struct Example {
    /// Where it stands.
    pub at: Pointer,
    /// The value.
    pub value: Literal,
}

/// A documented response (OpenAPI 3.0.3 §4.7.17).
#[derive(Clone, Debug)]
pub struct Response {
    /// Where it stands.
    pub at: Pointer,
    /// When it is sent.
    pub status: Status,
    /// What the document says of it.
    pub docs: Docs,
    /// The media types that its body may have; empty: no body.
    pub contents: Vec<Content>,
    /// Documented headers.
    pub headers: Vec<Header>,
}

/// A documented response header (OpenAPI 3.0.3 §4.7.21).
#[derive(Clone, Debug)]
pub struct Header {
    /// Where it stands.
    pub at: Pointer,
    /// Its name on the wire.
    pub wire: String,
    /// Its type.
    pub ty: Ty,
    /// Whether it is always there.
    pub required: bool,
    /// What the document says of it.
    pub docs: Docs,
}

/// When a response is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// One status code.
    Code(u16),
    /// A class such as `4XX`, by its first digit.
    Class(u8),
    /// Whatever is not listed.
    Default,
}

impl Status {
    /// Whether it tells of success.
    pub fn is_success(self) -> bool {
        matches!(self, Self::Code(200..=299) | Self::Class(2))
    }

    /// Whether it sends the client elsewhere (RFC 9110 §15.4); 304 does not.
    pub fn is_redirect(self) -> bool {
        matches!(self, Self::Code(300..=303 | 307 | 308) | Self::Class(3))
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
