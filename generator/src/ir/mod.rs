//! The model: everything that emitters know about a document, without anything of Rust.
//!
//! Everything is in the order of the document. Beyond what its types express, the following holds for every [`Api`] and its
//! [`Analysis`] once the document is analysed. [`check`] asserts it; a violation is a bug of this program.
//!
//! Ids:
//!
//! - a [`TypeId`], [`OpId`] or [`SchemeId`] points into [`Api::types`], [`Api::operations`] or [`Api::schemes`];
//! - a position in [`Ty::Given`], [`XmlContent::Object`] or [`XmlObject::owner`] points into [`Api::given`] or [`Api::xml`].
//!
//! Types:
//!
//! - an alias does not lead to itself;
//! - a type has finite size: each cycle of fields, variants, aliases and newtypes has a boxed edge, or a list or map;
//! - [`Ty::Nullable`] is not around a type that allows `null` already: [`Ty::Any`], [`Ty::Null`] or another [`Ty::Nullable`];
//! - the fields of a struct have different wire names, none of which is forbidden, and no field has the type [`Ty::Never`];
//! - only structs that collect other keys have checks for their values;
//! - the values of an enum are different from each other and from `null`, there is at least one, and they are what
//!   [`Enum::repr`] says; an enum of one value is not open;
//! - a union has at least two variants; only unions with a tag have values of the tag and a default variant, and no value means two
//!   variants; a union with a default variant is not open.
//!
//! Operations:
//!
//! - ids are different from each other;
//! - the method is a token;
//! - two parameters of an operation differ in place or name;
//! - parameters of the path are required and come first, in the order of the template, and the template has no others;
//! - the responses of an operation have different, valid statuses;
//! - the headers of successful responses are listed once each, whatever their case;
//! - every operation is in exactly one group, that of its direction and tag, in the order of the document; no group is empty, and
//!   no two groups have the same direction and tag;
//! - only operations that clients call have a tag;
//! - a link leads to an operation that clients call; its arguments are parameters of that operation, and the parameters that it
//!   takes values from are parameters of its own operation.
//!
//! Analysis:
//!
//! - there is one entry for each type and one for each operation;
//! - groups and sets of groups that need a type exist, and the groups of a set are in ascending order;
//! - pagination leads along fields that exist, and its parameter exists, is optional and is not in the path.

mod analysis;
mod api;
mod bodies;
pub mod check;
mod checks;
mod components;
pub mod conformance;
mod docs;
mod enums;
mod examples;
mod ids;
mod info;
mod json_kind;
mod links;
mod literal;
mod operations;
mod pagination;
mod responses;
pub mod sample;
mod scalar;
mod security;
mod structs;
mod ty;
mod types;
mod unions;
mod xml;

pub use analysis::{Analysis, Need, Shared, TypeAnalysis};
pub use api::{Api, ChosenNames};
pub use bodies::{Body, Content, FieldEncoding, Form, Media, PartHeader, essence, parameters, subtype};
pub use checks::{Checks, Rule};
pub use components::{Component, ComponentKind};
pub use docs::Docs;
pub use enums::{Enum, Repr, Value};
pub use examples::Example;
pub use ids::{ComponentId, OpId, SchemeId, TypeId};
pub use info::{Info, Server, ServerVariable, url_path};
pub use json_kind::JsonKind;
pub use links::{Link, LinkValue};
pub use literal::Literal;
pub use operations::{
    Constant, Direction, Encoding, Group, Method, Operation, Param, ParamPlace, PathPart, PathTemplate, Style, is_token,
};
pub use pagination::{NextPage, Pagination, Step};
pub use responses::{Header, Response, Status, is_success};
pub use scalar::{Int, Scalar};
pub use security::{Alternative, Credential, Flow, Grant, KeyPlace, Scheme, SchemeKind};
pub use structs::{Field, Presence, Rest, Struct};
pub use ty::Ty;
pub use types::{Origin, Owner, Role, Shape, TypeDef};
pub use unions::{Tag, Union, Variant};
pub use xml::{XmlContent, XmlElement, XmlMember, XmlName, XmlObject, XmlPlace};
