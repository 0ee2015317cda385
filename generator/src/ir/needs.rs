//! Which groups of operations need which types.

/// What needs a type, directly or through others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Need {
    /// Every group, or a condition that values are held against.
    #[default]
    Always,
    /// One group alone, by its position.
    Group(usize),
    /// The same as others of a [`Shared`], by its position in [`super::Api::shared`].
    Shared(usize),
}

/// What some types have in common: what needs them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shared {
    /// The groups, by their positions, in ascending order.
    pub groups: Vec<usize>,
    /// Whether schemas that no operation needs are made of them, or are these types.
    pub unused: bool,
}
