//! Types of a single value.

use quote::quote;

use super::super::file::RustFile;
use super::super::{Cx, checks, docs};
use super::attributes;
use super::enums;
use crate::ir::{Repr, TypeId, Value};

/// A struct without fields, and what it is on the wire.
pub(super) fn emit(cx: &Cx<'_>, file: &mut RustFile, id: TypeId, repr: Repr, only: &Value) {
    let def = &cx.api.types[id];
    let name = cx.names.ty(id);
    let mut documentation = def.docs.clone();
    documentation.notes.push(format!("Always `{}`.", docs::shown(&only.literal.json())));
    let lines = docs::lines(&documentation, &attributes::about(cx, id));
    let (attributes, deprecated) = (docs::attributes(&lines), docs::deprecated(&def.docs));
    let derived = attributes::chosen_derives_but(cx, &["Copy", "Default", "Eq", "Hash"]);
    let chosen = attributes::chosen_attributes(cx, def);
    file.tokens(quote! {
        #attributes
        #deprecated
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash #derived)]
        #chosen
        pub struct #name;
    });
    let kind = match repr {
        Repr::Text => quote!(text),
        Repr::Int => quote!(whole),
        Repr::Json => quote!(json),
    };
    let checked = (!def.checks.is_empty()).then(|| quote!(checked));
    let literal = enums::literal(repr, &only.literal);
    file.declare("constant", quote!(#checked #name: #kind = #literal));
    if !def.checks.is_empty() {
        file.tokens(checks::implementation(name, &checks::by_rules(name)));
    }
}
