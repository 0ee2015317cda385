//! What the branches of unions are called: after the schema that they refer to, their title, their tag, or the kind of their type.

use std::collections::{BTreeMap, BTreeSet};

use super::super::lowering::Lowering;
use crate::diag::Pointer;
use crate::ir::{Origin, Owner, Role, Scalar, Shape, Ty, TypeId};

/// Names the branches that the document does not name after their tags, or else after the kind of their type, together with the
/// types inside them. Such names say more than positions, and change less often.
pub(super) fn assign(cx: &mut Lowering<'_, '_>, id: TypeId, unnamed: &BTreeSet<usize>) {
    let Shape::Union(union) = &mut cx.api.types[id].shape else { return };
    let mut named: Vec<(TypeId, String, String)> = Vec::new();
    let mut words: BTreeMap<String, usize> = BTreeMap::new();
    for (index, variant) in union.variants.iter_mut().enumerate() {
        let is_unnamed = unnamed.contains(&index);
        if let ([tag], true) = (variant.tags.as_slice(), is_unnamed) {
            variant.hint = tag.text();
        }
        let count = words.entry(variant.hint.clone()).or_default();
        *count += 1;
        if is_unnamed {
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

/// The name of a branch while only its position is known.
pub(super) fn numbered(index: usize) -> String {
    format!("variant {}", index + 1)
}

/// The name of the schema that a branch refers to, or its title.
pub(super) fn hint(cx: &Lowering<'_, '_>, at: &Pointer) -> Option<String> {
    let node = cx.spec.node(at)?;
    if let Some(reference) = node.str("$ref") {
        let target = cx.spec.find_target(&node, reference)?;
        let last = target.at.last();
        return Some(if last.is_empty() { cx.spec.file_stem(target.at.file()).to_owned() } else { last });
    }
    node.str("title").filter(|title| title.len() <= 60).map(str::to_owned)
}

/// The only value of a type, as a name, or the kind of the type.
pub(super) fn of_type(cx: &Lowering<'_, '_>, ty: &Ty) -> String {
    if let Ty::Named(id) = cx.api.resolve(ty.not_null())
        && let Shape::Enum(shape) = &cx.api.types[*id].shape
        && let [only] = shape.values.as_slice()
    {
        let text = only.literal.words();
        if text.trim().is_empty() {
            return "Empty".to_owned();
        }
        if text.chars().filter(|c| c.is_alphanumeric()).count() <= MAX_VALUE {
            return text;
        }
    }
    kind(cx, ty).to_owned()
}

/// Branches are not called after values of more letters and digits.
const MAX_VALUE: usize = 30;

/// The kind of a type, as a name.
fn kind(cx: &Lowering<'_, '_>, ty: &Ty) -> &'static str {
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
