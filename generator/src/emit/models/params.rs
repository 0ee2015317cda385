//! The parameters of an operation outside its path. Client and server share them.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::super::file::RustFile;
use super::super::{Cx, checks, docs, rules};
use super::structs;
use crate::ir::{
    Checks, Encoding, Field, Header, OpId, Operation, Param, ParamPlace, Presence, Rest, Shape, Struct, Style, Ty,
};
use crate::names::{REQUIRED, TypeNames, suffixed};

/// The struct of parameters and the table of how they travel.
pub(super) fn emit(cx: &Cx<'_>, file: &mut RustFile, op: OpId) {
    let operation = cx.api.operation(op);
    let names = cx.names.operation(op);
    let options: Vec<(&Param, Ident)> = operation
        .params
        .iter()
        .zip(&names.param_fields)
        .filter(|(param, _)| param.place != ParamPlace::Path)
        .map(|(param, name)| (param, name.clone()))
        .collect();
    let line = docs::Line::from(format!("The parameters of `{}`.", docs::shown(&operation.id)));
    table(cx, file, operation, &names.params, &line, &options);
}

/// The same for the headers of the successes and of each failure.
pub(super) fn emit_headers(cx: &Cx<'_>, file: &mut RustFile, op: OpId) {
    let api = cx.api.operation(op);
    let names = cx.names.operation(op);
    let mut emit = |headers: &[Header], (name, fields): (&Ident, &[Ident]), line: String| {
        let params: Vec<Param> = headers.iter().map(header).collect();
        let options: Vec<(&Param, Ident)> =
            params.iter().zip(fields).map(|(param, name)| (param, name.clone())).collect();
        table(cx, file, api, name, &docs::Line::from(line), &options);
    };
    let id = docs::shown(&api.id);
    emit(&api.headers, (&names.headers, &names.header_fields), format!("The headers of a success of `{id}`."));
    for (response, headers) in api.responses.iter().zip(&names.failure_headers) {
        if let Some(headers) = headers {
            let line = format!("The headers of {} of `{id}`.", docs::status(response.status));
            emit(&response.headers, (&headers.name, &headers.fields), line);
        }
    }
}

fn header(header: &Header) -> Param {
    // The rules of headers are documented; nothing checks what a handler or a server sends.
    let mut docs = header.docs.clone();
    docs.notes.extend(checks::notes(&header.checks));
    Param {
        at: header.at.clone(),
        wire: header.wire.clone(),
        place: ParamPlace::Header,
        encoding: header.encoding,
        ty: header.ty.clone(),
        required: header.required,
        default: None,
        example: None,
        docs,
        checks: Checks::default(),
    }
}

fn table(
    cx: &Cx<'_>,
    file: &mut RustFile,
    operation: &Operation,
    name: &Ident,
    line: &docs::Line,
    options: &[(&Param, Ident)],
) {
    if options.is_empty() {
        return;
    }
    let shape = Struct {
        fields: options.iter().map(|(param, _)| field(param)).collect(),
        rest: Rest::Ignore,
        ..Struct::default()
    };
    let names = TypeNames {
        name: name.clone(),
        members: options.iter().map(|(_, name)| name.clone()).collect(),
        rest: crate::names::ident("extra"),
        required: suffixed(name, REQUIRED),
    };
    let fields = shape.fields.iter().zip(&names.members).map(|(field, name)| structs::field_item(cx, field, name));
    let default =
        (!shape.fields.iter().any(|field| super::setters::is_asked_for(cx, field))).then(|| quote!(, Default));
    file.tokens(quote! {
        #line
        #[derive(Clone #default)]
        pub struct #name {
            #(#fields)*
        }
    });
    super::setters::emit(cx, file, &names, &shape);
    let rows = options.iter().map(|(param, name)| {
        let mode = if param.required { quote!(required) } else { quote!(optional) };
        let secret = cx.api.is_credential(param).then(|| quote!(secret));
        let (place, wire, calls) = (crate::names::ident(param.place.as_str()), &param.wire, calls(cx, param));
        let not_keys = credentials_beside(cx, operation, param);
        let calls = if not_keys.is_empty() { calls } else { quote!(#calls.without_keys(&[#(#not_keys),*])) };
        quote!(#name: #mode #secret, #place(#wire) #calls)
    });
    let mut statements = TokenStream::new();
    for ((param, name), field) in options.iter().zip(&shape.fields) {
        let root = location(param);
        let schema = rules::of_param(operation, param);
        statements.extend(structs::field_statements(cx, field, name, &quote!(checks.at(#root)), &schema));
    }
    let checked = (!statements.is_empty()).then(|| quote!(checked));
    file.table("params", quote!(#checked #name), rows.collect());
    if !statements.is_empty() {
        file.tokens(checks::implementation(name, &statements));
    }
}

/// The credentials of an operation that would be keys of an exploded object: those that it does not declare.
fn credentials_beside<'a>(cx: &'a Cx<'_>, operation: &Operation, param: &Param) -> BTreeSet<&'a str> {
    let mut keys = match param.encoding {
        Encoding::Style { style: Style::Form, explode: true, .. } => cx.api.keys_among(operation, param.place),
        _ => BTreeSet::new(),
    };
    match cx.api.resolve(param.ty.not_null()) {
        Ty::Map(_) => {}
        Ty::Named(id) => match &cx.api.types[*id].shape {
            Shape::Struct(shape) => keys.retain(|key| !shape.fields.iter().any(|field| field.wire == *key)),
            _ => keys.clear(),
        },
        _ => keys.clear(),
    }
    keys
}

/// Where a violation of a parameter is, as the runtime reports it.
pub(in super::super) fn location(param: &Param) -> String {
    let name = &param.wire;
    match param.place {
        ParamPlace::Path => format!("{{{name}}}"),
        ParamPlace::Query => format!("?{name}"),
        ParamPlace::Header => format!("header:{name}"),
        ParamPlace::Cookie => format!("cookie:{name}"),
    }
}

fn field(param: &Param) -> Field {
    Field {
        at: param.at.clone(),
        wire: param.wire.clone(),
        docs: param.docs.clone(),
        ty: param.ty.not_null().clone(),
        presence: if param.required { Presence::Required } else { Presence::Optional },
        default: param.default.clone(),
        example: param.example.clone(),
        boxed: false,
        secret: false,
        read_only: false,
        write_only: false,
        checks: param.checks.clone(),
    }
}

/// What is said of a parameter beyond its place and name, as calls; nothing of one text that is written as its place writes it.
pub(super) fn calls(cx: &Cx<'_>, param: &Param) -> TokenStream {
    let mut calls = match kind(cx, &param.ty) {
        "List" => quote!(.list()),
        "Object" => quote!(.object()),
        "Mixed" => quote!(.mixed()),
        _ => TokenStream::new(),
    };
    let Encoding::Style { style, explode, .. } = param.encoding else { return quote!(#calls.json()) };
    let usual = match param.place {
        ParamPlace::Path | ParamPlace::Header => Style::Simple,
        ParamPlace::Query | ParamPlace::Cookie => Style::Form,
    };
    if style != usual {
        calls.extend(match style {
            Style::Simple => quote!(.simple()),
            Style::Label => quote!(.label()),
            Style::Matrix => quote!(.matrix()),
            Style::Form => quote!(.form()),
            Style::SpaceDelimited => quote!(.space_delimited()),
            Style::PipeDelimited => quote!(.pipe_delimited()),
            Style::DeepObject => quote!(.deep_object()),
        });
    }
    if explode != (usual == Style::Form) {
        calls.extend(if explode { quote!(.exploded()) } else { quote!(.joined()) });
    }
    if is_reserved(param) {
        calls.extend(quote!(.reserved()));
    }
    calls
}

/// The runtime's name of a style.
pub(super) fn style_name(style: Style) -> &'static str {
    match style {
        Style::Simple => "Simple",
        Style::Label => "Label",
        Style::Matrix => "Matrix",
        Style::Form => "Form",
        Style::SpaceDelimited => "SpaceDelimited",
        Style::PipeDelimited => "PipeDelimited",
        Style::DeepObject => "DeepObject",
    }
}

/// Whether reserved characters stay as they are.
fn is_reserved(param: &Param) -> bool {
    matches!(param.encoding, Encoding::Style { allow_reserved: true, .. }) && param.place == ParamPlace::Query
}

/// What a value looks like without its type, in the runtime's words.
pub(super) fn kind(cx: &Cx<'_>, ty: &Ty) -> &'static str {
    let ty = cx.api.resolve(ty.not_null());
    if let Ty::Nullable(inner) = ty {
        return kind(cx, inner);
    }
    if let Ty::Named(id) = ty
        && let Shape::Union(union) = &cx.api.types[*id].shape
    {
        let kinds: BTreeSet<&str> = union.variants.iter().map(|variant| kind_of_variant(cx, &variant.ty)).collect();
        return match kinds.into_iter().collect::<Vec<_>>().as_slice() {
            [only] => only,
            ["List", "Scalar"] => "Mixed",
            _ => "Scalar",
        };
    }
    kind_of_variant(cx, ty)
}

/// The same for a type that is not a union. Unions inside unions are written as strings.
fn kind_of_variant(cx: &Cx<'_>, ty: &Ty) -> &'static str {
    match cx.api.resolve(ty.not_null()) {
        Ty::List(_) | Ty::Tuple(_) => "List",
        Ty::Map(_) => "Object",
        Ty::Named(id) => match &cx.api.types[*id].shape {
            Shape::Struct(_) => "Object",
            Shape::Newtype(inner) => match inner.not_null() {
                Ty::List(_) | Ty::Tuple(_) => "List",
                Ty::Map(_) => "Object",
                _ => "Scalar",
            },
            _ => "Scalar",
        },
        Ty::Nullable(inner) => kind_of_variant(cx, inner),
        _ => "Scalar",
    }
}

/// Whether a value of a type can be an array or an object.
pub(super) fn can_nest(cx: &Cx<'_>, ty: &Ty, depth: usize) -> bool {
    let deeper = |ty: &Ty| depth < 4 && can_nest(cx, ty, depth + 1);
    match cx.api.resolve(ty.not_null()) {
        Ty::Any | Ty::List(_) | Ty::Tuple(_) | Ty::Map(_) => true,
        Ty::Nullable(inner) => deeper(inner),
        Ty::Named(id) => match &cx.api.types[*id].shape {
            Shape::Struct(_) => true,
            Shape::Union(union) => union.variants.iter().any(|variant| deeper(&variant.ty)),
            Shape::Newtype(inner) | Shape::Alias(inner) => deeper(inner),
            Shape::Enum(_) => false,
        },
        _ => false,
    }
}

/// A parameter of the path: the method that writes or reads it, and the parameter as that method takes it.
pub(in super::super) fn path_param(cx: &Cx<'_>, param: &Param) -> (Ident, TokenStream) {
    let wire = &param.wire;
    let calls = calls(cx, param);
    if calls.is_empty() {
        return (crate::names::ident("path"), quote!(#wire));
    }
    (crate::names::ident("path_as"), quote!(&runtime::params::Param::path(#wire) #calls))
}
