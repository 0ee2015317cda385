//! The names that the document chooses with `x-rust-name`: for component schemas, properties, operations and tags.

use super::lowering::Lowering;
use crate::diag::Pointer;
use crate::ir::{ChosenNames, Origin, Shape};

/// Collects the chosen names of everything in the model.
pub(super) fn find(cx: &mut Lowering<'_, '_>) {
    let mut places: Vec<Pointer> = Vec::new();
    for (_, def) in cx.api.types.iter() {
        if matches!(def.origin, Origin::Component(_)) {
            places.push(def.at.clone());
        }
        if let Shape::Struct(shape) = &def.shape {
            places.extend(shape.fields.iter().map(|field| field.at.clone()));
        }
    }
    places.extend(cx.api.operations.iter().map(|operation| operation.at.clone()));
    let mut chosen = ChosenNames::default();
    for tag in cx.spec.root().items("tags") {
        if let (Some(name), Some(_)) = (tag.str("name"), tag.str(ChosenNames::KEY)) {
            chosen.tags.insert(name.to_owned(), tag.at.clone());
            places.push(tag.at.clone());
        }
    }
    for at in places {
        if let Some(name) = cx.spec.node(&at).and_then(|node| node.str(ChosenNames::KEY).map(str::to_owned)) {
            chosen.places.insert(at, name);
        }
    }
    cx.api.chosen_names = chosen;
}
