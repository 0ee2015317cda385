//! The objects of Swagger 2.0 that differ from those of OpenAPI 3.x. Section numbers are headings of the Swagger 2.0
//! specification.

use super::ValueKind::{Bool, BoolOrNum, Data, List, Map, Num, Object, Patterned, Schema, Str, Word};
use super::openapi::{EXTERNAL_DOCS, INFO};
use super::{Field, ObjectShape, PLAIN, ValueKind};

const SECURITY: ValueKind = List(&Map(&List(&Str)));
// Rust 1.88 does not promote references to statics in constants.
static PARAMETER_OBJECT: ValueKind = Object(&PARAMETER);
const PARAMETERS: ValueKind = List(&PARAMETER_OBJECT);
const COLLECTION_FORMAT: ValueKind = Word(&["csv", "ssv", "tsv", "pipes", "multi"]);

/// "Swagger Object"
pub static DOCUMENT: ObjectShape = ObjectShape {
    name: "Swagger Object",
    fields: &[&[
        ("swagger", Str),
        ("info", Object(&INFO)),
        ("host", Str),
        ("basePath", Str),
        ("schemes", List(&Str)),
        ("consumes", List(&Str)),
        ("produces", List(&Str)),
        ("paths", Patterned(&Object(&PATH_ITEM))),
        ("definitions", Map(&Schema)),
        ("parameters", Map(&Object(&PARAMETER))),
        ("responses", Map(&Object(&RESPONSE))),
        ("securityDefinitions", Map(&Object(&SECURITY_SCHEME))),
        ("security", SECURITY),
        ("tags", List(&Object(&TAG))),
        ("externalDocs", Object(&EXTERNAL_DOCS)),
    ]],
    ..PLAIN
};

/// "Path Item Object"
static PATH_ITEM: ObjectShape = ObjectShape {
    name: "Path Item Object",
    reference: true,
    fields: &[&[
        ("$ref", Str),
        ("get", Object(&OPERATION)),
        ("put", Object(&OPERATION)),
        ("post", Object(&OPERATION)),
        ("delete", Object(&OPERATION)),
        ("options", Object(&OPERATION)),
        ("head", Object(&OPERATION)),
        ("patch", Object(&OPERATION)),
        ("parameters", PARAMETERS),
    ]],
    ..PLAIN
};

/// "Operation Object"
static OPERATION: ObjectShape = ObjectShape {
    name: "Operation Object",
    fields: &[&[
        ("tags", List(&Str)),
        ("summary", Str),
        ("description", Str),
        ("externalDocs", Object(&EXTERNAL_DOCS)),
        ("operationId", Str),
        ("consumes", List(&Str)),
        ("produces", List(&Str)),
        ("parameters", PARAMETERS),
        ("responses", Patterned(&Object(&RESPONSE))),
        ("schemes", List(&Str)),
        ("deprecated", Bool),
        ("security", SECURITY),
    ]],
    ..PLAIN
};

/// "Items Object": what a parameter or a header that is not a body says about its value. All of it becomes a schema in
/// OpenAPI 3.x, so `items` counts as one here.
pub const ITEMS: &[Field] = &[
    ("type", Str),
    ("format", Str),
    ("items", Schema),
    ("default", Data),
    ("maximum", Num),
    ("exclusiveMaximum", BoolOrNum),
    ("minimum", Num),
    ("exclusiveMinimum", BoolOrNum),
    ("maxLength", Num),
    ("minLength", Num),
    ("pattern", Str),
    ("maxItems", Num),
    ("minItems", Num),
    ("uniqueItems", Bool),
    ("enum", List(&Data)),
    ("multipleOf", Num),
];

/// "Parameter Object"
static PARAMETER: ObjectShape = ObjectShape {
    name: "Parameter Object",
    section: Some(&["parameters"]),
    reference: true,
    fields: &[
        &[
            ("$ref", Str),
            ("name", Str),
            ("in", Word(&["query", "header", "path", "formData", "body"])),
            ("description", Str),
            ("required", Bool),
            ("schema", Schema),
            ("allowEmptyValue", Bool),
            ("collectionFormat", COLLECTION_FORMAT),
        ],
        ITEMS,
    ],
    required: &["name", "in"],
};

/// "Response Object"
static RESPONSE: ObjectShape = ObjectShape {
    name: "Response Object",
    section: Some(&["responses"]),
    reference: true,
    fields: &[&[
        ("$ref", Str),
        ("description", Str),
        ("schema", Schema),
        ("headers", Map(&Object(&HEADER))),
        // "Example Object": values by media type.
        ("examples", Map(&Data)),
    ]],
    ..PLAIN
};

/// "Header Object"
static HEADER: ObjectShape = ObjectShape {
    name: "Header Object",
    fields: &[&[("description", Str), ("collectionFormat", COLLECTION_FORMAT)], ITEMS],
    ..PLAIN
};

/// "Tag Object"
static TAG: ObjectShape = ObjectShape {
    name: "Tag Object",
    fields: &[&[("name", Str), ("description", Str), ("externalDocs", Object(&EXTERNAL_DOCS))]],
    required: &["name"],
    ..PLAIN
};

/// "Security Scheme Object"; `scopes`: "Scopes Object"
static SECURITY_SCHEME: ObjectShape = ObjectShape {
    name: "Security Scheme Object",
    fields: &[&[
        ("type", Word(&["basic", "apiKey", "oauth2"])),
        ("description", Str),
        ("name", Str),
        ("in", Word(&["query", "header"])),
        ("flow", Word(&["implicit", "password", "application", "accessCode"])),
        ("authorizationUrl", Str),
        ("tokenUrl", Str),
        ("scopes", Patterned(&Str)),
    ]],
    required: &["type"],
    ..PLAIN
};
