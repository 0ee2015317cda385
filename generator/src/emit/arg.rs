//! Arguments that are convenient to pass: `&str` where a `String` is kept, any iterator where a `Vec` is.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::Cx;
use super::ty::{self, Viewpoint};
use crate::ir::{Scalar, Shape, Ty};

/// The type of an argument for a value of a type.
pub(super) fn arg_type(cx: &Cx<'_>, ty: &Ty, from: Viewpoint) -> TokenStream {
    match cx.api.resolve(ty) {
        Ty::Scalar(Scalar::String) => quote!(impl Into<String>),
        Ty::Any => quote!(impl Into<serde_json::Value>),
        Ty::Scalar(Scalar::File) => {
            let file = ty::ty(cx, ty, from);
            quote!(impl Into<#file>)
        }
        Ty::List(item) => {
            let item = arg_item(cx, item, from);
            quote!(impl IntoIterator<Item = #item>)
        }
        Ty::Scalar(_)
        | Ty::Named(_)
        | Ty::Given(_)
        | Ty::Tuple(_)
        | Ty::Map(_)
        | Ty::Nullable(_)
        | Ty::Null
        | Ty::Never => ty::ty(cx, ty, from),
    }
}

fn arg_item(cx: &Cx<'_>, item: &Ty, from: Viewpoint) -> TokenStream {
    match cx.api.resolve(item) {
        Ty::Scalar(Scalar::String) => quote!(impl Into<String>),
        _ => ty::ty(cx, item, from),
    }
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
        Ty::Scalar(Scalar::String | Scalar::File) | Ty::Any => Kept::into(name),
        Ty::List(item) => Kept::Converted(match cx.api.resolve(item) {
            Ty::Scalar(Scalar::String) => quote!(#name.into_iter().map(Into::into).collect()),
            _ => quote!(#name.into_iter().collect()),
        }),
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
