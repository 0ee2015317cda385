//! Handlers: they turn a request into a call of the implementation, and its result into a response.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::super::file::RustFile;
use super::super::models::{bodies, location, path_param};
use super::super::operation::Events;
use super::super::ty::Viewpoint;
use super::super::{Cx, checks, operation, rules};
use super::request_body::{is_stream, read_body};
use super::respond::{self, Sender};
use super::traits;
use crate::ir::{Body, Constant, Group, OpId, ParamPlace};

/// The routes of a tag.
pub(super) fn emit_routes(cx: &Cx<'_>, file: &mut RustFile, index: usize, group: &Group) {
    let api = &cx.names.group(index).api;
    let routes = group.operations.iter().map(|op| {
        let names = cx.names.operation(*op);
        let (constant, handler) = (&names.constant, handler_name(&names.method));
        let told_by = told_by(cx, *op);
        quote!(Route::new(&models::operations::#constant, #handler::<A>) #told_by)
    });
    file.tokens(quote! {
        pub(crate) fn routes<A: #api>() -> Vec<Route<A>> {
            Vec::from([#(#routes),*])
        }
    });
}

/// What a request must contain for this operation, where several operations have the same path.
fn told_by(cx: &Cx<'_>, op: OpId) -> Option<TokenStream> {
    cx.api.of_same_path(op).next()?;
    let constants = cx.api.operation(op).constants(cx.api);
    let of = |place: ParamPlace, method: TokenStream| {
        let found = constants.iter().filter(|constant| constant.place == place);
        let pairs: Vec<_> = found.map(|Constant { name, value, .. }| quote!((#name, #value))).collect();
        (!pairs.is_empty()).then(|| quote!(.#method(&[#(#pairs),*])))
    };
    let (query, headers) = (of(ParamPlace::Query, quote!(asked_with)), of(ParamPlace::Header, quote!(sent_with)));
    Some(quote!(#query #headers))
}

fn handler_name(method: &Ident) -> Ident {
    crate::names::ident(&format!("serve_{}", method.to_string().trim_end_matches('_')))
}

/// The handler of an operation.
pub(super) fn emit(cx: &Cx<'_>, file: &mut RustFile, index: usize, op: OpId) {
    let api = cx.api.operation(op);
    let names = cx.names.operation(op);
    let (handler, group) = (handler_name(&names.method), &cx.names.group(index).api);
    let method = &names.method;
    let arguments = traits::arguments(cx, op);
    let reads = reads(cx, op, &arguments);
    let arguments: Vec<Ident> = arguments.into_iter().map(|(name, _)| name).collect();
    let authenticate = if api.security.is_empty() {
        quote!(let principal = ();)
    } else {
        quote!(let principal = authenticate(&*api, &mut request).await?;)
    };
    // The body comes last.
    let has_defaults = api.body.as_ref().is_some_and(|body| bodies::has_defaults(cx, api, body));
    let filled = arguments.last().filter(|_| has_defaults);
    let checks = arguments.iter().map(|name| {
        let mutable = (Some(name) == filled).then(|| quote!(mut));
        quote!(let #mutable #name = request.check(#name)?;)
    });
    let defaults = filled.map(|name| quote!(models::Defaults::fill_defaults(&mut #name);));
    let judgement = judgement(cx, op, &arguments);
    let answers = answers(cx, op);
    let negotiation = respond::negotiation(api);
    let mutable = (!api.security.is_empty() || !arguments.is_empty()).then(|| quote!(mut));
    file.tokens(quote! {
        async fn #handler<A: #group>(api: Arc<A>, #mutable request: Incoming) -> Result<axum::response::Response, Failure> {
            #authenticate
            #reads
            #(#checks)*
            #judgement
            #defaults
            #negotiation
            match #group::#method(&*api, request.context(principal), #(#arguments),*).await {
                #answers
                Err(error) => error.into_failure(),
            }
        }
    });
}

/// Reads the arguments. Each has a type annotation, because its uses do not determine the type.
fn reads(cx: &Cx<'_>, op: OpId, arguments: &[(Ident, TokenStream)]) -> TokenStream {
    let api = cx.api.operation(op);
    let mut names = arguments.iter();
    let mut out = TokenStream::new();
    for param in api.params.iter().filter(|param| param.place == ParamPlace::Path) {
        let Some((name, ty)) = names.next() else { continue };
        let (path, param) = path_param(cx, param);
        out.extend(quote!(let #name: Option<#ty> = request.#path(#param);));
    }
    if api.options().next().is_some()
        && let Some((name, ty)) = names.next()
    {
        let defaults = defaults(cx, op);
        let mutable = (!defaults.is_empty()).then(|| quote!(mut));
        out.extend(quote!(let #mutable #name: Option<#ty> = request.params();));
        if !defaults.is_empty() {
            out.extend(quote!(if let Some(params) = &mut #name { #defaults }));
        }
    }
    if let Some(body) = &api.body
        && operation::request(body).is_some()
        && let Some((name, ty)) = names.next()
    {
        let mut read = read_body(cx, op, body);
        if !body.required {
            // A stream is always there, so there is nothing to map.
            let some = if is_stream(body) { quote!(Some(#read)) } else { quote!(#read.map(Some)) };
            read = quote!(if request.has_no_body() { Some(None) } else { #some });
        }
        out.extend(quote!(let #name: Option<#ty> = #read;));
    }
    out
}

/// Fills in the documented defaults of absent parameters.
fn defaults(cx: &Cx<'_>, op: OpId) -> TokenStream {
    let params = cx.api.operation(op).params.iter().zip(&cx.names.operation(op).param_fields);
    let optional = params.filter(|(param, _)| param.place != ParamPlace::Path && !param.required);
    optional
        .filter_map(|(param, field)| {
            let json = param.default.as_ref()?.json();
            Some(quote!(runtime::default(&mut params.#field, #json);))
        })
        .collect()
}

/// Validates the arguments against the rules that their types do not enforce.
fn judgement(cx: &Cx<'_>, op: OpId, arguments: &[Ident]) -> TokenStream {
    let api = cx.api.operation(op);
    let mut names = arguments.iter();
    let mut statements = TokenStream::new();
    for param in api.path_params() {
        let Some(name) = names.next() else { continue };
        let root = location(param);
        let value = checks::Value::of(&quote!(#name));
        let place = quote!(checks.at(#root));
        let schema = rules::of_param(api, param);
        statements.extend(checks::statements_outside(
            cx,
            &param.checks,
            (param.ty.not_null(), &schema),
            &place,
            &value,
            Viewpoint::Outside,
        ));
    }
    if api.options().next().is_some()
        && let Some(name) = names.next()
        && api.options().any(|param| checks::can_be_invalid(cx, &param.checks, &param.ty))
    {
        statements.extend(quote!(checks.nested(&#name);));
    }
    if let Some(body) = &api.body
        && let Some(content) = operation::request(body)
        && let Some(name) = names.next()
    {
        if operation::is_choice(body) {
            statements.extend(judge_choice(cx, op, body, name));
        } else if let Some(ty) = content.media.ty().filter(|_| !rules::is_compared(cx, content)) {
            let schema = rules::of_content(api, content);
            let ty = if body.required { ty.clone() } else { ty.clone().nullable() };
            let value = checks::Value::of(&quote!(#name));
            statements.extend(checks::statements_outside(
                cx,
                &content.checks,
                (&ty, &schema),
                &quote!(checks),
                &value,
                Viewpoint::Outside,
            ));
        }
    }
    let compared = || api.body.iter().flat_map(|body| &body.contents).any(|content| rules::is_compared(cx, content));
    match (statements.is_empty(), compared()) {
        (true, false) => TokenStream::new(),
        (true, true) => quote!(request.judge(|_| {})?;),
        (false, _) => quote!(request.judge(|checks| { #statements })?;),
    }
}

/// Validates a body that has one of several types.
fn judge_choice(cx: &Cx<'_>, op: OpId, body: &Body, name: &Ident) -> TokenStream {
    let names = cx.names.operation(op);
    let ty = &names.body;
    let choices = body.choices();
    let arms = choices.iter().zip(&names.choices).filter_map(|(contents, variant)| {
        let content = contents.first().filter(|content| !rules::is_compared(cx, content))?;
        let schema = rules::of_content(cx.api.operation(op), content);
        let value = checks::Value::bound(&crate::names::ident("body"));
        let (place, of) = (quote!(checks), content.media.ty()?);
        let statements =
            checks::statements_outside(cx, &content.checks, (of, &schema), &place, &value, Viewpoint::Outside);
        let pattern =
            if body.required { quote!(models::#ty::#variant(body)) } else { quote!(Some(models::#ty::#variant(body))) };
        (!statements.is_empty()).then_some((pattern, statements))
    });
    let arms: Vec<(TokenStream, TokenStream)> = arms.collect();
    let is_whole = body.required && arms.len() == choices.len();
    match arms.as_slice() {
        [] => TokenStream::new(),
        [(pattern, statements)] => quote!(if let #pattern = &#name { #statements }),
        _ => {
            let others = (!is_whole).then(|| quote!(_ => {}));
            let arms = arms.iter().map(|(pattern, statements)| quote!(#pattern => { #statements }));
            quote!(match &#name { #(#arms)* #others })
        }
    }
}

/// The arms that turn the result of the implementation into a response.
fn answers(cx: &Cx<'_>, op: OpId) -> TokenStream {
    let api = cx.api.operation(op);
    let names = cx.names.operation(op);
    let successes = operation::successes(api);
    let mut arms: Vec<(TokenStream, TokenStream)> = Vec::new();
    for (index, status, response) in &successes {
        let status = respond::status(*status);
        let response = respond::respond(cx, Sender { op, index: *index, status: &status, succeeds: true }, response);
        let success = names.success.clone();
        let variant = names.responses.get(*index);
        arms.push(match (variant.filter(|_| successes.len() > 1), response) {
            (Some(variant), Some((body, send))) => (quote!(models::#success::#variant(#body)), send),
            (Some(variant), None) => (quote!(models::#success::#variant), quote!(runtime::empty(#status))),
            (None, Some((body, send))) => (body, send),
            (None, None) => (quote!(()), quote!(runtime::empty(#status))),
        });
    }
    if arms.is_empty() {
        arms.push((quote!(()), quote!(runtime::empty(200))));
    }
    if let Some(Events { index, status, content, .. }) = operation::events(api) {
        for (pattern, _) in &mut arms {
            *pattern = quote!(runtime::WholeOrEvents::Whole(#pattern));
        }
        let status = respond::status(status);
        let send = respond::respond_events(cx, Sender { op, index, status: &status, succeeds: true }, content);
        arms.push((quote!(runtime::WholeOrEvents::Events(answer)), send));
    }
    if !api.headers.is_empty() {
        for (pattern, send) in &mut arms {
            *pattern = quote!(runtime::WithHeaders { body: #pattern, headers });
            *send = quote!(runtime::with_headers(#send, &headers));
        }
    }
    arms.into_iter().map(|(pattern, send)| quote!(Ok(#pattern) => #send,)).collect()
}
