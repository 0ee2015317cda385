//! The request body of an operation whose media types have different schemas.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::super::file::RustFile;
use super::super::ty::Viewpoint;
use super::super::{Cx, docs, operation};
use crate::ir::{Body, Content, Media, OpId, Operation, Shape, Ty};

/// One variant per type. Client and server share the enum.
pub(super) fn emit(cx: &Cx<'_>, file: &mut RustFile, op: OpId) {
    let api = cx.api.operation(op);
    let names = cx.names.operation(op);
    let Some(body) = api.body.as_ref().filter(|body| operation::is_choice(body)) else { return };
    let name = &names.body;
    let line = docs::Line::from(format!("The request body of `{}`, by media type.", docs::shown(&api.id)));
    let choices = body.choices();
    let variants = choices.iter().zip(&names.choices).filter_map(|(contents, variant)| {
        let types: Vec<String> = contents.iter().map(|c| format!("`{}`", docs::shown(&c.media_type))).collect();
        let types = types.join(", ");
        let ty = operation::body_type(cx, Some(contents.first()?), Viewpoint::Models);
        if operation::says_media_type(contents) {
            let line = docs::Line::from(format!("{types}: the media type, and the body"));
            return Some(quote!(#line #variant(String, #ty),));
        }
        let line = docs::Line::from(types);
        Some(quote!(#line #variant(#ty),))
    });
    file.tokens(quote! {
        #line
        #[derive(Clone, Debug, PartialEq)]
        pub enum #name {
            #(#variants)*
        }
    });
    for (contents, variant) in choices.iter().zip(&names.choices) {
        file.items.extend(conversion(cx, (name, None), variant, contents).map(super::super::Item::Tokens));
    }
    if has_defaults(cx, api, body) {
        let with_defaults =
            |contents: &[&Content]| contents.first().is_some_and(|content| content_has_defaults(cx, api, content));
        let variants = choices.iter().zip(&names.choices);
        let (filled, others): (Vec<_>, Vec<_>) = variants.partition(|(contents, _)| with_defaults(contents));
        let filled: Vec<&Ident> = filled.into_iter().map(|(_, variant)| variant).collect();
        let others: Vec<&Ident> = others.into_iter().map(|(_, variant)| variant).collect();
        file.tokens(super::defaults::of_enum(&quote!(#name), &filled, &others));
    }
}

/// Returns whether the server fills in defaults of a body.
pub(in super::super) fn has_defaults(cx: &Cx<'_>, operation: &Operation, body: &Body) -> bool {
    body.contents.iter().any(|content| content_has_defaults(cx, operation, content))
}

/// Returns whether the server fills in defaults of a body of one media type.
pub(in super::super) fn content_has_defaults(cx: &Cx<'_>, operation: &Operation, content: &Content) -> bool {
    operation.fills_defaults() && content.media.ty().is_some_and(|ty| super::defaults::has_defaults(cx, ty))
}

/// `From` a type that no other variant can have: one that is declared for this document.
pub(super) fn conversion(
    cx: &Cx<'_>,
    (name, generics): (&Ident, Option<&TokenStream>),
    variant: &Ident,
    contents: &[&Content],
) -> Option<TokenStream> {
    let content = contents.first()?;
    let unique = match &content.media {
        _ if operation::says_media_type(contents) => false,
        Media::Bytes | Media::Stream => true,
        text if text.is_plain_text() => true,
        media => match media.ty()? {
            Ty::Named(id) => !matches!(cx.api.types[*id].shape, Shape::Alias(_)),
            _ => false,
        },
    };
    let ty = operation::body_type(cx, Some(content), Viewpoint::Models);
    unique.then(|| {
        quote! {
            impl #generics From<#ty> for #name #generics {
                fn from(body: #ty) -> Self {
                    Self::#variant(body)
                }
            }
        }
    })
}
