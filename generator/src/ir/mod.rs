//! The intermediate model: everything that emitters may know of a document, and nothing of Rust.
//!
//! What holds after lowering (asserted by [`check`]):
//!
//! - everything is in the order of the document;
//! - a [`TypeId`] or [`OpId`] points into [`Api::types`] or [`Api::operations`];
//! - every type has finite size: each cycle through struct fields and union variants has a boxed edge, and no alias leads to
//!   itself;
//! - no two fields of a struct have the same wire name, no two operations the same id.

mod analysis;
mod bodies;
pub mod check;
mod checks;
mod links;
mod literal;
mod operations;
mod pagination;
mod responses;
pub mod sample;
mod security;
mod types;
mod xml;

pub use analysis::{Analysis, Need, Shared, TypeAnalysis};
pub use bodies::{Body, Content, Example, FieldEncoding, Form, Media, essence, subtype};
pub use checks::{Checks, Rule};
pub use links::{Link, LinkValue};
pub use literal::Literal;
pub use operations::{
    Constant, Direction, Encoding, Group, Method, OpId, Operation, Param, ParamPlace, PathPart, PathTemplate, Style,
};
pub use pagination::{NextPage, Pagination, Step};
pub use responses::{Header, Response, Status, is_success};
pub use security::{Alternative, Credential, Flow, Grant, KeyPlace, Scheme, SchemeId, SchemeKind};
pub use types::{
    Docs, Enum, Field, Int, Origin, Owner, Presence, Repr, Rest, Role, Scalar, Shape, Struct, Tag, Ty, TypeDef, TypeId,
    Types, Union, Value, Variant,
};
pub use xml::{XmlContent, XmlElement, XmlMember, XmlName, XmlObject, XmlPlace};

use std::collections::BTreeSet;

use crate::diag::Pointer;

/// A whole document, understood.
#[derive(Clone, Debug, Default)]
pub struct Api {
    /// Title, version and who to ask.
    pub info: Info,
    /// Where the API is served.
    pub servers: Vec<Server>,
    /// The security schemes, in the order of the document.
    pub schemes: Vec<Scheme>,
    /// What the document requires of an operation that says nothing itself.
    pub security: Vec<Alternative>,
    /// Every type.
    pub types: Types,
    /// The objects of XML bodies.
    pub xml: Vec<XmlObject>,
    /// Types that the user gave, as the user wrote them.
    pub given: Vec<String>,
    /// How many operations the document has, with those that are left out.
    pub documented: usize,
    /// Every operation.
    pub operations: Vec<Operation>,
    /// The operations by their first tag, in the order of `tags`, then of first use.
    pub groups: Vec<Group>,
}

impl Api {
    /// One operation.
    pub fn operation(&self, id: OpId) -> &Operation {
        &self.operations[id.index()]
    }

    /// Every operation with its id.
    pub fn operation_ids(&self) -> impl Iterator<Item = (OpId, &Operation)> {
        self.operations.iter().enumerate().map(|(index, operation)| (OpId::new(index), operation))
    }

    /// The other operations of the method and path of one; parameters may be called differently.
    pub fn of_same_path(&self, op: OpId) -> impl Iterator<Item = (OpId, &Operation)> {
        let own = self.operation(op);
        let is_same = move |(id, other): &(OpId, &Operation)| {
            *id != op && other.is_call() && other.method == own.method && other.path.is_same(&own.path)
        };
        self.operation_ids().filter(is_same)
    }

    /// The first operation that has the same requests, as far as paths, constants and accepted media types tell; servers run that
    /// one.
    pub fn first_of_same_requests(&self, op: OpId) -> Option<OpId> {
        let constants = |operation: &Operation| operation.constants(self).into_iter().collect::<BTreeSet<_>>();
        let operation = self.operation(op);
        let own = constants(operation);
        let is_same = |other: &Operation| constants(other) == own && !operation.answers_otherwise(other);
        self.of_same_path(op).find(|(id, other)| *id < op && is_same(other)).map(|(id, _)| id)
    }

    /// The positions of the groups of what clients call.
    pub fn call_groups(&self) -> impl Iterator<Item = usize> + Clone {
        let calls = |(_, group): &(usize, &Group)| group.direction == Direction::Call;
        self.groups.iter().enumerate().filter(calls).map(|(index, _)| index)
    }

    /// One security scheme.
    pub fn scheme(&self, id: SchemeId) -> &Scheme {
        &self.schemes[id.index()]
    }

    /// Whether a parameter is a credential: an API key has its place and name.
    pub fn is_credential(&self, param: &Param) -> bool {
        self.schemes.iter().any(|scheme| match (&scheme.kind, param.place) {
            (SchemeKind::ApiKey { place: KeyPlace::Query, wire }, ParamPlace::Query)
            | (SchemeKind::ApiKey { place: KeyPlace::Cookie, wire }, ParamPlace::Cookie) => *wire == param.wire,
            (SchemeKind::ApiKey { place: KeyPlace::Header, wire }, ParamPlace::Header) => {
                wire.eq_ignore_ascii_case(&param.wire)
            }
            _ => false,
        })
    }

    /// Looks through aliases: what a type is on the wire. One that leads to itself is free-form JSON; lowering ends such aliases.
    pub fn resolve<'a>(&'a self, ty: &'a Ty) -> &'a Ty {
        let mut ty = ty;
        for _ in 0..=self.types.len() {
            let Ty::Named(id) = ty else { return ty };
            let Shape::Alias(target) = &self.types[*id].shape else { return ty };
            ty = target;
        }
        &Ty::Any
    }
}

/// What the Info Object says (OpenAPI 3.0.3 §4.7.2).
#[derive(Clone, Debug, Default)]
pub struct Info {
    /// The title of the API.
    pub title: String,
    /// The version of the document, any text.
    pub version: String,
    /// What the API is for, in Markdown.
    pub description: String,
    /// Name, URL or e-mail address of whom to ask.
    pub contact: Option<String>,
    /// The licence of the API.
    pub license: Option<String>,
}

/// Where the API is served (OpenAPI 3.0.3 §4.7.5).
#[derive(Clone, Debug)]
pub struct Server {
    /// Where it is declared.
    pub at: Pointer,
    /// The URL, absolute or relative to the document, with `{variables}`.
    pub url: String,
    /// What this server is.
    pub description: String,
    /// The variables of the URL with their defaults.
    pub variables: Vec<ServerVariable>,
}

/// A variable of a server URL (OpenAPI 3.0.3 §4.7.6).
#[derive(Clone, Debug)]
pub struct ServerVariable {
    /// Its name between the braces.
    pub name: String,
    /// What stands there if nobody chooses.
    pub default: String,
    /// What may be chosen; empty: anything.
    pub values: Vec<String>,
    /// What it means.
    pub description: String,
}

impl Server {
    /// The URL with every variable at its default.
    pub fn default_url(&self) -> String {
        let mut url = self.url.clone();
        for variable in &self.variables {
            url = url.replace(&format!("{{{}}}", variable.name), &variable.default);
        }
        url
    }
}
