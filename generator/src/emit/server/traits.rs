//! What an implementation provides: one trait per tag, and one for the operations without a tag.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::super::argument_docs::ArgumentDocs;
use super::super::file::{Item, RustFile};
use super::super::operation::Side;
use super::super::ty::{self, Viewpoint};
use super::super::{Cx, argument_docs, docs, operation, returns};
use crate::ir::{OpId, ParamPlace};
use crate::names::suffixed;

/// The trait `api` with these methods.
pub(super) fn emit(
    api: &Ident,
    attributes: &TokenStream,
    methods: impl Iterator<Item = TokenStream>,
    file: &mut RustFile,
) {
    let item = quote! {
        #attributes
        pub trait #api: Api {
            #(#methods)*
        }
    };
    file.items.push(Item::Wrapped("api_trait", item));
}

/// The operations of each trait, with the position of a group that has it.
pub(super) fn by_trait(cx: &Cx<'_>) -> Vec<(usize, Vec<OpId>)> {
    let mut traits: Vec<(usize, Vec<OpId>)> = Vec::new();
    for (index, group) in cx.api.groups.iter().enumerate() {
        let is_same = |(other, _): &&mut (usize, Vec<OpId>)| cx.names.group(*other).api == cx.names.group(index).api;
        match traits.iter_mut().find(is_same) {
            Some((_, operations)) => operations.extend(&group.operations),
            None => traits.push((index, group.operations.clone())),
        }
    }
    traits
}

/// The names and types of a method's arguments, without the context.
pub(in super::super) fn arguments(cx: &Cx<'_>, op: OpId) -> Vec<(Ident, TokenStream)> {
    let api = cx.api.operation(op);
    let names = cx.names.operation(op);
    let mut out: Vec<(Ident, TokenStream)> = api
        .params
        .iter()
        .zip(&names.param_fields)
        .filter(|(param, _)| param.place == ParamPlace::Path)
        .map(|(param, name)| (local(name), ty::ty(cx, param.ty.not_null(), Viewpoint::Outside)))
        .collect();
    if api.options().next().is_some() {
        let params = &names.params;
        out.push((free(&out, "params"), quote!(models::#params)));
    }
    if let Some(body) = &api.body
        && operation::request(body).is_some()
    {
        let ty = operation::request_type(cx, op, Side::Server);
        out.push((free(&out, "body"), if body.required { ty } else { quote!(Option<#ty>) }));
    }
    out
}

/// The name, prefixed if another argument has it.
fn free(taken: &[(Ident, TokenStream)], name: &str) -> Ident {
    if taken.iter().any(|(known, _)| known == name) {
        crate::names::ident(&format!("request_{name}"))
    } else {
        crate::names::ident(name)
    }
}

/// A parameter that is named like a local variable of the handlers gets a `_` at the end.
fn local(name: &Ident) -> Ident {
    let text = name.to_string();
    if ["api", "cx", "request", "principal", "error", "params", "body", "answer"].contains(&text.as_str()) {
        suffixed(name, "_")
    } else {
        name.clone()
    }
}

/// The principal that an operation gets: `()` if it needs no credential.
pub(super) fn principal(cx: &Cx<'_>, op: OpId) -> TokenStream {
    if cx.api.operation(op).security.is_empty() { quote!(()) } else { quote!(Self::Principal) }
}

/// What the document says of path parameters, which come first, and of the body, which comes last.
fn about_arguments(cx: &Cx<'_>, op: OpId, arguments: &[(Ident, TokenStream)]) -> Vec<docs::Line> {
    let api = cx.api.operation(op);
    let params = api.params.iter().filter(|param| param.place == ParamPlace::Path);
    let mut about: Vec<ArgumentDocs<'_>> =
        arguments.iter().zip(params).map(|((name, _), param)| (name, &param.docs, Some(&param.checks))).collect();
    let body = api.body.as_ref().filter(|body| operation::request(body).is_some());
    about.extend(arguments.last().zip(body).map(|((name, _), body)| (name, &body.docs, None)));
    argument_docs::lines(about)
}

/// The method of an operation.
pub(super) fn method(cx: &Cx<'_>, op: OpId) -> TokenStream {
    let api = cx.api.operation(op);
    let names = cx.names.operation(op);
    let (name, error) = (&names.method, suffixed(&names.prefix, "Error"));
    let mut lines = docs::lines(&api.docs, "");
    let line = format!("`{} {}`.", api.method.0, docs::shown(&api.path.text));
    docs::paragraph(&mut lines, vec![line]);
    let arguments = arguments(cx, op);
    docs::paragraph(&mut lines, about_arguments(cx, op, &arguments));
    docs::paragraph(&mut lines, Some(returns::returns(cx, op)).filter(|text| !text.is_empty()));
    let attributes = docs::attributes(&lines);
    let deprecated = docs::deprecated(&api.docs);
    let declared: Vec<_> = arguments.iter().map(|(name, ty)| quote!(#name: #ty)).collect();
    let (principal, output) = (principal(cx, op), operation::output_type(cx, op, Side::Server));
    quote! {
        #attributes
        #deprecated
        async fn #name(&self, cx: Context<#principal>, #(#declared),*) -> Result<#output, #error>;
    }
}
