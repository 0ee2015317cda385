//! One operation: its method, its arguments, its setters.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::super::arg::Kept;
use super::super::argument_docs::ArgumentDocs;
use super::super::arguments::{body_name, is_argument};
use super::super::file::RustFile;
use super::super::models::construction::{self, RequiredValue};
use super::super::models::path_param;
use super::super::operation::Side;
use super::super::ty::{self, Viewpoint};
use super::super::{Cx, arg, argument_docs, docs, examples, operation, returns};
use super::{read, request_body};
use crate::ir::{Body, Content, Direction, Docs, Group, OpId, Operation, Param, ParamPlace};
use crate::names::suffixed;

/// `UsersClient` with one method per operation; operations without a tag are methods of `Client`.
pub(super) fn emit_accessor(cx: &Cx<'_>, file: &mut RustFile, index: usize, group: &Group) {
    let client = &cx.names.group(index).client;
    let attributes = docs::docs(&group.docs, &super::super::group::about(group));
    if group.is_untagged() {
        let methods = group.operations.iter().map(|op| method(cx, *op, None, &quote!(&self.inner)));
        file.tokens(quote!(impl #client { #(#methods)* }));
        return;
    }
    let accessor = Some(&cx.names.group(index).module);
    let methods = group.operations.iter().map(|op| method(cx, *op, accessor, &quote!(self.client)));
    file.tokens(quote! {
        #attributes
        #[derive(Clone, Copy, Debug)]
        pub struct #client<'c> {
            pub(crate) client: &'c runtime::Client,
        }
    });
    file.tokens(quote! {
        impl #client<'_> {
            #(#methods)*
        }
    });
}

/// An argument that every call needs.
pub(super) struct Argument {
    pub name: Ident,
    pub ty: TokenStream,
    pub value: Kept,
    /// Which parameter it is, by its position; `None` for bodies and URLs.
    pub param: Option<usize>,
}

/// The method of an operation; `accessor` is the method of its group, if it is not one of `Client`.
fn method(cx: &Cx<'_>, op: OpId, accessor: Option<&Ident>, client: &TokenStream) -> TokenStream {
    let receiver = if accessor.is_some() { quote!(self) } else { quote!(&self) };
    let api = cx.api.operation(op);
    let names = cx.names.operation(op);
    let (name, prefix, args) = (&names.method, &names.prefix, &names.args);
    let attributes = docs::attributes(&method_docs(cx, op, accessor));
    let deprecated = docs::deprecated(&api.docs);
    let wire = &api.id;
    let alias = docs::alias(wire, name).map(|wire| quote!(#[doc(alias = #wire)]));
    let arguments = arguments(cx, op);
    let declared = arguments.iter().map(|Argument { name, ty, .. }| quote!(#name: #ty));
    let fields = fields(cx, op, &arguments);
    quote! {
        #attributes
        #alias
        #deprecated
        pub fn #name(#receiver, #(#declared),*) -> #prefix {
            Call::new(#client, #args { #fields })
        }
    }
}

fn method_docs(cx: &Cx<'_>, op: OpId, accessor: Option<&Ident>) -> Vec<docs::Line> {
    let api = cx.api.operation(op);
    let mut lines = docs::lines(&api.docs, "");
    let mut line = match api.direction {
        Direction::Call => format!("`{} {}`", api.method.0, docs::shown(&api.path.text)),
        Direction::Webhook => format!("`{}` to `url`, the address of a subscriber of this webhook", api.method.0),
        Direction::Callback => format!("`{}` to `url`, which was part of an earlier request", api.method.0),
    };
    if let Some(server) = &api.server {
        line.push_str(&format!(" of the server `{}`", docs::shown(server)));
    }
    docs::paragraph(&mut lines, vec![format!("{line}.")]);
    docs::paragraph(&mut lines, about_arguments(cx, op));
    docs::paragraph(&mut lines, Some(returns::returns(cx, op)).filter(|text| !text.is_empty()));
    if cx.analysis.pagination(op).is_some() {
        docs::paragraph(
            &mut lines,
            vec!["Fetch one page after the other with `.pages()`, or item by item with `.items()`.".to_owned()],
        );
    }
    docs::paragraph(&mut lines, examples::of_method(cx, op, accessor));
    lines
}

/// What the document says of the arguments that every call needs.
fn about_arguments(cx: &Cx<'_>, op: OpId) -> Vec<docs::Line> {
    let api = cx.api.operation(op);
    let names = cx.names.operation(op);
    let params = api.params.iter().zip(&names.param_fields).filter(|(param, _)| is_argument(cx, param));
    let mut about: Vec<ArgumentDocs<'_>> =
        params.map(|(param, name)| (name, &param.docs, Some(&param.checks))).collect();
    let name = body_name(&names.param_fields);
    about.extend(body(api).filter(|(body, _)| body.required).map(|(body, _)| (&name, &body.docs, None)));
    argument_docs::lines(about)
}

/// Path parameters, then required other parameters, then a required body.
pub(super) fn arguments(cx: &Cx<'_>, op: OpId) -> Vec<Argument> {
    let api = cx.api.operation(op);
    let names = cx.names.operation(op);
    let mut out: Vec<Argument> = api
        .params
        .iter()
        .zip(&names.param_fields)
        .enumerate()
        .filter(|(_, (param, _))| is_argument(cx, param))
        .map(|(index, (param, name))| Argument {
            param: Some(index),
            name: name.clone(),
            ty: arg::arg_type(cx, param.ty.not_null(), Viewpoint::Outside),
            value: arg::arg_value(cx, param.ty.not_null(), name),
        })
        .collect();
    if !api.is_call() {
        let name = url_name(&names.param_fields);
        out.insert(0, Argument { param: None, ty: quote!(impl Into<String>), value: Kept::into(&name), name });
    }
    if let Some((body, content)) = body(api)
        && body.required
    {
        let name = body_name(&names.param_fields);
        let (ty, value) = request_body::argument(cx, op, (body, content), &name);
        out.push(Argument { param: None, name, ty, value });
    }
    out
}

fn body(api: &Operation) -> Option<(&Body, &Content)> {
    let body = api.body.as_ref()?;
    Some((body, operation::request(body)?))
}

/// The URL of a webhook or a callback: `url`, or `target_url` if a parameter has that name.
fn url_name(params: &[Ident]) -> Ident {
    crate::names::ident(if params.iter().any(|name| name == "url") { "target_url" } else { "url" })
}

fn has_options(api: &Operation) -> bool {
    api.params.iter().any(|param| param.place != ParamPlace::Path)
}

/// The initial values of the struct of arguments.
fn fields(cx: &Cx<'_>, op: OpId, arguments: &[Argument]) -> TokenStream {
    let api = cx.api.operation(op);
    let names = cx.names.operation(op);
    let mut out = TokenStream::new();
    if !api.is_call() {
        let name = url_name(&names.param_fields);
        out.extend(quote!(url: #name.into(),));
    }
    for (param, name) in api.params.iter().zip(&names.param_fields).filter(|(param, _)| param.place == ParamPlace::Path)
    {
        let value = arg::arg_value(cx, param.ty.not_null(), name);
        let initializer = value.initializer(name);
        out.extend(quote!(#initializer,));
    }
    if has_options(api) {
        let params = &names.params;
        let required: Vec<RequiredValue<'_>> = api
            .params
            .iter()
            .zip(&names.param_fields)
            .filter(|(param, _)| is_argument(cx, param) && param.place != ParamPlace::Path)
            .map(|(param, name)| RequiredValue {
                field: name,
                ty: param.ty.not_null(),
                argument: quote!(#name),
                kept: arg::arg_value(cx, param.ty.not_null(), name),
            })
            .collect();
        let optional = api.options().all(|param| !param.required);
        out.extend(if optional {
            quote!(params: models::#params::default(),)
        } else {
            let created = construction::parameters(cx, op, &required);
            quote!(params: #created,)
        });
    }
    if let Some((body, _)) = body(api) {
        match arguments.last().filter(|_| body.required) {
            Some(Argument { value, .. }) => {
                let initializer = value.initializer(&crate::names::ident("body"));
                out.extend(quote!(#initializer,));
            }
            None => out.extend(quote!(body: None,)),
        }
    }
    out
}

/// The alias of the call, the struct of arguments, how they are written and what is read, and the setters.
pub(super) fn emit(cx: &Cx<'_>, file: &mut RustFile, op: OpId) {
    let api = cx.api.operation(op);
    let names = cx.names.operation(op);
    let (prefix, args, constant) = (&names.prefix, &names.args, &names.constant);
    let error = suffixed(prefix, "Error");
    let shown = docs::shown(&api.id);
    let alias_line = docs::Line::from(format!("A request of `{shown}`: set its options, then `.await` it."));
    let struct_line = docs::Line::from(format!("The arguments of `{shown}`."));
    let declared = declared(cx, op);
    let output = operation::output_type(cx, op, Side::Client);
    let write = write(cx, op);
    let headers = &names.headers;
    let headers = if api.headers.is_empty() { quote!(()) } else { quote!(models::#headers) };
    let read = read::read(cx, op, &output);
    let is_success = read::is_success(api);
    file.tokens(quote! {
        #alias_line
        pub type #prefix = Call<#args>;
    });
    file.tokens(quote! {
        #struct_line
        #[derive(Clone)]
        pub struct #args { #declared }
    });
    file.tokens(quote! {
        impl ApiOperation for #args {
            type Output = #output;
            type Headers = #headers;
            type Error = #error;

            const OPERATION: &'static models::operations::Operation = &models::operations::#constant;

            #read

            #is_success

            #write
        }
    });
    file.items.extend(super::pagination::emit(cx, op).map(super::super::Item::Tokens));
    file.items.extend(super::links::emit(cx, op).map(super::super::Item::Tokens));
    let mut setters = setters(cx, op);
    setters.extend(read::events(cx, op));
    if !setters.is_empty() {
        file.tokens(quote!(impl #prefix { #setters }));
    }
}

fn declared(cx: &Cx<'_>, op: OpId) -> TokenStream {
    let api = cx.api.operation(op);
    let names = cx.names.operation(op);
    let mut out = TokenStream::new();
    if !api.is_call() {
        out.extend(quote!(url: String,));
    }
    for (param, name) in api.params.iter().zip(&names.param_fields).filter(|(param, _)| param.place == ParamPlace::Path)
    {
        let ty = ty::ty(cx, param.ty.not_null(), Viewpoint::Outside);
        out.extend(quote!(#name: #ty,));
    }
    if has_options(api) {
        let params = &names.params;
        out.extend(quote!(params: models::#params,));
    }
    if let Some((body, _)) = body(api) {
        let ty = operation::request_type(cx, op, Side::Client);
        out.extend(if body.required { quote!(body: #ty,) } else { quote!(body: Option<#ty>,) });
    }
    out
}

fn write(cx: &Cx<'_>, op: OpId) -> TokenStream {
    let api = cx.api.operation(op);
    let names = cx.names.operation(op);
    let mut steps = TokenStream::new();
    if !api.is_call() {
        steps.extend(quote!(request.target(&self.url);));
    }
    for (param, name) in api.params.iter().zip(&names.param_fields).filter(|(param, _)| param.place == ParamPlace::Path)
    {
        let (path, param) = path_param(cx, param);
        steps.extend(quote!(request.#path(#param, &self.#name);));
    }
    for (name, value) in &api.path.query {
        steps.extend(quote!(request.query(#name, #value);));
    }
    if has_options(api) {
        steps.extend(quote!(request.params(&self.params);));
    }
    if let Some(param) = api.params.iter().find(|param| param.is_idempotency_key()) {
        let wire = &param.wire;
        steps.extend(quote!(request.idempotency_key(#wire);));
    }
    if let Some(accept) = read::accept(api) {
        steps.extend(quote!(request.accept(#accept);));
    }
    if let Some((body, content)) = body(api) {
        steps.extend(match (operation::is_choice(body), body.required) {
            (true, true) => request_body::write_choice(cx, op, body, &quote!(&self.body)),
            (true, false) => {
                let step = request_body::write_choice(cx, op, body, &quote!(body));
                quote!(if let Some(body) = &self.body { #step })
            }
            (false, true) => request_body::write(cx, op, content, &quote!(&self.body), &quote!(self.body)),
            (false, false) => {
                let step = request_body::write(cx, op, content, &quote!(body), &quote!(body));
                quote!(if let Some(body) = &self.body { #step })
            }
        });
    }
    let request = if steps.is_empty() { quote!(_request) } else { quote!(request) };
    quote! {
        #[inline]
        fn write(&self, #request: &mut Arguments) {
            #steps
        }
    }
}

fn setters(cx: &Cx<'_>, op: OpId) -> TokenStream {
    let api = cx.api.operation(op);
    let names = cx.names.operation(op);
    let optional = |(param, _): &(&Param, &Ident)| !param.required && param.place != ParamPlace::Path;
    let mut out = TokenStream::new();
    for (param, name) in api.params.iter().zip(&names.param_fields).filter(optional) {
        let mut documentation = param.docs.clone();
        documentation.notes.push(format!("Sent as {} `{}`.", param.place.as_str(), docs::shown(&param.wire)));
        let attributes = docs::docs(&documentation, "");
        let deprecated = docs::deprecated(&param.docs);
        let ty = arg::arg_type(cx, param.ty.not_null(), Viewpoint::Outside);
        let value = arg::arg_value(cx, param.ty.not_null(), name);
        out.extend(quote! {
            #attributes
            #deprecated
            pub fn #name(mut self, #name: #ty) -> Self {
                self.inner.operation.params.#name = Some(#value);
                self
            }
        });
    }
    if has_options(api) {
        let params = &names.params;
        out.extend(quote! {
            /// Sets all parameters at once.
            pub fn params(mut self, params: models::#params) -> Self {
                self.inner.operation.params = params;
                self
            }
        });
    }
    if let Some((body, content)) = body(api)
        && !body.required
    {
        let name = body_name(&names.param_fields);
        let (ty, value) = request_body::argument(cx, op, (body, content), &name);
        let attributes = docs::docs(&Docs { deprecated: false, ..body.docs.clone() }, "The request body.");
        out.extend(quote! {
            #attributes
            pub fn #name(mut self, #name: #ty) -> Self {
                self.inner.operation.body = Some(#value);
                self
            }
        });
    }
    out
}
