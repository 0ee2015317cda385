//! The objects of OpenAPI 3.0, 3.1 and 3.2. All versions share one table: a key that a version lacks has no other meaning there.
//!
//! Section numbers are those of OpenAPI 3.0.3; those of 3.2.0 are given for what 3.1 and 3.2 add.

use super::ValueKind::{self, Bool, Data, List, Map, Object, Patterned, Referable, Schema, SchemaName, Str, Word};
use super::{ObjectShape, PLAIN};

const SECURITY: ValueKind = List(&Map(&List(&Str)));
const STYLE: ValueKind =
    Word(&["matrix", "label", "form", "simple", "spaceDelimited", "pipeDelimited", "deepObject", "cookie"]);
// Rust 1.88 does not promote references to statics in constants.
static EXAMPLE_OBJECT: ValueKind = Object(&EXAMPLE);
static SERVER_OBJECT: ValueKind = Object(&SERVER);
const EXAMPLES: ValueKind = Map(&EXAMPLE_OBJECT);
const SERVERS: ValueKind = List(&SERVER_OBJECT);

/// §4.7.1
///
/// The last four keys are those of Swagger 2.0: a document keeps them there when it is converted, so that references to them
/// stay true.
pub static DOCUMENT: ObjectShape = ObjectShape {
    name: "OpenAPI Object",
    fields: &[&[
        ("openapi", Str),
        ("info", Object(&INFO)),
        ("servers", SERVERS),
        ("paths", Patterned(&Object(&PATH_ITEM))),
        ("components", Object(&COMPONENTS)),
        ("security", SECURITY),
        ("tags", List(&Object(&TAG))),
        ("externalDocs", Object(&EXTERNAL_DOCS)),
        // 3.2.0 §4.1
        ("webhooks", Map(&Object(&PATH_ITEM))),
        ("jsonSchemaDialect", Str),
        ("$self", Str),
        ("definitions", Map(&Schema)),
        ("parameters", Map(&Object(&PARAMETER))),
        ("responses", Map(&Object(&RESPONSE))),
        ("securityDefinitions", Map(&Object(&SECURITY_SCHEME))),
    ]],
    ..PLAIN
};

/// §4.7.2; `summary`: 3.2.0 §4.2
pub static INFO: ObjectShape = ObjectShape {
    name: "Info Object",
    fields: &[&[
        ("title", Str),
        ("summary", Str),
        ("description", Str),
        ("termsOfService", Str),
        ("contact", Object(&CONTACT)),
        ("license", Object(&LICENSE)),
        ("version", Str),
    ]],
    required: &["title", "version"],
    ..PLAIN
};

/// §4.7.3
static CONTACT: ObjectShape =
    ObjectShape { name: "Contact Object", fields: &[&[("name", Str), ("url", Str), ("email", Str)]], ..PLAIN };

/// §4.7.4; `identifier`: 3.2.0 §4.4
static LICENSE: ObjectShape =
    ObjectShape { name: "License Object", fields: &[&[("name", Str), ("url", Str), ("identifier", Str)]], ..PLAIN };

/// §4.7.5; `name`: 3.2.0 §4.5
static SERVER: ObjectShape = ObjectShape {
    name: "Server Object",
    fields: &[&[("url", Str), ("description", Str), ("name", Str), ("variables", Map(&Object(&SERVER_VARIABLE)))]],
    required: &["url"],
    ..PLAIN
};

/// §4.7.6
static SERVER_VARIABLE: ObjectShape = ObjectShape {
    name: "Server Variable Object",
    fields: &[&[("enum", List(&Str)), ("default", Str), ("description", Str)]],
    required: &["default"],
    ..PLAIN
};

/// §4.7.7; `pathItems` and `mediaTypes`: 3.2.0 §4.7
static COMPONENTS: ObjectShape = ObjectShape {
    name: "Components Object",
    fields: &[&[
        ("schemas", Map(&Schema)),
        ("responses", Map(&Object(&RESPONSE))),
        ("parameters", Map(&Object(&PARAMETER))),
        ("examples", EXAMPLES),
        ("requestBodies", Map(&Object(&REQUEST_BODY))),
        ("headers", Map(&Object(&HEADER))),
        ("securitySchemes", Map(&Object(&SECURITY_SCHEME))),
        ("links", Map(&Object(&LINK))),
        ("callbacks", Map(&Referable(&Object(&PATH_ITEM)))),
        ("pathItems", Map(&Object(&PATH_ITEM))),
        ("mediaTypes", Map(&Object(&MEDIA_TYPE))),
    ]],
    ..PLAIN
};

/// §4.7.9; `query` and `additionalOperations`: 3.2.0 §4.9
pub static PATH_ITEM: ObjectShape = ObjectShape {
    name: "Path Item Object",
    reference: true,
    fields: &[&[
        ("$ref", Str),
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
        ("additionalOperations", Map(&Object(&OPERATION))),
        ("servers", SERVERS),
        ("parameters", List(&Object(&PARAMETER))),
    ]],
    ..PLAIN
};

/// §4.7.10; `responses`: §4.7.16; `callbacks`: §4.7.18
static OPERATION: ObjectShape = ObjectShape {
    name: "Operation Object",
    fields: &[&[
        ("tags", List(&Str)),
        ("summary", Str),
        ("description", Str),
        ("externalDocs", Object(&EXTERNAL_DOCS)),
        ("operationId", Str),
        ("parameters", List(&Object(&PARAMETER))),
        ("requestBody", Object(&REQUEST_BODY)),
        ("responses", Patterned(&Object(&RESPONSE))),
        ("callbacks", Map(&Referable(&Object(&PATH_ITEM)))),
        ("deprecated", Bool),
        ("security", SECURITY),
        ("servers", SERVERS),
    ]],
    ..PLAIN
};

/// §4.7.11
pub static EXTERNAL_DOCS: ObjectShape =
    ObjectShape { name: "External Documentation Object", fields: &[&[("description", Str), ("url", Str)]], ..PLAIN };

/// §4.7.12; `querystring`: 3.2.0 §4.12
static PARAMETER: ObjectShape = ObjectShape {
    name: "Parameter Object",
    section: Some(&["components", "parameters"]),
    reference: true,
    fields: &[&[
        ("$ref", Str),
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
        ("content", Map(&Object(&MEDIA_TYPE))),
        ("example", Data),
        ("examples", EXAMPLES),
    ]],
    required: &["name", "in"],
};

/// §4.7.13
static REQUEST_BODY: ObjectShape = ObjectShape {
    name: "Request Body Object",
    section: Some(&["components", "requestBodies"]),
    reference: true,
    fields: &[&[("$ref", Str), ("description", Str), ("content", Map(&Object(&MEDIA_TYPE))), ("required", Bool)]],
    required: &["content"],
};

/// §4.7.14; references, `itemSchema`, `prefixEncoding` and `itemEncoding`: 3.2.0 §4.14
static MEDIA_TYPE: ObjectShape = ObjectShape {
    name: "Media Type Object",
    reference: true,
    fields: &[&[
        ("$ref", Str),
        ("schema", Schema),
        ("itemSchema", Schema),
        ("example", Data),
        ("examples", EXAMPLES),
        ("encoding", Map(&Object(&ENCODING))),
        ("prefixEncoding", List(&Object(&ENCODING))),
        ("itemEncoding", Object(&ENCODING)),
    ]],
    ..PLAIN
};

/// §4.7.15; nested encodings: 3.2.0 §4.15
static ENCODING: ObjectShape = ObjectShape {
    name: "Encoding Object",
    fields: &[&[
        ("contentType", Str),
        ("headers", Map(&Object(&HEADER))),
        ("style", STYLE),
        ("explode", Bool),
        ("allowReserved", Bool),
        ("encoding", Map(&Object(&ENCODING))),
        ("prefixEncoding", List(&Object(&ENCODING))),
        ("itemEncoding", Object(&ENCODING)),
    ]],
    ..PLAIN
};

/// §4.7.17; `summary`: 3.2.0 §4.17
static RESPONSE: ObjectShape = ObjectShape {
    name: "Response Object",
    section: Some(&["components", "responses"]),
    reference: true,
    fields: &[&[
        ("$ref", Str),
        ("summary", Str),
        ("description", Str),
        ("headers", Map(&Object(&HEADER))),
        ("content", Map(&Object(&MEDIA_TYPE))),
        ("links", Map(&Object(&LINK))),
    ]],
    ..PLAIN
};

/// §4.7.19; `dataValue` and `serializedValue`: 3.2.0 §4.19
static EXAMPLE: ObjectShape = ObjectShape {
    name: "Example Object",
    section: Some(&["components", "examples"]),
    reference: true,
    fields: &[&[
        ("$ref", Str),
        ("summary", Str),
        ("description", Str),
        ("value", Data),
        ("dataValue", Data),
        ("serializedValue", Str),
        ("externalValue", Str),
    ]],
    ..PLAIN
};

/// §4.7.20
static LINK: ObjectShape = ObjectShape {
    name: "Link Object",
    reference: true,
    fields: &[&[
        ("$ref", Str),
        ("operationRef", Str),
        ("operationId", Str),
        ("parameters", Map(&Data)),
        ("requestBody", Data),
        ("description", Str),
        ("server", Object(&SERVER)),
    ]],
    ..PLAIN
};

/// §4.7.21
static HEADER: ObjectShape = ObjectShape {
    name: "Header Object",
    section: Some(&["components", "headers"]),
    reference: true,
    fields: &[&[
        ("$ref", Str),
        ("description", Str),
        ("required", Bool),
        ("deprecated", Bool),
        ("allowEmptyValue", Bool),
        ("style", STYLE),
        ("explode", Bool),
        ("allowReserved", Bool),
        ("schema", Schema),
        ("content", Map(&Object(&MEDIA_TYPE))),
        ("example", Data),
        ("examples", EXAMPLES),
    ]],
    ..PLAIN
};

/// §4.7.22; `parent` and `kind`: 3.2.0 §4.22
static TAG: ObjectShape = ObjectShape {
    name: "Tag Object",
    fields: &[&[
        ("name", Str),
        ("summary", Str),
        ("description", Str),
        ("externalDocs", Object(&EXTERNAL_DOCS)),
        ("parent", Str),
        ("kind", Str),
    ]],
    required: &["name"],
    ..PLAIN
};

/// §4.7.25; `defaultMapping`: 3.2.0 §4.25
pub static DISCRIMINATOR: ObjectShape = ObjectShape {
    name: "Discriminator Object",
    fields: &[&[("propertyName", Str), ("mapping", Map(&SchemaName)), ("defaultMapping", SchemaName)]],
    required: &["propertyName"],
    ..PLAIN
};

/// §4.7.26; `nodeType`: 3.2.0 §4.26
pub static XML: ObjectShape = ObjectShape {
    name: "XML Object",
    fields: &[&[
        ("name", Str),
        ("namespace", Str),
        ("prefix", Str),
        ("attribute", Bool),
        ("wrapped", Bool),
        ("nodeType", Word(&["element", "attribute", "text", "cdata", "none"])),
    ]],
    ..PLAIN
};

/// §4.7.27; `deprecated` and `oauth2MetadataUrl`: 3.2.0 §4.27
static SECURITY_SCHEME: ObjectShape = ObjectShape {
    name: "Security Scheme Object",
    reference: true,
    fields: &[&[
        ("$ref", Str),
        ("type", Word(&["apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"])),
        ("description", Str),
        ("name", Str),
        ("in", Word(&["query", "header", "cookie"])),
        ("scheme", Str),
        ("bearerFormat", Str),
        ("flows", Object(&OAUTH_FLOWS)),
        ("openIdConnectUrl", Str),
        ("oauth2MetadataUrl", Str),
        ("deprecated", Bool),
    ]],
    required: &["type"],
    ..PLAIN
};

/// §4.7.28; `deviceAuthorization`: 3.2.0 §4.28
static OAUTH_FLOWS: ObjectShape = ObjectShape {
    name: "OAuth Flows Object",
    fields: &[&[
        ("implicit", Object(&OAUTH_FLOW)),
        ("password", Object(&OAUTH_FLOW)),
        ("clientCredentials", Object(&OAUTH_FLOW)),
        ("authorizationCode", Object(&OAUTH_FLOW)),
        ("deviceAuthorization", Object(&OAUTH_FLOW)),
    ]],
    ..PLAIN
};

/// §4.7.29; `deviceAuthorizationUrl`: 3.2.0 §4.29
static OAUTH_FLOW: ObjectShape = ObjectShape {
    name: "OAuth Flow Object",
    fields: &[&[
        ("authorizationUrl", Str),
        ("deviceAuthorizationUrl", Str),
        ("tokenUrl", Str),
        ("refreshUrl", Str),
        ("scopes", Map(&Str)),
    ]],
    ..PLAIN
};
