//! Arguments that are convenient to pass: `&str` where a `String` is kept, any iterator where a `Vec` is.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

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
pub(super) fn arg_value(cx: &Cx<'_>, ty: &Ty, name: &Ident) -> TokenStream {
    match cx.api.resolve(ty) {
        Ty::Scalar(Scalar::String | Scalar::File) | Ty::Any => quote!(#name.into()),
        Ty::List(item) => match cx.api.resolve(item) {
            Ty::Scalar(Scalar::String) => quote!(#name.into_iter().map(Into::into).collect()),
            _ => quote!(#name.into_iter().collect()),
        },
        _ => quote!(#name),
    }
}

/// The only value of a type that has no other, inside the crate of the models.
pub(super) fn constant(cx: &Cx<'_>, ty: &Ty) -> Option<TokenStream> {
    let Ty::Named(id) = cx.api.resolve(ty) else { return None };
    let Shape::Enum(shape) = &cx.api.types[*id].shape else { return None };
    let name = cx.names.ty(*id);
    shape.only().map(|_| quote!(#name))
}
