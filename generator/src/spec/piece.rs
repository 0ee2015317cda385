//! Reads OpenAPI objects with the types of `openapiv3`, which check the form of an object and know the default values.
//!
//! Schemas stay trees, because JSON Schema says more than the types of `openapiv3` can hold. They get a copy of the object in
//! which each schema is a reference to its own place.

use openapiv3::ReferenceOr;
use serde::de::DeserializeOwned;

use super::Node;
use crate::diag::{Code, Diags, FileId, Pointer};
use crate::tree::{Map, Tree};

/// Reads an OpenAPI object that is not a reference. One that has a wrong form is reported.
pub(super) fn read<T: DeserializeOwned>(node: &Node<'_>, diags: &mut Diags) -> Option<T> {
    let mut skeleton = skeleton(node.tree, &node.at);
    if let Some(map) = skeleton.as_object_mut() {
        // `openapiv3` requires the description of a response; everywhere else it is optional.
        map.entry("description".to_owned()).or_insert_with(|| Tree::from(""));
    }
    match T::deserialize(&skeleton) {
        Ok(piece) => Some(piece),
        Err(error) => {
            let message = format!("not a valid OpenAPI object: {error}; it is left out");
            diags.warn(Code::InvalidObject, &node.at, message).help("compare it with the OpenAPI specification");
            None
        }
    }
}

/// The place of a schema in an object that [`read`] returned.
pub(super) fn schema_at<T>(schema: &ReferenceOr<T>) -> Option<Pointer> {
    let ReferenceOr::Reference { reference } = schema else { return None };
    let (file, path) = reference.split_once('#')?;
    Some(Pointer::parse(FileId(file.parse().ok()?), path))
}

/// Copies an OpenAPI object. In the copy, each schema is a reference to its own place: `file#/pointer`.
fn skeleton(tree: &Tree, at: &Pointer) -> Tree {
    let Tree::Object(map) = tree else { return tree.clone() };
    let is_cookie = map.get("in").and_then(Tree::as_str) == Some("cookie");
    let copy = |(key, value): (&String, &Tree)| {
        let at = at.push(key);
        let value = match key.as_str() {
            "schema" | "itemSchema" => stand_in(&at),
            "content" => children(value, &at),
            "headers" => headers(value, &at),
            // `openapiv3` knows no later style; lowering reports that values are escaped.
            "style" if is_cookie && value.as_str() == Some("cookie") => Tree::from("form"),
            _ => value.clone(),
        };
        (key.clone(), value)
    };
    map.iter()
        .filter(|(key, _)| !matches!(key.as_str(), "encoding" | "links" | "examples" | "example"))
        .map(copy)
        .collect()
}

fn children(tree: &Tree, at: &Pointer) -> Tree {
    match tree {
        Tree::Object(map) => map.iter().map(|(key, value)| (key.clone(), skeleton(value, &at.push(key)))).collect(),
        other => other.clone(),
    }
}

/// Copies a map of headers. A header without a schema gets one, because it may have any value.
fn headers(tree: &Tree, at: &Pointer) -> Tree {
    let mut tree = children(tree, at);
    for (name, header) in tree.as_object_mut().into_iter().flatten() {
        let Some(map) = header.as_object_mut() else { continue };
        if !["$ref", "schema", "content"].iter().any(|key| map.contains_key(*key)) {
            map.insert("schema".to_owned(), stand_in(&at.push(name).push("schema")));
        }
    }
    tree
}

fn stand_in(at: &Pointer) -> Tree {
    let mut map = Map::default();
    map.insert("$ref".to_owned(), Tree::String(format!("{}#{}", at.file().0, at.path())));
    Tree::Object(map)
}
