//! What can be gathered from a set of schemas.

use std::collections::BTreeSet;

use indexmap::{IndexMap, IndexSet};

use super::json_type::JsonType;
use super::nullable::Nullable;
use super::part::Part;
use crate::diag::Pointer;
use crate::ir::{Docs, Example, Literal, Rule};
use crate::spec::Node;
use crate::tree::Tree;

/// What a set of schemas says together.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Facts {
    pub docs: Docs,
    /// `false` is among the schemas, or two of them contradict each other.
    pub never: bool,
    /// `false` is among the schemas.
    pub forbidden: bool,
    /// `type`; `None` if no schema has it.
    pub types: Option<BTreeSet<JsonType>>,
    /// OpenAPI 3.0's `nullable`.
    pub nullable: bool,
    /// What the schemas say by `nullable`.
    pub by_nullable: Nullable,
    /// Whether `null` is a value, by whichever keyword.
    pub null: bool,
    pub format: Option<String>,
    /// Whether `null` is a branch of a union beside a single other branch, which is merged.
    pub null_branch: bool,
    /// `enum`, `const`, and unions of constants.
    pub values: Option<Vec<Listed>>,
    /// Whether two lists of values have none in common, so that one of them replaced the other.
    pub replaced_values: bool,
    pub properties: IndexMap<String, Vec<Part>>,
    /// Each pattern, with the schema for values whose keys match it.
    pub pattern_properties: Vec<(String, Part)>,
    pub required: IndexSet<String>,
    pub additional: Additional,
    /// Whether a keyword for objects is among them.
    pub object_keywords: bool,
    /// The schemas of the items behind `prefix_items`.
    pub items: Vec<Part>,
    /// The schemas of the first items, by position.
    pub prefix_items: Vec<Pointer>,
    /// Whether a keyword for arrays is among them.
    pub array_keywords: bool,
    /// Whether a keyword for strings is among them.
    pub string_keywords: bool,
    /// The `contentSchema`s.
    pub contents: Vec<Pointer>,
    /// Whether a keyword for numbers is among them.
    pub number_keywords: bool,
    pub unions: Vec<Alternatives>,
    pub discriminator: Option<Discriminator>,
    /// The definitions that references lead to.
    pub includes: BTreeSet<Pointer>,
    pub default: Option<(Pointer, Literal)>,
    /// The first example that is neither an array nor an object.
    pub example: Option<Example>,
    /// The examples, those of the outermost schema first.
    pub examples: Vec<Example>,
    pub read_only: bool,
    pub write_only: bool,
    /// The validation keywords (Validation 2020-12 §6.2 to §6.5), each once.
    pub validation: Vec<Rule>,
    pub contains: Vec<Contains>,
    pub not: Vec<Part>,
    pub conditions: Vec<Conditional>,
    pub property_names: Vec<Part>,
    pub dependent_required: Vec<(String, Vec<String>)>,
    pub dependent_schemas: Vec<(String, Part)>,
    pub unevaluated_properties: Option<Part>,
    pub unevaluated_items: Option<Part>,
}

impl Facts {
    /// The value of `default`.
    pub fn default_value(&self) -> Option<Literal> {
        self.default.as_ref().map(|(_, value)| value.clone())
    }

    /// The type that the keywords apply to, for schemas without `type`.
    pub fn inferred_type(&self) -> Option<JsonType> {
        if self.object_keywords || (!self.required.is_empty() && !self.array_keywords) {
            Some(JsonType::Object)
        } else if self.array_keywords {
            Some(JsonType::Array)
        } else if self.string_keywords || self.format.as_deref().is_some_and(is_string_format) {
            Some(JsonType::String)
        } else if self.number_keywords {
            Some(JsonType::Number)
        } else {
            None
        }
    }
}

/// Whether a format belongs to strings alone, so that it implies `type: string`.
fn is_string_format(format: &str) -> bool {
    matches!(
        format,
        "byte"
            | "binary"
            | "date"
            | "date-time"
            | "uuid"
            | "uri"
            | "url"
            | "email"
            | "password"
            | "hostname"
            | "ipv4"
            | "ipv6"
    )
}

/// One of a list of values.
#[derive(Clone, Debug)]
pub(in super::super) struct Listed {
    pub at: Pointer,
    pub literal: Literal,
    /// The name that `x-enum-varnames`, or the title of a constant, gives it.
    pub name: Option<String>,
    /// `x-enum-descriptions`, or the description of a constant.
    pub docs: String,
}

/// `oneOf` or `anyOf`.
#[derive(Clone, Debug)]
pub(in super::super) struct Alternatives {
    /// `oneOf` rather than `anyOf`.
    pub exactly_one: bool,
    pub branches: Vec<Pointer>,
}

/// `discriminator`.
#[derive(Clone, Debug)]
pub(in super::super) struct Discriminator {
    pub at: Pointer,
    pub property: String,
    pub mapping: Vec<(String, String)>,
    /// `defaultMapping` (OpenAPI 3.2.0 §4.25).
    pub default: Option<String>,
}

/// `contains`.
#[derive(Clone, Debug)]
pub(in super::super) struct Contains {
    pub schema: Part,
    pub min: u64,
    pub max: Option<u64>,
}

/// `if`, `then`, `else`.
#[derive(Clone, Debug)]
pub(in super::super) struct Conditional {
    pub test: Part,
    pub then: Option<Part>,
    pub otherwise: Option<Part>,
}

/// `additionalProperties`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in super::super) enum Additional {
    /// The schemas do not say.
    #[default]
    Unsaid,
    /// `false`.
    Forbidden,
    /// `true`, or a schema that every value satisfies.
    Free,
    /// The schemas of the other values.
    Schema(Vec<Part>),
}

impl Additional {
    /// What a schema of `additionalProperties` says.
    pub fn of(schema: &Node<'_>) -> Self {
        match schema.tree {
            Tree::Bool(false) => Self::Forbidden,
            Tree::Bool(true) => Self::Free,
            tree if tree.as_object().is_some_and(IndexMap::is_empty) => Self::Free,
            _ => Self::Schema(vec![Part::whole(&schema.at)]),
        }
    }
}
