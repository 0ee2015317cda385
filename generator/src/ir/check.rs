//! Whether the model keeps its promises; a violation is a bug of lowering, never of the document.

use std::collections::BTreeSet;

use super::{Api, Shape};

/// What is wrong with a model; empty if nothing is.
pub fn check(api: &Api) -> Vec<String> {
    let mut wrong = Vec::new();
    for (_, def) in api.types.iter() {
        if let Shape::Struct(shape) = &def.shape {
            let mut wires = BTreeSet::new();
            for field in &shape.fields {
                if !wires.insert(&field.wire) {
                    wrong.push(format!("{}: two fields are called `{}`", def.at, field.wire));
                }
            }
        }
    }
    let mut ids = BTreeSet::new();
    for operation in &api.operations {
        if !ids.insert(&operation.id) {
            wrong.push(format!("{}: two operations are called `{}`", operation.at, operation.id));
        }
    }
    wrong
}
