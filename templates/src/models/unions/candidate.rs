//! The variants of a union, and what their values look like.

use super::super::Node;

/// What the values of a variant look like: a JSON type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looks {
    /// Any value.
    Any,
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
    /// An object with keys that the variant has no property for.
    Open,
}

impl Looks {
    /// Returns whether a value has this type and, if it is an object, these keys.
    pub fn fits(self, value: &Node, keys: &[&str]) -> bool {
        match (self, value) {
            (Self::Object | Self::Open, Node::Object(_)) => keys.iter().all(|key| value.get(key).is_some()),
            (Self::Any, _)
            | (Self::Null, Node::Null)
            | (Self::Boolean, Node::Bool(_))
            | (Self::Number, Node::Number(_))
            | (Self::String, Node::Text(_))
            | (Self::Array, Node::Array(_)) => true,
            _ => false,
        }
    }
}

/// A variant of a union: its name and what its values look like.
#[derive(Debug)]
pub struct Candidate {
    /// The name of the variant.
    pub name: &'static str,
    /// The JSON type.
    pub looks: Looks,
    /// The keys of required properties.
    pub required: &'static [&'static str],
    /// The keys of the other properties.
    pub optional: &'static [&'static str],
}

impl Candidate {
    /// Returns how many keys of an object the variant has a property for.
    pub(super) fn known(&self, value: &Node) -> usize {
        self.required.iter().chain(self.optional).filter(|key| value.get(key).is_some()).count()
    }
}

/// Returns the only variant that has a property with this key, if the property is required.
pub(super) fn decided(candidates: &'static [Candidate], key: &str) -> Option<&'static Candidate> {
    let mut found = None;
    for candidate in candidates {
        if matches!(candidate.looks, Looks::Any | Looks::Open) || candidate.optional.contains(&key) {
            return None;
        }
        if candidate.required.contains(&key) && found.replace(candidate).is_some() {
            return None;
        }
    }
    found
}
