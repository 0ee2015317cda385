//! Which enums and unions keep values that the document does not list, because a newer server may send them.

use super::usage::{Usage, Usages};
use crate::ir::{Api, Shape, TypeId};

/// Opens the enums and unions of responses, and those that no operation mentions.
pub(super) fn mark(api: &mut Api, usages: &Usages) {
    let ids: Vec<TypeId> = api.types.ids().collect();
    for id in ids {
        let usage = usages.of(id);
        let open = usage.response || usage == Usage::NONE;
        match &mut api.types[id].shape {
            // An enum of one value is a constant, and unions are told apart by constants.
            Shape::Enum(shape) => shape.open = open && shape.values.len() > 1,
            Shape::Union(shape) => shape.open = open && shape.default.is_none(),
            Shape::Struct(_) | Shape::Alias(_) | Shape::Newtype(_) => {}
        }
    }
}
