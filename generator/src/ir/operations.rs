//! Operations, as the document means them.

use std::collections::BTreeSet;

use super::api::Api;
use super::bodies::{Body, Content};
use super::checks::Checks;
use super::docs::Docs;
use super::examples::Example;
use super::ids::{OpId, TypeId};
use super::links::Link;
use super::literal::Literal;
use super::responses::{Header, Response, Status, is_success};
use super::scalar::Scalar;
use super::security::Alternative;
use super::ty::Ty;
use super::types::Shape;
use crate::diag::Pointer;

/// Who calls whom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// The client calls the server.
    #[default]
    Call,
    /// The server sends an event to its subscribers (OpenAPI 3.1.0 §4.8.1).
    Webhook,
    /// The server calls a URL that a request has given (OpenAPI 3.0.3 §4.7.18).
    Callback,
}

/// The operations of one tag, or of one segment of paths, or the webhooks, or the callbacks.
#[derive(Clone, Debug)]
pub struct Group {
    /// Who calls whom.
    pub direction: Direction,
    /// The tag; `None` for operations without one.
    pub tag: Option<String>,
    /// What the paths have in common, if these are calls without a tag; see [`Operation::segment`].
    pub segment: Option<String>,
    /// Its documentation, from the Tag Object.
    pub docs: Docs,
    /// The operations, in the order of the document.
    pub operations: Vec<OpId>,
}

impl Group {
    /// Whether these are calls without a tag, which are methods of the client itself.
    pub fn is_untagged(&self) -> bool {
        self.segment.is_some()
    }
}

/// One method on one path (OpenAPI 3.0.3 §4.7.10).
#[derive(Clone, Debug)]
pub struct Operation {
    /// Its place.
    pub at: Pointer,
    /// Its `operationId`, or an id made of method and path.
    pub id: String,
    /// The HTTP method.
    pub method: Method,
    /// The path below the server's.
    pub path: PathTemplate,
    /// The URL of its server, with variables at their defaults, if it is not that of the API.
    pub server: Option<String>,
    /// The runtime expression of its URL, if it is a callback (OpenAPI 3.0.3 §4.7.18.2).
    pub expression: Option<String>,
    /// Its documentation.
    pub docs: Docs,
    /// Its first tag.
    pub tag: Option<String>,
    /// Path parameters in the order of the template, then the others in the order of the document.
    pub params: Vec<Param>,
    /// The request body.
    pub body: Option<Body>,
    /// The documented responses.
    pub responses: Vec<Response>,
    /// The documented headers of its successful responses, each name once.
    pub headers: Vec<Header>,
    /// The alternatives of its security requirement; empty if it needs no credentials.
    pub security: Vec<Alternative>,
    /// Who calls whom.
    pub direction: Direction,
    /// The calls that its only successful response leads to.
    pub links: Vec<Link>,
}

/// What every request of an operation contains.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Constant {
    /// The query or the headers.
    pub place: ParamPlace,
    /// The name on the wire.
    pub name: String,
    /// The value as text, not encoded.
    pub value: String,
}

impl Operation {
    /// For a call without a tag, the first fixed segment of its path that is not the same in most APIs, such as `v1`; empty if
    /// there is none.
    pub fn segment(&self) -> Option<&str> {
        if self.direction != Direction::Call || self.tag.is_some() {
            return None;
        }
        let literals = self.path.parts.iter().filter_map(|part| match part {
            PathPart::Literal(text) => Some(text.as_str()),
            PathPart::Param(_) => None,
        });
        let mut segments = literals.flat_map(|text| text.split('/')).filter(|text| !text.is_empty()).peekable();
        let first = segments.peek().copied();
        let is_version = |text: &str| {
            text.strip_prefix('v').is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit() || c == '.'))
        };
        let is_common = |text: &str| ["api", "rest"].contains(&text) || is_version(text);
        Some(segments.find(|text| !is_common(text)).or(first).unwrap_or_default())
    }

    /// The parameters that are not in the path.
    pub fn options(&self) -> impl Iterator<Item = &Param> {
        self.params.iter().filter(|param| param.place != ParamPlace::Path)
    }

    /// The parameters of the path, in the order of the template.
    pub fn path_params(&self) -> impl Iterator<Item = &Param> {
        self.params.iter().filter(|param| param.place == ParamPlace::Path)
    }

    /// What all its requests contain: the query of its path, then required query parameters and headers that have a single value.
    pub fn constants(&self, api: &Api) -> Vec<Constant> {
        let of_path = self.path.query.iter().cloned();
        let of_path = of_path.map(|(name, value)| Constant { place: ParamPlace::Query, name, value });
        let of_param = |param: &Param| {
            let Ty::Named(id) = api.resolve(param.ty.not_null()) else { return None };
            let Shape::Enum(shape) = &api.types[*id].shape else { return None };
            Some(Constant { place: param.place, name: param.wire.clone(), value: shape.only()?.literal.text() })
        };
        let required = self.options().filter(|param| param.required && param.place != ParamPlace::Cookie);
        of_path.chain(required.filter_map(of_param)).collect()
    }

    /// Whether no media type of its successful responses is one of another operation, so that `Accept` tells them apart.
    pub fn has_disjoint_response_types(&self, other: &Self) -> bool {
        match (self.response_types(), other.response_types()) {
            (Some(own), Some(others)) => own.is_disjoint(&others),
            _ => false,
        }
    }

    /// The media types of its successful responses, without parameters; `None` if there are none, or one is a range.
    fn response_types(&self) -> Option<BTreeSet<String>> {
        let contents = self.successful_responses().into_iter().flat_map(|(_, response)| &response.contents);
        let types: BTreeSet<String> = contents.map(Content::essence).collect();
        (!types.is_empty() && types.iter().all(|essence| !essence.contains('*'))).then_some(types)
    }

    /// Visits the types of its parameters, bodies and headers.
    pub fn for_each_ty(&self, visit: &mut impl FnMut(&Ty)) {
        self.params.iter().for_each(|param| visit(&param.ty));
        let bodies = self.body.iter().flat_map(|body| &body.contents);
        let responses = self.responses.iter().flat_map(|response| &response.contents);
        bodies.chain(responses).filter_map(|content| content.media.ty()).for_each(&mut *visit);
        self.responses.iter().flat_map(|response| &response.headers).for_each(|header| visit(&header.ty));
    }

    /// Replaces every named type of its parameters, bodies and headers, and of their rules.
    pub fn rename_types(&mut self, to: &impl Fn(TypeId) -> TypeId) {
        for param in &mut self.params {
            param.ty.rename(to);
            param.checks.rename(to);
        }
        let headers = self.headers.iter_mut();
        for header in headers.chain(self.responses.iter_mut().flat_map(|response| &mut response.headers)) {
            header.ty.rename(to);
            header.checks.rename(to);
        }
        let bodies = self.body.iter_mut().flat_map(|body| &mut body.contents);
        for content in bodies.chain(self.responses.iter_mut().flat_map(|response| &mut response.contents)) {
            content.media.ty_mut().into_iter().for_each(|ty| ty.rename(to));
            content.checks.rename(to);
        }
    }

    /// Whether properties that are absent from its body have their defaults. In a `PATCH`, absent means unchanged.
    pub fn fills_defaults(&self) -> bool {
        self.method.0 != "PATCH"
    }

    /// Whether the client calls the server.
    pub fn is_call(&self) -> bool {
        self.direction == Direction::Call
    }

    /// The documented successful responses.
    pub fn successes(&self) -> impl Iterator<Item = &Response> {
        self.responses.iter().filter(|response| self.is_success(response.status))
    }

    /// The responses of a successful call, with their positions: the documented successful responses, or `default` if there are none.
    pub fn successful_responses(&self) -> Vec<(usize, &Response)> {
        let all = || self.responses.iter().enumerate();
        let successes: Vec<_> = all().filter(|(_, response)| self.is_success(response.status)).collect();
        if successes.is_empty() {
            return all().filter(|(_, response)| response.status == Status::Default).collect();
        }
        successes
    }

    /// The documented failures, `default` included.
    pub fn failures(&self) -> impl Iterator<Item = &Response> {
        self.responses.iter().filter(|response| !self.is_success(response.status))
    }

    /// Whether a status means success. A redirect does if no other success is documented.
    pub fn is_success(&self, status: Status) -> bool {
        is_success(status, self.responses.iter().map(|response| response.status))
    }
}

/// An HTTP method, as it is sent: a token.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Method(pub String);

/// Whether a text is a token (RFC 9110 §5.6.2): the name of a header, or a method.
pub fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

/// A path with parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathTemplate {
    /// The text in the document.
    pub text: String,
    /// Its literals and parameters, in order.
    pub parts: Vec<PathPart>,
    /// The names and values behind `?`, without those that are parameters. The specification does not allow a query in a path, but
    /// documents use it to tell operations apart.
    pub query: Vec<(String, String)>,
}

impl PathTemplate {
    /// Its parts without the names of parameters. Templates of the same shape have the same requests.
    pub fn shape(&self) -> PathShape {
        let literal = |part: &PathPart| match part {
            PathPart::Literal(text) => Some(text.clone()),
            PathPart::Param(_) => None,
        };
        PathShape(self.parts.iter().map(literal).collect())
    }
}

/// What templates with the same requests have in common: the literals; `None` for a parameter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PathShape(Vec<Option<String>>);

/// A part of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathPart {
    /// Fixed text.
    Literal(String),
    /// The parameter of this name.
    Param(String),
}

/// A parameter (OpenAPI 3.0.3 §4.7.12).
#[derive(Clone, Debug)]
pub struct Param {
    /// Its place.
    pub at: Pointer,
    /// Its name on the wire.
    pub wire: String,
    /// Where it is sent.
    pub place: ParamPlace,
    /// How its value is encoded.
    pub encoding: Encoding,
    /// Its type.
    pub ty: Ty,
    /// Whether it must be there.
    pub required: bool,
    /// Its value if it is absent.
    pub default: Option<Literal>,
    /// The first example of the parameter, or else that of its schema.
    pub example: Option<Example>,
    /// Its documentation.
    pub docs: Docs,
    /// What its value must satisfy.
    pub checks: Checks,
}

impl Param {
    /// Whether it is a key by which the server recognises repeated requests (draft-ietf-httpapi-idempotency-key-header).
    pub fn is_idempotency_key(&self) -> bool {
        let is_string = matches!(self.ty.not_null(), Ty::Scalar(Scalar::String | Scalar::Uuid));
        self.place == ParamPlace::Header && is_string && self.wire.eq_ignore_ascii_case("Idempotency-Key")
    }
}

/// Where a parameter is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ParamPlace {
    /// In the path.
    Path,
    /// In the query string.
    Query,
    /// In a header.
    Header,
    /// In the `Cookie` header.
    Cookie,
}

impl ParamPlace {
    /// Its name in OpenAPI.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// How a parameter is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// By a style (OpenAPI 3.0.3 §4.7.12.3).
    Style {
        /// The style.
        style: Style,
        /// Whether arrays and objects become several parameters.
        explode: bool,
        /// Whether reserved characters are not escaped.
        allow_reserved: bool,
    },
    /// As JSON text (`content: application/json`).
    Json,
}

impl Encoding {
    /// The encoding of headers (OpenAPI 3.0.3 §4.7.21). `explode` is whether objects are written as `key=value`.
    pub fn of_header(explode: bool) -> Self {
        Self::Style { style: Style::Simple, explode, allow_reserved: false }
    }
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
