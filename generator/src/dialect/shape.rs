//! What may stand where: one table of the OpenAPI objects, and one walk that holds a document against it.
//!
//! The walk repairs what can mean only one thing (a number where a string belongs, `null` where nothing belongs, `"true"`) with
//! a warning, and reports the rest as errors, all of them, each at its place. After it, every key that the table names has
//! the type that the table says.

use crate::diag::{Code, Diags, Pointer};
use crate::load::{Map, Number, Tree};

/// What may stand at a place.
#[derive(Clone, Copy)]
enum Kind {
    Any,
    Str,
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

use Kind::{Any, Bool, BoolOrNum, List, Num, Object, Required, Schema, SchemaOrList, Str, Types};

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
        ("in", Str),
        ("description", Str),
        ("required", Bool),
        ("deprecated", Bool),
        ("allowEmptyValue", Bool),
        ("style", Str),
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
        ("style", Str),
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
        ("style", Str),
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
        ("type", Str),
        ("description", Str),
        ("name", Str),
        ("in", Str),
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

/// Holds the document against the table.
pub(super) fn check(tree: &mut Tree, at: &Pointer, diags: &mut Diags) {
    Walk { diags }.object(&DOCUMENT, tree, at);
}

struct Walk<'d> {
    diags: &'d mut Diags,
}

/// What the walk made of a value.
#[derive(PartialEq)]
enum Verdict {
    Keep,
    /// The key is as good as absent.
    Drop,
}

impl Walk<'_> {
    fn value(&mut self, kind: Kind, tree: &mut Tree, at: &Pointer) -> Verdict {
        match kind {
            Any => Verdict::Keep,
            _ if *tree == Tree::Null && !matches!(kind, Object(shape) if !shape.required.is_empty()) => {
                self.repaired(at, "`null` stands where nothing belongs; it is ignored", "remove the key");
                Verdict::Drop
            }
            Str => self.string(tree, at),
            Bool => self.boolean(tree, at),
            Num => self.number(tree, at),
            List(item) => self.list(*item, tree, at),
            Kind::Map(value) => self.map(*value, tree, at),
            Object(shape) => self.object(shape, tree, at),
            Schema => self.schema(tree, at),
            SchemaOrList if tree.as_array().is_some() => self.list(Schema, tree, at),
            SchemaOrList => self.schema(tree, at),
            Types if tree.as_array().is_some() => self.list(Str, tree, at),
            Types => self.string(tree, at),
            BoolOrNum if tree.as_bool().is_some() => Verdict::Keep,
            BoolOrNum => self.number(tree, at),
            Required => self.required_list(tree, at),
        }
    }

    fn string(&mut self, tree: &mut Tree, at: &Pointer) -> Verdict {
        let text = match tree {
            Tree::String(_) => return Verdict::Keep,
            Tree::Number(number) => number.to_string(),
            Tree::Bool(value) => value.to_string(),
            other => return self.wrong(at, "a string", other),
        };
        let message = format!("{} stands where a string belongs; `\"{text}\"` is read", tree.kind());
        self.repaired(at, message, "put it in quotes");
        *tree = Tree::String(text);
        Verdict::Keep
    }

    fn boolean(&mut self, tree: &mut Tree, at: &Pointer) -> Verdict {
        let value = match tree {
            Tree::Bool(_) => return Verdict::Keep,
            Tree::String(text) if matches!(text.as_str(), "true" | "yes" | "on") => true,
            Tree::String(text) if matches!(text.as_str(), "false" | "no" | "off" | "") => false,
            other => return self.wrong(at, "`true` or `false`", other),
        };
        self.repaired(at, format!("a string stands where a boolean belongs; `{value}` is read"), "remove the quotes");
        *tree = Tree::Bool(value);
        Verdict::Keep
    }

    fn number(&mut self, tree: &mut Tree, at: &Pointer) -> Verdict {
        let value = match tree {
            Tree::Number(_) => return Verdict::Keep,
            Tree::String(text) => match (text.trim().parse::<i128>(), text.trim().parse::<f64>()) {
                (Ok(int), _) => Number::Int(int),
                (_, Ok(float)) if float.is_finite() => Number::Float(float),
                _ => return self.wrong(at, "a number", tree),
            },
            other => return self.wrong(at, "a number", other),
        };
        self.repaired(at, format!("a string stands where a number belongs; `{value}` is read"), "remove the quotes");
        *tree = Tree::Number(value);
        Verdict::Keep
    }

    /// JSON Schema's `required` is a list of names; `required: true` inside a property is a habit of draft 3.
    fn required_list(&mut self, tree: &mut Tree, at: &Pointer) -> Verdict {
        if tree.as_bool().is_some() || matches!(tree.as_str(), Some("true" | "false")) {
            self.repaired(
                at,
                "`required` of a schema is a list of property names; a boolean is ignored",
                "list the property in `required` of the object that has it",
            );
            return Verdict::Drop;
        }
        if let Some(name) = tree.as_str() {
            let list = Tree::Array(vec![Tree::from(name)]);
            self.repaired(at, "`required` is a list of property names, not a name", "write it as a list");
            *tree = list;
        }
        self.list(Str, tree, at)
    }

    fn list(&mut self, kind: Kind, tree: &mut Tree, at: &Pointer) -> Verdict {
        let Tree::Array(items) = tree else { return self.wrong(at, "a list", tree) };
        for (index, item) in items.iter_mut().enumerate() {
            // Positions in a list carry meaning for pointers, so nothing is dropped from it.
            let at = at.index(index);
            if self.value(kind, item, &at) == Verdict::Drop && matches!(kind, Schema) {
                *item = Tree::Bool(true);
            }
        }
        items.retain(|item| *item != Tree::Null || matches!(kind, Any));
        Verdict::Keep
    }

    fn map(&mut self, kind: Kind, tree: &mut Tree, at: &Pointer) -> Verdict {
        let Tree::Object(map) = tree else { return self.wrong(at, "a mapping", tree) };
        self.retain(map, at, |key| if key.starts_with("x-") && !matches!(kind, Schema) { None } else { Some(kind) });
        Verdict::Keep
    }

    fn schema(&mut self, tree: &mut Tree, at: &Pointer) -> Verdict {
        match tree {
            Tree::Bool(_) => Verdict::Keep,
            Tree::Object(_) => self.object(&SCHEMA, tree, at),
            other => self.wrong(at, "a schema", other),
        }
    }

    fn object(&mut self, shape: &'static Shape, tree: &mut Tree, at: &Pointer) -> Verdict {
        let Tree::Object(map) = tree else {
            return self.wrong(at, &format!("a mapping ({})", shape.name), tree);
        };
        let is_reference = shape.reference && map.get("$ref").is_some_and(|target| target.as_str().is_some());
        self.retain(map, at, |key| shape.fields.iter().find(|(name, _)| *name == key).map(|(_, kind)| *kind));
        if !is_reference {
            for key in shape.required.iter().filter(|key| !map.contains_key(**key)) {
                self.diags
                    .warn(Code::MissingKey, at, format!("`{key}` is missing from this {}", shape.name))
                    .help(format!("add `{key}:`"));
            }
        }
        Verdict::Keep
    }

    /// Visits the values whose kind is known, and removes those that count as absent.
    fn retain(&mut self, map: &mut Map, at: &Pointer, kind: impl Fn(&str) -> Option<Kind>) {
        map.retain(|key, value| match kind(key) {
            Some(kind) => self.value(kind, value, &at.push(key)) == Verdict::Keep,
            None => true,
        });
    }

    fn wrong(&mut self, at: &Pointer, expected: &str, found: &Tree) -> Verdict {
        if matches!(at.last().as_str(), "description" | "summary" | "title") && found.is_container() {
            self.repaired(
                at,
                format!("{} stands where a text belongs; it is ignored", found.kind()),
                "write the text here",
            );
            return Verdict::Drop;
        }
        let message = format!("`{}` must be {expected}, found {}", at.last(), found.kind());
        // Without the parts of the document itself nothing is left; anything deeper costs what it is part of.
        if at.tokens().count() < 2 {
            self.diags.error(Code::WrongType, at, message).help(format!("replace it by {expected}"));
        } else {
            let message = format!("{message}; it is ignored");
            self.diags.warn(Code::WrongType, at, message).help(format!("replace it by {expected}"));
        }
        Verdict::Drop
    }

    fn repaired(&mut self, at: &Pointer, message: impl std::fmt::Display, help: &str) {
        self.diags.warn(Code::Repaired, at, message).help(help);
    }
}
