//! Discriminators: which values of a property stand for which variant (OpenAPI 3.0.3 §4.7.25, 3.2.0 §4.25).

use std::collections::{BTreeMap, BTreeSet};

use super::super::facts::Discriminator;
use super::super::lowering::Lowering;
use super::declared;
use super::tags::{as_struct, constants, texts};
use crate::diag::{Code, Pointer};
use crate::ir::{JsonKind, Literal, Shape, Ty, Union, Variant};
use crate::tree::{Number, Tree};

/// Finds the values of a discriminator for each variant that is an object: those that `mapping` lists, else the constants of the
/// property in the branch, else the name of the schema. `false` if the discriminator cannot be used.
pub(super) fn assign(cx: &mut Lowering<'_, '_>, discriminator: &Discriminator, union: &mut Union) -> bool {
    let mut objects = Vec::new();
    for (index, variant) in union.variants.iter().enumerate() {
        if is_object(cx, &variant.ty) {
            objects.push(index);
        } else if matches!(cx.api.json_kind(&variant.ty), JsonKind::Any | JsonKind::Object) {
            return false;
        }
    }
    if objects.is_empty() {
        return false;
    }
    let own = own_constants(cx, discriminator, union);
    let mapping = mapping(cx, discriminator);
    let mut taken = BTreeSet::new();
    for index in objects {
        let is_default = union.default == Some(index);
        let Some(variant) = union.variants.get_mut(index) else { continue };
        let mapped = mapping.get(&branch_target(cx, &variant.at)).cloned().unwrap_or_default();
        let Some(tags) = tags_of(cx, discriminator, variant, (mapped, own.get(&index)), is_default) else {
            return false;
        };
        variant.tags = tags.into_iter().filter(|tag| is_free(cx, discriminator, tag, &mut taken)).collect();
        report_forbidden(cx, discriminator, variant);
    }
    report_unused_mapping(cx, discriminator, &union.variants);
    union.default = union.default.or_else(|| default_variant(cx, discriminator, &union.variants));
    declared::report(cx, discriminator, union);
    true
}

/// The values that stand for a variant: those that `mapping` lists, else its own constants, else its name; `None` if it has none.
fn tags_of(
    cx: &mut Lowering<'_, '_>,
    discriminator: &Discriminator,
    variant: &Variant,
    (mapped, own): (Vec<String>, Option<&Vec<Literal>>),
    is_default: bool,
) -> Option<Vec<Literal>> {
    let target = branch_target(cx, &variant.at);
    let literal = |text: String| as_property(cx, &variant.ty, &discriminator.property, text);
    let mapped: Vec<Literal> = mapped.into_iter().map(literal).collect();
    if !mapped.is_empty() || is_default {
        return Some(mapped);
    }
    if let Some(own) = own {
        return Some(own.clone());
    }
    if target != variant.at || target.is_component() {
        return Some(vec![literal(target.last())]);
    }
    if cx.first_report(&variant.at.push("discriminator")) {
        let property = &discriminator.property;
        cx.diags
            .warn(
                Code::AmbiguousUnion,
                &variant.at,
                format!("no value of `{property}` stands for this branch, so the discriminator is ignored"),
            )
            .help(format!("give `{property}` a `const` here, or move the schema to `components`"));
    }
    None
}

/// The constants of the property that belong to one variant alone, by its position. Heirs that do not restrict the property have the
/// constants of their base.
fn own_constants(
    cx: &mut Lowering<'_, '_>,
    discriminator: &Discriminator,
    union: &Union,
) -> BTreeMap<usize, Vec<Literal>> {
    let mut all: Vec<Vec<Literal>> = Vec::new();
    for variant in &union.variants {
        all.push(constants(cx, &variant.ty, &discriminator.property));
    }
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let others = all.iter().enumerate().filter(|(index, _)| union.default != Some(*index));
    for value in others.flat_map(|(_, values)| values) {
        *counts.entry(value.key()).or_default() += 1;
    }
    let of_base = union.default.and_then(|index| all.get(index)).cloned().unwrap_or_default();
    let is_own = |values: &[Literal]| {
        !values.is_empty() && values != of_base && values.iter().all(|value| counts.get(&value.key()) == Some(&1))
    };
    all.into_iter().enumerate().filter(|(_, values)| is_own(values)).collect()
}

/// Whether no variant before has this value.
fn is_free(
    cx: &mut Lowering<'_, '_>,
    discriminator: &Discriminator,
    tag: &Literal,
    taken: &mut BTreeSet<String>,
) -> bool {
    let text = tag.text();
    let is_free = taken.insert(text.clone());
    if !is_free && cx.first_report(&discriminator.at.push(&text)) {
        cx.diags
            .warn(
                Code::AmbiguousUnion,
                &discriminator.at,
                format!("`{text}` means two branches; the first branch is used"),
            )
            .help("give every branch a value of its own in `mapping`");
    }
    is_free
}

/// Reports values that stand for a variant although the property cannot have them.
fn report_forbidden(cx: &mut Lowering<'_, '_>, discriminator: &Discriminator, variant: &Variant) {
    let allowed = texts(&constants(cx, &variant.ty, &discriminator.property));
    for tag in texts(&variant.tags) {
        if !allowed.is_empty() && !allowed.contains(&tag) && cx.first_report(&discriminator.at.push(&tag)) {
            let (property, branch) = (&discriminator.property, &variant.hint);
            let message = format!(
                "`{tag}` stands for `{branch}`, but `{property}` of `{branch}` can only be {}",
                allowed.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(" or ")
            );
            cx.diags
                .warn(Code::AmbiguousUnion, &discriminator.at, message)
                .help("list the values that stand for each schema in `mapping`");
        }
    }
}

/// Reports entries of `mapping` that name no branch.
fn report_unused_mapping(cx: &mut Lowering<'_, '_>, discriminator: &Discriminator, variants: &[Variant]) {
    let branches: BTreeSet<Pointer> = variants.iter().map(|variant| branch_target(cx, &variant.at)).collect();
    for (value, target) in &discriminator.mapping {
        let found = mapped(cx, discriminator, target);
        let message = match &found {
            Some(found) if branches.contains(found) => continue,
            Some(_) => format!("`{value}` is mapped to `{target}`, which is not one of the branches; it is ignored"),
            None => format!("`{value}` is mapped to `{target}`, which does not exist; it is ignored"),
        };
        let at = discriminator.at.push("mapping").push(value);
        if cx.first_report(&at) {
            let help = "name one of the schemas of `oneOf` or `anyOf`, or one that refers to this schema by `allOf`";
            cx.diags.warn(Code::UnresolvedReference, &at, message).help(help);
        }
    }
}

/// The variant that `defaultMapping` names (OpenAPI 3.2.0 §4.25).
fn default_variant(cx: &mut Lowering<'_, '_>, discriminator: &Discriminator, variants: &[Variant]) -> Option<usize> {
    let target = mapped(cx, discriminator, discriminator.default.as_ref()?);
    let found = variants.iter().position(|variant| Some(branch_target(cx, &variant.at)) == target);
    let at = discriminator.at.push("defaultMapping");
    if found.is_none() && cx.first_report(&at) {
        cx.diags
            .warn(Code::UnresolvedReference, &at, "`defaultMapping` names none of the branches; it is ignored")
            .help("name one of the schemas of `oneOf` or `anyOf`");
    }
    found
}

/// The values that `mapping` maps to each schema.
pub(super) fn mapping(cx: &Lowering<'_, '_>, discriminator: &Discriminator) -> BTreeMap<Pointer, Vec<String>> {
    let mut found: BTreeMap<Pointer, Vec<String>> = BTreeMap::new();
    for (value, target) in &discriminator.mapping {
        if let Some(schema) = mapped(cx, discriminator, target) {
            found.entry(schema).or_default().push(value.clone());
        }
    }
    found
}

/// The schema that an entry of `mapping` names: by a reference, or by the name of a component.
fn mapped(cx: &Lowering<'_, '_>, discriminator: &Discriminator, target: &str) -> Option<Pointer> {
    let node = cx.spec.node(&discriminator.at)?;
    // A reference to a file has a folder or an extension. Any other text is the name of a component.
    let is_reference = target.contains(['#', '/']) || std::path::Path::new(target).extension().is_some();
    if is_reference {
        return cx.spec.find_target(&node, target).map(|found| found.at);
    }
    let root = Pointer::root(discriminator.at.file());
    let places = [root.push("components").push("schemas"), root.push("definitions")];
    places.iter().find_map(|place| cx.spec.node(&place.push(target))).map(|found| found.at)
}

/// The schema that a branch refers to, or the branch itself.
fn branch_target(cx: &Lowering<'_, '_>, at: &Pointer) -> Pointer {
    let found = cx.spec.node(at).and_then(|node| cx.spec.find_target(&node, node.str("$ref")?));
    found.map_or_else(|| at.clone(), |node| node.at)
}

/// The value of a property that a text of the document stands for: `mapping` has strings as keys, whatever the type of the property.
fn as_property(cx: &Lowering<'_, '_>, ty: &Ty, property: &str, text: String) -> Literal {
    let field = as_struct(cx, ty).and_then(|shape| shape.fields.iter().find(|field| field.wire == property));
    match field.map(|field| cx.api.json_kind(field.ty.not_null())) {
        Some(JsonKind::Number) => number(&text).map_or(Tree::String(text), Tree::Number),
        // Tools write their own spelling, such as `True`.
        Some(JsonKind::Boolean) => text.to_ascii_lowercase().parse().map_or(Tree::String(text), Tree::Bool),
        _ => Tree::String(text),
    }
}

/// The number that a text stands for. `2.0` is the integer 2 (JSON Schema Core 2020-12 §4.2.3).
fn number(text: &str) -> Option<Number> {
    if let Ok(whole) = text.parse() {
        return Some(Number::Int(whole));
    }
    let number = Number::Float(text.parse().ok()?);
    Some(number.as_int().map_or(number, Number::Int))
}

/// Whether the values of a type are objects.
pub(super) fn is_object(cx: &Lowering<'_, '_>, ty: &Ty) -> bool {
    match cx.api.resolve(ty) {
        Ty::Map(_) => true,
        Ty::Named(id) => match &cx.api.types[*id].shape {
            Shape::Struct(_) => true,
            Shape::Union(union) => union.variants.iter().all(|variant| match cx.api.resolve(&variant.ty) {
                Ty::Map(_) => true,
                Ty::Named(id) => matches!(cx.api.types[*id].shape, Shape::Struct(_) | Shape::Union(_)),
                _ => false,
            }),
            _ => false,
        },
        _ => false,
    }
}
