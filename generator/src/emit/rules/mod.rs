//! The schemas that the runtime compares values with, as data. The keys are those of JSON Schema where it has them;
//! `models/rules/parse.rs` in the runtime reads them.

mod rule;
mod schema;

use std::collections::{BTreeMap, BTreeSet};

use super::Cx;
use crate::ir::{Content, Literal, Media, Operation, Param, TypeId};
use schema::Schemas;

/// The name of the schema of a parameter.
pub(super) fn of_param(operation: &Operation, param: &Param) -> String {
    format!("{} {} {}", operation.id, param.place.as_str(), param.wire)
}

/// The name of the schema of a request body.
pub(super) fn of_content(operation: &Operation, content: &Content) -> String {
    format!("{} {}", operation.id, content.media_type)
}

/// Whether a request body is compared with its schema as it arrives.
pub(super) fn is_compared(cx: &Cx<'_>, content: &Content) -> bool {
    match &content.media {
        Media::Json(ty) => content.checks.are_on_json() || cx.analysis.contains_json_rules(ty),
        _ => false,
    }
}

/// Whether the schema of a request body says what is wrong with one that cannot be read.
fn is_explained(cx: &Cx<'_>, content: &Content) -> bool {
    matches!(content.media, Media::Json(_)) && cx.config.crates.server
}

/// Every schema that something is compared with, by its name: those of types, of parameters and of bodies.
pub(super) fn all(cx: &Cx<'_>) -> BTreeMap<String, Literal> {
    let mut schemas = Schemas::new(cx);
    let mut found = BTreeMap::new();
    for operation in &cx.api.operations {
        for param in operation.params.iter().filter(|param| param.checks.are_on_json()) {
            found.insert(of_param(operation, param), schemas.of_place(param.ty.not_null(), &param.checks));
        }
        for content in operation.body.iter().flat_map(|body| &body.contents) {
            if let Some(ty) = content.media.ty()
                && (content.checks.are_on_json() || is_explained(cx, content))
            {
                found.insert(of_content(operation, content), schemas.of_place(ty, &content.checks));
            }
        }
    }
    let types = cx.api.types.ids().filter(|id| !cx.analysis[*id].pruned && is_root(cx, *id));
    let mut open: Vec<TypeId> = types.collect();
    let mut done: BTreeSet<TypeId> = BTreeSet::new();
    loop {
        open.extend(schemas.take_mentioned());
        let Some(id) = open.pop() else { return found };
        if done.insert(id) {
            found.insert(cx.names.ty(id).to_string(), schemas.of_type(id));
        }
    }
}

/// Whether the schema of a type is needed even if no other schema refers to it.
fn is_root(cx: &Cx<'_>, id: TypeId) -> bool {
    let analysis = &cx.analysis[id];
    (analysis.has_json_rules || analysis.is_ambiguous) && !cx.api.types[id].origin.is_condition()
}
