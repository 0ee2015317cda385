//! Which types have values that decode and still break a rule of the document.

use crate::ir::{Analysis, Api, Rest, Shape, Tag, Ty, TypeDef, TypeId};

/// Marks the types with rules, those that keep unknown values, and those that contain one of them.
pub(super) fn mark(api: &Api, analysis: &mut Analysis) {
    loop {
        let is_new = |(id, def): &(TypeId, &TypeDef)| !analysis[*id].can_be_invalid && can_be_invalid(analysis, def);
        let found: Vec<TypeId> = api.types.iter().filter(is_new).map(|(id, _)| id).collect();
        if found.is_empty() {
            return;
        }
        for id in found {
            analysis[id].can_be_invalid = true;
        }
    }
}

fn can_be_invalid(analysis: &Analysis, def: &TypeDef) -> bool {
    let contains = |ty: &Ty| {
        let mut found = false;
        ty.for_each_named(&mut |id| found |= analysis[id].can_be_invalid);
        found
    };
    let parts = match &def.shape {
        Shape::Struct(shape) => {
            let rest = match &shape.rest {
                Rest::Collect(ty) => contains(ty) || !shape.rest_checks.is_empty(),
                Rest::Ignore | Rest::Closed => false,
            };
            rest || shape.fields.iter().any(|field| !field.checks.is_empty() || contains(&field.ty))
        }
        Shape::Enum(shape) => shape.open,
        Shape::Union(union) => {
            (union.open && union.tag != Tag::Shape)
                || union.variants.iter().any(|variant| !variant.checks.is_empty() || contains(&variant.ty))
        }
        Shape::Alias(ty) | Shape::Newtype(ty) => contains(ty),
    };
    parts || !def.checks.is_empty()
}
