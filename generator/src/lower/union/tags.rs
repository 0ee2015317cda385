//! The values that tell the variants of a union apart.

use std::collections::BTreeSet;

use super::super::facts::Discriminator;
use super::super::lowering::Lowering;
use crate::diag::{Code, Pointer};
use crate::ir::{Presence, Repr, Shape, Struct, Tag, Ty, Variant};

/// How the variants are told apart: by a discriminator, else by a property with different constants, else by their shape.
pub(super) fn assign(
    cx: &mut Lowering<'_, '_>,
    discriminator: Option<&Discriminator>,
    variants: &mut [Variant],
) -> Tag {
    if let Some(discriminator) = discriminator
        && assign_explicit(cx, discriminator, variants)
    {
        return Tag::Property(discriminator.property.clone());
    }
    assign_inferred(cx, variants).map_or(Tag::Shape, Tag::Property)
}

/// The variant that `defaultMapping` names (OpenAPI 3.2.0 §4.25).
pub(super) fn default_variant(
    cx: &mut Lowering<'_, '_>,
    discriminator: &Discriminator,
    variants: &[Variant],
) -> Option<usize> {
    let target = mapped(cx, discriminator, discriminator.default.as_ref()?);
    let found = variants.iter().position(|variant| Some(branch_target(cx, &variant.at)) == target);
    if found.is_none() && cx.first_report(&discriminator.at) {
        let at = discriminator.at.push("defaultMapping");
        cx.diags
            .warn(Code::UnresolvedReference, &at, "`defaultMapping` names none of the branches; it is ignored")
            .help("name one of the schemas of `oneOf` or `anyOf`");
    }
    found
}

/// Finds the values of a discriminator for each variant (OpenAPI 3.0.3 §4.7.25): those that `mapping` lists, else the constants of
/// the property in the branch, else the name of the schema. `false` if a branch is not an object.
fn assign_explicit(cx: &mut Lowering<'_, '_>, discriminator: &Discriminator, variants: &mut [Variant]) -> bool {
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
                        format!("`{tag}` means two branches; the first branch is used"),
                    )
                    .help("give every branch a value of its own in `mapping`");
            }
            free
        });
        variant.tags = tags;
    }
    true
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

/// Whether the values of a type are objects.
fn is_object(cx: &Lowering<'_, '_>, ty: &Ty) -> bool {
    match cx.api.resolve(ty) {
        Ty::Map(_) => true,
        // A type that is being lowered is still an alias of free-form JSON.
        Ty::Named(id) => matches!(&cx.api.types[*id].shape, Shape::Struct(_) | Shape::Union(_) | Shape::Alias(Ty::Any)),
        _ => false,
    }
}

/// The struct that a type is, if it is one.
pub(super) fn as_struct<'a>(cx: &'a Lowering<'_, '_>, ty: &'a Ty) -> Option<&'a Struct> {
    let Ty::Named(id) = cx.api.resolve(ty) else { return None };
    if let Shape::Struct(shape) = &cx.api.types[*id].shape { Some(shape) } else { None }
}

/// The constants that a property of an object may have.
fn constants(cx: &Lowering<'_, '_>, ty: &Ty, property: &str) -> Option<Vec<String>> {
    let field = as_struct(cx, ty)?.fields.iter().find(|field| field.wire == property)?;
    let Ty::Named(id) = cx.api.resolve(field.ty.not_null()) else { return None };
    let Shape::Enum(shape) = &cx.api.types[*id].shape else { return None };
    if shape.repr != Repr::Text {
        return None;
    }
    Some(shape.values.iter().map(|value| value.literal.text()).collect())
}

/// Finds a required property whose constants differ in each variant.
fn assign_inferred(cx: &Lowering<'_, '_>, variants: &mut [Variant]) -> Option<String> {
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

/// The constants of a property in each variant, if it is required everywhere and no constant occurs twice.
fn disjoint(cx: &Lowering<'_, '_>, variants: &[Variant], property: &str) -> Option<Vec<Vec<String>>> {
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for variant in variants {
        let field = as_struct(cx, &variant.ty)?.fields.iter().find(|field| field.wire == property)?;
        let tags = constants(cx, &variant.ty, property)?;
        if field.presence != Presence::Required || !tags.iter().all(|tag| seen.insert(tag.clone())) {
            return None;
        }
        all.push(tags);
    }
    Some(all)
}
