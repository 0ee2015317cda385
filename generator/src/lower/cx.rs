//! What every part of lowering shares.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::Part;
use crate::config::Config;
use crate::diag::{Diags, Pointer};
use crate::ir::{Api, Checks, Docs, OpId, Origin, Owner, Role, Shape, Ty, TypeDef, TypeId};
use crate::spec::{Node, Spec};

/// The model so far, and what was lowered already.
pub(super) struct Cx<'d, 'a> {
    pub spec: &'a Spec<'d>,
    pub config: &'a Config,
    pub diags: &'a mut Diags,
    pub api: Api,
    /// What a set of schemas became.
    pub known: BTreeMap<Vec<Part>, Ty>,
    /// Schemas with a discriminator and no union of their own -> the schemas that inherit from them.
    pub heirs: BTreeMap<Pointer, Vec<Pointer>>,
    /// What is to be checked where, once every type has its shape.
    pub pending: Vec<(Place, Vec<Part>)>,
    /// The schemas that values are held against -> the types that they became.
    pub conditions: BTreeMap<Vec<Part>, TypeId>,
    /// The schema of a parameter or of a body, by the place of the parameter or the media type.
    pub schemas: BTreeMap<Pointer, Pointer>,
    /// The schemas whose values travel as files.
    pub files: BTreeSet<Pointer>,
    /// The objects of XML bodies, by their schemas, as positions of [`Api::xml`].
    pub xml: BTreeMap<Vec<Part>, usize>,
    /// How deep inline schemas are nested.
    pub depth: usize,
    /// Places that were reported already.
    pub reported: BTreeSet<Pointer>,
    /// The filters of operations that matched one: whether they exclude, and their positions.
    pub filters: BTreeSet<(bool, usize)>,
    /// The ids that were given out, and to which operation.
    pub operation_ids: BTreeMap<String, Pointer>,
}

impl<'d, 'a> Cx<'d, 'a> {
    pub fn new(spec: &'a Spec<'d>, config: &'a Config, diags: &'a mut Diags) -> Self {
        Self {
            spec,
            config,
            diags,
            api: Api::default(),
            known: BTreeMap::new(),
            heirs: BTreeMap::new(),
            pending: Vec::new(),
            conditions: BTreeMap::new(),
            schemas: BTreeMap::new(),
            files: BTreeSet::new(),
            xml: BTreeMap::new(),
            depth: 0,
            reported: BTreeSet::new(),
            filters: BTreeSet::new(),
            operation_ids: BTreeMap::new(),
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

    /// Follows the references of an OpenAPI object.
    pub fn resolve(&mut self, node: Node<'d>) -> Option<Node<'d>> {
        self.spec.resolve(node, self.diags)
    }

    /// Whether this place is met for the first time.
    pub fn first_report(&mut self, at: &Pointer) -> bool {
        self.reported.insert(at.clone())
    }
}

/// Where something is to be checked.
#[derive(Clone, Debug)]
pub(super) enum Place {
    /// The values of a type.
    Type(TypeId),
    /// The value of a property.
    Field(TypeId, String),
    /// The values of the keys that are no property.
    Rest(TypeId),
    /// A variant, by its position.
    Variant(TypeId, usize),
}

/// Where an inline schema stands, for its name.
#[derive(Clone, Debug)]
pub(super) struct Site {
    pub owner: Owner,
    pub roles: Vec<Role>,
}

impl Site {
    pub fn of_type(id: TypeId) -> Self {
        Self { owner: Owner::Type(id), roles: Vec::new() }
    }

    pub fn of_operation(id: OpId, role: Role) -> Self {
        Self { owner: Owner::Operation(id), roles: vec![role] }
    }

    /// The site of a part of what stands here.
    pub fn with(&self, role: Role) -> Self {
        let mut roles = self.roles.clone();
        roles.push(role);
        Self { owner: self.owner, roles }
    }

    pub fn origin(&self) -> Origin {
        Origin::Inline { owner: self.owner, roles: self.roles.clone() }
    }
}
