//! The sampled arguments of an operation.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::super::arg::Kept;
use super::super::models::construction::{self, RequiredValue};
use super::super::ty::{self, Viewpoint};
use super::super::{Cx, arguments, operation, server};
use super::bodies::{self, Body};
use super::sampled;
use crate::ir::{OpId, Param, ParamPlace, sample};
use crate::names::suffixed;

/// The parts of a call.
pub(super) struct Request {
    /// Functions that create the arguments.
    pub items: TokenStream,
    /// Statements in front of the call.
    pub bindings: TokenStream,
    /// The arguments and setters of the call, after the name of the method.
    pub call: TokenStream,
    /// Compares the arguments of the server's method with what was sent.
    pub comparisons: TokenStream,
}

/// Samples the arguments of an operation. The error is the reason why the operation cannot be called.
pub(super) fn request(cx: &Cx<'_>, op: OpId) -> Result<Request, String> {
    let api = cx.api.operation(op);
    let names = cx.names.operation(op);
    check_callable(cx, op)?;
    let mut request = Request {
        items: TokenStream::new(),
        bindings: TokenStream::new(),
        call: TokenStream::new(),
        comparisons: TokenStream::new(),
    };
    let (mut arguments, mut setters) = (TokenStream::new(), TokenStream::new());
    let mut received = server::arguments(cx, op).into_iter().map(|(name, _)| name);
    let values = params(cx, op)?;
    for (param, _, value) in values.iter().filter(|(param, ..)| param.place == ParamPlace::Path) {
        let ty = ty::ty(cx, param.ty.not_null(), Viewpoint::Outside);
        let value = sampled(value);
        arguments.extend(quote!({ let value: #ty = #value; value },));
        let Some(name) = received.next() else { continue };
        request.comparisons.extend(quote!(same::<#ty>(&#name, &#value);));
    }
    if api.options().next().is_some()
        && let Some(name) = received.next()
    {
        let make = suffixed(&names.method, "_params");
        request.items.extend(params_item(cx, op, &make, &values));
        request.bindings.extend(quote!(let params = #make();));
        request.comparisons.extend(quote!(assert_eq!(#name, #make());));
        let positional =
            values.iter().filter(|(param, ..)| param.place != ParamPlace::Path && arguments::is_argument(cx, param));
        positional.for_each(|(_, field, _)| arguments.extend(quote!(params.#field.clone(),)));
        setters.extend(quote!(.params(params.clone())));
    }
    if let Some(body) = &api.body
        && let Some(content) = operation::request(body)
        && let Some(name) = received.next()
    {
        let Body { item, bindings, sent, comparison } = bodies::body(cx, op, (body, content), &name)?;
        request.items.extend(item);
        request.bindings.extend(bindings);
        request.comparisons.extend(comparison);
        if body.required {
            arguments.extend(sent);
        } else {
            let setter = arguments::body_name(&names.param_fields);
            setters.extend(quote!(.#setter(#sent)));
        }
    }
    request.call = quote!((#arguments) #setters);
    Ok(request)
}

/// Returns the reason if no test can call the operation.
fn check_callable(cx: &Cx<'_>, op: OpId) -> Result<(), String> {
    let api = cx.api.operation(op);
    if cx.api.first_of_same_requests(op).is_some() {
        return Err("another operation accepts the same requests".to_owned());
    }
    let in_authorization = |alternative: &crate::ir::Alternative| {
        let kinds = alternative.credentials.iter().map(|credential| &cx.api.scheme(credential.scheme).kind);
        kinds.filter(|kind| kind.is_authorization()).count()
    };
    if api.security.iter().any(|alternative| in_authorization(alternative) > 1) {
        return Err("it requires two credentials in the `Authorization` header".to_owned());
    }
    let of_connection = |alternative: &crate::ir::Alternative| {
        let mut kinds = alternative.credentials.iter().map(|credential| &cx.api.scheme(credential.scheme).kind);
        kinds.any(|kind| *kind == crate::ir::SchemeKind::MutualTls)
    };
    if !api.security.is_empty() && api.security.iter().all(of_connection) {
        return Err("it requires a client certificate, which needs a TLS connection".to_owned());
    }
    Ok(())
}

/// Returns the parameters with their fields and samples. Optional parameters without a sample, and those that
/// nothing tells apart, are left out.
fn params<'a>(cx: &Cx<'a>, op: OpId) -> Result<Vec<(&'a Param, &'a Ident, crate::ir::Literal)>, String> {
    let api = cx.api.operation(op);
    let names = cx.names.operation(op);
    let value = |((param, field), is_ambiguous): ((&'a Param, &'a Ident), bool)| {
        let is_optional = !param.required && param.default.is_none();
        if is_ambiguous {
            let reason = format!("a property of parameter `{}` has the name of another parameter", param.wire);
            return if is_optional { None } else { Some(Err(reason)) };
        }
        match sample::sample_of_text(cx.api, param.ty.not_null(), &param.checks) {
            Some(value) => Some(Ok((param, field, value))),
            None if is_optional => None,
            None => Some(Err(format!("parameter `{}` has no sample", param.wire))),
        }
    };
    let ambiguous = cx.api.are_ambiguous(&api.params);
    api.params.iter().zip(&names.param_fields).zip(ambiguous).filter_map(value).collect()
}

/// Emits the function that creates the struct of parameters.
fn params_item(cx: &Cx<'_>, op: OpId, make: &Ident, values: &[(&Param, &Ident, crate::ir::Literal)]) -> TokenStream {
    let name = &cx.names.operation(op).params;
    let options = || values.iter().filter(|(param, ..)| param.place != ParamPlace::Path);
    let required = options().filter(|(param, ..)| arguments::is_argument(cx, param)).map(|(param, field, value)| {
        let ty = ty::ty(cx, param.ty.not_null(), Viewpoint::Outside);
        let value = sampled(value);
        let argument = quote!({ let value: #ty = #value; value });
        RequiredValue { field, ty: param.ty.not_null(), kept: Kept::Converted(argument.clone()), argument }
    });
    let start = if options().all(|(param, ..)| !param.required) {
        quote!(models::#name::default())
    } else {
        construction::parameters(cx, op, &required.collect::<Vec<_>>())
    };
    let rest = options().filter(|(param, ..)| !param.required).map(|(_, field, value)| {
        let value = sampled(value);
        quote!(params.#field = Some(#value);)
    });
    quote! {
        fn #make() -> models::#name {
            let mut params = #start;
            #(#rest)*
            params
        }
    }
}
