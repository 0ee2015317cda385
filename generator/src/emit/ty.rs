//! Types of the model as Rust types.

use proc_macro2::TokenStream;
use quote::quote;

use super::Cx;
use super::line::line;
use crate::config::{DateTime, MapType};
use crate::ir::{Int, Scalar, Ty};

/// Where a type is mentioned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Viewpoint {
    /// In the crate of the models itself.
    Models,
    /// In the client or the server.
    Outside,
}

/// A type.
pub(super) fn ty(cx: &Cx<'_>, ty: &Ty, from: Viewpoint) -> TokenStream {
    match ty {
        Ty::Any => quote!(serde_json::Value),
        Ty::Never => match from {
            Viewpoint::Models => quote!(Never),
            Viewpoint::Outside => quote!(models::Never),
        },
        Ty::Null => quote!(()),
        Ty::Scalar(scalar) => self::scalar(cx, *scalar, from),
        Ty::Given(index) => given(cx.api.given.get(*index).map_or("", String::as_str)),
        Ty::Named(id) => {
            let name = cx.names.ty(*id);
            match from {
                Viewpoint::Models => quote!(#name),
                Viewpoint::Outside => quote!(models::#name),
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
            let map = map(cx);
            quote!(#map<String, #value>)
        }
        Ty::Nullable(inner) => {
            let inner = self::ty(cx, inner, from);
            quote!(Option<#inner>)
        }
    }
}

/// A type that the user gave; it was parsed when the settings were read.
fn given(path: &str) -> TokenStream {
    path.parse().unwrap_or_default()
}

/// The path of the type of objects with arbitrary keys.
pub(super) fn map(cx: &Cx<'_>) -> TokenStream {
    match cx.config.types.map {
        MapType::BTreeMap => quote!(std::collections::BTreeMap),
        MapType::HashMap => quote!(std::collections::HashMap),
        MapType::IndexMap => quote!(indexmap::IndexMap),
    }
}

fn date_time(cx: &Cx<'_>, scalar: Scalar, from: Viewpoint) -> TokenStream {
    let models = (from == Viewpoint::Outside).then(|| quote!(models::));
    match (cx.config.types.date_time, scalar) {
        (DateTime::Chrono, Scalar::Date) => quote!(chrono::NaiveDate),
        (DateTime::Chrono, _) => quote!(chrono::DateTime<chrono::Utc>),
        (DateTime::Time, Scalar::Date) => quote!(#models Date),
        (DateTime::Time, _) => quote!(#models DateTime),
        (DateTime::Jiff, Scalar::Date) => quote!(jiff::civil::Date),
        (DateTime::Jiff, _) => quote!(jiff::Timestamp),
        (DateTime::String, _) => quote!(String),
    }
}

fn scalar(cx: &Cx<'_>, scalar: Scalar, from: Viewpoint) -> TokenStream {
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
            Viewpoint::Models => quote!(Base64),
            Viewpoint::Outside => quote!(models::Base64),
        },
        Scalar::Date | Scalar::DateTime => date_time(cx, scalar, from),
        Scalar::Uuid => quote!(uuid::Uuid),
        Scalar::File => match from {
            Viewpoint::Models => quote!(FilePart),
            Viewpoint::Outside => quote!(models::FilePart),
        },
    }
}

/// A type as client and server write it.
pub fn shown_type(cx: &Cx<'_>, ty: &Ty) -> String {
    line(&self::ty(cx, ty, Viewpoint::Outside)).replace(",)", ")")
}
