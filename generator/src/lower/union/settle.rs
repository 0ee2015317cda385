//! From variants to a union, or to a simpler type.
//!
//! What a union becomes depends on the types of its variants, and these may contain the union. So unions are settled once every type
//! has its shape.

use std::collections::BTreeSet;

use super::super::lowering::{CheckSite, Lowering};
use super::tags;
use super::unsettled::{Alternative, Unsettled};
use super::{branch_names, circles, overlaps};
use crate::diag::Code;
use crate::ir::{Checks, Docs, Repr, Scalar, Shape, Tag, Ty, Union, Variant};

impl Unsettled {
    /// Makes the reserved type a union, and leaves the rest for later.
    pub(super) fn defer(self, cx: &mut Lowering<'_, '_>) -> Ty {
        let id = self.id;
        cx.api.types[id].shape = Shape::Union(self.shape(cx));
        cx.unsettled.push(self);
        Ty::Named(id)
    }

    /// The union as far as it is known.
    fn shape(&self, cx: &Lowering<'_, '_>) -> Union {
        let variant = |variant: &Alternative| Variant {
            at: variant.at.clone(),
            hint: variant.hint.clone().unwrap_or_else(|| branch_names::of_type(cx, &variant.ty)),
            ty: variant.ty.clone(),
            tags: Vec::new(),
            boxed: false,
            docs: Docs::default(),
            checks: Checks::default(),
        };
        Union { tag: Tag::Shape, variants: self.variants.iter().map(variant).collect(), open: false, default: None }
    }
}

/// A union becomes a simpler type because of another one, and that one because of a third, and so on, at most this often. In known
/// documents, it is once.
const MAX_ROUNDS: usize = 8;

/// Decides what the unions become that were lowered since the last time.
pub(in super::super) fn settle(cx: &mut Lowering<'_, '_>) {
    let mut unions = std::mem::take(&mut cx.unsettled);
    circles::untangle(cx, &mut unions);
    for _ in 0..MAX_ROUNDS {
        let before = unions.len();
        unions.retain(|union| match simplify(cx, union) {
            Some(simple) => {
                if simple == Ty::Any {
                    report_any(cx, union);
                }
                cx.api.types[union.id].shape = Shape::Alias(simple);
                false
            }
            None => true,
        });
        if unions.len() == before {
            break;
        }
    }
    for union in unions {
        tell_apart(cx, union);
    }
}

/// Decides how the variants of a union are told apart, and what they are called.
fn tell_apart(cx: &mut Lowering<'_, '_>, union: Unsettled) {
    let id = union.id;
    let mut shape = union.shape(cx);
    let discriminator = union.discriminator.as_ref();
    shape.default = union.default;
    shape.tag = tags::assign(cx, discriminator, &mut shape);
    if shape.tag == Tag::Shape {
        if let [only] = shape.variants.as_slice() {
            cx.api.types[id].shape = Shape::Alias(only.ty.clone());
            return;
        }
        shape.default = None;
        overlaps::report(cx, id, &shape.variants);
    }
    cx.api.types[id].shape = Shape::Union(shape);
    let mut unnamed = BTreeSet::new();
    for (index, variant) in union.variants.into_iter().enumerate() {
        if variant.hint.is_none() {
            unnamed.insert(index);
        }
        if !variant.parts.is_empty() {
            cx.pending.push((CheckSite::Variant(id, index), variant.parts));
        }
    }
    branch_names::assign(cx, id, &unnamed);
}

/// The type of variants that need no enum: no or one variant, a variant of any value, or known values beside any string or number.
fn simplify(cx: &Lowering<'_, '_>, union: &Unsettled) -> Option<Ty> {
    let variants = &union.variants;
    match variants.as_slice() {
        [] => return Some(Ty::Any),
        [only] if union.discriminator.is_none() => return Some(only.ty.clone()),
        _ => {}
    }
    if variants.iter().any(|variant| *cx.api.resolve(&variant.ty) == Ty::Any) {
        return Some(Ty::Any);
    }
    // Known values beside any value: the enum would be closed, and its names would be guesses.
    let is_any =
        |variant: &&Alternative| matches!(cx.api.resolve(&variant.ty), Ty::Scalar(Scalar::String | Scalar::Int(_)));
    let any = cx.api.resolve(&variants.iter().find(is_any)?.ty);
    let repr = if *any == Ty::Scalar(Scalar::String) { Repr::Text } else { Repr::Int };
    let is_among = |variant: &Alternative| match cx.api.resolve(&variant.ty) {
        Ty::Named(id) => matches!(&cx.api.types[*id].shape, Shape::Enum(shape) if shape.repr == repr),
        other => other == any,
    };
    variants.iter().all(is_among).then(|| any.clone())
}

/// Reports a union that has a branch for every value: the union is free-form JSON, and its other branches have no effect.
fn report_any(cx: &mut Lowering<'_, '_>, union: &Unsettled) {
    let is_any = |variant: &&Alternative| *cx.api.resolve(&variant.ty) == Ty::Any;
    let Some(any) = union.variants.iter().find(is_any).map(|variant| variant.at.clone()) else { return };
    if !union.variants.iter().all(|variant| is_any(&variant)) && cx.first_report(&any) {
        cx.diags
            .warn(Code::FreeForm, &any, "this branch takes every value, so the union is free-form JSON")
            .help("say what its values are, or remove the other branches");
    }
}
