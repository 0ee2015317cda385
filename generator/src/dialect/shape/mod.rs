//! What may stand where: one table of the OpenAPI objects, and one walk that holds a document against it.
//!
//! The walk repairs what can mean only one thing (a number where a string belongs, `null` where nothing belongs, `"true"`) with
//! a warning, and reports the rest as errors, all of them, each at its place. After it, every key that the table names has
//! the type that the table says.

mod spelling;
mod walk;

pub(super) use walk::check;

/// What may stand at a place.
#[derive(Clone, Copy)]
enum Kind {
    Any,
    Str,
    /// One of these words; others may be, too.
    Word(&'static [&'static str]),
    Bool,
    Num,
    List(&'static Kind),
    Map(&'static Kind),
    Object(&'static Shape),
    /// A JSON Schema: a mapping, or `true` / `false`.
    Schema,
    /// A list of schemas, or one (draft-4 `items`).
    SchemaOrList,
    /// A JSON Schema `type`: a name or a list of names.
    Types,
    /// `true` / `false`, or a number (`exclusiveMinimum` of two drafts).
    BoolOrNum,
    /// A schema that may also be absent as `true` / `false`.
    Required,
}

/// One OpenAPI object.
struct Shape {
    /// The specification's name for it.
    name: &'static str,
    /// A `$ref` may stand in its place.
    reference: bool,
    fields: &'static [(&'static str, Kind)],
    required: &'static [&'static str],
}

use Kind::{Any, Bool, BoolOrNum, List, Num, Object, Required, Schema, SchemaOrList, Str, Types, Word};

const SECURITY: Kind = List(&Kind::Map(&List(&Str)));

/// OpenAPI 3.0.3 §4.7.1
static DOCUMENT: Shape = Shape {
    name: "OpenAPI Object",
    reference: false,
    fields: &[
        ("openapi", Str),
        ("info", Object(&INFO)),
        ("servers", List(&Object(&SERVER))),
        ("paths", Kind::Map(&Object(&PATH_ITEM))),
        ("webhooks", Kind::Map(&Object(&PATH_ITEM))),
        ("components", Object(&COMPONENTS)),
        ("security", SECURITY),
        // Swagger 2.0 has these at the root.
        ("definitions", Kind::Map(&Schema)),
        ("parameters", Kind::Map(&Object(&PARAMETER))),
        ("responses", Kind::Map(&Object(&RESPONSE))),
        ("securityDefinitions", Kind::Map(&Object(&SECURITY_SCHEME))),
        ("tags", List(&Object(&TAG))),
    ],
    required: &[],
};

/// §4.7.2
static INFO: Shape = Shape {
    name: "Info Object",
    reference: false,
    fields: &[
        ("title", Str),
        ("summary", Str),
        ("description", Str),
        ("termsOfService", Str),
        ("contact", Object(&CONTACT)),
        ("license", Object(&LICENSE)),
        ("version", Str),
    ],
    required: &["title", "version"],
};

static CONTACT: Shape = Shape {
    name: "Contact Object",
    reference: false,
    fields: &[("name", Str), ("url", Str), ("email", Str)],
    required: &[],
};

static LICENSE: Shape =
    Shape { name: "License Object", reference: false, fields: &[("name", Str), ("url", Str)], required: &[] };

static SERVER: Shape = Shape {
    name: "Server Object",
    reference: false,
    fields: &[("url", Str), ("description", Str), ("variables", Kind::Map(&Object(&SERVER_VARIABLE)))],
    required: &["url"],
};

static SERVER_VARIABLE: Shape = Shape {
    name: "Server Variable Object",
    reference: false,
    fields: &[("enum", List(&Str)), ("default", Str), ("description", Str)],
    required: &["default"],
};

static TAG: Shape =
    Shape { name: "Tag Object", reference: false, fields: &[("name", Str), ("description", Str)], required: &["name"] };

/// §4.7.7
static COMPONENTS: Shape = Shape {
    name: "Components Object",
    reference: false,
    fields: &[
        ("schemas", Kind::Map(&Schema)),
        ("responses", Kind::Map(&Object(&RESPONSE))),
        ("parameters", Kind::Map(&Object(&PARAMETER))),
        ("requestBodies", Kind::Map(&Object(&REQUEST_BODY))),
        ("headers", Kind::Map(&Object(&HEADER))),
        ("examples", Kind::Map(&Object(&EXAMPLE))),
        ("securitySchemes", Kind::Map(&Object(&SECURITY_SCHEME))),
        ("pathItems", Kind::Map(&Object(&PATH_ITEM))),
    ],
    required: &[],
};

const STYLE: Kind = Word(&["matrix", "label", "form", "simple", "spaceDelimited", "pipeDelimited", "deepObject"]);

/// §4.7.9
static PATH_ITEM: Shape = Shape {
    name: "Path Item Object",
    reference: true,
    fields: &[
        ("summary", Str),
        ("description", Str),
        ("get", Object(&OPERATION)),
        ("put", Object(&OPERATION)),
        ("post", Object(&OPERATION)),
        ("delete", Object(&OPERATION)),
        ("options", Object(&OPERATION)),
        ("head", Object(&OPERATION)),
        ("patch", Object(&OPERATION)),
        ("trace", Object(&OPERATION)),
        ("query", Object(&OPERATION)),
        ("additionalOperations", Kind::Map(&Object(&OPERATION))),
        ("servers", List(&Object(&SERVER))),
        ("parameters", List(&Object(&PARAMETER))),
    ],
    required: &[],
};

/// §4.7.10
static OPERATION: Shape = Shape {
    name: "Operation Object",
    reference: false,
    fields: &[
        ("tags", List(&Str)),
        ("summary", Str),
        ("description", Str),
        ("operationId", Str),
        ("parameters", List(&Object(&PARAMETER))),
        ("requestBody", Object(&REQUEST_BODY)),
        ("responses", Kind::Map(&Object(&RESPONSE))),
        ("deprecated", Bool),
        ("security", SECURITY),
        ("servers", List(&Object(&SERVER))),
    ],
    required: &[],
};

/// §4.7.12
static PARAMETER: Shape = Shape {
    name: "Parameter Object",
    reference: true,
    fields: &[
        ("name", Str),
        ("in", Word(&["path", "query", "header", "cookie", "querystring"])),
        ("description", Str),
        ("required", Bool),
        ("deprecated", Bool),
        ("allowEmptyValue", Bool),
        ("style", STYLE),
        ("explode", Bool),
        ("allowReserved", Bool),
        ("schema", Schema),
        ("content", Kind::Map(&Object(&MEDIA_TYPE))),
        ("examples", Kind::Map(&Object(&EXAMPLE))),
    ],
    required: &["name", "in"],
};

static REQUEST_BODY: Shape = Shape {
    name: "Request Body Object",
    reference: true,
    fields: &[("description", Str), ("content", Kind::Map(&Object(&MEDIA_TYPE))), ("required", Bool)],
    required: &["content"],
};

static MEDIA_TYPE: Shape = Shape {
    name: "Media Type Object",
    reference: false,
    fields: &[
        ("schema", Schema),
        ("itemSchema", Schema),
        ("examples", Kind::Map(&Object(&EXAMPLE))),
        ("encoding", Kind::Map(&Object(&ENCODING))),
    ],
    required: &[],
};

static ENCODING: Shape = Shape {
    name: "Encoding Object",
    reference: false,
    fields: &[
        ("contentType", Str),
        ("headers", Kind::Map(&Object(&HEADER))),
        ("style", STYLE),
        ("explode", Bool),
        ("allowReserved", Bool),
    ],
    required: &[],
};

static RESPONSE: Shape = Shape {
    name: "Response Object",
    reference: true,
    fields: &[
        ("description", Str),
        ("headers", Kind::Map(&Object(&HEADER))),
        ("content", Kind::Map(&Object(&MEDIA_TYPE))),
        ("links", Kind::Map(&Any)),
    ],
    required: &[],
};

static HEADER: Shape = Shape {
    name: "Header Object",
    reference: true,
    fields: &[
        ("description", Str),
        ("required", Bool),
        ("deprecated", Bool),
        ("style", STYLE),
        ("explode", Bool),
        ("schema", Schema),
        ("content", Kind::Map(&Object(&MEDIA_TYPE))),
        ("examples", Kind::Map(&Object(&EXAMPLE))),
    ],
    required: &[],
};

static EXAMPLE: Shape = Shape {
    name: "Example Object",
    reference: true,
    fields: &[("summary", Str), ("description", Str), ("value", Any), ("externalValue", Str)],
    required: &[],
};

static SECURITY_SCHEME: Shape = Shape {
    name: "Security Scheme Object",
    reference: true,
    fields: &[
        ("type", Word(&["apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"])),
        ("description", Str),
        ("name", Str),
        ("in", Word(&["query", "header", "cookie"])),
        ("scheme", Str),
        ("bearerFormat", Str),
        ("openIdConnectUrl", Str),
    ],
    required: &["type"],
};

/// JSON Schema 2020-12, with what OpenAPI 3.0 and the older drafts write differently.
static SCHEMA: Shape = Shape {
    name: "Schema Object",
    reference: true,
    fields: &[
        ("type", Types),
        ("title", Str),
        ("description", Str),
        ("format", Str),
        ("nullable", Bool),
        ("deprecated", Bool),
        ("readOnly", Bool),
        ("writeOnly", Bool),
        ("enum", List(&Any)),
        ("properties", Kind::Map(&Schema)),
        ("patternProperties", Kind::Map(&Schema)),
        ("additionalProperties", Schema),
        ("propertyNames", Schema),
        ("required", Required),
        ("minProperties", Num),
        ("maxProperties", Num),
        ("items", SchemaOrList),
        ("prefixItems", List(&Schema)),
        ("additionalItems", Schema),
        ("contains", Schema),
        ("minContains", Num),
        ("maxContains", Num),
        ("minItems", Num),
        ("maxItems", Num),
        ("uniqueItems", Bool),
        ("minLength", Num),
        ("maxLength", Num),
        ("pattern", Str),
        ("minimum", Num),
        ("maximum", Num),
        ("exclusiveMinimum", BoolOrNum),
        ("exclusiveMaximum", BoolOrNum),
        ("multipleOf", Num),
        ("allOf", List(&Schema)),
        ("oneOf", List(&Schema)),
        ("anyOf", List(&Schema)),
        ("not", Schema),
        ("if", Schema),
        ("then", Schema),
        ("else", Schema),
        ("dependentSchemas", Kind::Map(&Schema)),
        ("dependentRequired", Kind::Map(&List(&Str))),
        ("unevaluatedProperties", Schema),
        ("unevaluatedItems", Schema),
        ("$defs", Kind::Map(&Schema)),
        ("definitions", Kind::Map(&Schema)),
        ("discriminator", Object(&DISCRIMINATOR)),
    ],
    required: &[],
};

static DISCRIMINATOR: Shape = Shape {
    name: "Discriminator Object",
    reference: false,
    fields: &[("propertyName", Str), ("mapping", Kind::Map(&Str))],
    required: &["propertyName"],
};
