//! Which schemas are files: strings of binary data in the fields of a `multipart/form-data` body (OpenAPI 3.0.3 §4.7.14.4,
//! 3.1.1 §4.14.3). They are found before schemas are lowered, because the types of components depend on it.

use super::facts;
use super::lowering::Lowering;
use super::media_kind::{MediaKind, is_json, is_multipart_form};
use super::path_items;
use crate::ir::essence;
use crate::spec::Node;
use crate::vocabulary;

/// Schemas nested deeper than this are not searched.
const MAX_DEPTH: usize = 8;

/// Finds the schemas of files in every request body.
pub(super) fn find(cx: &mut Lowering<'_, '_>) {
    for item in path_items::all(cx) {
        for (_, operation) in item.operations() {
            let Some(operation) = cx.resolve(operation) else { continue };
            let Some(body) = operation.get("requestBody").and_then(|body| cx.resolve(body)) else { continue };
            let contents: Vec<(&str, Node<'_>)> = body.entries("content").collect();
            if contents.iter().any(|(media_type, _)| is_multipart_form(media_type)) {
                if let [(_, only)] = contents.as_slice() {
                    find_by_encoding(cx, only);
                }
                let schemas = contents.into_iter().filter_map(|(_, content)| content.get("schema"));
                schemas.for_each(|schema| find_in_fields(cx, schema, 0));
            }
        }
    }
}

/// Looks for files among the fields of an object, in its `allOf` and its branches too.
fn find_in_fields<'d>(cx: &mut Lowering<'d, '_>, schema: Node<'d>, depth: usize) {
    let Some(schema) = cx.resolve(schema).filter(|_| depth < MAX_DEPTH) else { return };
    let properties: Vec<Node<'d>> = schema.entries("properties").map(|(_, property)| property).collect();
    for property in properties.into_iter().chain(schema.get("additionalProperties")) {
        find_in_field(cx, property, 0);
    }
    for inner in branches(&schema) {
        find_in_fields(cx, inner, depth + 1);
    }
}

/// Looks for fields whose schema says nothing, and whose media type is neither JSON nor text (OpenAPI 3.1.1 §4.8.15). A schema that is
/// referred to may describe JSON elsewhere, so only that of the body itself counts.
fn find_by_encoding(cx: &mut Lowering<'_, '_>, content: &Node<'_>) {
    let Some(schema) = content.get("schema") else { return };
    let is_raw = |media_type: &str| {
        let mut all = media_type.split(',').map(essence);
        all.all(|essence| {
            let is_range = essence.contains('*') || essence.is_empty();
            !is_range && !is_json(&essence) && !MediaKind::is_text(&essence)
        })
    };
    for (name, encoding) in content.entries("encoding") {
        if !encoding.str("contentType").is_some_and(is_raw) {
            continue;
        }
        let Some(field) = schema.get("properties").and_then(|properties| properties.get(name)) else { continue };
        let says_nothing = |node: &Node<'_>| {
            let map = node.tree.as_object();
            map.is_some_and(|map| map.keys().all(|key| vocabulary::restricts_nothing(key)))
        };
        let items = field.get("items").filter(|_| field.str("type") == Some("array"));
        let field = items.unwrap_or(field);
        if says_nothing(&field) {
            cx.files.insert(field.at);
        }
    }
}

fn branches<'d>(schema: &Node<'d>) -> Vec<Node<'d>> {
    ["allOf", "anyOf", "oneOf"].into_iter().flat_map(|key| schema.items(key)).collect()
}

/// Looks for files in a field: it may be a file, an array of files, or have one of them as a branch.
fn find_in_field<'d>(cx: &mut Lowering<'d, '_>, schema: Node<'d>, depth: usize) {
    let Some(schema) = cx.resolve(schema).filter(|_| depth < MAX_DEPTH) else { return };
    if is_binary(&schema) {
        cx.files.insert(schema.at.clone());
    }
    for inner in branches(&schema).into_iter().chain(schema.get("items")) {
        find_in_field(cx, inner, depth + 1);
    }
    // A branch that is alone beside `null` is merged with the schema around it.
    let mut alone = ["oneOf", "anyOf"].into_iter().filter_map(|key| facts::only_branch(cx, &schema, key));
    if alone.any(|branch| is_binary(&branch)) {
        cx.files.insert(schema.at);
    }
}

/// Whether values of a schema are binary.
fn is_binary(schema: &Node<'_>) -> bool {
    let file = schema.str("type") == Some("file");
    let text = matches!(schema.str("type"), None | Some("string"));
    let raw = schema.str("contentMediaType").is_some() && schema.str("contentEncoding").is_none();
    file || (text && (raw || schema.str("format") == Some("binary")))
}
