//! What a set of schemas says together: `$ref`s followed, `allOf` merged flat, siblings included (JSON Schema 2020-12 §10.2.1).
//!
//! Only the surface is merged; children stay places in the document, so that facts are cheap and never endless.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::cx::Cx;
use super::limits;
use crate::diag::{Code, Diags, Pointer};
use crate::ir::{Docs, Literal, Rule};
use crate::spec::Node;
use crate::tree::Tree;
use crate::vocabulary;

/// One schema that a value must satisfy, or a part of one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Part {
    pub at: Pointer,
    pub view: View,
}

/// Which part of a schema counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct View {
    /// All but its `oneOf` and `anyOf`, and those of what it refers to.
    pub without_unions: bool,
    /// What it says of values of one type.
    pub only: Option<JsonType>,
}

impl Part {
    pub fn whole(at: &Pointer) -> Self {
        Self { at: at.clone(), view: View::default() }
    }
}

/// The types of JSON Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum JsonType {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

impl JsonType {
    /// Every type that a value can have; a whole number is a number.
    pub const ALL: [Self; 6] = [Self::Null, Self::Boolean, Self::Number, Self::String, Self::Array, Self::Object];

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

    /// Whether every value of this type is one of another type.
    pub fn is_a(self, other: Self) -> bool {
        self == other || (self == Self::Integer && other == Self::Number)
    }

    /// The type of a value.
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

/// `oneOf` or `anyOf`.
#[derive(Clone, Debug)]
pub(super) struct UnionFacts {
    /// `oneOf` rather than `anyOf`.
    pub exactly_one: bool,
    pub branches: Vec<Pointer>,
}

/// `contains`.
#[derive(Clone, Debug)]
pub(super) struct Contains {
    pub schema: Part,
    pub min: u64,
    pub max: Option<u64>,
}

/// `if`, `then`, `else`.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    pub test: Part,
    pub then: Option<Part>,
    pub otherwise: Option<Part>,
}

/// `discriminator`.
#[derive(Clone, Debug)]
pub(super) struct DiscriminatorFacts {
    pub at: Pointer,
    pub property: String,
    pub mapping: Vec<(String, String)>,
    pub default: Option<String>,
}

/// `additionalProperties`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Additional {
    #[default]
    Unsaid,
    Forbidden,
    Free,
    Schema(Vec<Part>),
}

impl Additional {
    fn of(schema: &Node<'_>) -> Self {
        match schema.tree {
            Tree::Bool(false) => Self::Forbidden,
            Tree::Bool(true) => Self::Free,
            tree if tree.as_object().is_some_and(IndexMap::is_empty) => Self::Free,
            _ => Self::Schema(vec![Part::whole(&schema.at)]),
        }
    }
}

/// What a set of schemas says together.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    pub docs: Docs,
    /// `false` is among the schemas, or two of them contradict each other.
    pub never: bool,
    /// `false` is among the schemas.
    pub forbidden: bool,
    pub types: Option<BTreeSet<JsonType>>,
    /// OpenAPI 3.0's `nullable`.
    pub nullable: bool,
    /// Whether `null` is a value, whoever says so.
    pub null: bool,
    pub format: Option<String>,
    pub content_encoding: Option<String>,
    pub values: Option<Vec<(Pointer, Literal)>>,
    pub value_names: Vec<String>,
    pub value_docs: Vec<String>,
    pub properties: IndexMap<String, Vec<Part>>,
    /// Patterns and what the values of the keys that match them must be.
    pub pattern_properties: Vec<(String, Part)>,
    pub required: Vec<String>,
    pub additional: Additional,
    pub object_keywords: bool,
    pub items: Vec<Part>,
    pub prefix_items: Vec<Pointer>,
    pub array_keywords: bool,
    pub string_keywords: bool,
    pub number_keywords: bool,
    pub unions: Vec<UnionFacts>,
    pub discriminator: Option<DiscriminatorFacts>,
    pub default: Option<(Pointer, Literal)>,
    /// The first example that is no container.
    pub example: Option<Literal>,
    pub read_only: bool,
    pub write_only: bool,
    /// What texts, numbers, lists and objects must satisfy, each once.
    pub limits: Vec<Rule>,
    pub contains: Vec<Contains>,
    pub not: Vec<Part>,
    pub conditions: Vec<Condition>,
    pub property_names: Vec<Part>,
    pub dependent_required: Vec<(String, Vec<String>)>,
    pub dependent_schemas: Vec<(String, Part)>,
    pub unevaluated_properties: Option<Part>,
    pub unevaluated_items: Option<Part>,
}

/// Gathers the facts of a set of schemas.
pub(super) fn gather(cx: &mut Cx<'_, '_>, parts: &[Part]) -> Facts {
    let mut facts = Facts::default();
    let mut seen = BTreeSet::new();
    for part in parts {
        let Some(node) = cx.spec.node(&part.at) else { continue };
        add(cx, &mut facts, &node, part.view.without_unions, true, &mut seen);
    }
    for part in parts {
        if let Some(kind) = part.view.only {
            facts.types = Some(BTreeSet::from([kind]));
            facts.nullable = false;
            facts.values = facts
                .values
                .take()
                .map(|values| values.into_iter().filter(|(_, value)| JsonType::of(value).is_a(kind)).collect());
        }
    }
    unevaluated(cx, &mut facts);
    facts.null = has_null(cx, &facts);
    facts
}

fn has_null(cx: &Cx<'_, '_>, facts: &Facts) -> bool {
    let listed = || facts.values.iter().flatten().any(|(_, value)| *value == Tree::Null);
    let typed = facts.types.as_ref().is_some_and(|types| types.contains(&JsonType::Null));
    let branch = |at: &Pointer| cx.spec.node(at).is_some_and(|node| is_null(&node));
    let branches = || facts.unions.iter().any(|union| union.branches.iter().any(branch));
    match facts.values {
        // A list of values says which values there are, and `null` is one or not.
        Some(_) => listed() || facts.nullable,
        None => typed || facts.nullable || (branches() && facts.types.as_ref().is_none_or(|types| types.len() == 1)),
    }
}

/// Whether `null` is the only value of a schema.
pub(super) fn is_null(node: &Node<'_>) -> bool {
    node.str("type") == Some("null")
        || node.tree.get("const") == Some(&Tree::Null)
        || node.tree.get("enum").and_then(Tree::as_array) == Some(&[Tree::Null])
}

/// What no other keyword looked at is what nothing declared, once everything is merged (JSON Schema 2020-12 §11).
fn unevaluated(cx: &Cx<'_, '_>, facts: &mut Facts) {
    if let Some(part) = facts.unevaluated_properties.take()
        && facts.additional == Additional::Unsaid
        && let Some(node) = cx.spec.node(&part.at)
    {
        facts.additional = Additional::of(&node);
        facts.object_keywords = true;
    }
    if let Some(part) = facts.unevaluated_items.take()
        && facts.items.is_empty()
    {
        facts.items.push(part);
        facts.array_keywords = true;
    }
}

/// `outer`: the schema itself rather than something that it refers to; only its annotations describe the place.
fn add<'d>(
    cx: &mut Cx<'d, '_>,
    facts: &mut Facts,
    node: &Node<'d>,
    without_unions: bool,
    outer: bool,
    seen: &mut BTreeSet<Pointer>,
) {
    if !seen.insert(node.at.clone()) {
        return;
    }
    match node.tree {
        Tree::Bool(false) => {
            facts.never = true;
            facts.forbidden = true;
        }
        Tree::Object(_) => {}
        _ => return,
    }
    annotations(facts, node, outer);
    // Types do not know the path on which they were reached, so a `$dynamicRef` means its static target (2020-12 §8.2.3.2).
    for key in ["$ref", "$dynamicRef"] {
        if let Some(reference) = node.str(key)
            && let Some(target) = follow(cx, node, reference)
        {
            add(cx, facts, &target, without_unions, false, seen);
        }
    }
    assertions(cx, facts, node);
    limits::add(cx, facts, node);
    objects(cx, facts, node);
    arrays(facts, node);
    for branch in node.items("allOf") {
        add(cx, facts, &branch, without_unions, false, seen);
    }
    if !without_unions {
        unions(facts, node);
    }
}

/// Follows a reference; one that leads nowhere is reported once, however often the schema is gathered.
pub(super) fn follow<'d>(cx: &mut Cx<'d, '_>, node: &Node<'d>, reference: &str) -> Option<Node<'d>> {
    if cx.first_report(&node.at.push("$ref")) {
        cx.spec.target(node, reference, cx.diags)
    } else {
        cx.spec.target(node, reference, &mut Diags::new())
    }
}

fn annotations(facts: &mut Facts, node: &Node<'_>, outer: bool) {
    if (facts.docs.description.is_empty() || outer)
        && let Some(text) = node.str("description")
    {
        text.clone_into(&mut facts.docs.description);
    }
    if (facts.docs.summary.is_empty() || outer)
        && let Some(text) = node.str("title")
    {
        text.clone_into(&mut facts.docs.summary);
    }
    if outer {
        facts.docs.deprecated |= node.flag("deprecated");
    }
    facts.read_only |= node.flag("readOnly");
    facts.write_only |= node.flag("writeOnly");
    if let Some(default) = node.get("default")
        && facts.default.is_none()
    {
        facts.default = Some((default.at, default.tree.clone()));
    }
    let listed = node.tree.get("examples").and_then(Tree::as_array).and_then(<[Tree]>::first);
    if let Some(example) = node.tree.get("example").or(listed)
        && facts.example.is_none()
        && !example.is_container()
        && *example != Tree::Null
    {
        facts.example = Some(example.clone());
    }
    let texts = |key: &str| -> Vec<String> {
        node.items(key).map(|item| item.tree.as_str().map_or_else(String::new, str::to_owned)).collect()
    };
    for key in ["x-enum-varnames", "x-enumNames", "x-enum-names"] {
        let names = texts(key);
        if !names.is_empty() {
            facts.value_names = names;
        }
    }
    let docs = texts("x-enum-descriptions");
    if !docs.is_empty() {
        facts.value_docs = docs;
    }
}

fn assertions(cx: &mut Cx<'_, '_>, facts: &mut Facts, node: &Node<'_>) {
    types(cx, facts, node);
    facts.nullable |= node.flag("nullable") || node.flag("x-nullable");
    if let Some(format) = node.str("format") {
        facts.format.get_or_insert_with(|| format.to_owned());
    }
    if let Some(encoding) = node.str("contentEncoding") {
        facts.content_encoding.get_or_insert_with(|| encoding.to_owned());
    }
    let listed = node.get("enum").map(|_| node.items("enum").map(|v| (v.at, v.tree.clone())).collect::<Vec<_>>());
    // `const: null` is a value, so the key is looked up in the tree itself.
    let constant = node.tree.get("const").map(|tree| vec![(node.at.push("const"), tree.clone())]);
    for values in [listed, constant].into_iter().flatten() {
        facts.values = Some(match facts.values.take() {
            None => values,
            Some(before) => common(cx, node, before, values),
        });
    }
    facts.string_keywords |= has(node, vocabulary::STRINGS);
    facts.number_keywords |= has(node, vocabulary::NUMBERS);
}

type Values = Vec<(Pointer, Literal)>;

/// The values that are in both lists. Where there are none, people mean the narrower list: a type that names its own tag, say.
fn common(cx: &mut Cx<'_, '_>, node: &Node<'_>, before: Values, values: Values) -> Values {
    let both: Values = before.iter().filter(|(_, v)| values.iter().any(|(_, w)| v == w)).cloned().collect();
    if !both.is_empty() || before.is_empty() || values.is_empty() || cx.config.literal_schemas {
        return both;
    }
    if cx.first_report(&node.at.push("enum")) {
        cx.diags
            .warn(
                Code::OddSchema,
                &node.at,
                "this list of values has none in common with the other one; the shorter one is used",
            )
            .help("list the value in both places");
    }
    if values.len() < before.len() { values } else { before }
}

fn part(node: &Node<'_>, key: &str) -> Option<Part> {
    node.get(key).map(|schema| Part::whole(&schema.at))
}

fn has(node: &Node<'_>, keywords: &[vocabulary::Field]) -> bool {
    keywords.iter().any(|(key, _)| node.get(key).is_some())
}

fn types(cx: &mut Cx<'_, '_>, facts: &mut Facts, node: &Node<'_>) {
    let Some(found) = node.get("type") else { return };
    let names: Vec<(Pointer, &str)> = match found.tree {
        Tree::String(name) => vec![(found.at.clone(), name)],
        _ => node.items("type").filter_map(|item| Some((item.at, item.tree.as_str()?))).collect(),
    };
    let mut types = BTreeSet::new();
    for (at, name) in names {
        match JsonType::parse(name) {
            Some(kind) => {
                types.insert(kind);
            }
            None if name == "file" => {
                types.insert(JsonType::String);
                facts.format.get_or_insert_with(|| "binary".to_owned());
            }
            None => {
                if cx.first_report(&at) {
                    cx.diags
                        .warn(Code::OddSchema, &at, format!("`{name}` is no type of JSON Schema; it is ignored"))
                        .help("use one of `string`, `number`, `integer`, `boolean`, `array`, `object`, `null`");
                }
            }
        }
    }
    if types.is_empty() {
        return;
    }
    facts.types = Some(match facts.types.take() {
        None => types,
        Some(before) => {
            let both = intersect(&before, &types);
            if both.is_empty() {
                facts.never = true;
                before
            } else {
                both
            }
        }
    });
}

/// `integer` is a part of `number`.
fn intersect(a: &BTreeSet<JsonType>, b: &BTreeSet<JsonType>) -> BTreeSet<JsonType> {
    let within = |x: &JsonType, set: &BTreeSet<JsonType>| {
        set.contains(x) || (*x == JsonType::Integer && set.contains(&JsonType::Number))
    };
    a.iter().filter(|x| within(x, b)).chain(b.iter().filter(|x| within(x, a))).copied().collect()
}

fn objects(cx: &mut Cx<'_, '_>, facts: &mut Facts, node: &Node<'_>) {
    for (name, schema) in node.entries("properties") {
        let parts = facts.properties.entry(name.to_owned()).or_default();
        let part = Part::whole(&schema.at);
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    for (pattern, schema) in node.entries("patternProperties") {
        if limits::is_regular(cx, node, "patternProperties", pattern) {
            facts.pattern_properties.push((pattern.to_owned(), Part::whole(&schema.at)));
        }
    }
    facts.unevaluated_properties = facts.unevaluated_properties.take().or_else(|| part(node, "unevaluatedProperties"));
    for name in node.items("required").filter_map(|item| item.tree.as_str()) {
        if !facts.required.iter().any(|known| known == name) {
            facts.required.push(name.to_owned());
        }
    }
    if let Some(additional) = node.get("additionalProperties") {
        let said = Additional::of(&additional);
        facts.additional = match (std::mem::take(&mut facts.additional), said) {
            // `additionalProperties: false` in a branch of `allOf` forbids what the other branches declare; nobody means that.
            (Additional::Unsaid, said) => said,
            (Additional::Schema(mut a), Additional::Schema(b)) => {
                a.extend(b.into_iter().filter(|part| !a.contains(part)).collect::<Vec<_>>());
                Additional::Schema(a)
            }
            (before @ (Additional::Schema(_) | Additional::Forbidden), _) => before,
            (Additional::Free, said) => said,
        };
    }
    facts.object_keywords |= has(node, vocabulary::OBJECTS);
}

fn arrays(facts: &mut Facts, node: &Node<'_>) {
    let items = node.get("items");
    match items {
        Some(items) if items.tree.as_array().is_some() => {
            facts.prefix_items.extend(node.items("items").map(|item| item.at));
            facts.items.extend(node.get("additionalItems").map(|item| Part::whole(&item.at)));
        }
        Some(items) => facts.items.push(Part::whole(&items.at)),
        None => {}
    }
    facts.prefix_items.extend(node.items("prefixItems").map(|item| item.at));
    facts.unevaluated_items = facts.unevaluated_items.take().or_else(|| part(node, "unevaluatedItems"));
    facts.array_keywords |= has(node, vocabulary::ARRAYS);
}

fn unions(facts: &mut Facts, node: &Node<'_>) {
    for key in ["oneOf", "anyOf"] {
        let branches: Vec<Pointer> = node.items(key).map(|branch| branch.at).collect();
        if !branches.is_empty() {
            facts.unions.push(UnionFacts { exactly_one: key == "oneOf", branches });
        }
    }
    let Some(discriminator) = node.get("discriminator") else { return };
    let property = match discriminator.tree {
        // Swagger 2.0
        Tree::String(name) => Some(name.as_str()),
        _ => discriminator.str("propertyName"),
    };
    if let Some(property) = property {
        let mapping = discriminator
            .entries("mapping")
            .filter_map(|(value, target)| Some((value.to_owned(), target.tree.as_str()?.to_owned())))
            .collect();
        facts.discriminator = Some(DiscriminatorFacts {
            at: discriminator.at.clone(),
            property: property.to_owned(),
            mapping,
            default: discriminator.str("defaultMapping").map(str::to_owned),
        });
    }
}
