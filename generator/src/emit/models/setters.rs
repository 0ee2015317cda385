//! `new`, a chainable setter per optional property, and a slice per optional list.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::arg::Kept;
use super::super::file::RustFile;
use super::super::ty::{self, Viewpoint};
use super::super::{Cx, arg, docs};
use super::construction;
use crate::ir::{Field, Presence, Struct, Ty};
use crate::names::{TypeNames, suffixed};

/// The methods of a struct.
pub(super) fn emit(cx: &Cx<'_>, file: &mut RustFile, names: &TypeNames, shape: &Struct) {
    let name = &names.name;
    let members: Vec<(&Field, &proc_macro2::Ident)> = shape.fields.iter().zip(&names.members).collect();
    let constructor = construction::emit(cx, file, names, shape);
    let setters = members
        .iter()
        .filter(|(field, _)| field.presence != Presence::Required)
        .map(|(field, name)| setter(cx, field, name));
    let slices = members.iter().filter_map(|(field, name)| slice(cx, field, name, &names.members));
    let methods: TokenStream = constructor.into_iter().chain(setters).chain(slices).collect();
    if !methods.is_empty() {
        file.tokens(quote!(impl #name { #methods }));
    }
}

/// Whether a value needs this property to be given.
pub(in super::super) fn is_asked_for(cx: &Cx<'_>, field: &Field) -> bool {
    field.presence == Presence::Required && constant(cx, field).is_none()
}

/// The only value that a property can have, if there is only one. Then callers need not pass it.
pub(super) fn constant(cx: &Cx<'_>, field: &Field) -> Option<TokenStream> {
    if field.boxed { None } else { arg::constant(cx, &field.ty) }
}

/// A value as its field keeps it.
pub(super) fn boxed(field: &Field, value: Kept) -> Kept {
    match (field.boxed, &field.ty, field.presence) {
        (false, ..) => value,
        (true, Ty::Nullable(_), Presence::Required) => Kept::Converted(quote!(#value.map(Box::new))),
        (true, ..) => Kept::Converted(quote!(Box::new(#value))),
    }
}

/// The method that sets a property: `with_name`.
pub(in super::super) fn method(name: &proc_macro2::Ident) -> proc_macro2::Ident {
    crate::names::ident(&format!("with_{}", name.to_string().trim_end_matches('_')))
}

fn setter(cx: &Cx<'_>, field: &Field, name: &proc_macro2::Ident) -> TokenStream {
    let (plain, method) = (name.to_string(), method(name));
    let line = docs::Line::from(format!("Sets [`{plain}`](Self::{plain})."));
    let inner = field.ty.not_null();
    let (how, ty, value) = if field.presence == Presence::Patch {
        let (how, ty) = patch_type(cx, field);
        let value = if how.is_some() { quote!(#name.into_patch()) } else { quote!(#name.into()) };
        (how, ty, value)
    } else {
        let value = boxed(field, arg::arg_value(cx, inner, name));
        (None, arg::arg_type(cx, inner, Viewpoint::Models), quote!(Some(#value)))
    };
    quote! {
        #line
        #[must_use]
        pub fn #method #how(mut self, #name: #ty) -> Self {
            self.#name = #value;
            self
        }
    }
}

/// The type of an argument for a property that may be absent, `null` or a value, and the type parameter that says how it is converted.
/// A literal finds the type of numbers and lists only where nothing else converts into them.
fn patch_type(cx: &Cx<'_>, field: &Field) -> (Option<TokenStream>, TokenStream) {
    let inner = field.ty.not_null();
    if !field.boxed && arg::has_conversions(cx, inner) {
        let how = super::conversions::parameter(cx, inner, "How");
        let inner = ty::ty(cx, inner, Viewpoint::Models);
        return (Some(quote!(<#how>)), quote!(impl runtime::IntoPatch<#inner, #how>));
    }
    let patch = super::structs::field_type(cx, field);
    (None, quote!(impl Into<#patch>))
}

/// `labels()` for an optional list `labels`: empty when absent.
fn slice(cx: &Cx<'_>, field: &Field, name: &proc_macro2::Ident, members: &[proc_macro2::Ident]) -> Option<TokenStream> {
    let Ty::List(item) = cx.api.resolve(&field.ty) else { return None };
    let clash = |member: &proc_macro2::Ident| suffixed(member, "") == format!("with_{name}");
    let is_of_every_type = ["clone", "default", "new", "validate"].iter().any(|known| name == known);
    if field.presence != Presence::Optional || field.boxed || members.iter().any(clash) || is_of_every_type {
        return None;
    }
    let item = ty::ty(cx, item, Viewpoint::Models);
    let line = docs::Line::from(format!("[`{name}`](Self#structfield.{name}), empty when absent."));
    Some(quote! {
        #line
        pub fn #name(&self) -> &[#item] {
            self.#name.as_deref().unwrap_or_default()
        }
    })
}
