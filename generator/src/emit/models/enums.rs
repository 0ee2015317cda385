//! Lists of values.

use proc_macro2::Literal;
use quote::quote;

use super::super::file::RustFile;
use super::super::{Cx, docs};
use crate::ir::{Enum, Scalar, TypeId};
use crate::load::Number;

/// An enum and the table of its wire values.
pub(super) fn emit(cx: &Cx<'_>, file: &mut RustFile, id: TypeId, shape: &Enum) {
    let def = &cx.api.types[id];
    let names = cx.names.of(id);
    let (name, rest) = (&names.name, &names.rest);
    let about = super::about(cx, id);
    let (attributes, deprecated) = (docs::docs(&def.docs, &about), docs::deprecated(&def.docs));
    let variants = shape.values.iter().zip(&names.members).map(|(value, name)| {
        let text = value.literal.json().replace('`', "'");
        let attributes = docs::docs(&value.docs, &format!("`{text}`"));
        quote!(#attributes #name,)
    });
    let text = shape.repr == Scalar::String;
    let kept = if text { quote!(String) } else { quote!(i64) };
    let unknown = shape.open.then(|| {
        quote! {
            /// A value that the document does not list.
            #rest(#kept),
        }
    });
    let copy = (!shape.open || !text).then(|| quote!(Copy,));
    file.tokens(quote! {
        #attributes
        #deprecated
        #[derive(Clone, #copy Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum #name {
            #(#variants)*
            #unknown
        }
    });
    let table = if text { "string_enum" } else { "int_enum" };
    let mut rows: Vec<String> = shape
        .values
        .iter()
        .zip(&names.members)
        .map(|(value, name)| {
            let literal = match value.literal.as_number().and_then(Number::as_int) {
                Some(value) if !text => value.to_string(),
                _ => Literal::string(&value.literal.text()).to_string(),
            };
            format!("{name} = {literal};")
        })
        .collect();
    if shape.open {
        rows.push(format!("..{rest};"));
    }
    file.table(format!("{table}!({name} {{"), rows);
}
