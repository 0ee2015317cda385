//! One operation: its method, its arguments, its setters.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens as _, quote};

use super::super::file::RustFile;
use super::super::models::param_tokens;
use super::super::operation::{Events, Side};
use super::super::ty::{self, From};
use super::super::{Cx, arg, docs, operation};
use crate::ir::{
    Body, Content, Direction, Docs, Form, Group, Media, OpId, Operation, Param, Place, Response, Scalar, Status, Ty,
};
use crate::names::suffixed;

/// `UsersClient` with one method an operation.
pub(super) fn emit_accessor(cx: &Cx<'_>, file: &mut RustFile, index: usize, group: &Group) {
    let client = &cx.names.group(index).client;
    let attributes = docs::docs(&group.docs, &super::about(group));
    let methods = group.operations.iter().map(|op| method(cx, *op));
    file.tokens(quote! {
        #attributes
        #[derive(Clone, Copy, Debug)]
        pub struct #client<'c> {
            client: &'c Client,
        }
    });
    file.tokens(quote! {
        impl<'c> #client<'c> {
            pub(crate) fn new(client: &'c Client) -> Self {
                Self { client }
            }

            #(#methods)*
        }
    });
}

/// Arguments that every call needs, and how they are kept: (name, argument type, value, kept type).
pub(super) struct Argument {
    pub name: Ident,
    pub ty: TokenStream,
    pub value: TokenStream,
    /// Which parameter it is, by its position; `None` for bodies and URLs.
    pub param: Option<usize>,
}

fn method(cx: &Cx<'_>, op: OpId) -> TokenStream {
    let api = cx.api.operation(op);
    let names = cx.names.operation(op);
    let (name, prefix) = (&names.method, &names.prefix);
    let call = suffixed(prefix, "Operation");
    let attributes = docs::attributes(&method_docs(cx, op));
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
        pub fn #name(self, #(#declared),*) -> #prefix<'c> {
            Call::new(self.client, #call { #fields })
        }
    }
}

fn method_docs(cx: &Cx<'_>, op: OpId) -> Vec<String> {
    let api = cx.api.operation(op);
    let mut lines = docs::lines(&api.docs, "");
    let errors: Vec<String> = operation::failures(api).map(|(_, response)| status_text(response.status)).collect();
    let mut line = match api.direction {
        Direction::Call => format!("`{} {}`", api.method.0, docs::shown(&api.path.text)),
        Direction::Webhook => format!("`{}` to `url`, which was told for this webhook", api.method.0),
        Direction::Callback => format!("`{}` to `url`, which a call has given", api.method.0),
    };
    let successes: Vec<String> = operation::successes(api).iter().map(|(_, status, _)| status.to_string()).collect();
    if !successes.is_empty() {
        line.push_str(&format!(", answers {}", successes.join(", ")));
    }
    if !errors.is_empty() {
        line.push_str(&format!("; errors: {} (see [`{}Error`])", errors.join(", "), cx.names.operation(op).prefix));
    }
    docs::paragraph(&mut lines, vec![format!("{line}.")]);
    if api.pagination.is_some() {
        docs::paragraph(&mut lines, vec!["Page after page: `.pages()`, `.items()`.".to_owned()]);
    }
    lines
}

fn status_text(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Class(class) => format!("{class}XX"),
        Status::Default => "any other".to_owned(),
    }
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
            ty: arg::arg_type(cx, param.ty.not_null(), From::Outside),
            value: arg::arg_value(cx, param.ty.not_null(), name),
        })
        .collect();
    if !api.is_call() {
        let name = url_name(&names.param_fields);
        out.insert(0, Argument { param: None, ty: quote!(impl Into<String>), value: quote!(#name.into()), name });
    }
    if let Some((body, content)) = body(api)
        && body.required
    {
        let name = body_name(&names.param_fields);
        let (ty, value) = body_arg(cx, op, (body, content), &name);
        out.push(Argument { param: None, name, ty, value });
    }
    out
}

/// Whether a caller must be asked for a parameter: one that has a single value is known.
pub(in super::super) fn is_argument(cx: &Cx<'_>, param: &Param) -> bool {
    param.required && (param.place == Place::Path || arg::constant(cx, param.ty.not_null()).is_none())
}

fn body(api: &Operation) -> Option<(&Body, &Content)> {
    let body = api.body.as_ref()?;
    Some((body, operation::request(body)?))
}

/// `body`, unless a parameter is called so.
pub(in super::super) fn body_name(params: &[Ident]) -> Ident {
    crate::names::ident(if params.iter().any(|name| name == "body") { "request_body" } else { "body" })
}

/// Where a webhook or a callback goes: `url`, unless a parameter is called so.
fn url_name(params: &[Ident]) -> Ident {
    crate::names::ident(if params.iter().any(|name| name == "url") { "target_url" } else { "url" })
}

fn body_arg(cx: &Cx<'_>, op: OpId, (body, content): (&Body, &Content), name: &Ident) -> (TokenStream, TokenStream) {
    if operation::is_choice(body) {
        let ty = &cx.names.operation(op).body;
        return (quote!(impl Into<models::#ty>), quote!(#name.into()));
    }
    match &content.media {
        Media::Json(ty) | Media::Xml { ty, .. } | Media::Form(Form { ty, .. }) | Media::Multipart(Form { ty, .. }) => {
            (arg::arg_type(cx, ty, From::Outside), arg::arg_value(cx, ty, name))
        }
        Media::Text => (quote!(impl Into<String>), quote!(#name.into())),
        Media::Bytes => (quote!(impl Into<bytes::Bytes>), quote!(#name.into())),
        Media::Stream | Media::Events(_) | Media::Lines(_) => (quote!(impl Into<UploadBody>), quote!(#name.into())),
    }
}

fn has_options(api: &Operation) -> bool {
    api.params.iter().any(|param| param.place != Place::Path)
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
    for (param, name) in api.params.iter().zip(&names.param_fields).filter(|(param, _)| param.place == Place::Path) {
        let value = arg::arg_value(cx, param.ty.not_null(), name);
        out.extend(if *name == value.to_string() { quote!(#name,) } else { quote!(#name: #value,) });
    }
    if has_options(api) {
        let params = &names.params;
        let required: Vec<&Ident> = api
            .params
            .iter()
            .zip(&names.param_fields)
            .filter(|(param, _)| is_argument(cx, param) && param.place != Place::Path)
            .map(|(_, name)| name)
            .collect();
        let optional = api.options().all(|param| !param.required);
        out.extend(if optional {
            quote!(params: models::#params::default(),)
        } else {
            quote!(params: models::#params::new(#(#required),*),)
        });
    }
    if let Some((body, _)) = body(api) {
        match arguments.last().filter(|_| body.required) {
            Some(Argument { value, .. }) if value.to_string() == "body" => out.extend(quote!(body,)),
            Some(Argument { value, .. }) => out.extend(quote!(body: #value,)),
            None => out.extend(quote!(body: None,)),
        }
    }
    out
}

/// The alias of the call, the struct of arguments, how they are written and what is read, and the setters.
pub(super) fn emit(cx: &Cx<'_>, file: &mut RustFile, op: OpId) {
    let api = cx.api.operation(op);
    let names = cx.names.operation(op);
    let (prefix, constant) = (&names.prefix, &names.constant);
    let (call, error) = (suffixed(prefix, "Operation"), suffixed(prefix, "Error"));
    let shown = docs::shown(&api.id);
    let lines = [format!(" Request of `{shown}`: set options, then `.await`."), format!(" Arguments of `{shown}`.")];
    let [alias_line, struct_line] = &lines;
    let declared = declared(cx, op);
    let output = operation::output_type(cx, op, Side::Client);
    let write = write(cx, op);
    let headers = &names.headers;
    let headers = if api.headers.is_empty() { quote!(()) } else { quote!(models::#headers) };
    let read = read(cx, op, &output);
    let is_success = is_success(api);
    file.tokens(quote! {
        #[doc = #alias_line]
        pub type #prefix<'c> = Call<'c, #call>;
    });
    file.tokens(quote! {
        #[doc = #struct_line]
        #[derive(Clone, Debug)]
        pub struct #call { #declared }
    });
    file.tokens(quote! {
        impl ApiOperation for #call {
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
    setters.extend(events(cx, op));
    if !setters.is_empty() {
        file.tokens(quote!(impl #prefix<'_> { #setters }));
    }
}

fn declared(cx: &Cx<'_>, op: OpId) -> TokenStream {
    let api = cx.api.operation(op);
    let names = cx.names.operation(op);
    let mut out = TokenStream::new();
    if !api.is_call() {
        out.extend(quote!(url: String,));
    }
    for (param, name) in api.params.iter().zip(&names.param_fields).filter(|(param, _)| param.place == Place::Path) {
        let ty = ty::ty(cx, param.ty.not_null(), From::Outside);
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
        steps.extend(quote!(request.target(&self.url)?;));
    }
    for (param, name) in api.params.iter().zip(&names.param_fields).filter(|(param, _)| param.place == Place::Path) {
        let param = param_tokens(cx, param);
        steps.extend(quote!(request.path_param(&#param, &self.#name)?;));
    }
    if has_options(api) {
        steps.extend(quote!(request.params(&self.params)?;));
    }
    if let Some(param) = api.params.iter().find(|param| param.is_idempotency_key()) {
        let wire = &param.wire;
        steps.extend(quote!(request.idempotency_key(#wire)?;));
    }
    if let Some(accept) = accept(api) {
        steps.extend(quote!(request.accept(#accept);));
    }
    if let Some((body, content)) = body(api) {
        steps.extend(match (operation::is_choice(body), body.required) {
            (true, true) => write_choice(cx, op, body, &quote!(&self.body)),
            (true, false) => {
                let step = write_choice(cx, op, body, &quote!(body));
                quote!(if let Some(body) = &self.body { #step })
            }
            (false, true) => write_body(cx, op, content, &quote!(&self.body), &quote!(self.body)),
            (false, false) => {
                let step = write_body(cx, op, content, &quote!(body), &quote!(body));
                quote!(if let Some(body) = &self.body { #step })
            }
        });
    }
    let request = if steps.is_empty() { quote!(_request) } else { quote!(request) };
    quote! {
        fn write(&self, #request: &mut Request) -> Result<(), RequestError> {
            #steps
            Ok(())
        }
    }
}

/// Writes a body: `value` is a reference to it, `own` a place whose methods it has.
fn write_body(cx: &Cx<'_>, op: OpId, content: &Content, value: &TokenStream, own: &TokenStream) -> TokenStream {
    let media = operation::media_type(content);
    let constant = &cx.names.operation(op).constant;
    match &content.media {
        Media::Json(_) => quote!(request.json(#media, #value)?;),
        Media::Xml { .. } => {
            let element = operation::request_element(cx, op);
            quote!(request.xml(#media, &models::elements::#element, #value)?;)
        }
        Media::Form(_) => quote!(request.form(#media, models::forms::#constant, #value)?;),
        Media::Multipart(_) => quote!(request.multipart(models::forms::#constant, #value)?;),
        Media::Text => quote!(request.bytes(#media, #own.clone().into());),
        Media::Bytes => quote!(request.bytes(#media, #own.clone());),
        Media::Stream | Media::Events(_) | Media::Lines(_) => quote!(#own.write(request, #media)?;),
    }
}

/// Writes a body of one of several types.
fn write_choice(cx: &Cx<'_>, op: OpId, body: &Body, value: &TokenStream) -> TokenStream {
    let names = cx.names.operation(op);
    let name = &names.body;
    let choices = body.choices();
    let arms = choices.iter().zip(&names.choices).filter_map(|(contents, variant)| {
        let content = contents.first()?;
        if operation::says_media_type(contents) {
            return Some(quote!(models::#name::#variant(media_type, body) => {
                request.bytes_of(media_type, body.clone())?;
            }));
        }
        let step = match content.media {
            Media::Stream => {
                let media = operation::media_type(content);
                quote!(request.bytes(#media, body.clone());)
            }
            _ => write_body(cx, op, content, &quote!(body), &quote!(body)),
        };
        Some(quote!(models::#name::#variant(body) => { #step }))
    });
    quote!(match #value { #(#arms)* })
}

/// The media types that the method can read.
fn accept(api: &Operation) -> Option<String> {
    let mut types: Vec<String> = Vec::new();
    let all = operation::successes(api).into_iter().map(|(_, _, response)| response).chain(api.failures());
    for response in all {
        if let Some(content) = operation::preferred(&response.contents) {
            let media = operation::media_type(content);
            if !types.contains(&media) {
                types.push(media);
            }
        }
    }
    if types.is_empty() { None } else { Some(types.join(", ")) }
}

/// Which statuses tell of success, where redirects do.
fn is_success(api: &Operation) -> Option<TokenStream> {
    let redirects: Vec<_> = api
        .successes()
        .filter(|response| response.status.is_redirect())
        .map(|response| match response.status {
            Status::Code(code) => proc_macro2::Literal::u16_unsuffixed(code).to_token_stream(),
            Status::Class(_) | Status::Default => quote!(300..=399),
        })
        .collect();
    let is_success = quote! {
        fn is_success(status: u16) -> bool {
            matches!(status, 200..=299 #(| #redirects)*)
        }
    };
    if redirects.is_empty() { None } else { Some(is_success) }
}

/// How a success is read, as a constant.
fn read(cx: &Cx<'_>, op: OpId, output: &TokenStream) -> TokenStream {
    let api = cx.api.operation(op);
    let how = match operation::successes(api).as_slice() {
        [] => quote!(runtime::Read::Buffered(|_| Ok(()))),
        [(index, _, only)] => match operation::preferred(&only.contents) {
            None => quote!(runtime::Read::Buffered(|_| Ok(()))),
            Some(Content { media: Media::Json(_), .. }) => quote!(runtime::Read::Buffered(RawResponse::decode)),
            Some(content) if operation::is_streamed(content) => {
                let open = open(&content.media);
                quote!(runtime::Read::Streamed(#open))
            }
            Some(Content { media: Media::Xml { .. }, .. }) => {
                let element = operation::response_element(cx, op, *index);
                quote!(runtime::Read::Buffered(|response| response.decode_xml(&models::elements::#element)))
            }
            Some(content) => {
                let value = decode(cx, op, *index, content);
                quote!(runtime::Read::Buffered(|response| Ok(#value)))
            }
        },
        several => read_several(cx, op, several),
    };
    quote!(const READ: runtime::Read<#output> = #how;)
}

/// Reads the body of a response, which is told by its position.
fn decode(cx: &Cx<'_>, op: OpId, index: usize, content: &Content) -> TokenStream {
    match &content.media {
        Media::Json(_) => quote!(response.decode()?),
        Media::Xml { .. } => {
            let element = operation::response_element(cx, op, index);
            quote!(response.decode_xml(&models::elements::#element)?)
        }
        Media::Text => quote!(response.text().into_owned()),
        _ => quote!(response.body.clone()),
    }
}

/// The function that opens a body which is read piece by piece.
fn open(media: &Media) -> TokenStream {
    match media {
        Media::Events(Ty::Scalar(Scalar::String)) => quote!(EventStream::text),
        Media::Events(_) => quote!(EventStream::json),
        Media::Lines(_) => quote!(LineStream::new),
        _ => quote!(ByteStream::new),
    }
}

/// `send_events()`, where a success may be events in place of its preferred body.
fn events(cx: &Cx<'_>, op: OpId) -> TokenStream {
    let api = cx.api.operation(op);
    let Some(Events { content, ty, .. }) = operation::events(api) else { return TokenStream::new() };
    let (media, open) = (operation::media_type(content), open(&content.media));
    let ty = ty::ty(cx, ty, From::Outside);
    let error = suffixed(&cx.names.operation(op).prefix, "Error");
    let line = format!(
        " Sends the request; the answer comes as events (`{media}`). The request must ask for them if need be."
    );
    quote! {
        #[doc = #line]
        pub async fn send_events(self) -> Result<EventStream<#ty>, runtime::CallError<#error>> {
            self.send_opened(#media, #open).await
        }
    }
}

fn read_several(cx: &Cx<'_>, op: OpId, several: &[(usize, u16, &Response)]) -> TokenStream {
    let names = cx.names.operation(op);
    let success = suffixed(&names.prefix, "Success");
    let (mut whole, mut streamed, mut codes) = (TokenStream::new(), Vec::new(), Vec::new());
    for (index, status, response) in several {
        let Some(variant) = names.responses.get(*index) else { continue };
        let status = proc_macro2::Literal::u16_unsuffixed(*status);
        let pattern = if let Status::Code(_) = response.status { quote!(#status) } else { quote!(_) };
        match operation::preferred(&response.contents) {
            Some(content) if operation::is_streamed(content) => {
                let open = open(&content.media);
                streamed.push((pattern, quote!(models::#success::#variant(#open(opened)))));
            }
            Some(content) => {
                let value = decode(cx, op, *index, content);
                whole.extend(quote!(#pattern => Ok(models::#success::#variant(#value)),));
                codes.push(pattern);
            }
            None => {
                whole.extend(quote!(#pattern => Ok(models::#success::#variant),));
                codes.push(pattern);
            }
        }
    }
    let listed = several.iter().all(|(_, _, response)| matches!(response.status, Status::Code(_)));
    let other = (listed || !streamed.is_empty()).then(|| {
        quote! {
            other => Err(DecodeError::new(".".to_owned(), format!("status {other} is not documented"))),
        }
    });
    let read = quote! {
        |response| {
            match response.status.as_u16() {
                #whole
                #other
            }
        }
    };
    // What is no single status comes last.
    let last = streamed.iter().position(|(pattern, _)| pattern.to_string() == "_").unwrap_or(0);
    let is_streamed = if streamed.iter().any(|(pattern, _)| pattern.to_string() == "_") {
        quote!(|status| !matches!(status, #(#codes)|*))
    } else {
        let is_streamed = streamed.iter().map(|(pattern, _)| pattern);
        quote!(|status| matches!(status, #(#is_streamed)|*))
    };
    let is_streamed = if codes.is_empty() { quote!(|_| true) } else { is_streamed };
    let Some((_, otherwise)) = streamed.get(last) else { return quote!(runtime::Read::Buffered(#read)) };
    let others: Vec<TokenStream> = streamed
        .iter()
        .enumerate()
        .filter(|(index, _)| *index != last)
        .map(|(_, (pattern, opened))| quote!(#pattern => #opened,))
        .collect();
    let open = if others.is_empty() {
        quote!(|opened| #otherwise)
    } else {
        quote!(|opened| match opened.status() { #(#others)* _ => #otherwise })
    };
    quote!(runtime::Read::Either { is_streamed: #is_streamed, open: #open, read: #read })
}

fn setters(cx: &Cx<'_>, op: OpId) -> TokenStream {
    let api = cx.api.operation(op);
    let names = cx.names.operation(op);
    let optional = |(param, _): &(&Param, &Ident)| !param.required && param.place != Place::Path;
    let mut out = TokenStream::new();
    for (param, name) in api.params.iter().zip(&names.param_fields).filter(optional) {
        let place = format!("{:?}", param.place).to_lowercase();
        let mut said = param.docs.clone();
        said.notes.push(format!("Sent as {place} `{}`.", docs::shown(&param.wire)));
        let attributes = docs::docs(&said, "");
        let deprecated = docs::deprecated(&param.docs);
        let ty = arg::arg_type(cx, param.ty.not_null(), From::Outside);
        let value = arg::arg_value(cx, param.ty.not_null(), name);
        out.extend(quote! {
            #attributes
            #deprecated
            pub fn #name(mut self, #name: #ty) -> Self {
                self.operation.params.#name = Some(#value);
                self
            }
        });
    }
    if has_options(api) {
        let params = &names.params;
        out.extend(quote! {
            /// All parameters at once.
            pub fn params(mut self, params: models::#params) -> Self {
                self.operation.params = params;
                self
            }
        });
    }
    if let Some((body, content)) = body(api)
        && !body.required
    {
        let name = body_name(&names.param_fields);
        let (ty, value) = body_arg(cx, op, (body, content), &name);
        let attributes = docs::docs(&Docs { deprecated: false, ..body.docs.clone() }, "The request body.");
        out.extend(quote! {
            #attributes
            pub fn #name(mut self, #name: #ty) -> Self {
                self.operation.body = Some(#value);
                self
            }
        });
    }
    out
}
