//! What the branches of unions are called: after the schema that they refer to, their title, their tag, or their kind.

use std::collections::{BTreeMap, BTreeSet};

use super::cx::Cx;
use crate::diag::{Diags, Pointer};
use crate::ir::{Origin, Owner, Role, Scalar, Shape, Ty, TypeId};

/// Branches that nobody has named are called after their tags, or else after their kinds, and so are the types inside them:
/// that says more than positions, and changes less.
pub(super) fn settle(cx: &mut Cx<'_, '_>, id: TypeId, nameless: &BTreeSet<usize>) {
    let Shape::Union(union) = &mut cx.api.types[id].shape else { return };
    let mut named: Vec<(TypeId, String, String)> = Vec::new();
    let mut words: BTreeMap<String, usize> = BTreeMap::new();
    for (index, variant) in union.variants.iter_mut().enumerate() {
        let is_nameless = nameless.contains(&index);
        if let ([tag], true) = (variant.tags.as_slice(), is_nameless) {
            variant.hint.clone_from(tag);
        }
        let count = words.entry(variant.hint.clone()).or_default();
        *count += 1;
        if is_nameless {
            let word = if *count == 1 { variant.hint.clone() } else { format!("{} {count}", variant.hint) };
            variant.ty.for_each_named(&mut |ty| named.push((ty, numbered(index), word.clone())));
        }
    }
    for (ty, number, word) in named {
        if let Origin::Inline { owner: Owner::Type(owner), roles } = &mut cx.api.types[ty].origin
            && *owner == id
            && let Some(role) = roles.iter_mut().find(|role| **role == Role::Variant(number.clone()))
        {
            *role = Role::Variant(word);
        }
    }
}

/// What a branch is called while nothing else is known.
pub(super) fn numbered(index: usize) -> String {
    format!("variant {}", index + 1)
}

/// What a branch is called after: the schema that it refers to, or its title.
pub(super) fn hint(cx: &Cx<'_, '_>, at: &Pointer) -> Option<String> {
    let node = cx.spec.node(at)?;
    if let Some(reference) = node.str("$ref") {
        let target = cx.spec.target(&node, reference, &mut Diags::new())?;
        let last = target.at.last();
        return Some(if last.is_empty() { cx.spec.file_stem(target.at.file()).to_owned() } else { last });
    }
    node.str("title").filter(|title| title.len() <= 60).map(str::to_owned)
}

/// What a type is called if nothing else names it.
pub(super) fn kind(cx: &Cx<'_, '_>, ty: &Ty) -> &'static str {
    match cx.api.resolve(ty) {
        Ty::Any | Ty::Given(_) => "Any",
        Ty::Null | Ty::Never => "Null",
        Ty::List(_) | Ty::Tuple(_) => "List",
        Ty::Map(_) => "Map",
        Ty::Nullable(inner) => kind(cx, inner),
        Ty::Scalar(scalar) => match scalar {
            Scalar::Bool => "Boolean",
            Scalar::Int(_) => "Integer",
            Scalar::Float => "Number",
            Scalar::String => "String",
            Scalar::Base64 => "Base64",
            Scalar::File => "File",
            Scalar::Date => "Date",
            Scalar::DateTime => "DateTime",
            Scalar::Uuid => "Uuid",
        },
        Ty::Named(id) => match &cx.api.types[*id].shape {
            Shape::Enum(_) => "Known",
            Shape::Union(_) => "Nested",
            _ => "Object",
        },
    }
}
