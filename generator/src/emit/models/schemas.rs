//! The file of a component, with the inline types in it.

use super::super::file::RustFile;
use super::super::{Cx, docs};
use super::types::emit_type;
use crate::ir::{Origin, Owner, TypeId};

/// The file of a type, which declares some types.
pub(super) fn file(cx: &Cx<'_>, id: TypeId, types: &[TypeId]) -> RustFile {
    let mut file = RustFile { docs: vec![about(cx, id).into()], ..RustFile::default() };
    for id in types {
        emit_type(cx, &mut file, *id);
    }
    file
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
