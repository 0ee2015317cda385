//! Which schemas are files: texts of binary data in the fields of a `multipart/form-data` body (OpenAPI 3.0.3 §4.7.14.4,
//! 3.1.1 §4.14.3). They are found before anything is lowered, because the type of a component depends on it.

use super::cx::Cx;
use super::facts::Part;
use super::operation;
use crate::spec::Node;

/// Schemas that refer to each other deeper than this are no fields.
const MAX_DEPTH: usize = 8;

/// Finds the schemas of files in every request body.
pub(super) fn find(cx: &mut Cx<'_, '_>) {
    for item in operation::path_items(cx) {
        for (_, operation) in operation::of_item(&item) {
            let Some(operation) = cx.resolve(operation) else { continue };
            let Some(body) = operation.get("requestBody").and_then(|body| cx.resolve(body)) else { continue };
            let contents: Vec<(&str, Node<'_>)> = body.entries("content").collect();
            if contents.iter().any(|(media_type, _)| super::responses::is_multipart_form(media_type)) {
                let schemas = contents.into_iter().filter_map(|(_, content)| content.get("schema"));
                schemas.for_each(|schema| fields(cx, schema, 0));
            }
        }
    }
}

/// Whether the values of these schemas are files.
pub(super) fn is_file(cx: &Cx<'_, '_>, parts: &[Part]) -> bool {
    !cx.files.is_empty() && parts.iter().any(|part| cx.files.contains(&part.at))
}

/// The fields of an object, whatever it is made of.
fn fields<'d>(cx: &mut Cx<'d, '_>, schema: Node<'d>, depth: usize) {
    let Some(schema) = cx.resolve(schema).filter(|_| depth < MAX_DEPTH) else { return };
    let properties: Vec<Node<'d>> = schema.entries("properties").map(|(_, property)| property).collect();
    for property in properties.into_iter().chain(schema.get("additionalProperties")) {
        field(cx, property, 0);
    }
    for inner in branches(&schema) {
        fields(cx, inner, depth + 1);
    }
}

fn branches<'d>(schema: &Node<'d>) -> Vec<Node<'d>> {
    ["allOf", "anyOf", "oneOf"].into_iter().flat_map(|key| schema.items(key)).collect()
}

/// A field: a file, a list of files, or either of them among other things.
fn field<'d>(cx: &mut Cx<'d, '_>, schema: Node<'d>, depth: usize) {
    let Some(schema) = cx.resolve(schema).filter(|_| depth < MAX_DEPTH) else { return };
    if is_binary(&schema) {
        cx.files.insert(schema.at.clone());
    }
    for inner in branches(&schema).into_iter().chain(schema.get("items")) {
        field(cx, inner, depth + 1);
    }
}

fn is_binary(schema: &Node<'_>) -> bool {
    let file = schema.str("type") == Some("file");
    let text = matches!(schema.str("type"), None | Some("string"));
    let raw = schema.str("contentMediaType").is_some() && schema.str("contentEncoding").is_none();
    file || (text && schema.str("format") == Some("binary")) || (schema.str("type") == Some("string") && raw)
}
