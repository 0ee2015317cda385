//! The root of the model.

use std::collections::{BTreeMap, BTreeSet};

use super::bodies::Form;
use super::components::Component;
use super::ids::{ComponentId, OpId, SchemeId, TypeId};
use super::info::{Info, Server, url_path};
use super::operations::{Direction, Encoding, Group, Method, Operation, Param, ParamPlace, PathShape, Style};
use super::security::{Alternative, KeyPlace, Scheme, SchemeKind};
use super::structs::Field;
use super::ty::Ty;
use super::types::{Shape, Types};
use super::xml::XmlObject;
use crate::diag::Pointer;

/// The model of a whole document.
#[derive(Clone, Debug, Default)]
pub struct Api {
    /// Title, version and contact.
    pub info: Info,
    /// Where the API is served.
    pub servers: Vec<Server>,
    /// The security schemes, in the order of the document.
    pub schemes: Vec<Scheme>,
    /// The security requirement of operations that have none of their own.
    pub security: Vec<Alternative>,
    /// Every type.
    pub types: Types,
    /// The components that inline types are called after, other than schemas.
    pub components: Vec<Component>,
    /// The objects of XML bodies.
    pub xml: Vec<XmlObject>,
    /// The paths of types that the configuration gives, as it writes them.
    pub given: Vec<String>,
    /// How many operations the document has, including those that are left out.
    pub documented: usize,
    /// Every operation.
    pub operations: Vec<Operation>,
    /// The calls by method and path.
    pub by_path: BTreeMap<(Method, PathShape), Vec<OpId>>,
    /// The operations by their first tag, in the order of `tags`, then of first use.
    pub groups: Vec<Group>,
    /// The Rust names that the document chooses.
    pub chosen_names: ChosenNames,
}

/// The Rust names that the document chooses with `x-rust-name`, as it writes them.
#[derive(Clone, Debug, Default)]
pub struct ChosenNames {
    /// The names, by the places of the schemas, properties, branches, parameters, operations and tags that have them.
    pub places: BTreeMap<Pointer, String>,
    /// The place of each tag that has one.
    pub tags: BTreeMap<String, Pointer>,
}

impl ChosenNames {
    /// The key of a chosen name.
    pub const KEY: &str = "x-rust-name";
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

    /// The other operations with the method and path of one. Path parameters may have different names.
    pub fn of_same_path(&self, op: OpId) -> impl Iterator<Item = (OpId, &Operation)> {
        let own = self.operation(op);
        let same = self.by_path.get(&(own.method.clone(), own.path.shape()));
        same.into_iter().flatten().filter(move |id| **id != op).map(|id| (*id, self.operation(*id)))
    }

    /// The first operation with the same requests, judging by paths, constants and the media types of responses. Servers run that
    /// operation.
    pub fn first_of_same_requests(&self, op: OpId) -> Option<OpId> {
        let constants = |operation: &Operation| operation.constants(self).into_iter().collect::<BTreeSet<_>>();
        let operation = self.operation(op);
        let own = constants(operation);
        let is_same = |other: &Operation| constants(other) == own && !operation.has_disjoint_response_types(other);
        self.of_same_path(op).find(|(id, other)| *id < op && is_same(other)).map(|(id, _)| id)
    }

    /// The positions of the groups whose operations clients call.
    pub fn call_groups(&self) -> impl Iterator<Item = usize> + Clone {
        let calls = |(_, group): &(usize, &Group)| group.direction == Direction::Call;
        self.groups.iter().enumerate().filter(calls).map(|(index, _)| index)
    }

    /// The groups that are accessors of the client: those of tags, webhooks and callbacks. With their positions.
    pub fn accessor_groups(&self) -> impl Iterator<Item = (usize, &Group)> {
        self.groups.iter().enumerate().filter(|(_, group)| !group.is_untagged())
    }

    /// Whether the group at a position is one of calls without a tag.
    pub fn is_untagged(&self, group: usize) -> bool {
        self.groups.get(group).is_some_and(Group::is_untagged)
    }

    /// The groups of calls without a tag, with their positions.
    pub fn untagged_groups(&self) -> impl Iterator<Item = (usize, &Group)> {
        self.groups.iter().enumerate().filter(|(_, group)| group.is_untagged())
    }

    /// Whether any operation requires a credential.
    pub fn is_secured(&self) -> bool {
        self.operations.iter().any(|operation| !operation.security.is_empty())
    }

    /// The path of the first server, below which generated servers serve all operations; empty if there is none.
    pub fn base_path(&self) -> String {
        self.servers.first().map_or_else(String::new, |server| url_path(&server.default_url()))
    }

    /// The absolute servers with their positions; none if the URL of the first one says it all.
    pub fn offered_servers(&self) -> Vec<(usize, &Server)> {
        let all = self.servers.iter().enumerate();
        let absolute: Vec<_> = all.filter(|(_, server)| server.is_absolute()).collect();
        let several = absolute.len() > 1 || absolute.iter().any(|(_, server)| !server.variables.is_empty());
        if several { absolute } else { Vec::new() }
    }

    /// One security scheme.
    pub fn scheme(&self, id: SchemeId) -> &Scheme {
        &self.schemes[id.index()]
    }

    /// One component other than a schema.
    pub fn component(&self, id: ComponentId) -> &Component {
        &self.components[id.index()]
    }

    /// Whether a parameter is a credential: whether an API key has the same place and name.
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

    /// The names of the API keys of an operation that are among its parameters of a place: in the query, or in cookies.
    pub fn keys_among(&self, operation: &Operation, place: ParamPlace) -> BTreeSet<&str> {
        let needed = operation.security.iter().flat_map(|alternative| &alternative.credentials);
        let schemes = needed.map(|credential| self.scheme(credential.scheme));
        let names = schemes.filter_map(|scheme| match (&scheme.kind, place) {
            (SchemeKind::ApiKey { place: KeyPlace::Query, wire }, ParamPlace::Query)
            | (SchemeKind::ApiKey { place: KeyPlace::Cookie, wire }, ParamPlace::Cookie) => Some(wire.as_str()),
            _ => None,
        });
        names.collect()
    }

    /// The names under which a parameter is sent: those of its properties if it is an exploded object (OpenAPI 3.0.3 §4.7.12.4), else its own.
    pub fn sent_names<'a>(&'a self, param: &'a Param) -> Vec<&'a str> {
        let is_exploded = matches!(param.encoding, Encoding::Style { style: Style::Form, explode: true, .. });
        let is_beside = matches!(param.place, ParamPlace::Query | ParamPlace::Cookie);
        let names = if is_exploded && is_beside { self.property_names(&param.ty) } else { Vec::new() };
        if names.is_empty() { vec![&param.wire] } else { names }
    }

    /// The names of the properties of an object, or of the variants of a union, each once; none for other types.
    pub fn property_names<'a>(&'a self, ty: &'a Ty) -> Vec<&'a str> {
        let (mut names, mut open, mut seen, mut known) = (Vec::new(), vec![ty], BTreeSet::new(), BTreeSet::new());
        while let Some(ty) = open.pop() {
            let Ty::Named(id) = self.resolve(ty.not_null()) else { continue };
            match &self.types[*id].shape {
                _ if !seen.insert(*id) => {}
                Shape::Struct(shape) => {
                    let own = shape.fields.iter().map(|field| field.wire.as_str());
                    names.extend(own.filter(|name| known.insert(*name)));
                }
                Shape::Union(union) => open.extend(union.variants.iter().map(|variant| &variant.ty)),
                Shape::Newtype(inner) => open.push(inner),
                Shape::Enum(_) | Shape::Alias(_) => {}
            }
        }
        names
    }

    /// The names under which a field of a form is sent, as [`Self::sent_names`] for parameters.
    pub fn sent_field_names<'a>(&'a self, form: &Form, field: &'a Field) -> Vec<&'a str> {
        let is_exploded = form.encodings.get(&field.wire).is_some_and(|encoding| {
            // A style or `explode` alone says that the field has a style (OpenAPI 3.1.1 §4.8.15.1.2).
            let is_form = encoding.style.unwrap_or(Style::Form) == Style::Form && encoding.explode.unwrap_or(true);
            is_form && (encoding.style.is_some() || encoding.explode.is_some())
        });
        let names = if is_exploded { self.property_names(&field.ty) } else { Vec::new() };
        if names.is_empty() { vec![&field.wire] } else { names }
    }

    /// The fields of a form, if they are the properties of one object.
    pub fn form_fields(&self, form: &Form) -> &[Field] {
        match self.resolve(&form.ty) {
            Ty::Named(id) => match &self.types[*id].shape {
                Shape::Struct(shape) => &shape.fields,
                _ => &[],
            },
            _ => &[],
        }
    }

    /// Which parameters are exploded objects that have a property with the name of something else in the same place: nothing tells them
    /// apart.
    pub fn are_ambiguous(&self, params: &[Param]) -> Vec<bool> {
        let sent: Vec<Vec<&str>> = params.iter().map(|param| self.sent_names(param)).collect();
        let mut counts: BTreeMap<(ParamPlace, &str), usize> = BTreeMap::new();
        for (param, names) in params.iter().zip(&sent) {
            for name in names {
                *counts.entry((param.place, name)).or_default() += 1;
            }
        }
        let is_ambiguous = |(param, names): (&Param, &Vec<&str>)| {
            let is_shared = |name: &&str| counts.get(&(param.place, *name)).is_some_and(|count| *count > 1);
            *names != [param.wire.as_str()] && names.iter().any(is_shared)
        };
        params.iter().zip(&sent).map(is_ambiguous).collect()
    }

    /// Replaces types by others and removes them. `to` returns the type that stands for one, which is itself if it is kept.
    pub fn merge_types(&mut self, to: &impl Fn(TypeId) -> TypeId) {
        let ids = self.types.retain(|id| to(id) == id);
        let to = |id: TypeId| ids.get(to(id).index()).copied().unwrap_or(id);
        self.types.iter_mut().for_each(|def| def.rename(&to));
        self.operations.iter_mut().for_each(|operation| operation.rename_types(&to));
        self.xml.iter_mut().filter_map(|object| object.ty.as_mut()).for_each(|id| *id = to(*id));
    }

    /// The type behind aliases. While a document is lowered, an alias can lead to itself; then it is free-form JSON.
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
