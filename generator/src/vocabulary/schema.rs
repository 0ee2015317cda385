//! The keywords of a Schema Object: JSON Schema from draft 4 to 2020-12, and what OpenAPI adds.
//!
//! All drafts share one table: a keyword that a draft lacks has no other meaning there.

use super::ValueKind::{
    Bool, BoolOrNum, Data, List, Map, Num, Object, Required, Schema, SchemaOrList, SchemaOrNames, Str, Types,
};
use super::openapi::{DISCRIMINATOR, EXTERNAL_DOCS, XML};
use super::{Field, ObjectShape};

/// OpenAPI 3.0.3 §4.7.24, 3.2.0 §4.24.
pub static SCHEMA: ObjectShape = ObjectShape {
    name: "Schema Object",
    section: None,
    reference: true,
    fields: &[
        ANY_TYPE,
        OBJECTS,
        PRESENCE,
        ANNOTATIONS,
        STRINGS,
        CONTENT,
        ARRAYS,
        NUMBERS,
        REFERENCES,
        COMBINATIONS,
        DEPENDENT_ON_OTHERS,
        IDENTIFIERS,
    ],
    required: &[],
};

/// References to other schemas. Core §8.2.3; `$recursiveRef`: 2019-09 Core §8.2.4.2.
const REFERENCES: &[Field] = &[("$ref", Str), ("$dynamicRef", Str), ("$recursiveRef", Str)];

/// Restrict values of every type. Validation §6.1; `nullable`: OpenAPI 3.0.3 §4.7.24.
const ANY_TYPE: &[Field] = &[("type", Types), ("enum", List(&Data)), ("const", Data), ("nullable", Bool)];

/// Describe the schema and restrict nothing. Validation §9; `example`, `externalDocs` and `xml`: OpenAPI 3.0.3 §4.7.24.
const ANNOTATIONS: &[Field] = &[
    ("title", Str),
    ("description", Str),
    ("default", Data),
    ("deprecated", Bool),
    ("readOnly", Bool),
    ("writeOnly", Bool),
    ("examples", Data),
    ("example", Data),
    ("externalDocs", Object(&EXTERNAL_DOCS)),
    ("xml", Object(&XML)),
    ("$comment", Data),
];

/// Restrict strings. Validation §6.3.
pub const STRINGS: &[Field] = &[("minLength", Num), ("maxLength", Num), ("pattern", Str)];

/// Say how to read a value. Validation §7 and §8.
const CONTENT: &[Field] =
    &[("format", Str), ("contentEncoding", Str), ("contentMediaType", Str), ("contentSchema", Schema)];

/// Restrict numbers. Validation §6.2.
pub const NUMBERS: &[Field] = &[
    ("minimum", Num),
    ("maximum", Num),
    ("exclusiveMinimum", BoolOrNum),
    ("exclusiveMaximum", BoolOrNum),
    ("multipleOf", Num),
];

/// Restrict arrays. Core §10.3.1, Validation §6.4.
pub const ARRAYS: &[Field] = &[
    ("items", SchemaOrList),
    ("prefixItems", List(&Schema)),
    ("contains", Schema),
    ("minItems", Num),
    ("maxItems", Num),
    ("uniqueItems", Bool),
];

/// Restrict objects. Core §10.2.2.4 and §10.3.2, Validation §6.5; `dependencies`: draft-07 Validation §6.5.7.
pub const OBJECTS: &[Field] = &[
    ("properties", Map(&Schema)),
    ("patternProperties", Map(&Schema)),
    ("additionalProperties", Schema),
    ("propertyNames", Schema),
    ("minProperties", Num),
    ("maxProperties", Num),
    ("dependentRequired", Map(&List(&Str))),
    ("dependentSchemas", Map(&Schema)),
    ("dependencies", Map(&SchemaOrNames)),
];

/// Restricts objects, too, but does not imply that a value is one: branches of unions often consist of it. Validation §6.5.3.
const PRESENCE: &[Field] = &[("required", Required)];

/// Have no effect without other keywords of the same schema. Core §11, Validation §6.4.4 and §6.4.5; `additionalItems`:
/// 2019-09 Core §9.3.1.2.
const DEPENDENT_ON_OTHERS: &[Field] = &[
    ("unevaluatedProperties", Schema),
    ("unevaluatedItems", Schema),
    ("additionalItems", Schema),
    ("minContains", Num),
    ("maxContains", Num),
];

/// Apply other schemas to the same value. Core §10.2; `discriminator`: OpenAPI 3.0.3 §4.7.25.
const COMBINATIONS: &[Field] = &[
    ("allOf", List(&Schema)),
    ("oneOf", List(&Schema)),
    ("anyOf", List(&Schema)),
    ("not", Schema),
    ("if", Schema),
    ("then", Schema),
    ("else", Schema),
    ("discriminator", Object(&DISCRIMINATOR)),
];

/// Name the schema, or hold others for reuse. Core §8.1 and §8.2; `id`: draft-04 Core §7.2; `definitions`: draft-07
/// Validation §9; `$recursiveAnchor`: 2019-09 Core §8.2.4.2.
const IDENTIFIERS: &[Field] = &[
    ("$id", Str),
    ("id", Data),
    ("$schema", Str),
    ("$vocabulary", Data),
    ("$anchor", Str),
    ("$dynamicAnchor", Str),
    ("$recursiveAnchor", Data),
    ("$defs", Map(&Schema)),
    ("definitions", Map(&Schema)),
];

/// Whether a keyword restricts nothing: annotations, identifiers, definitions, and extensions.
pub fn restricts_nothing(key: &str) -> bool {
    key.starts_with("x-") || [ANNOTATIONS, IDENTIFIERS].iter().any(|group| group.iter().any(|(name, _)| *name == key))
}
