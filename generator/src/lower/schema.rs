//! From schemas to types: one decision after the other, each in its own function.

use std::collections::BTreeSet;

use super::cx::{Cx, Place, Site};
use super::facts::{self, Facts, JsonType, Part, View};
use super::{aliases, enumeration, files, object, scalar, union};
use crate::diag::{Code, FileId, Pointer};
use crate::ir::{Origin, Owner, Role, Scalar, Shape, Ty, TypeId};
use crate::spec::Node;

/// Inline schemas nested deeper than this become free-form JSON; real ones stay below 20.
const MAX_DEPTH: usize = 64;

/// What a schema turned out to be.
pub(super) enum Lowered {
    /// A type that needs no name.
    Ty(Ty),
    /// A shape that needs a name.
    Shape(Shape),
}

/// Lowers every schema under `components`, in the order of the document.
pub(super) fn lower_components(cx: &mut Cx<'_, '_>) {
    let root = cx.spec.root();
    let components = root.get("components").into_iter().flat_map(|components| components.entries("schemas"));
    // Swagger 2.0 has them at the root.
    let schemas: Vec<Node<'_>> = components.chain(root.entries("definitions")).map(|(_, schema)| schema).collect();
    union::find_heirs(cx, &schemas);
    for schema in schemas {
        lower_definition(cx, &schema);
    }
}

/// Lowers the schema at a place of its own use; `site` says what it can be named after.
pub(super) fn lower_schema(cx: &mut Cx<'_, '_>, at: &Pointer, site: &Site) -> Ty {
    lower_parts(cx, &[Part::whole(at)], site)
}

/// Lowers what several schemas say together.
pub(super) fn lower_parts(cx: &mut Cx<'_, '_>, parts: &[Part], site: &Site) -> Ty {
    if let Some(ty) = cx.known.get(parts) {
        return ty.clone();
    }
    if let [Part { at, view }] = parts
        && *view == View::default()
        && let Some(ty) = replacement(cx, at).or_else(|| reference(cx, at))
    {
        return ty;
    }
    if cx.depth >= MAX_DEPTH {
        if let Some(part) = parts.first() {
            cx.diags
                .warn(
                    Code::Limit,
                    &part.at,
                    format!("nested more than {MAX_DEPTH} schemas deep; free-form JSON is used"),
                )
                .help("move the inner schemas to `components`");
        }
        return Ty::Any;
    }
    cx.depth += 1;
    let facts = facts::gather(cx, parts);
    let at = parts.first().map(|part| part.at.clone()).unwrap_or_default();
    let ty = lower_facts(cx, facts, parts, &at, Target::Inline(site));
    cx.depth -= 1;
    cx.known.entry(parts.to_vec()).or_insert(ty).clone()
}

/// Lowers a schema that has a name of its own: a component, or what a `$ref` leads to.
pub(super) fn lower_definition(cx: &mut Cx<'_, '_>, node: &Node<'_>) -> Ty {
    let parts = vec![Part::whole(&node.at)];
    if let Some(ty) = cx.known.get(&parts) {
        return ty.clone();
    }
    if let Some(ty) = replacement(cx, &node.at) {
        cx.known.insert(parts, ty.clone());
        return ty;
    }
    // A property of a component is named by the component.
    if let Some(owner) = node.at.enclosing_component()
        && let Some(owner) = cx.spec.node(&owner)
        && !cx.known.contains_key(&[Part::whole(&owner.at)][..])
    {
        lower_definition(cx, &owner);
        if let Some(ty) = cx.known.get(&parts) {
            return ty.clone();
        }
    }
    let id = cx.reserve(&node.at, Origin::Component(cx.spec.definition_name(&node.at)));
    cx.known.insert(parts.clone(), Ty::Named(id));
    if let Some((facts, heirs)) = union::heirs_of(cx, &parts, &node.at) {
        return union::lower_heirs(cx, id, &facts, &heirs);
    }
    let ty = match reference(cx, &node.at) {
        Some(ty) => ty,
        None => {
            let facts = facts::gather(cx, &parts);
            // Known before its parts are lowered, because they may refer to it.
            cx.known.insert(parts.clone(), named(id, &facts));
            lower_facts(cx, facts, &parts, &node.at, Target::Definition(id))
        }
    };
    let whole = if matches!(ty, Ty::Nullable(_)) { Ty::Named(id).nullable() } else { Ty::Named(id) };
    cx.known.insert(parts.clone(), whole.clone());
    // `null` is a matter of those who refer to the definition.
    let inner = ty.not_null().clone();
    if inner != Ty::Named(id) {
        cx.api.types[id].shape = Shape::Alias(inner);
        describe(cx, id, &parts);
    } else if matches!(cx.api.types[id].shape, Shape::Alias(Ty::Any)) {
        // Nothing took the place that was reserved: the schema refers to itself alone.
        aliases::report_circle(&node.at, cx.diags);
    }
    whole
}

/// A type, or `null` if that is a value of its schema.
fn named(id: TypeId, facts: &Facts) -> Ty {
    if facts.null { Ty::Named(id).nullable() } else { Ty::Named(id) }
}

/// The type that a schema merely refers to: `$ref`, or an `allOf` of one, beside nothing but annotations.
fn reference(cx: &mut Cx<'_, '_>, at: &Pointer) -> Option<Ty> {
    let node = cx.spec.node(at)?;
    let map = node.tree.as_object()?;
    let annotation = |key: &str| {
        key.starts_with("x-")
            || matches!(
                key,
                "description"
                    | "title"
                    | "example"
                    | "examples"
                    | "deprecated"
                    | "readOnly"
                    | "writeOnly"
                    | "default"
                    | "externalDocs"
                    | "nullable"
                    | "xml"
                    | "$comment"
                    | "$id"
                    | "$schema"
                    | "$anchor"
                    | "$defs"
                    | "definitions"
            )
    };
    let said: Vec<&str> = map.keys().map(String::as_str).filter(|key| !annotation(key)).collect();
    let ty = match said.as_slice() {
        [key @ ("$ref" | "$dynamicRef")] => {
            let target = facts::follow(cx, &node, node.str(key)?)?;
            if target.at == node.at {
                return None;
            }
            lower_definition(cx, &target)
        }
        ["allOf"] => {
            let mut branches = node.items("allOf");
            let (only, None) = (branches.next()?, branches.next()) else { return None };
            only.tree.get("$ref")?;
            if union::is_heir(cx, at) {
                return None;
            }
            reference(cx, &only.at)?
        }
        _ => return None,
    };
    Some(if node.flag("nullable") { ty.nullable() } else { ty })
}

/// Who asks for a type, and where its shape goes if it has one.
pub(super) enum Target<'s> {
    /// An inline schema: a type of its own is made if there is a shape.
    Inline(&'s Site),
    /// A type that was reserved.
    Definition(TypeId),
}

impl Target<'_> {
    /// The site of the parts of what is lowered.
    pub fn site(&self) -> Site {
        match self {
            Self::Inline(site) => (*site).clone(),
            Self::Definition(id) => Site::of_type(*id),
        }
    }
}

fn lower_facts(cx: &mut Cx<'_, '_>, facts: Facts, parts: &[Part], at: &Pointer, target: Target<'_>) -> Ty {
    if facts.never {
        return never(cx, &facts, at);
    }
    let mut kinds = facts.types.clone().unwrap_or_default();
    kinds.remove(&JsonType::Null);
    if facts.types.is_some() && kinds.is_empty() {
        return Ty::Null;
    }
    let ty = decide(cx, &facts, &kinds, parts, at, target);
    if facts.null { ty.nullable() } else { ty }
}

/// A schema that nothing satisfies: `false`, or schemas that contradict each other.
fn never(cx: &mut Cx<'_, '_>, facts: &Facts, at: &Pointer) -> Ty {
    if facts.forbidden || cx.config.literal_schemas {
        return Ty::Never;
    }
    if cx.first_report(&at.push("allOf")) {
        cx.diags
            .warn(Code::Unsatisfiable, at, "no value can satisfy these schemas together; free-form JSON is used")
            .help("look for two different `type`s, or two lists of values without a common one");
    }
    Ty::Any
}

/// The type without `null`.
fn decide(
    cx: &mut Cx<'_, '_>,
    facts: &Facts,
    kinds: &BTreeSet<JsonType>,
    parts: &[Part],
    at: &Pointer,
    target: Target<'_>,
) -> Ty {
    if facts.values.is_some() {
        let lowered = enumeration::lower_values(cx, facts, kinds, at);
        return place(cx, lowered, facts, parts, at, target);
    }
    if union::is_union(cx, facts) {
        return union::lower_union(cx, facts, parts, at, target);
    }
    let kinds: Vec<JsonType> = match kinds.is_empty() {
        false => kinds.iter().copied().collect(),
        // Taken literally, keywords of one type say nothing of values of another.
        true if cx.config.literal_schemas && infer(facts).is_some() => JsonType::ALL.to_vec(),
        true => infer(facts).into_iter().collect(),
    };
    match kinds.as_slice() {
        [] => Ty::Any,
        [JsonType::Integer, JsonType::Number] => Ty::Scalar(Scalar::Float),
        [kind] => lower_kind(cx, *kind, facts, parts, at, target),
        several => union::lower_types(cx, several, facts, parts, at, target),
    }
}

/// The type that the keywords speak of, if `type` is not said.
pub(super) fn infer(facts: &Facts) -> Option<JsonType> {
    if facts.object_keywords || (!facts.required.is_empty() && !facts.array_keywords) {
        Some(JsonType::Object)
    } else if facts.array_keywords {
        Some(JsonType::Array)
    } else if facts.string_keywords || facts.format.as_deref().is_some_and(scalar::is_string_format) {
        Some(JsonType::String)
    } else if facts.number_keywords {
        Some(JsonType::Number)
    } else {
        None
    }
}

fn lower_kind(
    cx: &mut Cx<'_, '_>,
    kind: JsonType,
    facts: &Facts,
    parts: &[Part],
    at: &Pointer,
    target: Target<'_>,
) -> Ty {
    match kind {
        JsonType::Null => Ty::Null,
        JsonType::Boolean => Ty::Scalar(Scalar::Bool),
        JsonType::Integer | JsonType::Number | JsonType::String if given_format(cx, facts).is_some() => {
            given_format(cx, facts).map_or(Ty::Any, |path| given(cx, path))
        }
        JsonType::Integer => Ty::Scalar(scalar::integer(cx.config, facts)),
        JsonType::Number => Ty::Scalar(scalar::number(cx.config, facts)),
        JsonType::String if files::is_file(cx, parts) => Ty::Scalar(Scalar::File),
        JsonType::String => Ty::Scalar(scalar::string(cx.config, facts)),
        JsonType::Array => object::lower_list(cx, facts, &target.site()),
        JsonType::Object => object::lower_object(cx, facts, parts, at, target),
    }
}

/// The type that the user wants for a format.
fn given_format(cx: &Cx<'_, '_>, facts: &Facts) -> Option<String> {
    cx.config.types.formats.get(facts.format.as_deref()?).cloned()
}

/// The type that the user wants in place of the schema at a place.
fn replacement(cx: &mut Cx<'_, '_>, at: &Pointer) -> Option<Ty> {
    let path = cx.config.types.replace.get(&at.to_string()).filter(|_| at.file() == FileId::default())?.clone();
    Some(given(cx, path))
}

fn given(cx: &mut Cx<'_, '_>, path: String) -> Ty {
    let known = cx.api.given.iter().position(|known| *known == path);
    Ty::Given(known.unwrap_or_else(|| {
        cx.api.given.push(path);
        cx.api.given.len() - 1
    }))
}

/// Gives a shape its name; a type that needs none stays as it is.
fn place(cx: &mut Cx<'_, '_>, lowered: Lowered, facts: &Facts, parts: &[Part], at: &Pointer, target: Target<'_>) -> Ty {
    match lowered {
        Lowered::Ty(ty) => ty,
        Lowered::Shape(shape) => {
            let id = reserve(cx, facts, parts, at, target);
            cx.api.types[id].shape = shape;
            cx.pending.push((Place::Type(id), parts.to_vec()));
            Ty::Named(id)
        }
    }
}

/// The id of a type that is about to be lowered; from here on, references to it are known.
pub(super) fn reserve(cx: &mut Cx<'_, '_>, facts: &Facts, parts: &[Part], at: &Pointer, target: Target<'_>) -> TypeId {
    let id = match target {
        Target::Definition(id) => id,
        Target::Inline(site) => {
            let id = cx.reserve(at, site.origin());
            cx.known.insert(parts.to_vec(), named(id, facts));
            id
        }
    };
    cx.api.types[id].docs = facts.docs.clone();
    id
}

/// The documentation of a definition that became an alias.
fn describe(cx: &mut Cx<'_, '_>, id: TypeId, parts: &[Part]) {
    cx.api.types[id].docs = facts::gather(cx, parts).docs;
}

/// The site of a part of a named type.
pub(super) fn part_of(id: TypeId, role: Role) -> Site {
    Site { owner: Owner::Type(id), roles: vec![role] }
}
