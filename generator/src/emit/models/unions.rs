//! One of several types.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::super::file::RustFile;
use super::super::ty::{self, Viewpoint};
use super::super::{Cx, checks, docs};
use super::{attributes, conversions};
use crate::ir::{JsonKind, Literal, Presence, Rest, Shape, Tag, Ty, TypeId, Union, Variant};

/// An enum of types and the table of how they are told apart.
pub(super) fn emit(cx: &Cx<'_>, file: &mut RustFile, id: TypeId, union: &Union) {
    let def = &cx.api.types[id];
    let names = cx.names.of(id);
    let (name, rest) = (&names.name, &names.rest);
    let about = attributes::about(cx, id);
    let (attributes, deprecated) = (docs::docs(&def.docs, &about), docs::deprecated(&def.docs));
    let members: Vec<(&Variant, &Ident)> = union.variants.iter().zip(&names.members).collect();
    let variants = members.iter().enumerate().map(|(index, (variant, name))| {
        let about = variant_docs(union, variant, union.default == Some(index));
        let attributes = docs::docs(&variant.docs, &about);
        let ty = variant_type(cx, variant);
        quote!(#attributes #name(#ty),)
    });
    let unknown = is_open(union).then(|| {
        quote! {
            /// A value whose tag the document does not list.
            #rest(serde_json::Value),
        }
    });
    let (derived, chosen) = (attributes::chosen_derives(cx), attributes::chosen_attributes(cx, def));
    file.tokens(quote! {
        #attributes
        #deprecated
        #[derive(Clone, Debug, PartialEq #derived)]
        #chosen
        pub enum #name {
            #(#variants)*
            #unknown
        }
    });
    conversions::emit(cx, file, id, union);
    let (others, objects): (Vec<_>, Vec<_>) = members.iter().partition(|(variant, _)| cx.api.is_other(union, variant));
    let mut rows: Vec<TokenStream> = objects.iter().map(|(variant, member)| row(cx, union, variant, member)).collect();
    let default = union.default.and_then(|index| members.get(index));
    if let Some((_, member)) = default {
        rows.push(quote!(!default #member));
    } else if is_open(union) {
        rows.push(quote!(..#rest));
    }
    rows.extend(others.iter().map(|(variant, member)| other(cx, variant, member)));
    let analysis = &cx.analysis[id];
    let checked = analysis.can_be_invalid.then(|| quote!(checked));
    match &union.tag {
        Tag::Property(property) => file.table("tagged_union", quote!(#checked #name by #property), rows),
        Tag::Shape => {
            let rules = analysis.is_ambiguous.then(|| quote!(by rules::RULES));
            file.table("union", quote!(#checked #name #rules), rows);
        }
    }
    if analysis.has_json_rules {
        file.tokens(checks::implementation(name, &checks::by_rules(name)));
    } else if analysis.can_be_invalid {
        file.tokens(checks::implementation(name, &variant_statements(cx, union, names)));
    }
}

fn variant_statements(cx: &Cx<'_>, union: &Union, names: &crate::names::TypeNames) -> TokenStream {
    let rest = &names.rest;
    let mut plain = Vec::new();
    let mut arms = TokenStream::new();
    for (variant, member) in union.variants.iter().zip(&names.members) {
        let value = if variant.boxed && matches!(variant.ty, Ty::Nullable(_)) {
            checks::Value::of(&quote!(**value))
        } else {
            checks::Value::bound(&crate::names::ident("value"))
        };
        let inner = checks::statements(cx, &variant.checks, &variant.ty, &quote!(checks), &value);
        if inner.is_empty() {
            plain.push(quote!(Self::#member(_)));
        } else {
            arms.extend(quote!(Self::#member(value) => { #inner }));
        }
    }
    if !plain.is_empty() {
        arms.extend(quote!(#(#plain)|* => {}));
    }
    if is_open(union) {
        let detail = "has a tag that is not listed";
        arms.extend(quote!(Self::#rest(_) => { checks.violation(#detail); }));
    }
    let nothing = plain.len() == union.variants.len() && !is_open(union);
    if nothing { TokenStream::new() } else { quote!(match self { #arms }) }
}

/// Only a tag can be unknown; a value that looks like nothing known is an error.
pub(in super::super) fn is_open(union: &Union) -> bool {
    union.open && union.tag != Tag::Shape
}

fn variant_docs(union: &Union, variant: &Variant, is_default: bool) -> String {
    let shown: Vec<String> = variant.tags.iter().map(|tag| format!("`{}`", docs::shown(&tag.text()))).collect();
    match &union.tag {
        Tag::Property(property) if is_default => format!("Any other value of `{}`.", docs::shown(property)),
        Tag::Property(_) if shown.is_empty() => format!("`{}`", docs::shown(&variant.hint)),
        Tag::Property(property) => format!("`{}` is {}.", docs::shown(property), shown.join(" or ")),
        Tag::Shape => format!("`{}`", docs::shown(&variant.hint)),
    }
}

fn variant_type(cx: &Cx<'_>, variant: &Variant) -> TokenStream {
    let ty = ty::ty(cx, &variant.ty, Viewpoint::Models);
    if variant.boxed { quote!(Box<#ty>) } else { ty }
}

fn row(cx: &Cx<'_>, union: &Union, variant: &Variant, member: &Ident) -> TokenStream {
    let boxed = variant.boxed.then(|| quote!(boxed));
    match &union.tag {
        Tag::Property(property) => {
            let tags = variant.tags.iter().map(Literal::text);
            let mode = mode(cx, union, variant, property);
            quote!(#member = [#(#tags),*], #mode #boxed)
        }
        Tag::Shape => {
            let Looks { kind, required, optional } = looks(cx, &variant.ty);
            let kind = crate::names::ident(kind);
            quote!(#member: #kind #boxed [#(#required),*] [#(#optional),*])
        }
    }
}

/// The row of a variant whose values are not objects, in a union with a tag.
fn other(cx: &Cx<'_>, variant: &Variant, member: &Ident) -> TokenStream {
    let kind = crate::names::ident(looks(cx, &variant.ty).kind);
    quote!(!other #member: #kind)
}

/// Who writes the tag of a variant. The default variant is read without one.
fn mode(cx: &Cx<'_>, union: &Union, variant: &Variant, property: &str) -> TokenStream {
    let is_default =
        union.default.and_then(|index| union.variants.get(index)).is_some_and(|found| found.at == variant.at);
    if is_default || has_tag(cx, &variant.ty, property, 0) {
        return quote!(own);
    }
    match variant.tags.first() {
        Some(tag @ (Literal::Number(_) | Literal::Bool(_))) => {
            let value: TokenStream = tag.json().parse().unwrap_or_default();
            quote!(added(#value))
        }
        _ => quote!(added),
    }
}

/// Unions in unions deeper than this are not looked into.
const MAX_DEPTH: usize = 8;

/// Whether a type always writes the tag itself.
fn has_tag(cx: &Cx<'_>, ty: &Ty, property: &str, depth: usize) -> bool {
    let Ty::Named(id) = cx.api.resolve(ty) else { return false };
    match &cx.api.types[*id].shape {
        Shape::Struct(shape) => {
            shape.fields.iter().any(|field| field.wire == *property && field.presence == Presence::Required)
        }
        Shape::Union(union) => {
            union.tag == Tag::Property(property.to_owned())
                || (depth < MAX_DEPTH
                    && union.variants.iter().all(|variant| has_tag(cx, &variant.ty, property, depth + 1)))
        }
        _ => false,
    }
}

/// The JSON type of a type's values, the keys that they must have, and other keys that they may have.
struct Looks<'a> {
    kind: &'static str,
    required: Vec<&'a str>,
    optional: Vec<&'a str>,
}

fn looks<'a>(cx: &'a Cx<'_>, ty: &'a Ty) -> Looks<'a> {
    let shape = match cx.api.behind_newtypes(ty) {
        Ty::Named(id) => match &cx.api.types[*id].shape {
            Shape::Struct(shape) => Some(shape),
            _ => None,
        },
        _ => None,
    };
    let kind = match (cx.api.json_kind(ty), shape) {
        (JsonKind::Any, _) => "Any",
        (JsonKind::Null, _) => "Null",
        (JsonKind::Boolean, _) => "Boolean",
        (JsonKind::Number, _) => "Number",
        (JsonKind::String, _) => "String",
        (JsonKind::Array, _) => "Array",
        (JsonKind::Object, Some(shape)) if !matches!(shape.rest, Rest::Collect(_)) => "Object",
        (JsonKind::Object, _) => "Open",
    };
    let keys = |required: bool| -> Vec<&str> {
        let fields = shape.into_iter().flat_map(|shape| &shape.fields);
        let fields = fields.filter(|field| (field.presence == Presence::Required) == required);
        fields.map(|field| field.wire.as_str()).collect()
    };
    Looks { kind, required: keys(true), optional: keys(false) }
}
