//! The names that the document chooses with `x-rust-name`: for component schemas, properties, operations and tags.

use super::lowering::Lowering;
use crate::diag::{Code, Pointer};
use crate::ir::{ChosenNames, Origin, Shape};
use crate::spec::Node;

/// The key of a chosen name.
const KEY: &str = "x-rust-name";

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
    for at in places {
        if let Some(name) = cx.spec.node(&at).and_then(|node| of(cx, &node)) {
            chosen.places.insert(at, name);
        }
    }
    for tag in cx.spec.root().items("tags") {
        if let (Some(tag_name), Some(name)) = (tag.str("name"), of(cx, &tag)) {
            chosen.tags.insert(tag_name.to_owned(), name);
        }
    }
    cx.api.chosen_names = chosen;
}

/// The name that an object chooses, if it is an identifier.
fn of(cx: &mut Lowering<'_, '_>, node: &Node<'_>) -> Option<String> {
    let name = node.str(KEY)?;
    if syn::parse_str::<syn::Ident>(name).is_ok() {
        return Some(name.to_owned());
    }
    cx.diags
        .warn(
            Code::InvalidName,
            &node.at.push(KEY),
            format!("`{}` is not a Rust identifier, so it is ignored", name.escape_debug()),
        )
        .help("use letters, digits and `_`, and no keyword");
    None
}
