//! Links: the calls that a response prepares.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::super::ty::{self, Viewpoint};
use super::super::{Cx, arguments, docs, operation};
use super::method::{self, Argument};
use crate::ir::{Link, LinkValue, OpId, ParamPlace, Ty};

/// `impl Linked<...>`, if an operation has links.
pub(super) fn emit(cx: &Cx<'_>, op: OpId) -> Option<TokenStream> {
    let links = &cx.api.operation(op).links;
    let names = cx.names.operation(op);
    let args = &names.args;
    let methods = links.iter().zip(&names.links).map(|(link, name)| method(cx, op, link, name));
    (!links.is_empty()).then(|| quote!(impl Linked<#args> { #(#methods)* }))
}

fn method(cx: &Cx<'_>, op: OpId, link: &Link, name: &Ident) -> TokenStream {
    let target = cx.names.operation(link.target);
    let group = cx.api.groups.iter().position(|group| group.operations.contains(&link.target));
    let own = cx.api.groups.iter().position(|group| group.operations.contains(&op));
    let cfg = group.filter(|group| Some(*group) != own).and_then(|group| super::super::cfg(cx, group));
    let Some(names) = group.map(|group| cx.names.group(group)) else { return TokenStream::new() };
    let client = &names.client;
    let is_untagged = group.is_some_and(|group| cx.api.is_untagged(group));
    let elsewhere = (group != own).then(|| quote!(super::super::));
    let about =
        format!("The link `{}` to `{}`.", docs::shown(&link.name), docs::shown(&cx.api.operation(link.target).id));
    let attributes = docs::docs(&link.docs, &about);
    let deprecated = docs::deprecated(&cx.api.operation(link.target).docs);
    let (call, prefix) = (&target.method, &target.prefix);
    let (mut asked, mut passed) = (TokenStream::new(), TokenStream::new());
    for Argument { name, ty, param, .. } in method::arguments(cx, link.target) {
        let given = match param {
            Some(param) => link.arguments.iter().find(|(index, _)| *index == param).map(|(_, value)| value),
            None => link.body.as_ref(),
        };
        if let Some(value) = given.and_then(|given| value(cx, op, link.target, param, given)) {
            passed.extend(quote!(#value,));
        } else {
            asked.extend(quote!(#name: #ty,));
            passed.extend(quote!(#name,));
        }
    }
    let setters = link.arguments.iter().filter_map(|(index, given)| {
        let (param, field) = (cx.api.operation(link.target).params.get(*index)?, target.param_fields.get(*index)?);
        let value = value(cx, op, link.target, Some(*index), given)?;
        (param.place != ParamPlace::Path && !arguments::is_argument(cx, param) && !param.required)
            .then(|| quote!(.#field(#value)))
    });
    let client = if is_untagged {
        quote!(super::super::Client { inner: self.client.clone() })
    } else {
        quote!(#elsewhere #client { client: &self.client })
    };
    quote! {
        #attributes
        #deprecated
        #cfg
        pub fn #name(&self, #asked) -> Result<#elsewhere #prefix, LinkError> {
            Ok(#client.#call(#passed) #(#setters)*)
        }
    }
}

/// An argument of the target as an expression of its type.
fn value(cx: &Cx<'_>, op: OpId, target: OpId, param: Option<usize>, value: &LinkValue) -> Option<TokenStream> {
    let target = cx.api.operation(target);
    let ty: &Ty = match param {
        Some(index) => target.params.get(index)?.ty.not_null(),
        None => operation::request(target.body.as_ref()?)?.media.ty()?,
    };
    let ty = ty::ty(cx, ty, Viewpoint::Outside);
    let source = cx.api.operation(op);
    Some(match value {
        LinkValue::Constant(value) => {
            let json = Literal::string(&value.json());
            quote!(links::constant::<#ty>(#json)?)
        }
        LinkValue::Parameter(index) => {
            let (param, field) = (source.params.get(*index)?, cx.names.operation(op).param_fields.get(*index)?);
            let place = if param.place == ParamPlace::Path {
                quote!(self.operation.#field)
            } else {
                quote!(self.operation.params.#field)
            };
            quote!(links::part::<_, #ty>(&#place, "")?)
        }
        LinkValue::RequestBody(pointer) => quote!(links::part::<_, #ty>(&self.operation.body, #pointer)?),
        LinkValue::ResponseBody(pointer) => quote!(links::part::<_, #ty>(&self.body, #pointer)?),
        LinkValue::ResponseHeader(name) => quote!(links::header::<#ty>(&self.headers, #name)?),
        LinkValue::Status => quote!(links::part::<_, #ty>(&self.status.as_u16(), "")?),
    })
}
