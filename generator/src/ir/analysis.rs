//! The results of analysing a model. They are a table beside it, so that the model only holds what the document says.

use std::ops::{Index, IndexMut};

use super::ids::{OpId, TypeId};
use super::pagination::Pagination;
use super::ty::Ty;

/// The results of the passes over an [`Api`](super::Api), by type and by operation.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    /// One entry for each type of the model.
    pub types: Vec<TypeAnalysis>,
    /// The sets of groups that need some types in common, each set once.
    pub shared: Vec<Shared>,
    /// One entry for each operation of the model: how it is paginated, if it is.
    pub pagination: Vec<Option<Pagination>>,
}

/// What was found out about one type.
#[derive(Clone, Debug, Default)]
pub struct TypeAnalysis {
    /// Whether a value that decodes can still break a rule of the document, in itself or in one of its parts.
    pub can_be_invalid: bool,
    /// Whether it has rules about its values as JSON, in itself or at the places of its parts; see [`Rule::is_on_json`].
    ///
    /// [`Rule::is_on_json`]: super::Rule::is_on_json
    pub has_json_rules: bool,
    /// Whether it has such rules, or contains a type that has some.
    pub contains_json_rules: bool,
    /// Whether it is a union without a tag, and a value can look like two of its variants.
    pub is_ambiguous: bool,
    /// Whether servers fill in defaults, of its own properties or inside them.
    pub has_defaults: bool,
    /// Whether no generated operation needs it, so that it is not generated. Only selected operations prune types.
    pub pruned: bool,
    /// Which groups of operations need it.
    pub need: Need,
}

/// Which groups of operations need a type, directly or through other types.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Need {
    /// Every group, or a validation rule.
    #[default]
    Always,
    /// One group only, given by its position.
    Group(usize),
    /// The same groups as other types, given by the position in [`Analysis::shared`].
    Shared(usize),
}

/// A set of groups that need the same types.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shared {
    /// The positions of the groups, in ascending order.
    pub groups: Vec<usize>,
    /// Whether schemas that no operation needs are among these types, or refer to them.
    pub unused: bool,
}

impl Analysis {
    /// How an operation is paginated, if it is.
    pub fn pagination(&self, op: OpId) -> Option<&Pagination> {
        self.pagination.get(op.index())?.as_ref()
    }

    /// Whether values of a type, or their parts, have rules about their values as JSON.
    pub fn contains_json_rules(&self, ty: &Ty) -> bool {
        let mut found = false;
        ty.for_each_named(&mut |id| found |= self[id].contains_json_rules);
        found
    }

    /// Whether servers fill in defaults somewhere in values of a type.
    pub fn has_defaults(&self, ty: &Ty) -> bool {
        match ty {
            Ty::Named(id) => self[*id].has_defaults,
            Ty::List(inner) | Ty::Map(inner) | Ty::Nullable(inner) => self.has_defaults(inner),
            Ty::Any | Ty::Null | Ty::Never | Ty::Scalar(_) | Ty::Given(_) | Ty::Tuple(_) => false,
        }
    }
}

impl Index<TypeId> for Analysis {
    type Output = TypeAnalysis;

    fn index(&self, id: TypeId) -> &TypeAnalysis {
        &self.types[id.index()]
    }
}

impl IndexMut<TypeId> for Analysis {
    fn index_mut(&mut self, id: TypeId) -> &mut TypeAnalysis {
        &mut self.types[id.index()]
    }
}
