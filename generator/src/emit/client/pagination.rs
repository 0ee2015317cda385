//! Lists that are fetched page by page.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::super::Cx;
use super::super::ty::{self, Viewpoint};
use crate::ir::{Field, Literal as Value, NextPage, OpId, Operation, Presence, Scalar, Shape, Step, Ty};
use crate::tree::Number;

/// `impl Paginated`, if an operation returns a list page by page.
pub(super) fn emit(cx: &Cx<'_>, op: OpId) -> Option<TokenStream> {
    let operation = cx.api.operation(op);
    let pagination = cx.analysis.pagination(op)?;
    let args = &cx.names.operation(op).args;
    let item = ty::ty(cx, &pagination.item, Viewpoint::Outside);
    let (items, optional) = taken(cx, &pagination.items);
    let items = if optional { quote!(#items.unwrap_or_default()) } else { items };
    let next = next(cx, op, operation, &pagination.next, &pagination.items)?;
    Some(quote! {
        impl Paginated for #args {
            type Item = #item;

            #[inline]
            fn items(page: Self::Output) -> Vec<Self::Item> {
                #items
            }

            #[inline]
            fn advance(&mut self, page: &runtime::Response<Self::Output>) -> pagination::Next {
                #next
            }
        }
    })
}

/// Where the next page is.
fn next(cx: &Cx<'_>, op: OpId, operation: &Operation, next: &NextPage, items: &[Step]) -> Option<TokenStream> {
    let argument = |param: usize| {
        let field = cx.names.operation(op).param_fields.get(param)?;
        Some(quote!(&mut self.params.#field))
    };
    let first = |param: usize, otherwise: i128| {
        let default = operation.params.get(param).and_then(|param| param.default.as_ref());
        let number = default.and_then(Value::as_number).and_then(Number::as_int);
        Literal::i128_unsuffixed(number.unwrap_or(otherwise))
    };
    let count = || {
        let (list, optional) = read(cx, items);
        if optional { quote!(#list.map_or(0, Vec::len)) } else { quote!(#list.len()) }
    };
    Some(match next {
        NextPage::Link => quote!(pagination::Next::link(&page.headers)),
        NextPage::Url(from) => {
            let url = reference(cx, from);
            quote!(pagination::Next::url(#url))
        }
        NextPage::Cursor { param, from } => {
            let (argument, cursor) = (argument(*param)?, reference(cx, from));
            let owned = owned(cx, operation, *param);
            quote!(pagination::Next::cursor(#argument, #cursor.#owned()))
        }
        NextPage::LastItem { param, last, more } => {
            let (argument, last) = (argument(*param)?, last_item(cx, items, last));
            let more = (!more.is_empty()).then(|| {
                let (place, optional) = read(cx, more);
                if optional {
                    quote!(.filter(|_| #place.is_some_and(|more| *more)))
                } else {
                    quote!(.filter(|_| #place))
                }
            });
            let owned = owned(cx, operation, *param);
            quote!(pagination::Next::cursor(#argument, #last #more.#owned()))
        }
        NextPage::Offset { param } => {
            let (argument, first, count) = (argument(*param)?, first(*param, 0), count());
            quote!(pagination::Next::offset(#argument, #first, #count))
        }
        NextPage::Page { param } => {
            let (argument, first, count) = (argument(*param)?, first(*param, 1), count());
            quote!(pagination::Next::page(#argument, #first, #count))
        }
    })
}

/// How a cursor is taken from a reference: `copied` for numbers, otherwise `cloned`.
fn owned(cx: &Cx<'_>, operation: &Operation, param: usize) -> Ident {
    let ty = operation.params.get(param).map(|param| cx.api.resolve(param.ty.not_null()));
    let is_number = matches!(ty, Some(Ty::Scalar(Scalar::Int(_) | Scalar::Float | Scalar::Uuid)));
    crate::names::ident(if is_number { "copied" } else { "cloned" })
}

fn field<'a>(cx: &Cx<'a>, step: Step) -> Option<&'a Field> {
    match &cx.api.types[step.ty].shape {
        Shape::Struct(shape) => shape.fields.get(step.field),
        _ => None,
    }
}

/// Whether the field of a step is an `Option`.
fn is_optional(field: &Field) -> bool {
    field.presence != Presence::Required || matches!(field.ty, Ty::Nullable(_))
}

/// What the steps lead to, taken out of a page; whether it is an `Option`.
fn taken(cx: &Cx<'_>, steps: &[Step]) -> (TokenStream, bool) {
    let mut out = quote!(page);
    let mut optional = false;
    for step in steps {
        let (Some(field), Some(name)) = (field(cx, *step), cx.names.of(step.ty).members.get(step.field)) else {
            continue;
        };
        out = match (optional, is_optional(field)) {
            (false, _) => quote!(#out.#name),
            (true, true) => quote!(#out.and_then(|value| value.#name)),
            (true, false) => quote!(#out.map(|value| value.#name)),
        };
        optional |= is_optional(field);
    }
    (out, optional)
}

/// What the steps lead to, as an `Option` of a reference.
fn reference(cx: &Cx<'_>, steps: &[Step]) -> TokenStream {
    let (place, optional) = read(cx, steps);
    if optional { place } else { quote!(Some(&#place)) }
}

/// What the steps lead to from the last item of a page, as an `Option` of a reference.
fn last_item(cx: &Cx<'_>, items: &[Step], steps: &[Step]) -> TokenStream {
    let (page, optional) = read(cx, items);
    let last = if optional { quote!(#page.and_then(|items| items.last())) } else { quote!(#page.last()) };
    read_from(cx, last, true, steps).0
}

/// What the steps lead to, in place; whether it is an `Option` of a reference.
fn read(cx: &Cx<'_>, steps: &[Step]) -> (TokenStream, bool) {
    read_from(cx, quote!(page.body), false, steps)
}

/// The same from another place; `optional` says whether that is an `Option` of a reference.
fn read_from(cx: &Cx<'_>, place: TokenStream, optional: bool, steps: &[Step]) -> (TokenStream, bool) {
    let (mut out, mut optional) = (place, optional);
    for step in steps {
        let (Some(field), Some(name)) = (field(cx, *step), cx.names.of(step.ty).members.get(step.field)) else {
            continue;
        };
        out = match (optional, is_optional(field)) {
            (false, false) => quote!(#out.#name),
            (false, true) => quote!(#out.#name.as_ref()),
            (true, true) => quote!(#out.and_then(|value| value.#name.as_ref())),
            (true, false) => quote!(#out.map(|value| &value.#name)),
        };
        optional |= is_optional(field);
    }
    (out, optional)
}
