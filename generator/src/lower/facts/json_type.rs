//! The types of JSON Schema.

use std::collections::BTreeSet;

use crate::ir::Literal;
use crate::spec::Node;
use crate::tree::Tree;

/// A type of JSON Schema (Validation 2020-12 §6.1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in super::super) enum JsonType {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

impl JsonType {
    /// Every type that a value can have. `integer` is not among them, because whole numbers are numbers.
    pub const ALL: [Self; 6] = [Self::Null, Self::Boolean, Self::Number, Self::String, Self::Array, Self::Object];

    /// The type that a document calls by this name.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "null" => Self::Null,
            "boolean" => Self::Boolean,
            "integer" => Self::Integer,
            "number" => Self::Number,
            "string" => Self::String,
            "array" => Self::Array,
            "object" => Self::Object,
            _ => return None,
        })
    }

    /// The name of the type in documents.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        }
    }

    /// What its values are called in messages.
    pub fn plural(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "booleans",
            Self::Integer => "integers",
            Self::Number => "numbers",
            Self::String => "strings",
            Self::Array => "arrays",
            Self::Object => "objects",
        }
    }

    /// Whether every value of this type is a value of another type as well.
    pub fn is_a(self, other: Self) -> bool {
        self == other || (self == Self::Integer && other == Self::Number)
    }

    /// The type of a value; a whole number is an integer.
    pub fn of(literal: &Literal) -> Self {
        match literal {
            Tree::Null => Self::Null,
            Tree::Bool(_) => Self::Boolean,
            Tree::Number(number) if number.as_int().is_some() => Self::Integer,
            Tree::Number(_) => Self::Number,
            Tree::String(_) => Self::String,
            Tree::Array(_) => Self::Array,
            Tree::Object(_) => Self::Object,
        }
    }
}

/// The types that are in both sets; `integer` is a part of `number`.
pub(super) fn intersect(a: &BTreeSet<JsonType>, b: &BTreeSet<JsonType>) -> BTreeSet<JsonType> {
    let within = |x: &JsonType, set: &BTreeSet<JsonType>| set.iter().any(|other| x.is_a(*other));
    a.iter().filter(|x| within(x, b)).chain(b.iter().filter(|x| within(x, a))).copied().collect()
}

/// The types that a schema itself lists.
pub(in super::super) fn own_types(node: &Node<'_>) -> BTreeSet<JsonType> {
    match node.get("type").map(|found| found.tree) {
        Some(Tree::String(name)) => JsonType::parse(name).into_iter().collect(),
        _ => node.items("type").filter_map(|item| JsonType::parse(item.tree.as_str()?)).collect(),
    }
}
