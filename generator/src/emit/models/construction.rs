//! How a struct is created: from its required properties, by position where positions cannot be mistaken, otherwise by name.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::super::arg::Kept;
use super::super::file::RustFile;
use super::super::ty::{self, Viewpoint};
use super::super::{Cx, arg, docs};
use super::conversions::{self, Conversion};
use super::setters::{boxed, constant, is_asked_for};
use crate::ir::{Field, OpId, Presence, Rest, Scalar, Shape, Struct, Ty, TypeId};
use crate::names::{REQUIRED, TypeNames, suffixed};

/// More arguments than this are named.
const MAX_ARGUMENTS: usize = 3;

/// How a struct with these fields is created.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Construction {
    /// By `default`, or by a struct expression.
    Without,
    /// By `new` with its required properties, in their order.
    ByPosition,
    /// By `new` with a struct of its required properties.
    ByName,
}

impl Construction {
    /// How a struct with these fields is created; `is_open` says whether it keeps other properties.
    pub fn of<'a>(cx: &Cx<'_>, fields: impl Iterator<Item = &'a Field> + Clone, is_open: bool) -> Self {
        let asked = || fields.clone().filter(|field| is_asked_for(cx, field));
        if fields.clone().all(|field| field.presence != Presence::Required) {
            return Self::Without;
        }
        let is_whole = !is_open && asked().count() == fields.clone().count();
        match is_named(cx, asked().map(|field| &field.ty)) {
            // A struct expression names the same properties.
            true if is_whole => Self::Without,
            true => Self::ByName,
            false => Self::ByPosition,
        }
    }
}

/// Whether the arguments are named: there are many, or two of them accept the same values, so that a document that lists its
/// properties in another order would change the meaning of calls that still compile.
fn is_named<'a>(cx: &Cx<'_>, types: impl IntoIterator<Item = &'a Ty>) -> bool {
    let mut seen = BTreeSet::new();
    let mut count = 0;
    types.into_iter().any(|ty| {
        count += 1;
        let accepted = accepted(cx, ty);
        let is_taken = !seen.is_disjoint(&accepted);
        seen.extend(accepted);
        is_taken || count > MAX_ARGUMENTS
    })
}

/// Values that an argument accepts. Numbers of all sizes are one, because literals fit each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Accepted {
    Text,
    Boolean,
    Integer,
    Float,
    Bytes,
    Date,
    Uuid,
    File,
    List,
    Map,
    Tuple,
    Null,
    Type(TypeId),
    Given(usize),
}

const ANYTHING: [Accepted; 6] =
    [Accepted::Text, Accepted::Boolean, Accepted::Integer, Accepted::Float, Accepted::List, Accepted::Map];

fn accepted(cx: &Cx<'_>, ty: &Ty) -> BTreeSet<Accepted> {
    let mut found = BTreeSet::new();
    let mut open = vec![ty];
    while let Some(ty) = open.pop() {
        let one = match cx.api.resolve(ty) {
            Ty::Any => {
                found.extend(ANYTHING);
                continue;
            }
            // Callers pass the value without `Some`.
            Ty::Nullable(inner) => {
                open.push(inner);
                Accepted::Null
            }
            Ty::Never | Ty::Null => Accepted::Null,
            Ty::Scalar(scalar) => of_scalar(*scalar),
            Ty::Given(index) if is_string(cx, *index) => Accepted::Text,
            Ty::Given(index) => Accepted::Given(*index),
            Ty::List(_) => Accepted::List,
            Ty::Tuple(_) => Accepted::Tuple,
            Ty::Map(_) => Accepted::Map,
            Ty::Named(id) => Accepted::Type(*id),
        };
        if !found.insert(one) {
            continue;
        }
        let Accepted::Type(id) = one else { continue };
        if let Shape::Union(union) = &cx.api.types[id].shape {
            let converted = conversions::of(cx, id, union);
            open.extend(converted.iter().filter_map(|(index, _)| union.variants.get(*index)).map(|found| &found.ty));
            let is_text = |(_, conversion): &(usize, Conversion<'_>)| *conversion == Conversion::TextEnum;
            found.extend(converted.iter().any(is_text).then_some(Accepted::Text));
        } else if conversions::is_text_enum(cx, &Ty::Named(id)) {
            found.insert(Accepted::Text);
        }
    }
    found
}

/// Whether a type that the user gave is `String`.
fn is_string(cx: &Cx<'_>, given: usize) -> bool {
    let path = cx.api.given.get(given).map_or("", String::as_str);
    path.rsplit("::").next().is_some_and(|name| name.trim() == "String")
}

fn of_scalar(scalar: Scalar) -> Accepted {
    match scalar {
        Scalar::Bool => Accepted::Boolean,
        Scalar::Int(_) => Accepted::Integer,
        Scalar::Float => Accepted::Float,
        Scalar::String => Accepted::Text,
        Scalar::Base64 => Accepted::Bytes,
        // What dates are is the choice of the user, so two kinds of them may be one type.
        Scalar::Date | Scalar::DateTime => Accepted::Date,
        Scalar::Uuid => Accepted::Uuid,
        Scalar::File => Accepted::File,
    }
}

/// The method `new`, if there is one, and the struct of its arguments if they are named.
pub(super) fn emit(cx: &Cx<'_>, file: &mut RustFile, names: &TypeNames, shape: &Struct) -> Option<TokenStream> {
    let members: Vec<(&Field, &Ident)> = shape.fields.iter().zip(&names.members).collect();
    let is_open = matches!(shape.rest, Rest::Collect(_));
    let construction = Construction::of(cx, shape.fields.iter(), is_open);
    if construction == Construction::Without {
        return None;
    }
    let asked: Vec<(&Field, &Ident)> = members.iter().copied().filter(|(field, _)| is_asked_for(cx, field)).collect();
    let is_named = construction == Construction::ByName;
    if is_named {
        emit_required(cx, file, names, &asked);
    }
    let args = if is_named {
        let required = &names.required;
        quote!(required: #required)
    } else {
        let args = asked.iter().map(|(field, name)| {
            let ty = arg::arg_type(cx, &field.ty, Viewpoint::Models);
            quote!(#name: #ty)
        });
        quote!(#(#args),*)
    };
    let values = members.iter().map(|(field, name)| match field.presence {
        Presence::Required if constant(cx, field).is_some() => {
            let value = constant(cx, field);
            quote!(#name: #value)
        }
        Presence::Required if is_named => {
            let value = boxed(field, Kept::Converted(quote!(required.#name)));
            quote!(#name: #value)
        }
        Presence::Required => boxed(field, arg::arg_value(cx, &field.ty, name)).initializer(name),
        Presence::Optional => quote!(#name: None),
        Presence::Patch => quote!(#name: Patch::Absent),
    });
    let rest = is_open.then(|| {
        let (rest, map) = (&names.rest, ty::map(cx));
        quote!(#rest: #map::new(),)
    });
    Some(quote! {
        /// Creates it from its required properties.
        pub fn new(#args) -> Self {
            Self { #(#values,)* #rest }
        }
    })
}

/// The struct of the arguments of `new`.
fn emit_required(cx: &Cx<'_>, file: &mut RustFile, names: &TypeNames, asked: &[(&Field, &Ident)]) {
    let (name, required) = (&names.name, &names.required);
    let line = docs::Line::from(format!("The required properties of [`{name}`], for [`{name}::new`]."));
    let fields = asked.iter().map(|(field, member)| {
        let line = docs::Line::from(format!("[`{member}`]({name}::{member})"));
        let ty = ty::ty(cx, &field.ty, Viewpoint::Models);
        quote! {
            #line
            pub #member: #ty,
        }
    });
    file.tokens(quote! {
        #line
        pub struct #required {
            #(#fields)*
        }
    });
}

/// A value for a parameter that calls must give.
pub(in super::super) struct RequiredValue<'a> {
    /// The field of the parameter.
    pub field: &'a Ident,
    /// Its type.
    pub ty: &'a Ty,
    /// The value as an argument.
    pub argument: TokenStream,
    /// The value as it is kept.
    pub kept: Kept,
}

/// An expression that creates the parameters of an operation, in another crate.
pub(in super::super) fn parameters(cx: &Cx<'_>, op: OpId, values: &[RequiredValue<'_>]) -> TokenStream {
    let name = &cx.names.operation(op).params;
    if is_named(cx, values.iter().map(|value| value.ty)) {
        let fields = values.iter().map(|value| value.kept.initializer(value.field));
        if values.len() == cx.api.operation(op).options().count() {
            return quote!(models::#name { #(#fields),* });
        }
        let required = suffixed(name, REQUIRED);
        quote!(models::#name::new(models::#required { #(#fields),* }))
    } else {
        let values = values.iter().map(|value| &value.argument);
        quote!(models::#name::new(#(#values),*))
    }
}
