//! The schemas of a document as data.

use std::collections::{BTreeMap, BTreeSet};

use super::limit::Limit;
use super::patterns::Pattern;

/// The position of a schema in [`Schemas`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Id(pub usize);

/// All schemas.
#[derive(Debug, Default)]
pub(super) struct Schemas {
    /// The schemas that have a name.
    pub names: BTreeMap<String, Id>,
    all: Vec<Schema>,
}

impl Schemas {
    /// Adds a schema.
    pub fn push(&mut self, schema: Schema) -> Id {
        self.all.push(schema);
        Id(self.all.len() - 1)
    }

    /// Replaces a schema.
    pub fn set(&mut self, id: Id, schema: Schema) {
        if let Some(place) = self.all.get_mut(id.0) {
            *place = schema;
        }
    }

    /// Returns a schema.
    pub fn get(&self, id: Id) -> Option<&Schema> {
        self.all.get(id.0)
    }
}

/// A schema: the form of its values, and what they must satisfy beyond it.
#[derive(Debug, Default)]
pub(super) struct Schema {
    /// Whether `null` is a value, whatever the form.
    pub nullable: bool,
    /// The form.
    pub form: Form,
    /// The rules.
    pub rules: Vec<Rule>,
}

/// The form of values.
#[derive(Debug, Default)]
pub(super) enum Form {
    /// Any value.
    #[default]
    Any,
    /// No value.
    Never,
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A number.
    Number,
    /// A whole number between two others.
    Integer(i128, i128),
    /// A string of a format.
    Text(Format),
    /// An array of any length.
    List(Id),
    /// An array of fixed length.
    Tuple(Vec<Id>),
    /// An object.
    Object(Object),
    /// One of a list of values.
    Enum(Enum),
    /// One of several schemas.
    Union(Union),
    /// What another schema says.
    Same(Id),
}

/// The format of a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// Any string.
    Any,
    /// `byte`: base64.
    Byte,
    /// `date`: RFC 3339, full-date.
    Date,
    /// `date-time`: RFC 3339, date-time.
    DateTime,
    /// `uuid`: RFC 9562.
    Uuid,
}

/// The form of an object.
#[derive(Debug)]
pub(super) struct Object {
    /// The declared properties, in the order of the document.
    pub properties: Vec<Property>,
    /// The position of each property.
    pub index: BTreeMap<String, usize>,
    /// The schema of all other properties; `None` if they are ignored.
    pub others: Option<Id>,
    /// Properties that must be absent.
    pub forbidden: BTreeSet<String>,
}

/// A declared property.
#[derive(Debug)]
pub(super) struct Property {
    /// Its name.
    pub name: String,
    /// Its schema.
    pub schema: Id,
    /// Whether it must be present.
    pub required: bool,
}

/// A list of values.
#[derive(Debug)]
pub(super) struct Enum {
    /// The type of the values, if they have one.
    pub form: EnumForm,
    /// The values, written so that equal values are the same text.
    pub values: BTreeSet<String>,
    /// The values as JSON, for messages.
    pub shown: String,
    /// Whether types keep values that are not listed.
    pub open: bool,
}

/// The type of the values of an [`Enum`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EnumForm {
    /// Strings.
    Text,
    /// Whole numbers.
    Integer,
    /// Anything.
    Any,
}

/// One of several schemas.
#[derive(Debug)]
pub(super) struct Union {
    /// The schemas, in the order of the document, with the names of their variants.
    pub variants: Vec<(String, Id)>,
    /// How they are told apart, if not by their values as a whole.
    pub tag: Option<Tag>,
}

/// A property whose value selects a variant.
#[derive(Debug)]
pub(super) struct Tag {
    /// The property.
    pub property: String,
    /// The position of the variant of each value.
    pub values: BTreeMap<String, usize>,
    /// The variant of other values.
    pub default: Option<usize>,
    /// Whether types keep values without a variant.
    pub open: bool,
    /// Whether values other than objects have variants.
    pub others: bool,
}

/// One rule; see the keyword of the same name in JSON Schema.
#[derive(Debug)]
pub(super) enum Rule {
    /// `minLength`
    MinLength(usize),
    /// `maxLength`
    MaxLength(usize),
    /// `pattern`
    Pattern(Pattern),
    /// `minimum` and its like
    Limit(Limit),
    /// `minItems`
    MinItems(usize),
    /// `maxItems`
    MaxItems(usize),
    /// `uniqueItems`
    UniqueItems,
    /// `contains`, `minContains`, `maxContains`
    Contains(Id, usize, Option<usize>),
    /// `prefixItems`: the item at a position
    Position(usize, Id),
    /// `items`: from a position on
    ItemsFrom(usize, Id),
    /// `minProperties`
    MinProperties(usize),
    /// `maxProperties`
    MaxProperties(usize),
    /// `required`, for properties that are not declared
    RequiredKeys(Vec<String>),
    /// `oneOf` (`true`) or `anyOf` of schemas that only require properties
    KeySets(bool, Vec<Vec<String>>),
    /// `dependentRequired`
    DependentRequired(String, Vec<String>),
    /// `dependentSchemas`
    DependentSchema(String, Id),
    /// `propertyNames`
    PropertyNames(Id),
    /// `patternProperties`
    PatternProperties(Pattern, Id),
    /// `additionalProperties` next to `patternProperties`
    AdditionalProperties(BTreeSet<String>, Vec<Pattern>, Id),
    /// `enum`, for a form that allows more values
    OneOfValues(BTreeSet<String>, String),
    /// `anyOf`
    AnyOf(Vec<Id>),
    /// `oneOf`
    ExactlyOne(Vec<Id>),
    /// `not`
    Not(Id),
    /// `if`, `then`, `else`
    If(Id, Option<Id>, Option<Id>),
}
