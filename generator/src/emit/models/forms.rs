//! The fields of forms: how client and server write and read them.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::super::file::RustFile;
use super::super::{Cx, docs};
use super::params;
use crate::ir::{FieldEncoding, Form, Media, OpId, Scalar, Shape, Style, Ty, essence};

/// `forms.rs`
pub(super) fn file(cx: &Cx<'_>) -> RustFile {
    let mut file = RustFile { docs: vec!["The fields of the form of each operation.".into()], ..RustFile::default() };
    let tables: Vec<Tables> = cx.api.operation_ids().filter_map(|(id, _)| Tables::of(cx, id)).collect();
    let constants: Vec<TokenStream> = tables.iter().map(|tables| tables.constant(cx, &tables.fields)).collect();
    let of_parts = tables.iter().filter_map(|tables| Some(tables.constant(cx, tables.parts.as_ref()?)));
    let of_parts: Vec<TokenStream> = of_parts.collect();
    let imports = |constants: &[TokenStream]| {
        let mut file = RustFile::default();
        file.tokens(constants.iter().cloned().collect());
        let identifiers = file.identifiers();
        let mentioned =
            ["Style", "Kind"].into_iter().filter(|name| identifiers.contains(*name)).map(crate::names::ident);
        let mentioned: Vec<Ident> = mentioned.collect();
        let styles = (!mentioned.is_empty()).then(|| quote!(use crategen_runtime::models::params::{#(#mentioned),*};));
        quote! {
            #styles
            use crategen_runtime::models::params::form::Field;
        }
    };
    file.tokens(imports(&constants));
    let own = (!of_parts.is_empty()).then(|| imports(&of_parts));
    for constant in constants {
        file.tokens(constant);
    }
    if let Some(imports) = own {
        file.tokens(quote! {
            /// The parts of forms that are `multipart/form-data`, where they differ from the fields of another form.
            pub mod parts {
                #imports
                #(#of_parts)*
            }
        });
    }
    file
}

/// Where the fields of the form of a body are, below the models crate.
pub fn path(cx: &Cx<'_>, id: OpId, media: &Media) -> TokenStream {
    let constant = &cx.names.operation(id).constant;
    let differs =
        matches!(media, Media::Multipart(_)) && Tables::of(cx, id).is_some_and(|tables| tables.parts.is_some());
    if differs { quote!(forms::parts::#constant) } else { quote!(forms::#constant) }
}

/// The fields of the forms of an operation.
struct Tables {
    id: OpId,
    /// The fields of all forms that it can have.
    fields: Vec<TokenStream>,
    /// The parts of its `multipart/form-data`, if they differ from the fields of another form.
    parts: Option<Vec<TokenStream>>,
}

impl Tables {
    fn of(cx: &Cx<'_>, id: OpId) -> Option<Self> {
        let contents = &cx.api.operation(id).body.as_ref()?.contents;
        let form = contents.iter().find_map(|content| match &content.media {
            Media::Form(form) => Some(form),
            _ => None,
        });
        let parts = contents.iter().find_map(|content| match &content.media {
            Media::Multipart(form) => Some(form),
            _ => None,
        });
        let own_parts = parts.filter(|parts| form.is_some_and(|form| form != *parts));
        let shared = if own_parts.is_some() { None } else { parts };
        form.or(shared)?;
        Some(Self { id, fields: rows(cx, form, shared), parts: own_parts.map(|parts| rows(cx, None, Some(parts))) })
    }

    /// The constant of some of the fields.
    fn constant(&self, cx: &Cx<'_>, fields: &[TokenStream]) -> TokenStream {
        let constant = &cx.names.operation(self.id).constant;
        let id = docs::shown(&cx.api.operation(self.id).id);
        let line = docs::Line::from(format!("The fields of the body of `{id}`."));
        quote! {
            #line
            pub const #constant: &[Field] = &[#(#fields),*];
        }
    }
}

/// The fields of a form that has one or both media types.
fn rows(cx: &Cx<'_>, form: Option<&Form>, parts: Option<&Form>) -> Vec<TokenStream> {
    let mut fields = Vec::new();
    for form in parts.into_iter().chain(form) {
        collect(cx, &form.ty, 0, &mut fields);
    }
    let encoding =
        |form: Option<&Form>, wire: &str| form.and_then(|form| form.encodings.get(wire)).cloned().unwrap_or_default();
    fields.iter().map(|(wire, ty)| row(cx, wire, ty, &encoding(form, wire), &encoding(parts, wire))).collect()
}

/// The properties of a type, through unions: name and type.
fn collect<'a>(cx: &Cx<'a>, ty: &'a Ty, depth: usize, fields: &mut Vec<(&'a str, &'a Ty)>) {
    let Ty::Named(id) = cx.api.resolve(ty.not_null()) else { return };
    match &cx.api.types[*id].shape {
        Shape::Struct(shape) => {
            for field in &shape.fields {
                if !fields.iter().any(|(known, _)| *known == field.wire) {
                    fields.push((&field.wire, &field.ty));
                }
            }
        }
        Shape::Union(union) if depth < 4 => {
            union.variants.iter().for_each(|variant| collect(cx, &variant.ty, depth + 1, fields));
        }
        Shape::Newtype(inner) if depth < 4 => collect(cx, inner, depth + 1, fields),
        Shape::Union(_) | Shape::Newtype(_) | Shape::Alias(_) | Shape::Enum(_) => {}
    }
}

fn row(cx: &Cx<'_>, wire: &str, ty: &Ty, form: &FieldEncoding, part: &FieldEncoding) -> TokenStream {
    let wire = Literal::string(wire);
    let kind = params::kind(cx, ty);
    // Parts follow the same styles (OpenAPI 3.1.1 §4.14.3).
    let (style, explode) = (form.style.or(part.style), form.explode.or(part.explode));
    let field = match (kind, style, explode) {
        _ if is_file(cx, ty) => quote!(Field::file(#wire)),
        ("List", ..) if is_file_list(cx, ty) => quote!(Field::files(#wire)),
        ("Scalar", None, None) if !form.allow_reserved && form.media_type.as_deref().is_some_and(is_json) => {
            quote!(Field::json(#wire))
        }
        ("Scalar", None, None) => quote!(Field::text(#wire)),
        ("Scalar", style, _) if style != Some(Style::DeepObject) || !params::can_nest(cx, ty, 0) => {
            quote!(Field::styled(#wire, Style::Form, Kind::Scalar, true))
        }
        ("List", None, None) => quote!(Field::list(#wire)),
        ("Mixed", None, None) => quote!(Field::mixed(#wire)),
        ("Object", None, None) => quote!(Field::json(#wire)),
        (kind, style, explode) => {
            let style = style.unwrap_or(Style::Form);
            let explode = explode.unwrap_or(matches!(style, Style::Form | Style::DeepObject));
            let style = crate::names::ident(params::style_name(style));
            let kind = crate::names::ident(kind);
            quote!(Field::styled(#wire, Style::#style, Kind::#kind, #explode))
        }
    };
    let reserved = form.allow_reserved.then(|| quote!(.reserved()));
    // Several media types, or a range of them, are for the caller to choose from.
    let one = part.media_type.as_deref().filter(|text| !text.contains(['*', ',']) && text.contains('/'));
    let media_type =
        one.filter(|text| text.bytes().all(|b| b.is_ascii_graphic() || b == b' ')).map(|text| quote!(.of_type(#text)));
    // The type of any value does not say whether `12` is a number, so the part does.
    let of_any = (media_type.is_none() && *cx.api.resolve(ty.not_null()) == Ty::Any)
        .then(|| quote!(.of_type("application/json")));
    quote!(#field #reserved #media_type #of_any)
}

/// Whether a media type is JSON (RFC 6839 §3.1).
fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/json" || essence.ends_with("+json")
}

fn is_file(cx: &Cx<'_>, ty: &Ty) -> bool {
    match cx.api.resolve(ty.not_null()) {
        Ty::Scalar(Scalar::File) => true,
        Ty::Named(id) => match &cx.api.types[*id].shape {
            Shape::Newtype(inner) => *inner.not_null() == Ty::Scalar(Scalar::File),
            // One file or several.
            Shape::Union(union) => union.variants.iter().all(|variant| match cx.api.resolve(&variant.ty) {
                Ty::Scalar(Scalar::File) => true,
                Ty::List(item) => *cx.api.resolve(item) == Ty::Scalar(Scalar::File),
                _ => false,
            }),
            _ => false,
        },
        _ => false,
    }
}

fn is_file_list(cx: &Cx<'_>, ty: &Ty) -> bool {
    match cx.api.resolve(ty.not_null()) {
        Ty::List(item) => is_file(cx, item),
        Ty::Named(id) => match &cx.api.types[*id].shape {
            Shape::Newtype(inner) => matches!(inner.not_null(), Ty::List(item) if is_file(cx, item)),
            _ => false,
        },
        _ => false,
    }
}
