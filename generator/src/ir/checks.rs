//! What a value must satisfy beyond its type: validation keywords, and applicators that types cannot express (JSON Schema
//! Validation 2020-12 §6, Core §10).

use super::examples::Example;
use super::ids::TypeId;
use super::literal::Literal;
use crate::tree::Number;

/// What the values at one place must satisfy. The parts of lists, maps and tuples have checks of their own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Checks {
    /// What the value itself must satisfy.
    pub rules: Vec<Rule>,
    /// What each item of a list, or each value of a map, must satisfy.
    pub items: Option<Box<Checks>>,
    /// What the items of a tuple must satisfy, by position.
    pub positions: Vec<Checks>,
    /// The `format` of a string or a number. Strings of samples have it, but values are not compared with it (JSON Schema Validation 2020-12 §7.2.1).
    pub format: Option<String>,
    /// The examples of the schema, whether or not they match it. Samples are made from those that do; values are not compared with them.
    pub examples: Vec<Example>,
}

impl Checks {
    /// Whether there is nothing to check.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
            && self.items.as_ref().is_none_or(|items| items.is_empty())
            && self.positions.iter().all(Self::is_empty)
    }

    /// Whether a rule is about the value as JSON, or that of a part.
    pub fn are_on_json(&self) -> bool {
        let mut found = false;
        self.for_each_rule(&mut |rule| found |= rule.is_on_json());
        found
    }

    /// Visits every rule, including those of the parts.
    pub fn for_each_rule(&self, visit: &mut impl FnMut(&Rule)) {
        self.rules.iter().for_each(&mut *visit);
        for part in self.items.iter().map(|items| &**items).chain(&self.positions) {
            part.for_each_rule(visit);
        }
    }
}

impl Checks {
    /// The checks without examples.
    #[must_use]
    pub fn without_examples(&self) -> Self {
        let positions: Vec<Self> = self.positions.iter().map(Self::without_examples).collect();
        Self {
            rules: self.rules.clone(),
            items: self.items.as_ref().map(|items| items.without_examples()).filter(Self::says).map(Box::new),
            positions: if positions.iter().any(Self::says) { positions } else { Vec::new() },
            format: self.format.clone(),
            examples: Vec::new(),
        }
    }

    /// Whether something is said of values, if only their format.
    fn says(&self) -> bool {
        !self.is_empty() || self.format.is_some()
    }

    /// Replaces every schema that values are validated against.
    pub fn rename(&mut self, to: &impl Fn(TypeId) -> TypeId) {
        self.rules.iter_mut().for_each(|rule| rule.rename(to));
        for part in self.items.iter_mut().map(|items| &mut **items).chain(&mut self.positions) {
            part.rename(to);
        }
    }
}

/// One thing that a value must satisfy. A [`TypeId`] is the type of a schema that the value is validated against.
#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    /// At least this many characters.
    MinLength(u64),
    /// At most this many characters.
    MaxLength(u64),
    /// An ECMAScript regular expression that matches somewhere.
    Pattern(String),
    /// At least this.
    Minimum(Number),
    /// More than this.
    ExclusiveMinimum(Number),
    /// At most this.
    Maximum(Number),
    /// Less than this.
    ExclusiveMaximum(Number),
    /// A whole multiple of this.
    MultipleOf(Number),
    /// At least this many items.
    MinItems(u64),
    /// At most this many items.
    MaxItems(u64),
    /// No two equal items.
    UniqueItems,
    /// A number of items satisfies a schema.
    Contains {
        /// The schema.
        schema: TypeId,
        /// The smallest number.
        min: u64,
        /// The greatest number.
        max: Option<u64>,
    },
    /// The item at a position, if there is one, satisfies a schema.
    Position {
        /// The position, from 0.
        index: usize,
        /// The schema.
        schema: TypeId,
    },
    /// The items from a position on satisfy a schema.
    ItemsFrom {
        /// The position, from 0.
        index: usize,
        /// The schema.
        schema: TypeId,
    },
    /// At least this many properties.
    MinProperties(u64),
    /// At most this many properties.
    MaxProperties(u64),
    /// These undeclared properties are present.
    RequiredKeys(Vec<String>),
    /// At least one of these sets of properties is present; with `exactly_one`, no other one is.
    KeySets {
        /// `oneOf` rather than `anyOf`.
        exactly_one: bool,
        /// The sets.
        sets: Vec<Vec<String>>,
    },
    /// If a property is present, others are.
    DependentRequired {
        /// The key.
        key: String,
        /// The others.
        required: Vec<String>,
    },
    /// If a property is present, the object satisfies a schema.
    DependentSchema {
        /// The key.
        key: String,
        /// The schema.
        schema: TypeId,
    },
    /// Every key satisfies a schema.
    PropertyNames(TypeId),
    /// The values of the keys that match a pattern satisfy a schema.
    PatternProperties {
        /// An ECMAScript regular expression.
        pattern: String,
        /// The schema.
        schema: TypeId,
    },
    /// The values of the keys that are neither declared nor match a pattern satisfy a schema.
    AdditionalProperties {
        /// The declared keys.
        known: Vec<String>,
        /// ECMAScript regular expressions.
        patterns: Vec<String>,
        /// The schema.
        schema: TypeId,
    },
    /// One of a list of values.
    OneOfValues(Vec<Literal>),
    /// At least one schema is satisfied.
    AnyOf(Vec<TypeId>),
    /// Exactly one schema is satisfied.
    ExactlyOne(Vec<TypeId>),
    /// A schema is not satisfied.
    Not(TypeId),
    /// If one schema is satisfied, another one is; otherwise a third one.
    If {
        /// The condition.
        condition: TypeId,
        /// The schema for values that satisfy the condition.
        then: Option<TypeId>,
        /// The schema for values that do not satisfy the condition.
        otherwise: Option<TypeId>,
    },
}

impl Rule {
    /// The types of schemas that values are validated against.
    pub fn schemas(&self) -> Vec<TypeId> {
        match self {
            Self::Contains { schema, .. }
            | Self::Position { schema, .. }
            | Self::ItemsFrom { schema, .. }
            | Self::DependentSchema { schema, .. }
            | Self::PropertyNames(schema)
            | Self::PatternProperties { schema, .. }
            | Self::AdditionalProperties { schema, .. }
            | Self::Not(schema) => vec![*schema],
            Self::AnyOf(schemas) | Self::ExactlyOne(schemas) => schemas.clone(),
            Self::If { condition, then, otherwise } => {
                [Some(*condition), *then, *otherwise].into_iter().flatten().collect()
            }
            _ => Vec::new(),
        }
    }

    /// Whether the rule is about the value as JSON. The others are about a value of the type.
    pub fn is_on_json(&self) -> bool {
        !matches!(
            self,
            Self::MinLength(_)
                | Self::MaxLength(_)
                | Self::Pattern(_)
                | Self::Minimum(_)
                | Self::ExclusiveMinimum(_)
                | Self::Maximum(_)
                | Self::ExclusiveMaximum(_)
                | Self::MultipleOf(_)
                | Self::MinItems(_)
                | Self::MaxItems(_)
                | Self::UniqueItems
        )
    }

    /// Replaces every schema that values are validated against.
    fn rename(&mut self, to: &impl Fn(TypeId) -> TypeId) {
        match self {
            Self::Contains { schema, .. }
            | Self::Position { schema, .. }
            | Self::ItemsFrom { schema, .. }
            | Self::DependentSchema { schema, .. }
            | Self::PropertyNames(schema)
            | Self::PatternProperties { schema, .. }
            | Self::AdditionalProperties { schema, .. }
            | Self::Not(schema) => *schema = to(*schema),
            Self::AnyOf(schemas) | Self::ExactlyOne(schemas) => {
                for schema in schemas {
                    *schema = to(*schema);
                }
            }
            Self::If { condition, then, otherwise } => {
                for schema in std::iter::once(condition).chain(then).chain(otherwise) {
                    *schema = to(*schema);
                }
            }
            _ => {}
        }
    }

    /// The regular expressions of the rule.
    pub fn patterns(&self) -> Vec<&str> {
        match self {
            Self::Pattern(pattern) | Self::PatternProperties { pattern, .. } => vec![pattern],
            Self::AdditionalProperties { patterns, .. } => patterns.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }
}
