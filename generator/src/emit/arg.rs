//! Arguments that are convenient to pass: `&str` where a `String` is kept, any iterator where a `Vec` is.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::Cx;
use super::models::conversions::accepts_others;
use super::ty::{self, Viewpoint};
use crate::ir::{Scalar, Shape, Ty};

/// The type of an argument for a value of a type.
pub(super) fn arg_type(cx: &Cx<'_>, ty: &Ty, from: Viewpoint) -> TokenStream {
    match cx.api.resolve(ty) {
        Ty::List(item) => {
            let item = part_type(cx, item, from);
            quote!(impl IntoIterator<Item = #item>)
        }
        Ty::Map(value) => {
            let value = part_type(cx, value, from);
            quote!(impl IntoIterator<Item = (impl Into<String>, #value)>)
        }
        _ => part_type(cx, ty, from),
    }
}

/// The type of an argument, or of one item of it.
fn part_type(cx: &Cx<'_>, ty: &Ty, from: Viewpoint) -> TokenStream {
    let kept = ty::ty(cx, ty, from);
    if is_converted(cx, ty) { quote!(impl Into<#kept>) } else { kept }
}

/// Whether a type is a text, or one that values of other types convert into.
pub(super) fn has_conversions(cx: &Cx<'_>, ty: &Ty) -> bool {
    matches!(cx.api.resolve(ty), Ty::Scalar(Scalar::String)) || accepts_others(cx, ty)
}

/// Whether an argument is anything that converts into its type. What may be `null` is `Some` without saying so.
fn is_converted(cx: &Cx<'_>, ty: &Ty) -> bool {
    matches!(cx.api.resolve(ty), Ty::Scalar(Scalar::String | Scalar::File) | Ty::Any | Ty::Nullable(_))
        || accepts_others(cx, ty)
}

/// The value that is kept of an argument.
#[derive(Clone, Debug)]
pub(super) enum Kept {
    /// The argument itself.
    Argument(Ident),
    /// An expression that converts it.
    Converted(TokenStream),
}

impl Kept {
    /// The argument, converted by `into`.
    pub fn into(name: &Ident) -> Self {
        Self::Converted(quote!(#name.into()))
    }

    /// The field of a struct expression that keeps it: `name`, or `name: expression`.
    pub fn initializer(&self, field: &Ident) -> TokenStream {
        match self {
            Self::Argument(name) if name == field => quote!(#field),
            value => quote!(#field: #value),
        }
    }
}

impl ToTokens for Kept {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Argument(name) => name.to_tokens(tokens),
            Self::Converted(expression) => expression.to_tokens(tokens),
        }
    }
}

/// The value that is kept of an argument for a value of a type.
pub(super) fn arg_value(cx: &Cx<'_>, ty: &Ty, name: &Ident) -> Kept {
    match cx.api.resolve(ty) {
        Ty::List(item) if is_converted(cx, item) => {
            Kept::Converted(quote!(#name.into_iter().map(Into::into).collect()))
        }
        Ty::List(_) => Kept::Converted(quote!(#name.into_iter().collect())),
        Ty::Map(value) => {
            let value = is_converted(cx, value).then(|| quote!(.into()));
            Kept::Converted(quote!(#name.into_iter().map(|(key, value)| (key.into(), value #value)).collect()))
        }
        _ if is_converted(cx, ty) => Kept::into(name),
        _ => Kept::Argument(name.clone()),
    }
}

/// The only value of a type that has no other, inside the crate of the models.
pub(super) fn constant(cx: &Cx<'_>, ty: &Ty) -> Option<TokenStream> {
    let Ty::Named(id) = cx.api.resolve(ty) else { return None };
    let Shape::Enum(shape) = &cx.api.types[*id].shape else { return None };
    let name = cx.names.ty(*id);
    shape.only().map(|_| quote!(#name))
}
