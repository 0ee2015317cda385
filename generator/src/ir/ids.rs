//! Numbers of types, operations, security schemes and other components.

/// The number of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(u32);

impl TypeId {
    /// The id of the type at a position of [`Types`](super::Types).
    pub(super) fn new(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// The position in [`Types`](super::Types).
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The number of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OpId(u32);

impl OpId {
    /// The id of the operation at a position of [`Api::operations`](super::Api::operations).
    pub fn new(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// The position in [`Api::operations`](super::Api::operations).
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The number of a security scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemeId(u32);

impl SchemeId {
    /// The id of the scheme at a position of [`Api::schemes`](super::Api::schemes).
    pub fn new(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// The position in [`Api::schemes`](super::Api::schemes).
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The number of a component other than a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ComponentId(u32);

impl ComponentId {
    /// The id of the component at a position of [`Api::components`](super::Api::components).
    pub fn new(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// The position in [`Api::components`](super::Api::components).
    pub fn index(self) -> usize {
        self.0 as usize
    }
}
