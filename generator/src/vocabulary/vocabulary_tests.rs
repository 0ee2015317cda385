use std::collections::BTreeMap;

use super::{ObjectShape, ValueKind, document};

/// What stands at a pointer of a document.
fn at(is_swagger: bool, path: &str) -> ValueKind {
    let step = |kind: ValueKind, token: &str| if token == "0" { kind.item() } else { kind.entry(token) };
    path.split('/').skip(1).fold(document(is_swagger), step)
}

/// Every object that a document can contain.
fn shapes() -> BTreeMap<usize, &'static ObjectShape> {
    let mut found = BTreeMap::new();
    let mut open = vec![document(false), document(true)];
    while let Some(kind) = open.pop() {
        match kind {
            ValueKind::Map(inner) | ValueKind::Patterned(inner) | ValueKind::List(inner) => open.push(*inner),
            kind => {
                let Some(shape) = kind.shape() else { continue };
                if found.insert(std::ptr::from_ref(shape) as usize, shape).is_none() {
                    open.extend(shape.keys().map(|key| shape.field(key)));
                }
            }
        }
    }
    found
}

#[test]
fn names_of_properties_are_not_keywords() {
    for name in ["default", "example", "examples", "enum", "const", "$ref", "properties", "x-name"] {
        assert!(at(false, &format!("/components/schemas/A/properties/{name}")).is_schema(), "{name}");
        assert!(at(true, &format!("/definitions/A/items/properties/{name}")).is_schema(), "{name}");
    }
    assert!(at(false, "/components/schemas/default/allOf/0/items").is_schema());
}

#[test]
fn data_and_extensions_are_not_interpreted() {
    for path in [
        "/components/schemas/A/default/properties/a",
        "/components/schemas/A/enum/0/properties/a",
        "/components/schemas/A/const",
        "/components/schemas/A/example/schema",
        "/components/examples/A/value/schema",
        "/paths/~1a/get/x-schema/schema",
        "/paths/x-a/get",
        "/x-schemas/A",
    ] {
        assert!(at(false, path).is_data(), "{path}");
    }
    assert!(at(true, "/paths/~1a/get/responses/200/examples/application~1json/schema").is_data());
}

#[test]
fn names_that_look_like_extensions_are_names() {
    assert!(at(false, "/components/responses/A/headers/x-id/schema").is_schema());
    assert!(at(false, "/components/schemas/x-a").is_schema());
}

#[test]
fn references_become_components_of_their_own_section() {
    fn section(is_swagger: bool, path: &str) -> Option<&'static [&'static str]> {
        at(is_swagger, path).shape()?.section
    }
    let of_post = |key: &str| section(false, &format!("/paths/~1a/post/{key}"));
    assert_eq!(of_post("parameters/0"), Some(&["components", "parameters"][..]));
    assert_eq!(of_post("responses/200"), Some(&["components", "responses"][..]));
    assert_eq!(of_post("responses/200/headers/x-a"), Some(&["components", "headers"][..]));
    assert_eq!(of_post("requestBody"), Some(&["components", "requestBodies"][..]));
    assert_eq!(section(true, "/paths/~1a/get/parameters/0"), Some(&["parameters"][..]));
    assert_eq!(section(false, "/paths/~1a"), None);
}

#[test]
fn every_object_is_consistent() {
    let shapes = shapes();
    assert!(shapes.len() > 30, "only {} objects were found", shapes.len());
    for shape in shapes.values() {
        let mut keys: Vec<&str> = shape.keys().collect();
        assert_eq!(keys.contains(&"$ref"), shape.reference, "{}: `$ref`", shape.name);
        assert!(shape.required.iter().all(|key| keys.contains(key)), "{}: {:?}", shape.name, shape.required);
        keys.sort_unstable();
        let count = keys.len();
        keys.dedup();
        assert_eq!(keys.len(), count, "{}: a key is listed twice", shape.name);
    }
}
