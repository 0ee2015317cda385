//! The declaration of a type, by its shape.

use quote::quote;

use super::super::file::RustFile;
use super::super::ty::{self, Viewpoint};
use super::super::{Cx, checks, docs};
use super::attributes::about;
use super::{constants, defaults, enums, structs, unions};
use crate::ir::{Shape, TypeId};

/// Emits a type.
pub(super) fn emit_type(cx: &Cx<'_>, file: &mut RustFile, id: TypeId) {
    emit_declaration(cx, file, id);
    defaults::emit(cx, file, id);
}

fn emit_declaration(cx: &Cx<'_>, file: &mut RustFile, id: TypeId) {
    let def = &cx.api.types[id];
    let name = cx.names.ty(id);
    let about = about(cx, id);
    let (attributes, deprecated) = (docs::docs(&def.docs, &about), docs::deprecated(&def.docs));
    match &def.shape {
        Shape::Struct(shape) => structs::emit(cx, file, id, shape),
        Shape::Enum(shape) => match shape.only() {
            Some(only) => constants::emit(cx, file, id, shape.repr, only),
            None => enums::emit(cx, file, id, shape),
        },
        Shape::Union(union) => unions::emit(cx, file, id, union),
        Shape::Alias(target) => {
            let target = ty::ty(cx, target, Viewpoint::Models);
            file.tokens(quote!(#attributes #deprecated pub type #name = #target;));
        }
        Shape::Newtype(inner) => {
            let target = ty::ty(cx, inner, Viewpoint::Models);
            file.tokens(quote! {
                #attributes
                #deprecated
                #[derive(Clone, Debug, PartialEq)]
                pub struct #name(pub #target);
            });
            let value = checks::Value::of(&quote!(self.0));
            let statements = if cx.analysis[id].has_json_rules {
                checks::by_rules(name)
            } else {
                checks::statements(cx, &def.checks, inner, &quote!(checks), &value)
            };
            let checked = (!statements.is_empty()).then(|| quote!(checked));
            file.declare("newtype", quote!(#checked #name));
            if !statements.is_empty() {
                file.tokens(checks::implementation(name, &statements));
            }
        }
    }
}
