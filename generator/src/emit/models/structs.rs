//! Objects.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::file::RustFile;
use super::super::ty::{self, Viewpoint};
use super::super::{Cx, checks, docs};
use super::attributes;
use super::setters;
use crate::ir::{Field, Presence, Rest, Struct, Ty, TypeId};

/// A struct, its setters, and the table of its wire names.
pub(super) fn emit(cx: &Cx<'_>, file: &mut RustFile, id: TypeId, shape: &Struct) {
    let def = &cx.api.types[id];
    let names = cx.names.of(id);
    let name = &names.name;
    let about = attributes::about(cx, id);
    let (attributes, deprecated) = (docs::docs(&def.docs, &about), docs::deprecated(&def.docs));
    let (derives, chosen) = (derives(cx, shape), attributes::chosen_attributes(cx, def));
    let fields = shape.fields.iter().zip(&names.members).map(|(field, name)| field_item(cx, field, name));
    let rest = rest_field(cx, shape, &names.rest);
    file.tokens(quote! {
        #attributes
        #deprecated
        #derives
        #chosen
        pub struct #name {
            #(#fields)*
            #rest
        }
    });
    setters::emit(cx, file, names, shape);
    let checked = cx.analysis[id].can_be_invalid.then(|| quote!(checked));
    file.table("object", quote!(#checked #name), rows(cx, shape, names));
    if cx.analysis[id].can_be_invalid {
        file.tokens(checks::implementation(name, &statements(cx, id, shape, names)));
    }
}

fn statements(cx: &Cx<'_>, id: TypeId, shape: &Struct, names: &crate::names::TypeNames) -> TokenStream {
    if cx.analysis[id].has_json_rules {
        return checks::by_rules(&names.name);
    }
    let mut out = TokenStream::new();
    for (field, name) in shape.fields.iter().zip(&names.members) {
        let wire = &field.wire;
        out.extend(field_statements(cx, field, name, &quote!(checks.property(#wire)), ""));
    }
    if let Rest::Collect(ty) = &shape.rest {
        let (rest, value) = (&names.rest, checks::Value::bound(&crate::names::ident("value")));
        let inner = checks::statements(cx, &shape.rest_checks, ty, &quote!(checks.property(key)), &value);
        if !inner.is_empty() {
            out.extend(quote!(for (key, value) in &self.#rest { #inner }));
        }
    }
    out
}

/// The statements that check a field, whose place is `place`. If it is a parameter, `schema` is the name of its schema.
pub(super) fn field_statements(
    cx: &Cx<'_>,
    field: &Field,
    name: &proc_macro2::Ident,
    place: &TokenStream,
    schema: &str,
) -> TokenStream {
    if !checks::can_be_invalid(cx, &field.checks, &field.ty) {
        return TokenStream::new();
    }
    let there = field.presence == Presence::Required;
    if there {
        let value = checks::Value::of(&quote!(self.#name));
        return checks::statements_outside(cx, &field.checks, (&field.ty, schema), place, &value, Viewpoint::Models);
    }
    let inner = field.ty.not_null();
    // `nested` accepts an `Option` and checks nothing if it is `None`.
    if checks::is_only_nested(cx, &field.checks, inner) {
        return quote!(#place.nested(&self.#name););
    }
    let bound = checks::Value::bound(&crate::names::ident("value"));
    let statements = checks::statements_outside(cx, &field.checks, (inner, schema), place, &bound, Viewpoint::Models);
    match field.presence {
        Presence::Patch => quote!(if let Some(value) = self.#name.as_value() { #statements }),
        _ => quote!(if let Some(value) = &self.#name { #statements }),
    }
}

/// The derived traits; the table implements the others.
fn derives(cx: &Cx<'_>, shape: &Struct) -> TokenStream {
    let has_default = !shape.fields.iter().any(|field| setters::is_asked_for(cx, field));
    let chosen = attributes::chosen_derives_but(cx, if has_default { &["Default"] } else { &[] });
    let default = has_default.then(|| quote!(, Default));
    quote!(#[derive(Clone #default #chosen)])
}

pub(super) fn field_item(cx: &Cx<'_>, field: &Field, name: &proc_macro2::Ident) -> TokenStream {
    let mut documentation = field.docs.clone();
    if let Some(default) = &field.default {
        let text: String = default.json().chars().take(80).collect();
        documentation.notes.push(format!("Default: `{}`", docs::shown(&text)));
    }
    documentation.notes.extend(checks::notes(&field.checks));
    let lines = docs::lines(&documentation, &format!("`{}`", docs::shown(&field.wire)));
    let attributes = docs::attributes(&lines);
    let deprecated = docs::deprecated(&field.docs);
    let wire = &field.wire;
    let alias = docs::alias(wire, name).map(|wire| quote!(#[doc(alias = #wire)]));
    let ty = field_type(cx, field);
    quote! {
        #attributes
        #alias
        #deprecated
        pub #name: #ty,
    }
}

/// The type of a field: `Option` if it may be absent, `Box` if the type would be endless.
pub(in super::super) fn field_type(cx: &Cx<'_>, field: &Field) -> TokenStream {
    let inner = ty::ty(cx, field.ty.not_null(), Viewpoint::Models);
    let inner = if field.boxed { quote!(Box<#inner>) } else { inner };
    match field.presence {
        Presence::Patch => quote!(Patch<#inner>),
        Presence::Optional => quote!(Option<#inner>),
        Presence::Required if matches!(field.ty, Ty::Nullable(_)) => quote!(Option<#inner>),
        Presence::Required => inner,
    }
}

fn rest_field(cx: &Cx<'_>, shape: &Struct, name: &proc_macro2::Ident) -> Option<TokenStream> {
    let Rest::Collect(value) = &shape.rest else { return None };
    let (map, value) = (ty::map(cx), ty::ty(cx, value, Viewpoint::Models));
    Some(quote! {
        /// Every other property.
        pub #name: #map<String, #value>,
    })
}

fn rows(cx: &Cx<'_>, shape: &Struct, names: &crate::names::TypeNames) -> Vec<TokenStream> {
    let mut rows: Vec<TokenStream> = shape
        .fields
        .iter()
        .zip(&names.members)
        .map(|(field, name)| {
            let mode = match field.presence {
                Presence::Required => quote!(required),
                Presence::Optional if matches!(field.ty, Ty::Nullable(_)) => quote!(nullable),
                // Behind the name of an alias, `null` is a value of the type.
                Presence::Optional if matches!(cx.api.resolve(&field.ty), Ty::Nullable(_) | Ty::Any | Ty::Null) => {
                    quote!(any)
                }
                Presence::Optional => quote!(optional),
                Presence::Patch => quote!(patch),
            };
            let (wire, secret) = (&field.wire, field.secret.then(|| quote!(secret)));
            quote!(#name: #wire, #mode #secret)
        })
        .collect();
    rows.extend(shape.forbidden.iter().map(|wire| quote!(!#wire)));
    match shape.rest {
        Rest::Collect(_) => {
            let rest = &names.rest;
            rows.push(quote!(..#rest));
        }
        Rest::Closed => rows.push(quote!(!..)),
        Rest::Ignore => {}
    }
    rows
}
