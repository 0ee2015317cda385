//! Lists of values.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::super::file::RustFile;
use super::super::{Cx, checks, docs};
use super::attributes;
use crate::ir::{Enum, Repr, TypeId};
use crate::tree::Number;

/// An enum and the table of its wire values.
pub(super) fn emit(cx: &Cx<'_>, file: &mut RustFile, id: TypeId, shape: &Enum) {
    let def = &cx.api.types[id];
    let names = cx.names.of(id);
    let (name, rest) = (&names.name, &names.rest);
    let about = attributes::about(cx, id);
    let (attributes, deprecated) = (docs::docs(&def.docs, &about), docs::deprecated(&def.docs));
    let variants = shape.values.iter().zip(&names.members).map(|(value, name)| {
        let text = docs::shown(&value.literal.json());
        let attributes = docs::docs(&value.docs, &format!("`{text}`"));
        quote!(#attributes #name,)
    });
    let (kept, table) = match shape.repr {
        Repr::Text => (quote!(String), "string_enum"),
        Repr::Int => (quote!(i64), "int_enum"),
        Repr::Json => (quote!(serde_json::Value), "json_enum"),
    };
    let unknown = shape.open.then(|| {
        quote! {
            /// A value that the document does not list.
            #rest(#kept),
        }
    });
    let copy = (!shape.open || shape.repr == Repr::Int).then(|| quote!(Copy,));
    // Texts are compared by their table.
    let compared = (shape.repr != Repr::Text).then(|| quote!(, PartialEq, Eq, Hash));
    // What enums have already.
    let derived = attributes::chosen_derives_but(cx, &["Copy", "Eq", "Hash"]);
    let chosen = attributes::chosen_attributes(cx, def);
    file.tokens(quote! {
        #attributes
        #deprecated
        #[derive(Clone, #copy Debug #compared #derived)]
        #chosen
        pub enum #name {
            #(#variants)*
            #unknown
        }
    });
    let row = |(value, name): (&crate::ir::Value, &Ident)| {
        let literal = literal(shape.repr, &value.literal);
        quote!(#name = #literal)
    };
    let mut rows: Vec<TokenStream> = shape.values.iter().zip(&names.members).map(row).collect();
    if shape.open {
        rows.push(quote!(..#rest));
    }
    let checked = (!def.checks.is_empty()).then(|| quote!(checked));
    file.table(table, quote!(#checked #name), rows);
    if !def.checks.is_empty() {
        file.tokens(checks::implementation(name, &checks::by_rules(name)));
    }
}

/// A value as it stands in a table.
pub(super) fn literal(repr: Repr, value: &crate::ir::Literal) -> Literal {
    match (repr, value.as_number().and_then(Number::as_int)) {
        (Repr::Int, Some(value)) => Literal::i128_unsuffixed(value),
        (Repr::Json, _) => Literal::string(&value.json()),
        _ => Literal::string(&value.text()),
    }
}
