//! The state that all parts of lowering share.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::Rc;

use super::facts::model::Facts;
use super::facts::part::Part;
use super::union::unsettled::Unsettled;
use crate::config::Config;
use crate::diag::{Diags, Pointer};
use crate::ir::{
    Api, Checks, Component, ComponentId, ComponentKind, Docs, OpId, Origin, Owner, Role, Shape, Ty, TypeDef, TypeId,
};
use crate::spec::{Node, Spec};

/// The state of lowering: the model so far, and what was lowered already.
pub(super) struct Lowering<'d, 'a> {
    pub spec: &'a Spec<'d>,
    pub config: &'a Config,
    pub diags: &'a mut Diags,
    pub api: Api,
    /// The facts of each set of schemas.
    pub facts: BTreeMap<Vec<Part>, Rc<Facts>>,
    /// The schemas that the branches of each schema refer to, as far as they were asked for.
    pub branches: BTreeMap<Pointer, Rc<BTreeSet<Pointer>>>,
    /// The type of each set of schemas.
    pub known: BTreeMap<Vec<Part>, Ty>,
    /// Schemas with a discriminator and no branches, each with the schemas that inherit from it.
    pub heirs: BTreeMap<Pointer, Vec<Pointer>>,
    /// The schemas that inherit.
    pub inheriting: BTreeSet<Pointer>,
    /// Sites whose checks are attached once every type has its shape, with their schemas.
    pub pending: Vec<(CheckSite, Vec<Part>)>,
    /// The types of schemas that values are validated against.
    pub conditions: BTreeMap<Vec<Part>, TypeId>,
    /// The schema of each parameter and body, by the place of the parameter or the media type.
    pub schemas: BTreeMap<Pointer, Pointer>,
    /// The schemas whose values are files.
    pub files: BTreeSet<Pointer>,
    /// The `contentSchema`s of strings, and whether each is read. Only that of the data of events is.
    pub contents: BTreeMap<Pointer, bool>,
    /// The objects of XML bodies, by their schemas, as positions of [`Api::xml`].
    pub xml: BTreeMap<Vec<Part>, usize>,
    /// The components that inline types are called after, by their places.
    pub components: BTreeMap<Pointer, ComponentId>,
    /// How deep inline schemas are nested.
    pub depth: usize,
    /// Places that were reported already.
    pub reported: BTreeSet<Pointer>,
    /// The filters of operations that matched one: whether they exclude, and their positions.
    pub filters: BTreeSet<(bool, usize)>,
    /// The operation ids in use, each with the place of its operation.
    pub operation_ids: BTreeMap<String, Pointer>,
    /// The next number to try for an operation id that is taken.
    pub numbers: BTreeMap<String, usize>,
    /// Unions with a variant of several branches.
    pub merged: BTreeSet<TypeId>,
    /// Unions whose variants are known, but not how they are told apart.
    pub unsettled: Vec<Unsettled>,
    /// How many schemas are being lowered, each inside the one before it.
    pub level: usize,
    /// Definitions whose types are reserved, and that are lowered once the schemas around them are.
    pub deferred: VecDeque<(Pointer, TypeId)>,
}

impl<'d, 'a> Lowering<'d, 'a> {
    /// Nothing is lowered yet.
    pub fn new(spec: &'a Spec<'d>, config: &'a Config, diags: &'a mut Diags) -> Self {
        Self {
            spec,
            config,
            diags,
            api: Api::default(),
            facts: BTreeMap::new(),
            branches: BTreeMap::new(),
            known: BTreeMap::new(),
            heirs: BTreeMap::new(),
            inheriting: BTreeSet::new(),
            pending: Vec::new(),
            conditions: BTreeMap::new(),
            schemas: BTreeMap::new(),
            files: BTreeSet::new(),
            contents: BTreeMap::new(),
            xml: BTreeMap::new(),
            components: BTreeMap::new(),
            depth: 0,
            reported: BTreeSet::new(),
            filters: BTreeSet::new(),
            operation_ids: BTreeMap::new(),
            numbers: BTreeMap::new(),
            merged: BTreeSet::new(),
            unsettled: Vec::new(),
            level: 0,
            deferred: VecDeque::new(),
        }
    }

    /// Adds a type whose shape is not known yet.
    pub fn reserve(&mut self, at: &Pointer, origin: Origin) -> TypeId {
        self.api.types.push(TypeDef {
            at: at.clone(),
            origin,
            docs: Docs::default(),
            shape: Shape::Alias(Ty::Any),
            checks: Checks::default(),
        })
    }

    /// Whether the values of some schemas are files.
    pub fn is_file(&self, parts: &[Part]) -> bool {
        !self.files.is_empty() && parts.iter().any(|part| self.files.contains(&part.at))
    }

    /// What the inline schemas of a parameter, body, response or header are called after: the component that it is or that contains
    /// it, or else the operation and the role there.
    pub fn site(&mut self, at: &Pointer, op: OpId, role: Role) -> NameSite {
        let component = at.component();
        let component =
            component.and_then(|(place, section, key)| Some((place, ComponentKind::of_section(&section, &role)?, key)));
        let Some((place, kind, key)) = component else { return NameSite::of_operation(op, role) };
        let roles = if place == *at { Vec::new() } else { vec![role] };
        let next = ComponentId::new(self.api.components.len());
        let id = *self.components.entry(place).or_insert(next);
        if id == next {
            self.api.components.push(Component { kind, key });
        }
        NameSite { owner: Owner::Component(id), roles }
    }

    /// Follows the references of an OpenAPI object.
    pub fn resolve(&mut self, node: Node<'d>) -> Option<Node<'d>> {
        self.spec.resolve(node, self.diags)
    }

    /// The OpenAPI object at a place, behind its references.
    pub fn object(&mut self, at: &Pointer) -> Option<Node<'d>> {
        let node = self.spec.node(at)?;
        self.resolve(node)
    }

    /// Whether nothing was reported at this place yet; from now on, something was.
    pub fn first_report(&mut self, at: &Pointer) -> bool {
        self.reported.insert(at.clone())
    }
}

/// Where values are checked.
#[derive(Clone, Debug)]
pub(super) enum CheckSite {
    /// The values of a type.
    Type(TypeId),
    /// The value of a property, by its position.
    Field(TypeId, usize),
    /// The values of undeclared properties.
    Rest(TypeId),
    /// The value of a variant, by its position.
    Variant(TypeId, usize),
}

/// What an inline schema is called after: its owner and its role there.
#[derive(Clone, Debug)]
pub(super) struct NameSite {
    pub owner: Owner,
    pub roles: Vec<Role>,
}

impl NameSite {
    /// The site of a named type.
    pub fn of_type(id: TypeId) -> Self {
        Self { owner: Owner::Type(id), roles: Vec::new() }
    }

    /// A site in an operation.
    pub fn of_operation(id: OpId, role: Role) -> Self {
        Self { owner: Owner::Operation(id), roles: vec![role] }
    }

    /// The site of a part of this schema.
    pub fn with(&self, role: Role) -> Self {
        let mut roles = self.roles.clone();
        roles.push(role);
        Self { owner: self.owner, roles }
    }

    /// The origin of a type at this site.
    pub fn origin(&self) -> Origin {
        Origin::Inline { owner: self.owner, roles: self.roles.clone() }
    }
}
