//! `oneOf`, `anyOf`, several types, and inheritance by discriminator.
//!
//! The variants are told apart by a discriminator, else by a property whose constants differ, else by what a value looks like.

use std::collections::BTreeSet;

use super::branch_names;
use super::cx::{Cx, Place, Site};
use super::facts::{self, DiscriminatorFacts, Facts, JsonType, Part, UnionFacts, View};
use super::schema::{self, Target};
use crate::diag::{Code, Diags, Pointer};
use crate::ir::{Checks, Docs, Repr, Role, Scalar, Shape, Struct, Tag, Ty, TypeId, Union, Variant};
use crate::spec::Node;
use crate::tree::Tree;

/// Products of several unions in one schema grow fast; real ones stay below this.
const MAX_VARIANTS: usize = 200;

/// Notes which components inherit from one with a discriminator.
pub(super) fn find_heirs<'d>(cx: &mut Cx<'d, '_>, schemas: &[Node<'d>]) {
    for schema in schemas {
        for branch in schema.items("allOf") {
            let Some(reference) = branch.str("$ref") else { continue };
            let Some(base) = cx.spec.target(&branch, reference, &mut Diags::new()) else { continue };
            if base.get("discriminator").is_some() && base.get("oneOf").is_none() && base.get("anyOf").is_none() {
                cx.heirs.entry(base.at).or_default().push(schema.at.clone());
            }
        }
    }
}

/// The JSON type of a type's values, `any` if there are several.
pub(super) fn json_type(cx: &Cx<'_, '_>, ty: &Ty) -> &'static str {
    match cx.api.resolve(ty) {
        Ty::Null => "null",
        Ty::List(_) | Ty::Tuple(_) => "array",
        Ty::Map(_) => "object",
        Ty::Scalar(Scalar::Bool) => "boolean",
        Ty::Scalar(Scalar::Int(_) | Scalar::Float) => "number",
        Ty::Scalar(_) => "string",
        Ty::Named(id) => match &cx.api.types[*id].shape {
            Shape::Struct(_) => "object",
            Shape::Enum(shape) if shape.repr == Repr::Text => "string",
            Shape::Enum(shape) if shape.repr == Repr::Int => "number",
            Shape::Union(union) if matches!(union.tag, Tag::Property(_)) => "object",
            _ => "any",
        },
        Ty::Any | Ty::Never | Ty::Nullable(_) | Ty::Given(_) => "any",
    }
}

/// Whether one branch takes every text and the others are texts too: nobody who writes `oneOf: [known texts, string]` means
/// to exclude the known ones.
pub(super) fn is_swallowed(cx: &Cx<'_, '_>, union: &UnionFacts) -> bool {
    const WORDS: [&str; 4] = ["type", "description", "title", "example"];
    let bare =
        |node: &Node<'_>| node.tree.as_object().is_some_and(|map| map.keys().all(|key| WORDS.contains(&key.as_str())));
    let texts = |at: &Pointer| cx.spec.node(at).is_some_and(|node| node.str("type") == Some("string") && bare(&node));
    !cx.config.literal_schemas && union.branches.iter().any(texts)
}

/// Whether the branches make a difference; branches that only list `required` do not.
pub(super) fn is_union(cx: &Cx<'_, '_>, facts: &Facts) -> bool {
    facts.unions.iter().any(|union| makes_a_difference(cx, union))
}

fn makes_a_difference(cx: &Cx<'_, '_>, union: &UnionFacts) -> bool {
    union.branches.iter().any(|branch| says_more(cx, branch))
}

/// Whether a branch says more than which properties must be there.
fn says_more(cx: &Cx<'_, '_>, branch: &Pointer) -> bool {
    const RULES: [&str; 6] = ["required", "not", "description", "title", "minProperties", "maxProperties"];
    match cx.spec.node(branch).map(|node| node.tree) {
        Some(Tree::Object(map)) => map.keys().any(|key| !RULES.contains(&key.as_str()) && !key.starts_with("x-")),
        Some(Tree::Bool(_)) | None => false,
        Some(_) => true,
    }
}

/// A branch, or one branch of each of several unions.
struct Branch {
    parts: Vec<Part>,
    /// Where it stands.
    at: Pointer,
}

/// Lowers a schema with branches, `null` aside.
pub(super) fn lower_union(cx: &mut Cx<'_, '_>, facts: &Facts, parts: &[Part], at: &Pointer, target: Target<'_>) -> Ty {
    let unions: Vec<UnionFacts> = facts.unions.iter().filter(|union| makes_a_difference(cx, union)).cloned().collect();
    let start = if is_bare(cx, facts, &unions) { Vec::new() } else { without_unions(parts) };
    let mut branches = vec![Branch { parts: start, at: at.clone() }];
    for union in &unions {
        let alternatives = without_null(cx, union);
        if alternatives.is_empty() {
            continue;
        }
        let alternatives: Vec<(Pointer, bool)> = alternatives
            .into_iter()
            .map(|at| {
                let alone = contradicts(cx, facts, &at);
                (at, alone)
            })
            .collect();
        let product = branches.iter().flat_map(|branch| {
            alternatives.iter().map(|(alternative, stands_alone)| {
                let mut parts = if *stands_alone { Vec::new() } else { branch.parts.clone() };
                parts.push(Part::whole(alternative));
                Branch { parts, at: alternative.clone() }
            })
        });
        let product: Vec<Branch> = product.take(MAX_VARIANTS + 1).collect();
        if product.len() > MAX_VARIANTS {
            cx.diags
                .warn(
                    Code::Limit,
                    at,
                    format!("more than {MAX_VARIANTS} combinations of branches; free-form JSON is used"),
                )
                .help("make the branches schemas of their own");
            return Ty::Any;
        }
        branches = product;
    }
    match branches.as_slice() {
        [] => Ty::Null,
        [only] if only.parts.is_empty() => nothing_left(cx, &unions),
        [only] if only.parts != parts => schema::lower_parts(cx, &only.parts, &target.site()),
        [_] => Ty::Any,
        _ => lower_branches(cx, facts, parts, at, target, &branches),
    }
}

/// Whether a schema says nothing beside its branches, or only the type that they all have: then a branch that is a reference
/// stays one.
fn is_bare(cx: &mut Cx<'_, '_>, facts: &Facts, unions: &[UnionFacts]) -> bool {
    let silent = facts.properties.is_empty()
        && !facts.object_keywords
        && !facts.array_keywords
        && facts.values.is_none()
        && facts.limits.is_empty()
        && facts.not.is_empty()
        && facts.conditions.is_empty()
        && (facts.required.is_empty() || !cx.config.literal_schemas);
    let Some(types) = facts.types.clone() else { return silent };
    let mut same = |at: &Pointer| {
        let branch = facts::gather(cx, &[Part::whole(at)]);
        branch.types.as_ref().map_or_else(
            || !cx.config.literal_schemas && schema::infer(&branch).is_none_or(|kind| types.contains(&kind)),
            |own| {
                let contradicts = !cx.config.literal_schemas && own.is_disjoint(&types);
                own.is_subset(&types) || own.contains(&JsonType::Null) || contradicts
            },
        )
    };
    silent && unions.iter().flat_map(|union| &union.branches).all(&mut same)
}

/// Whether a branch has other types than the schema around it allows. Taken literally, no value satisfies it; people who write
/// `type: object` beside such a branch mean one of the branches.
fn contradicts(cx: &mut Cx<'_, '_>, facts: &Facts, branch: &Pointer) -> bool {
    let (Some(types), false) = (&facts.types, cx.config.literal_schemas) else { return false };
    let Some(own) = facts::gather(cx, &[Part::whole(branch)]).types else { return false };
    let number = |kind: &JsonType| if *kind == JsonType::Integer { JsonType::Number } else { *kind };
    let types: BTreeSet<JsonType> = types.iter().map(number).collect();
    if own.iter().map(number).any(|kind| types.contains(&kind)) {
        return false;
    }
    if cx.first_report(&branch.push("type")) {
        cx.diags
            .warn(Code::OddSchema, branch, "the `type` beside these branches excludes this one; it is taken without it")
            .help("remove the `type` beside `oneOf` or `anyOf`");
    }
    true
}

fn without_unions(parts: &[Part]) -> Vec<Part> {
    let view = |part: &Part| View { without_unions: true, ..part.view };
    parts.iter().map(|part| Part { at: part.at.clone(), view: view(part) }).collect()
}

/// What branches are that are all `null` or `false`.
fn nothing_left(cx: &Cx<'_, '_>, unions: &[UnionFacts]) -> Ty {
    let null = |at: &Pointer| cx.spec.node(at).is_some_and(|node| facts::is_null(&node));
    if unions.iter().any(|union| union.branches.iter().any(null)) { Ty::Null } else { Ty::Never }
}

/// The branches that some value but `null` satisfies.
fn without_null(cx: &Cx<'_, '_>, union: &UnionFacts) -> Vec<Pointer> {
    let other =
        |at: &&Pointer| cx.spec.node(at).is_some_and(|node| !facts::is_null(&node) && *node.tree != Tree::Bool(false));
    union.branches.iter().filter(other).cloned().collect()
}

fn lower_branches(
    cx: &mut Cx<'_, '_>,
    facts: &Facts,
    parts: &[Part],
    at: &Pointer,
    target: Target<'_>,
    branches: &[Branch],
) -> Ty {
    let id = schema::reserve(cx, facts, parts, at, target);
    cx.pending.push((Place::Type(id), parts.to_vec()));
    let mut variants: Vec<Variant> = Vec::new();
    let mut nameless = BTreeSet::new();
    for branch in branches {
        let hint = branch_names::hint(cx, &branch.at);
        let site = Site::of_type(id)
            .with(Role::Variant(hint.clone().unwrap_or_else(|| branch_names::numbered(variants.len()))));
        let ty = schema::lower_parts(cx, &branch.parts, &site);
        if ty == Ty::Named(id) || variants.iter().any(|known| known.ty == ty) {
            continue;
        }
        if hint.is_none() {
            nameless.insert(variants.len());
        }
        let hint = hint.unwrap_or_else(|| branch_names::kind(cx, &ty).to_owned());
        cx.pending.push((Place::Variant(id, variants.len()), branch.parts.clone()));
        variants.push(variant(&branch.at, hint, ty));
    }
    let ty = finish(cx, id, variants, facts.discriminator.as_ref());
    branch_names::settle(cx, id, &nameless);
    ty
}

/// The union of a base with a discriminator: whatever inherits from it.
pub(super) fn lower_heirs(cx: &mut Cx<'_, '_>, id: TypeId, facts: &Facts, heirs: &[Pointer]) -> Ty {
    let mut variants = Vec::new();
    for at in heirs {
        let Some(node) = cx.spec.node(at) else { continue };
        let ty = schema::lower_definition(cx, &node);
        variants.push(variant(at, at.last(), ty));
    }
    cx.api.types[id].docs = facts.docs.clone();
    finish(cx, id, variants, facts.discriminator.as_ref())
}

fn variant(at: &Pointer, hint: String, ty: Ty) -> Variant {
    let (tags, docs, checks) = (Vec::new(), Docs::default(), Checks::default());
    Variant { at: at.clone(), hint, ty, tags, boxed: false, docs, checks }
}

fn finish(
    cx: &mut Cx<'_, '_>,
    id: TypeId,
    mut variants: Vec<Variant>,
    discriminator: Option<&DiscriminatorFacts>,
) -> Ty {
    if variants.is_empty() {
        cx.api.types[id].shape = Shape::Alias(Ty::Any);
        return Ty::Named(id);
    }
    if let Some(simple) = simple(cx, &variants) {
        cx.api.types[id].shape = Shape::Alias(simple);
        return Ty::Named(id);
    }
    let tag = match discriminator {
        Some(discriminator) if explicit_tags(cx, discriminator, &mut variants) => {
            Tag::Property(discriminator.property.clone())
        }
        _ => match inferred_tags(cx, &mut variants) {
            Some(property) => Tag::Property(property),
            None => {
                ambiguous(cx, id, &variants);
                Tag::Shape
            }
        },
    };
    let default = match (discriminator, &tag) {
        (Some(discriminator), Tag::Property(_)) => default_variant(cx, discriminator, &variants),
        _ => None,
    };
    cx.api.types[id].shape = Shape::Union(Union { tag, variants, open: false, default });
    Ty::Named(id)
}

/// The variant that `defaultMapping` names (OpenAPI 3.2.0 §4.25).
fn default_variant(cx: &mut Cx<'_, '_>, discriminator: &DiscriminatorFacts, variants: &[Variant]) -> Option<usize> {
    let target = mapped(cx, discriminator, discriminator.default.as_ref()?);
    let found = variants.iter().position(|variant| Some(branch_target(cx, &variant.at)) == target);
    if found.is_none() && cx.first_report(&discriminator.at) {
        let at = discriminator.at.push("defaultMapping");
        cx.diags
            .warn(Code::UnresolvedReference, &at, "`defaultMapping` names none of the branches, so it says nothing")
            .help("name one of the schemas of `oneOf` or `anyOf`");
    }
    found
}

/// Says which objects nothing but optional properties tells apart.
fn ambiguous(cx: &mut Cx<'_, '_>, id: TypeId, variants: &[Variant]) {
    let structs: Vec<(&Variant, &Struct)> =
        variants.iter().filter_map(|variant| Some((variant, as_struct(cx, &variant.ty)?))).collect();
    let has_own = |a: &Struct, b: &Struct| {
        let mut required = a.fields.iter().filter(|field| field.presence == crate::ir::Presence::Required);
        required.any(|field| !b.fields.iter().any(|other| other.wire == field.wire))
    };
    let pairs = structs.iter().enumerate().flat_map(|(index, a)| structs.iter().skip(index + 1).map(move |b| (a, b)));
    let alike = pairs.into_iter().find(|((_, a), (_, b))| !has_own(a, b) && !has_own(b, a));
    let Some(((a, _), (b, _))) = alike else { return };
    let message = format!(
        "nothing but optional properties tells `{}` and `{}` apart; a value becomes the one that knows most of its keys",
        a.hint, b.hint
    );
    let (at, first, second) = (cx.api.types[id].at.clone(), a.at.clone(), b.at.clone());
    if cx.first_report(&at.push("oneOf")) {
        cx.diags
            .warn(Code::AmbiguousUnion, &second, message)
            .related(&first, "the other one")
            .help("add a `discriminator`, or require a property that only one of them has");
    }
}

/// A union that needs no enum: one variant, or a list of known texts beside any text.
fn simple(cx: &Cx<'_, '_>, variants: &[Variant]) -> Option<Ty> {
    if let [only] = variants {
        return Some(only.ty.clone());
    }
    if variants.iter().any(|variant| *cx.api.resolve(&variant.ty) == Ty::Any) {
        return Some(Ty::Any);
    }
    let text = |ty: &Ty| match cx.api.resolve(ty) {
        Ty::Scalar(scalar) => *scalar == Scalar::String,
        Ty::Named(id) => matches!(&cx.api.types[*id].shape, Shape::Enum(shape) if shape.repr == Repr::Text),
        _ => false,
    };
    let any_text = variants.iter().any(|variant| *cx.api.resolve(&variant.ty) == Ty::Scalar(Scalar::String));
    if any_text && variants.iter().all(|variant| text(&variant.ty)) {
        return Some(Ty::Scalar(Scalar::String));
    }
    None
}

/// The values of a discriminator that mean each variant (OpenAPI 3.0.3 §4.7.25): those that `mapping` lists, else the constants
/// of the property in the branch, else the name of the schema. `false` if a branch is no object.
fn explicit_tags(cx: &mut Cx<'_, '_>, discriminator: &DiscriminatorFacts, variants: &mut [Variant]) -> bool {
    let targets: Vec<(String, Pointer)> = discriminator
        .mapping
        .iter()
        .filter_map(|(value, target)| Some((value.clone(), mapped(cx, discriminator, target)?)))
        .collect();
    if !variants.iter().all(|variant| is_object(cx, &variant.ty)) {
        return false;
    }
    let mut taken = BTreeSet::new();
    for variant in variants {
        let target = branch_target(cx, &variant.at);
        let mut tags: Vec<String> =
            targets.iter().filter(|(_, at)| *at == target).map(|(value, _)| value.clone()).collect();
        if tags.is_empty() {
            tags = constants(cx, &variant.ty, &discriminator.property).unwrap_or_default();
        }
        if tags.is_empty() {
            tags.push(target.last());
        }
        tags.retain(|tag| {
            let free = taken.insert(tag.clone());
            if !free && cx.first_report(&discriminator.at.push(tag)) {
                cx.diags
                    .warn(
                        Code::AmbiguousUnion,
                        &discriminator.at,
                        format!("`{tag}` means two branches; the first one counts"),
                    )
                    .help("give every branch a value of its own in `mapping`");
            }
            free
        });
        variant.tags = tags;
    }
    true
}

/// The schema that a mapping names: a reference, or the name of a component.
fn mapped(cx: &Cx<'_, '_>, discriminator: &DiscriminatorFacts, target: &str) -> Option<Pointer> {
    let node = cx.spec.node(&discriminator.at)?;
    // A component may be called anything; a file has an extension or a folder.
    let is_reference = target.contains(['#', '/']) || std::path::Path::new(target).extension().is_some();
    if is_reference {
        return cx.spec.target(&node, target, &mut Diags::new()).map(|found| found.at);
    }
    let root = Pointer::root(discriminator.at.file());
    let places = [root.push("components").push("schemas"), root.push("definitions")];
    places.iter().find_map(|place| cx.spec.node(&place.push(target))).map(|found| found.at)
}

/// The schema that a branch refers to, or the branch itself.
fn branch_target(cx: &Cx<'_, '_>, at: &Pointer) -> Pointer {
    let found = cx.spec.node(at).and_then(|node| cx.spec.target(&node, node.str("$ref")?, &mut Diags::new()));
    found.map_or_else(|| at.clone(), |node| node.at)
}

fn is_object(cx: &Cx<'_, '_>, ty: &Ty) -> bool {
    match cx.api.resolve(ty) {
        Ty::Map(_) => true,
        // A type that is being lowered has no shape yet; unions of unions are objects if their parts are.
        Ty::Named(id) => matches!(&cx.api.types[*id].shape, Shape::Struct(_) | Shape::Union(_) | Shape::Alias(Ty::Any)),
        _ => false,
    }
}

fn as_struct<'a>(cx: &'a Cx<'_, '_>, ty: &'a Ty) -> Option<&'a Struct> {
    let Ty::Named(id) = cx.api.resolve(ty) else { return None };
    if let Shape::Struct(shape) = &cx.api.types[*id].shape { Some(shape) } else { None }
}

/// The constants that a property of an object may have.
fn constants(cx: &Cx<'_, '_>, ty: &Ty, property: &str) -> Option<Vec<String>> {
    let field = as_struct(cx, ty)?.fields.iter().find(|field| field.wire == property)?;
    let Ty::Named(id) = cx.api.resolve(field.ty.not_null()) else { return None };
    let Shape::Enum(shape) = &cx.api.types[*id].shape else { return None };
    if shape.repr != Repr::Text {
        return None;
    }
    Some(shape.values.iter().map(|value| value.literal.text()).collect())
}

/// A required property whose constants differ from branch to branch.
fn inferred_tags(cx: &Cx<'_, '_>, variants: &mut [Variant]) -> Option<String> {
    let first = as_struct(cx, &variants.first()?.ty)?;
    let candidates: Vec<String> = first.fields.iter().map(|field| field.wire.clone()).collect();
    for property in candidates {
        let Some(tags) = disjoint(cx, variants, &property) else { continue };
        for (variant, tags) in variants.iter_mut().zip(tags) {
            variant.tags = tags;
        }
        return Some(property);
    }
    None
}

fn disjoint(cx: &Cx<'_, '_>, variants: &[Variant], property: &str) -> Option<Vec<Vec<String>>> {
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for variant in variants {
        let field = as_struct(cx, &variant.ty)?.fields.iter().find(|field| field.wire == property)?;
        let tags = constants(cx, &variant.ty, property)?;
        if field.presence != crate::ir::Presence::Required || !tags.iter().all(|tag| seen.insert(tag.clone())) {
            return None;
        }
        all.push(tags);
    }
    Some(all)
}

/// Several types: one variant each.
pub(super) fn lower_types(
    cx: &mut Cx<'_, '_>,
    kinds: &[JsonType],
    facts: &Facts,
    parts: &[Part],
    at: &Pointer,
    target: Target<'_>,
) -> Ty {
    let id = schema::reserve(cx, facts, parts, at, target);
    let mut variants = Vec::new();
    let number = kinds.contains(&JsonType::Number);
    for kind in kinds.iter().filter(|kind| !(number && **kind == JsonType::Integer)) {
        let view = |part: &Part| View { only: Some(*kind), ..part.view };
        let only: Vec<Part> = parts.iter().map(|part| Part { at: part.at.clone(), view: view(part) }).collect();
        let word = match kind {
            JsonType::Array => "list",
            other => other.as_str(),
        };
        let ty = schema::lower_parts(cx, &only, &Site::of_type(id).with(Role::Variant(word.to_owned())));
        cx.pending.push((Place::Variant(id, variants.len()), only));
        variants.push(variant(at, word.to_owned(), ty));
    }
    finish(cx, id, variants, None)
}

/// Whether a schema only inherits from a base with a discriminator, which makes it more than another name for the base.
pub(super) fn is_heir(cx: &Cx<'_, '_>, at: &Pointer) -> bool {
    cx.heirs.values().any(|heirs| heirs.contains(at))
}

/// The heirs of a definition, if it is a base with a discriminator.
pub(super) fn heirs_of(cx: &mut Cx<'_, '_>, parts: &[Part], at: &Pointer) -> Option<(Facts, Vec<Pointer>)> {
    let heirs = cx.heirs.get(at)?.clone();
    Some((facts::gather(cx, parts), heirs))
}
