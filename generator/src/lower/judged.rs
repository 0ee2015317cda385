//! Which types have values that decode and still break a rule of the document.

use crate::ir::{Api, Shape, Tag, Ty, TypeId};

/// Marks them: those with rules, those that keep unknown values, and whatever holds one of them.
pub(super) fn mark(api: &mut Api) {
    let ids: Vec<TypeId> = api.types.ids().collect();
    loop {
        let found: Vec<TypeId> =
            ids.iter().copied().filter(|id| !api.types[*id].judged && is_judged(api, *id)).collect();
        if found.is_empty() {
            return;
        }
        for id in found {
            api.types[id].judged = true;
        }
    }
}

fn is_judged(api: &Api, id: TypeId) -> bool {
    let def = &api.types[id];
    let holds = |ty: &Ty| {
        let mut found = false;
        ty.for_each_named(&mut |id| found |= api.types[id].judged);
        found
    };
    let parts = match &def.shape {
        Shape::Struct(shape) => {
            let rest = match &shape.rest {
                crate::ir::Rest::Collect(ty) => holds(ty) || !shape.rest_checks.is_empty(),
                _ => false,
            };
            rest || shape.fields.iter().any(|field| !field.checks.is_empty() || holds(&field.ty))
        }
        Shape::Enum(shape) => shape.open,
        Shape::Union(union) => {
            (union.open && union.tag != Tag::Shape)
                || union.variants.iter().any(|variant| !variant.checks.is_empty() || holds(&variant.ty))
        }
        Shape::Alias(ty) | Shape::Newtype(ty) => holds(ty),
    };
    parts || !def.checks.is_empty()
}
