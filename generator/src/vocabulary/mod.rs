//! The vocabulary of OpenAPI and JSON Schema: which keys each object has, and what stands under them.
//!
//! Every stage that walks a document walks it by this table: [`ValueKind::entry`] and [`ValueKind::item`] tell what a child is
//! from what its parent is. So a *property* that is named `default` is a schema, while the keyword `default` holds data, and a
//! `$ref` in data refers to nothing.
//!
//! | file | content |
//! |---|---|
//! | `openapi` | the objects of OpenAPI 3.0, 3.1 and 3.2 |
//! | `swagger` | the objects of Swagger 2.0 that differ from them |
//! | `schema` | the keywords of JSON Schema, from draft 4 to 2020-12, and those that OpenAPI adds |
//!
//! Section numbers are those of OpenAPI 3.0.3 (§4.7 in that version), OpenAPI 3.2.0 for what came later, Swagger 2.0, and JSON
//! Schema 2020-12 (Core and Validation).

mod openapi;
mod schema;
mod swagger;

#[cfg(test)]
mod vocabulary_tests;

pub use schema::{ARRAYS, NUMBERS, OBJECTS, STRINGS, restricts_nothing};
pub use swagger::ITEMS;

/// A key, and what stands under it.
pub type Field = (&'static str, ValueKind);

/// What stands at a place of a document.
#[derive(Clone, Copy, Debug)]
pub enum ValueKind {
    /// A value that the specification does not interpret: an example, a default value, an extension, or the value of a key
    /// that it does not define. References in it are not followed.
    Data,
    /// A string.
    Str,
    /// One of these words, in the spelling of the specification. Other strings are allowed, too.
    Word(&'static [&'static str]),
    /// `true` or `false`.
    Bool,
    /// A number.
    Num,
    /// A boolean or a number: `exclusiveMinimum` is a boolean up to draft 4 and a number from draft 6.
    BoolOrNum,
    /// An array.
    List(&'static ValueKind),
    /// An object whose keys are names that the author of the document chooses.
    Map(&'static ValueKind),
    /// An object like [`ValueKind::Map`], in which keys that start with `x-` are extensions: Paths Object, Responses Object.
    Patterned(&'static ValueKind),
    /// An object like [`ValueKind::Patterned`] in whose place a `$ref` may stand: Callback Object.
    Referable(&'static ValueKind),
    /// An OpenAPI object.
    Object(&'static ObjectShape),
    /// A JSON Schema: an object, `true` or `false`.
    Schema,
    /// An array of schemas or one schema: `items` up to draft 2019-09.
    SchemaOrList,
    /// A schema or an array of property names: an entry of `dependencies` up to draft 7.
    SchemaOrNames,
    /// The name of a schema, or a reference to one, without `$ref`: a value of a discriminator's `mapping`.
    SchemaName,
    /// The keyword `type`: the name of a type or an array of names.
    Types,
    /// The keyword `required`: an array of property names. A boolean in draft 3.
    Required,
}

/// One OpenAPI object, or the Schema Object.
#[derive(Debug)]
pub struct ObjectShape {
    /// The specification's name for it.
    pub name: &'static str,
    /// Where the document keeps such objects for reuse, if it does: a reference to another file becomes a reference to a new
    /// component in this section.
    pub section: Option<&'static [&'static str]>,
    /// Whether a `$ref` may stand in its place.
    pub reference: bool,
    /// The keys in groups, and what stands under each of them.
    pub fields: &'static [&'static [Field]],
    /// The keys that must be there, as far as the generator depends on them.
    pub required: &'static [&'static str],
}

/// An object with nothing special; the others are written as differences from it.
const PLAIN: ObjectShape = ObjectShape { name: "", section: None, reference: false, fields: &[], required: &[] };

/// The root of a document: OpenAPI 3.x, or Swagger 2.0.
pub fn document(is_swagger: bool) -> ValueKind {
    ValueKind::Object(if is_swagger { &swagger::DOCUMENT } else { &openapi::DOCUMENT })
}

impl ObjectShape {
    /// Whether the object may have no other keys than those of the specification and extensions. Only a schema may.
    pub fn is_closed(&self) -> bool {
        !std::ptr::eq(self, &raw const schema::SCHEMA)
    }

    /// The keys that the specification defines.
    pub fn keys(&self) -> impl Iterator<Item = &'static str> + Clone + use<> {
        self.fields.iter().flat_map(|group| group.iter()).map(|(name, _)| *name)
    }

    /// What stands under a key; [`ValueKind::Data`] if the specification does not define the key.
    pub fn field(&self, key: &str) -> ValueKind {
        let mut fields = self.fields.iter().flat_map(|group| group.iter());
        fields.find(|(name, _)| *name == key).map_or(ValueKind::Data, |(_, kind)| *kind)
    }
}

impl ValueKind {
    /// Returns the kind of the value under a key of an object of this kind.
    pub fn entry(self, key: &str) -> Self {
        match self {
            Self::Map(value) => *value,
            Self::Referable(_) if key == "$ref" => Self::Str,
            Self::Patterned(value) | Self::Referable(value) if !key.starts_with("x-") => *value,
            Self::Object(shape) => shape.field(key),
            Self::Schema | Self::SchemaOrList | Self::SchemaOrNames => schema::SCHEMA.field(key),
            _ => Self::Data,
        }
    }

    /// Returns the kind of the items of an array of this kind.
    pub fn item(self) -> Self {
        match self {
            Self::List(item) => *item,
            Self::SchemaOrList => Self::Schema,
            Self::SchemaOrNames | Self::Types | Self::Required => Self::Str,
            _ => Self::Data,
        }
    }

    /// Returns whether an object of this kind is a JSON Schema.
    pub fn is_schema(self) -> bool {
        matches!(self, Self::Schema | Self::SchemaOrList | Self::SchemaOrNames)
    }

    /// Whether this is a Path Item Object, in which keys beside `$ref` count as well.
    pub fn is_path_item(self) -> bool {
        self.shape().is_some_and(|shape| std::ptr::eq(shape, &raw const openapi::PATH_ITEM))
    }

    /// Whether this is data, in which nothing is interpreted.
    pub fn is_data(self) -> bool {
        matches!(self, Self::Data)
    }

    /// The object whose keys the specification lists, if this is one. A schema is one.
    pub fn shape(self) -> Option<&'static ObjectShape> {
        match self {
            Self::Object(shape) => Some(shape),
            kind => kind.is_schema().then_some(&schema::SCHEMA),
        }
    }

    /// Returns whether objects of both kinds mean the same.
    pub fn means(self, other: Self) -> bool {
        match (self, other) {
            (Self::Map(a), Self::Map(b))
            | (Self::Patterned(a), Self::Patterned(b))
            | (Self::Referable(a), Self::Referable(b))
            | (Self::List(a), Self::List(b)) => a.means(*b),
            (a, b) => match (a.shape(), b.shape()) {
                (Some(a), Some(b)) => std::ptr::eq(a, b),
                (None, None) => std::mem::discriminant(&a) == std::mem::discriminant(&b),
                _ => false,
            },
        }
    }
}
