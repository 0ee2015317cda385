//! Lists of values.

use proc_macro2::Literal;
use quote::quote;

use super::super::file::RustFile;
use super::super::{Cx, checks, docs};
use crate::ir::{Enum, Repr, TypeId};
use crate::load::Number;

/// An enum and the table of its wire values.
pub(super) fn emit(cx: &Cx<'_>, file: &mut RustFile, id: TypeId, shape: &Enum) {
    let def = &cx.api.types[id];
    let names = cx.names.of(id);
    let (name, rest) = (&names.name, &names.rest);
    let about = super::about(cx, id);
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
    let derived = super::chosen_derives_but(cx, &["Copy", "Eq", "Hash"]);
    let chosen = super::chosen_attributes(cx, def);
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
    let mut rows: Vec<String> = shape
        .values
        .iter()
        .zip(&names.members)
        .map(|(value, name)| format!("{name} = {};", literal(shape.repr, &value.literal)))
        .collect();
    if shape.open {
        rows.push(format!("..{rest};"));
    }
    let checked = if def.checks.is_empty() { "" } else { "checked " };
    file.table(format!("{table}!({checked}{name} {{"), rows);
    if !def.checks.is_empty() {
        let unlisted = shape.open.then(|| {
            let value = if shape.repr == Repr::Text { quote!(format_args!("`{value}`")) } else { quote!(value) };
            let name = name.to_string();
            quote!(if let Self::#rest(value) = self { runtime::enums::unlisted(checks, #value, #name); })
        });
        let own = checks::own(cx, &def.checks);
        file.tokens(checks::implementation(name, &quote!(#unlisted #own)));
    }
}

/// A value as it stands in a table.
pub(super) fn literal(repr: Repr, value: &crate::ir::Literal) -> String {
    match (repr, value.as_number().and_then(Number::as_int)) {
        (Repr::Int, Some(value)) => value.to_string(),
        (Repr::Json, _) => Literal::string(&value.json()).to_string(),
        _ => Literal::string(&value.text()).to_string(),
    }
}
