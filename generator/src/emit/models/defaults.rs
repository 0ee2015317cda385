//! Implements `Defaults` for the types whose defaults the server fills in.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::super::Cx;
use super::super::file::RustFile;
use crate::config::MapType;
use crate::ir::{Rest, Shape, Struct, Ty, TypeId};

/// Emits the implementation of `Defaults` for a type, if the server fills in its defaults.
pub(super) fn emit(cx: &Cx<'_>, file: &mut RustFile, id: TypeId) {
    let def = &cx.api.types[id];
    if !cx.analysis[id].has_defaults {
        return;
    }
    let name = cx.names.ty(id);
    match &def.shape {
        Shape::Struct(shape) => file.table("defaults", quote!(#name), rows(cx, shape, id)),
        Shape::Union(union) => {
            let names = cx.names.of(id);
            let members = union.variants.iter().zip(&names.members);
            let (filled, others): (Vec<_>, Vec<_>) = members.partition(|(variant, _)| has_defaults(cx, &variant.ty));
            let filled: Vec<&Ident> = filled.into_iter().map(|(_, member)| member).collect();
            let rest = super::unions::is_open(union).then_some(&names.rest);
            let others: Vec<&Ident> = others.into_iter().map(|(_, member)| member).chain(rest).collect();
            file.tokens(of_enum(&quote!(#name), &filled, &others));
        }
        Shape::Newtype(_) => {
            let statement = quote!(runtime::Defaults::fill_defaults(&mut self.0););
            file.tokens(implementation(&quote!(#name), &statement));
        }
        Shape::Alias(_) | Shape::Enum(_) => {}
    }
}

/// The defaults inside a field come first, because the default of a field itself is complete.
fn rows(cx: &Cx<'_>, shape: &Struct, id: TypeId) -> Vec<TokenStream> {
    let names = cx.names.of(id);
    let mut rows = Vec::new();
    for (field, name) in shape.fields.iter().zip(&names.members) {
        if has_defaults(cx, &field.ty) {
            rows.push(quote!(#name));
        }
        if let Some(default) = field.filled_default() {
            let json = default.json();
            rows.push(quote!(#name = #json));
        }
    }
    if let Rest::Collect(ty) = &shape.rest
        && has_defaults(cx, &Ty::Map(Box::new(ty.clone())))
    {
        let rest = &names.rest;
        rows.push(quote!(#rest));
    }
    rows
}

/// Returns whether a value of a type has defaults that the runtime can fill in.
pub(super) fn has_defaults(cx: &Cx<'_>, ty: &Ty) -> bool {
    let is_foreign = cx.config.types.map != MapType::BTreeMap && has_map(cx, ty);
    cx.analysis.has_defaults(ty) && !is_foreign
}

fn has_map(cx: &Cx<'_>, ty: &Ty) -> bool {
    match cx.api.resolve(ty) {
        Ty::Map(_) => true,
        Ty::List(inner) | Ty::Nullable(inner) => has_map(cx, inner),
        _ => false,
    }
}

/// Emits the implementation for an enum, given the variants that contain defaults and the others.
pub(super) fn of_enum(name: &TokenStream, filled: &[&Ident], others: &[&Ident]) -> TokenStream {
    let statement = match filled {
        [only] if !others.is_empty() => {
            quote!(if let Self::#only(value) = self { runtime::Defaults::fill_defaults(value); })
        }
        _ => {
            let others = (!others.is_empty()).then(|| quote!(#(Self::#others(..))|* => {}));
            quote!(match self { #(Self::#filled(value) => runtime::Defaults::fill_defaults(value),)* #others })
        }
    };
    implementation(name, &statement)
}

fn implementation(name: &TokenStream, statement: &TokenStream) -> TokenStream {
    quote! {
        impl runtime::Defaults for #name {
            fn fill_defaults(&mut self) {
                #statement
            }
        }
    }
}
