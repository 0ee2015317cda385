//! The file of a component, with the inline types in it.

use proc_macro2::Ident;

use super::super::file::RustFile;
use super::super::{Cx, docs};
use super::construction::Construction;
use super::types::emit_type;
use crate::ir::{Origin, Owner, Rest, Shape, TypeId};

/// The file of a type, which declares some types.
pub(super) fn file(cx: &Cx<'_>, id: TypeId, types: &[TypeId]) -> RustFile {
    let mut file = RustFile { docs: vec![about(cx, id).into()], ..RustFile::default() };
    for id in types {
        emit_type(cx, &mut file, *id);
    }
    file
}

/// The names of what the file of these types declares, in order.
pub(super) fn exported(cx: &Cx<'_>, types: &[TypeId]) -> Vec<Ident> {
    let mut names: Vec<Ident> = types.iter().map(|id| cx.names.ty(*id).clone()).collect();
    for id in types {
        if let Shape::Struct(shape) = &cx.api.types[*id].shape
            && Construction::of(cx, shape.fields.iter(), matches!(shape.rest, Rest::Collect(_))) == Construction::ByName
        {
            names.push(cx.names.of(*id).required.clone());
        }
    }
    names.sort();
    names
}

fn about(cx: &Cx<'_>, id: TypeId) -> String {
    match &cx.api.types[id].origin {
        Origin::Component(key) => format!("The schema `{}`.", docs::shown(key)),
        Origin::Inline { owner: Owner::Component(id), .. } => {
            let component = cx.api.component(*id);
            format!("The {} `{}`.", component.kind.noun(), docs::shown(&component.key))
        }
        Origin::Inline { .. } => "An inline schema that several places have in common.".to_owned(),
    }
}
