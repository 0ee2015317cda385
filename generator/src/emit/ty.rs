//! Types of the model as Rust types.

use proc_macro2::TokenStream;
use quote::quote;

use super::Cx;
use super::home::{Home, home};
use crate::ir::{Int, Scalar, Ty};

/// Where a type is mentioned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum From {
    /// In the crate of the models itself.
    Models,
    /// In the client or the server.
    Outside,
}

/// A type.
pub(super) fn ty(cx: &Cx<'_>, ty: &Ty, from: From) -> TokenStream {
    match ty {
        Ty::Any => quote!(serde_json::Value),
        Ty::Never => match from {
            From::Models => quote!(Never),
            From::Outside => quote!(models::Never),
        },
        Ty::Null => quote!(()),
        Ty::Scalar(scalar) => self::scalar(*scalar, from),
        Ty::Named(id) => {
            let name = cx.names.ty(*id);
            let conditions = (home(cx.api, *id) == Home::Conditions).then(|| quote!(conditions::));
            match from {
                From::Models => quote!(#conditions #name),
                From::Outside => quote!(models::#conditions #name),
            }
        }
        Ty::List(item) => {
            let item = self::ty(cx, item, from);
            quote!(Vec<#item>)
        }
        Ty::Tuple(items) => {
            let items = items.iter().map(|item| self::ty(cx, item, from));
            quote!((#(#items,)*))
        }
        Ty::Map(value) if **value == Ty::Any => quote!(serde_json::Map<String, serde_json::Value>),
        Ty::Map(value) => {
            let value = self::ty(cx, value, from);
            quote!(std::collections::BTreeMap<String, #value>)
        }
        Ty::Nullable(inner) => {
            let inner = self::ty(cx, inner, from);
            quote!(Option<#inner>)
        }
    }
}

fn scalar(scalar: Scalar, from: From) -> TokenStream {
    match scalar {
        Scalar::Bool => quote!(bool),
        Scalar::Int(int) => match int {
            Int::I8 => quote!(i8),
            Int::I16 => quote!(i16),
            Int::I32 => quote!(i32),
            Int::I64 => quote!(i64),
            Int::U8 => quote!(u8),
            Int::U16 => quote!(u16),
            Int::U32 => quote!(u32),
            Int::U64 => quote!(u64),
            Int::I128 => quote!(i128),
        },
        Scalar::Float => quote!(f64),
        Scalar::String => quote!(String),
        Scalar::Base64 => match from {
            From::Models => quote!(Base64),
            From::Outside => quote!(models::Base64),
        },
        Scalar::Date => quote!(chrono::NaiveDate),
        Scalar::DateTime => quote!(chrono::DateTime<chrono::Utc>),
        Scalar::Uuid => quote!(uuid::Uuid),
    }
}
