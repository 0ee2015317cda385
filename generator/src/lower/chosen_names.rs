//! The names that the document chooses with `x-rust-name`: for schemas that become types, properties, branches of unions, parameters,
//! operations and tags.

use super::lowering::Lowering;
use crate::config::OperationChoices;
use crate::diag::{Code, Pointer};
use crate::ir::{Api, ChosenNames, Shape};
use crate::tree::Tree;
use crate::vocabulary;

/// Collects the chosen names of everything in the model, and warns about those that name nothing.
pub(super) fn find(cx: &mut Lowering<'_, '_>) {
    let mut chosen = ChosenNames::default();
    let mut places = named_places(&cx.api);
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
    report_others(cx, &chosen);
    cx.api.chosen_names = chosen;
}

/// The places of what can have a chosen name, other than tags.
fn named_places(api: &Api) -> Vec<Pointer> {
    let mut places: Vec<Pointer> = Vec::new();
    for (_, def) in api.types.iter() {
        places.push(def.at.clone());
        match &def.shape {
            Shape::Struct(shape) => places.extend(shape.fields.iter().map(|field| field.at.clone())),
            Shape::Union(union) => places.extend(union.variants.iter().map(|variant| variant.at.clone())),
            Shape::Enum(_) | Shape::Alias(_) | Shape::Newtype(_) => {}
        }
    }
    for operation in &api.operations {
        places.push(operation.at.clone());
        places.extend(operation.params.iter().map(|param| param.at.clone()));
    }
    places
}

/// Warns about chosen names in other places.
fn report_others(cx: &mut Lowering<'_, '_>, chosen: &ChosenNames) {
    let (root, mut others) = (cx.spec.root(), Vec::new());
    // What only operations need that the settings leave out is not in the model.
    let is_whole = cx.config.operations == OperationChoices::default();
    let is_read = |at: &Pointer| is_whole || at.to_string().starts_with("#/components/schemas/");
    root.tree.walk(vocabulary::document(false), &root.at, &mut |tree, _, at| {
        let name = tree.get(ChosenNames::KEY).and_then(Tree::as_str);
        if name.is_some() && !chosen.places.contains_key(at) && is_read(at) {
            others.push(at.push(ChosenNames::KEY));
        }
    });
    for at in others {
        cx.diags
            .warn(Code::UnusedSetting, &at, format!("`{}` names nothing here, so it is ignored", ChosenNames::KEY))
            .help(
                "put it into an operation, a tag, a parameter, a property, or a schema that becomes a type of its own",
            );
    }
}
