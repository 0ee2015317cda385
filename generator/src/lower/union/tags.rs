//! The values that tell the variants of a union apart.

use std::collections::BTreeSet;

use super::super::facts::{self, Discriminator, Part};
use super::super::lowering::Lowering;
use super::discriminator;
use crate::ir::{Literal, Presence, Repr, Scalar, Shape, Struct, Tag, Ty, Union};

/// How the variants are told apart: by a discriminator, else by a property with different constants, else by their shape.
pub(super) fn assign(cx: &mut Lowering<'_, '_>, discriminator: Option<&Discriminator>, union: &mut Union) -> Tag {
    if let Some(discriminator) = discriminator
        && discriminator::assign(cx, discriminator, union)
    {
        return Tag::Property(discriminator.property.clone());
    }
    for variant in &mut union.variants {
        variant.tags.clear();
    }
    assign_inferred(cx, union).map_or(Tag::Shape, Tag::Property)
}

/// Finds a required property whose constants differ in each variant.
fn assign_inferred(cx: &mut Lowering<'_, '_>, union: &mut Union) -> Option<String> {
    let first = as_struct(cx, &union.variants.first()?.ty)?;
    let candidates: Vec<String> = first.fields.iter().map(|field| field.wire.clone()).collect();
    for property in candidates {
        let Some(tags) = disjoint(cx, union, &property) else { continue };
        for (variant, tags) in union.variants.iter_mut().zip(tags) {
            variant.tags = tags;
        }
        return Some(property);
    }
    None
}

/// The constants of a property in each variant, if it is required everywhere and no constant occurs twice.
fn disjoint(cx: &mut Lowering<'_, '_>, union: &Union, property: &str) -> Option<Vec<Vec<Literal>>> {
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for variant in &union.variants {
        let field = as_struct(cx, &variant.ty)?.fields.iter().find(|field| field.wire == property)?;
        if field.presence != Presence::Required {
            return None;
        }
        let tags = constants(cx, &variant.ty, property);
        if tags.is_empty() || !tags.iter().all(|tag| seen.insert(tag.text())) {
            return None;
        }
        all.push(tags);
    }
    Some(all)
}

/// The struct that a type is, if it is one.
pub(super) fn as_struct<'a>(cx: &'a Lowering<'_, '_>, ty: &'a Ty) -> Option<&'a Struct> {
    let Ty::Named(id) = cx.api.resolve(ty) else { return None };
    if let Shape::Struct(shape) = &cx.api.types[*id].shape { Some(shape) } else { None }
}

/// The strings, whole numbers or booleans that a property of an object may have; none if it may have others. The objects of a union
/// that has this property as its tag have all of its tags.
pub(super) fn constants(cx: &mut Lowering<'_, '_>, ty: &Ty, property: &str) -> Vec<Literal> {
    if let Ty::Named(id) = cx.api.resolve(ty)
        && let Shape::Union(union) = &cx.api.types[*id].shape
        && union.tag == Tag::Property(property.to_owned())
    {
        return union.variants.iter().flat_map(|variant| variant.tags.clone()).collect();
    }
    let field = as_struct(cx, ty).and_then(|shape| shape.fields.iter().find(|field| field.wire == property));
    let Some(field) = field else { return Vec::new() };
    match cx.api.resolve(field.ty.not_null()) {
        Ty::Named(id) => match &cx.api.types[*id].shape {
            Shape::Enum(shape) if shape.repr != Repr::Json => {
                shape.values.iter().map(|value| value.literal.clone()).collect()
            }
            _ => Vec::new(),
        },
        // The type does not say which boolean it is.
        Ty::Scalar(Scalar::Bool) => {
            let values = facts::gather(cx, &[Part::whole(&field.at.clone())]).values.clone();
            values.into_iter().flatten().map(|value| value.literal).filter(|value| value.as_bool().is_some()).collect()
        }
        _ => Vec::new(),
    }
}

/// Values as they are compared with tags.
pub(super) fn texts(values: &[Literal]) -> Vec<String> {
    values.iter().map(Literal::text).collect()
}
