//! From variants to a union, or to a simpler type.

use super::super::facts::Discriminator;
use super::super::lowering::Lowering;
use super::tags::{self, as_struct};
use crate::diag::{Code, Pointer};
use crate::ir::{Checks, Docs, Presence, Repr, Scalar, Shape, Struct, Tag, Ty, TypeId, Union, Variant};

/// A variant whose tags are not known yet.
pub(super) fn variant(at: &Pointer, hint: String, ty: Ty) -> Variant {
    let (tags, docs, checks) = (Vec::new(), Docs::default(), Checks::default());
    Variant { at: at.clone(), hint, ty, tags, boxed: false, docs, checks }
}

/// Gives a reserved type the shape of a union of these variants.
pub(super) fn finish(
    cx: &mut Lowering<'_, '_>,
    id: TypeId,
    mut variants: Vec<Variant>,
    discriminator: Option<&Discriminator>,
) -> Ty {
    cx.api.types[id].shape = match simplify(cx, &variants) {
        Some(simple) => Shape::Alias(simple),
        None => {
            let tag = tags::assign(cx, discriminator, &mut variants);
            let default = match (discriminator, &tag) {
                (Some(discriminator), Tag::Property(_)) => tags::default_variant(cx, discriminator, &variants),
                _ => None,
            };
            if tag == Tag::Shape {
                report_ambiguous(cx, id, &variants);
            }
            Shape::Union(Union { tag, variants, open: false, default })
        }
    };
    Ty::Named(id)
}

/// The type of variants that need no enum: no or one variant, a variant of any value, or known strings beside any string.
fn simplify(cx: &Lowering<'_, '_>, variants: &[Variant]) -> Option<Ty> {
    match variants {
        [] => return Some(Ty::Any),
        [only] => return Some(only.ty.clone()),
        _ => {}
    }
    if variants.iter().any(|variant| *cx.api.resolve(&variant.ty) == Ty::Any) {
        return Some(Ty::Any);
    }
    let is_string = |ty: &Ty| match cx.api.resolve(ty) {
        Ty::Scalar(scalar) => *scalar == Scalar::String,
        Ty::Named(id) => matches!(&cx.api.types[*id].shape, Shape::Enum(shape) if shape.repr == Repr::Text),
        _ => false,
    };
    let any_string = variants.iter().any(|variant| *cx.api.resolve(&variant.ty) == Ty::Scalar(Scalar::String));
    if any_string && variants.iter().all(|variant| is_string(&variant.ty)) {
        return Some(Ty::Scalar(Scalar::String));
    }
    None
}

/// Reports two structs that differ by optional properties only.
fn report_ambiguous(cx: &mut Lowering<'_, '_>, id: TypeId, variants: &[Variant]) {
    let structs: Vec<(&Variant, &Struct)> =
        variants.iter().filter_map(|variant| Some((variant, as_struct(cx, &variant.ty)?))).collect();
    let has_own = |a: &Struct, b: &Struct| {
        let mut required = a.fields.iter().filter(|field| field.presence == Presence::Required);
        required.any(|field| !b.fields.iter().any(|other| other.wire == field.wire))
    };
    let pairs = structs.iter().enumerate().flat_map(|(index, a)| structs.iter().skip(index + 1).map(move |b| (a, b)));
    let alike = pairs.into_iter().find(|((_, a), (_, b))| !has_own(a, b) && !has_own(b, a));
    let Some(((a, _), (b, _))) = alike else { return };
    let message = format!(
        "`{}` and `{}` differ by optional properties only; a value is read as the one that declares most of its keys",
        a.hint, b.hint
    );
    let (at, first, second) = (cx.api.types[id].at.clone(), a.at.clone(), b.at.clone());
    if cx.first_report(&at.push("oneOf")) {
        cx.diags
            .warn(Code::AmbiguousUnion, &second, message)
            .related(&first, "the other branch")
            .help("add a `discriminator`, or require a property that only one of them declares");
    }
}
