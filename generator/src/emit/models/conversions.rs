//! `From` for unions: from each type that only one variant holds, so that callers need not name the variant.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::super::Cx;
use super::super::file::RustFile;
use super::super::ty::{self, Viewpoint};
use crate::ir::{Repr, Scalar, Shape, Ty, TypeId, Union, Variant};

/// What converts into a variant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in super::super) enum Conversion<'a> {
    /// Any text: the variant holds a string.
    Text,
    /// Any text, and the enum of strings that the variant holds.
    TextEnum,
    /// A value of the variant's type.
    Value,
    /// A list; `arrays` says whether arrays of what its items accept convert as well.
    List { item: &'a Ty, arrays: bool },
    /// A map; `arrays` says whether arrays of pairs convert as well.
    Map { value: &'a Ty, arrays: bool },
}

/// The variants of a union that something converts into, by their positions.
pub(in super::super) fn of<'a>(cx: &Cx<'a>, id: TypeId, union: &'a Union) -> Vec<(usize, Conversion<'a>)> {
    let types: Vec<&Ty> = union.variants.iter().map(|variant| cx.api.resolve(&variant.ty)).collect();
    let count = |is: &dyn Fn(&Ty) -> bool| types.iter().filter(|ty| is(ty)).count();
    let texts = count(&|ty| is_text(cx, ty));
    let text_enums = count(&|ty| is_text_enum(cx, ty));
    let lists = count(&|ty| matches!(ty, Ty::List(_)));
    let maps = count(&|ty| matches!(ty, Ty::Map(_)));
    let conversion = |ty: &'a Ty| match ty {
        ty if is_text(cx, ty) => (texts == 1).then_some(Conversion::Text),
        ty if is_text_enum(cx, ty) && texts == 0 && text_enums == 1 => Some(Conversion::TextEnum),
        Ty::Named(other) => (*other != id).then_some(Conversion::Value),
        Ty::Scalar(_) | Ty::Tuple(_) | Ty::Any => Some(Conversion::Value),
        Ty::List(item) => Some(Conversion::List { item, arrays: lists == 1 }),
        Ty::Map(value) => Some(Conversion::Map { value, arrays: lists == 0 && maps == 1 }),
        Ty::Nullable(_) | Ty::Null | Ty::Never | Ty::Given(_) => None,
    };
    // Nothing converts into a variant of a type that the user gave.
    let others = || types.iter().filter(|other| !matches!(other, Ty::Given(_)));
    let is_only = |ty: &Ty| others().filter(|other| may_be_one(cx, other, ty, &mut { MAX_PARTS })).count() == 1;
    let found = types.iter().enumerate().filter(|(_, ty)| is_only(ty));
    found.filter_map(|(index, ty)| Some((index, conversion(ty)?))).collect()
}

/// At most so many parts of two types are compared. Larger types count as equal.
const MAX_PARTS: usize = 1_000;

/// Whether two types may be the same in Rust, which looks behind aliases. A type that the user gave may be any type.
fn may_be_one(cx: &Cx<'_>, left: &Ty, right: &Ty, parts: &mut usize) -> bool {
    if left == right || *parts == 0 {
        return true;
    }
    *parts -= 1;
    match (cx.api.resolve(left), cx.api.resolve(right)) {
        (Ty::Given(_), _) | (_, Ty::Given(_)) => true,
        (left, right) if is_text(cx, left) && is_text(cx, right) => true,
        (Ty::List(left), Ty::List(right))
        | (Ty::Map(left), Ty::Map(right))
        | (Ty::Nullable(left), Ty::Nullable(right)) => may_be_one(cx, left, right, parts),
        (Ty::Tuple(left), Ty::Tuple(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| may_be_one(cx, left, right, parts))
        }
        (left, right) => left == right,
    }
}

/// Whether a type is written as `String` in Rust.
fn is_text(cx: &Cx<'_>, ty: &Ty) -> bool {
    match ty {
        Ty::Scalar(Scalar::String) => true,
        Ty::Scalar(Scalar::Date | Scalar::DateTime) => cx.config.types.date_time == crate::config::DateTime::String,
        _ => false,
    }
}

/// Whether any text converts into a type: an enum of strings that keeps values that are not listed.
pub(in super::super) fn is_text_enum(cx: &Cx<'_>, ty: &Ty) -> bool {
    let Ty::Named(id) = cx.api.resolve(ty) else { return false };
    matches!(&cx.api.types[*id].shape, Shape::Enum(shape) if shape.open && shape.repr == Repr::Text)
}

/// Whether values of other types convert into a type.
pub fn accepts_others(cx: &Cx<'_>, ty: &Ty) -> bool {
    let ty = cx.api.resolve(ty);
    let Ty::Named(id) = ty else { return false };
    match &cx.api.types[*id].shape {
        Shape::Union(union) => !of(cx, *id, union).is_empty(),
        _ => is_text_enum(cx, ty),
    }
}

/// Emits the conversions of a union.
pub(super) fn emit(cx: &Cx<'_>, file: &mut RustFile, id: TypeId, union: &Union) {
    let names = cx.names.of(id);
    let mut out = TokenStream::new();
    for (index, conversion) in of(cx, id, union) {
        if let (Some(variant), Some(member)) = (union.variants.get(index), names.members.get(index)) {
            out.extend(conversions(cx, &names.name, (variant, member), conversion));
        }
    }
    file.tokens(out);
}

fn conversions(
    cx: &Cx<'_>,
    name: &Ident,
    (variant, member): (&Variant, &Ident),
    conversion: Conversion<'_>,
) -> TokenStream {
    let ty = ty::ty(cx, &variant.ty, Viewpoint::Models);
    let variant_of = |value: TokenStream| {
        let value = if variant.boxed { quote!(Box::new(#value)) } else { value };
        quote!(Self::#member(#value))
    };
    let from = |generics: TokenStream, ty: TokenStream, value: TokenStream| {
        let made = variant_of(value);
        quote! {
            impl #generics From<#ty> for #name {
                fn from(value: #ty) -> Self {
                    #made
                }
            }
        }
    };
    let none = TokenStream::new;
    let whole = from(none(), ty.clone(), quote!(value));
    match conversion {
        Conversion::Value => whole,
        Conversion::Text => {
            let borrowed = from(none(), quote!(&str), quote!(value.to_owned()));
            quote!(#borrowed #whole)
        }
        Conversion::TextEnum => {
            let borrowed = from(none(), quote!(&str), quote!(value.into()));
            let owned = from(none(), quote!(String), quote!(value.into()));
            quote!(#whole #borrowed #owned)
        }
        Conversion::List { arrays: false, .. } | Conversion::Map { arrays: false, .. } => whole,
        Conversion::List { item, .. } => {
            let of_item = parameter(cx, item, "T");
            let item = ty::ty(cx, item, Viewpoint::Models);
            let generics = quote!(<#of_item: Into<#item>, const N: usize>);
            let arrays = from(generics, quote!([#of_item; N]), quote!(value.into_iter().map(Into::into).collect()));
            quote!(#whole #arrays)
        }
        Conversion::Map { value, .. } => {
            let (key, of_value) = (parameter(cx, value, "K"), parameter(cx, value, "V"));
            let kept = ty::ty(cx, value, Viewpoint::Models);
            let generics = quote!(<#key: Into<String>, #of_value: Into<#kept>, const N: usize>);
            let collected = quote!(value.into_iter().map(|(key, value)| (key.into(), value.into())).collect());
            let arrays = from(generics, quote!([(#key, #of_value); N]), collected);
            quote!(#whole #arrays)
        }
    }
}

/// The name of a type parameter beside a type, which a schema in it may have as well.
pub(super) fn parameter(cx: &Cx<'_>, beside: &Ty, name: &str) -> Ident {
    let mut is_taken = false;
    beside.for_each_named(&mut |id| is_taken |= *cx.names.ty(id) == name);
    crate::names::ident(&if is_taken { format!("{name}_") } else { name.to_owned() })
}
