//! Operations, as the document means them.

use std::collections::BTreeSet;

use super::{
    Alternative, Api, Body, Checks, Content, Docs, Header, Link, Literal, Response, Scalar, Server, Shape, Status, Ty,
    is_success,
};
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
    /// The calls that its only success leads to.
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
    /// The parameters that are no part of the path.
    pub fn options(&self) -> impl Iterator<Item = &Param> {
        self.params.iter().filter(|param| param.place != ParamPlace::Path)
    }

    /// The parameters of the path, in the order of the template.
    pub fn path_params(&self) -> impl Iterator<Item = &Param> {
        self.params.iter().filter(|param| param.place == ParamPlace::Path)
    }

    /// What each of its requests contains, whatever its arguments are: the query of its path, then required parameters of query
    /// and headers that have a single value.
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

    /// Whether callers tell it from another operation by the media types that they accept: no success of one has one of the other's.
    pub fn answers_otherwise(&self, other: &Self) -> bool {
        match (self.produced(), other.produced()) {
            (Some(own), Some(others)) => own.is_disjoint(&others),
            _ => false,
        }
    }

    /// The media types of its successes, without parameters; `None` if there is none, or if it may be any.
    fn produced(&self) -> Option<BTreeSet<String>> {
        let contents = self.answers().into_iter().flat_map(|(_, response)| &response.contents);
        let types: BTreeSet<String> = contents.map(Content::essence).collect();
        (!types.is_empty() && types.iter().all(|essence| !essence.contains('*'))).then_some(types)
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
    /// The names and values behind `?`, but for those that are parameters. The specification knows no such paths; documents
    /// do, to tell operations apart.
    pub query: Vec<(String, String)>,
}

impl PathTemplate {
    /// Whether it has the same requests as another one, whatever the parameters are called.
    pub fn is_same(&self, other: &Self) -> bool {
        let same = |parts: (&PathPart, &PathPart)| match parts {
            (PathPart::Literal(one), PathPart::Literal(other)) => one == other,
            (PathPart::Param(_), PathPart::Param(_)) => true,
            _ => false,
        };
        self.parts.len() == other.parts.len() && self.parts.iter().zip(&other.parts).all(same)
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
    pub place: ParamPlace,
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
        self.place == ParamPlace::Header && is_text && self.wire.eq_ignore_ascii_case("Idempotency-Key")
    }
}

/// Where a parameter travels.
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

impl Place {
    /// What OpenAPI calls it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
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
