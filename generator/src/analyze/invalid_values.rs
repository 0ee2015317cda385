//! Which types have values that decode and still break a rule of the document.

use super::containers;
use crate::ir::{Analysis, Api, Rest, Shape, Tag, TypeDef};

/// Marks the types with rules, those that keep unknown values, and those that contain one of them.
pub(super) fn mark(api: &Api, analysis: &mut Analysis) {
    let found = api.types.iter().filter(|(_, def)| has_rules(def)).map(|(id, _)| id).collect();
    for id in containers::of_types(api, found, |_| true) {
        analysis[id].can_be_invalid = true;
    }
}

/// Whether a type has rules of its own, or keeps unknown values.
fn has_rules(def: &TypeDef) -> bool {
    let parts = match &def.shape {
        Shape::Struct(shape) => {
            let rest = matches!(shape.rest, Rest::Collect(_)) && !shape.rest_checks.is_empty();
            rest || shape.fields.iter().any(|field| !field.checks.is_empty())
        }
        Shape::Enum(shape) => shape.open,
        Shape::Union(union) => {
            (union.open && union.tag != Tag::Shape) || union.variants.iter().any(|variant| !variant.checks.is_empty())
        }
        Shape::Alias(_) | Shape::Newtype(_) => false,
    };
    parts || !def.checks.is_empty()
}
