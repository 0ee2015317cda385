//! What servers say about a body that cannot be read: everything that is wrong with it, each at its place, in the words of JSON.
#![cfg(feature = "models")]

use crategen_runtime::models::{Rules, Violation};

static RULES: Rules = Rules::new(
    r#"{
    "Order": {"type": "object", "properties": [
        ["id", {"type": "integer", "format": "int32"}],
        ["state", {"enum": ["open", "paid"], "type": "string", "open": true}],
        ["lines", {"type": "array", "items": {"$ref": "Line"}, "rules": [{"minItems": 1}]}],
        ["note", {"type": "string", "nullable": true}],
        ["payment", {"$ref": "Payment"}]
    ], "required": ["id", "state"], "additionalProperties": false},
    "Line": {"type": "object", "properties": [["sku", {"type": "string"}], ["count", {"type": "integer", "rules": [{"minimum": 1}]}]],
        "required": ["sku", "count"]},
    "Payment": {"variants": [["Card", {"$ref": "Card"}], ["Cash", {"$ref": "Cash"}]], "tag": "kind", "values": {"card": 0, "cash": 1}},
    "Card": {"type": "object", "properties": [["kind", {"type": "string"}], ["number", {"type": "string"}]], "required": ["kind", "number"]},
    "Cash": {"type": "object", "properties": [["kind", {"type": "string"}]], "required": ["kind"]}
}"#,
);

fn explained(json: &str) -> Vec<(String, String)> {
    let mut violations = Vec::new();
    RULES.explain_json("Order", json.as_bytes(), &mut violations);
    violations.into_iter().map(|Violation { location, detail }| (location, detail)).collect()
}

#[test]
fn everything_that_is_wrong_is_listed_at_its_place() {
    let found = explained(
        r#"{"id": "1", "state": "lost", "lines": [{"sku": 1, "count": 0}, {}, 3], "note": 5, "payment": {"kind": "card"}, "x/y": 1}"#,
    );
    let expected = [
        ("#/id", "must be an integer from -2147483648 to 2147483647"),
        ("#/lines/0/count", "must be at least 1"),
        ("#/lines/0/sku", "must be a string"),
        ("#/lines/1", "`sku` is missing"),
        ("#/lines/1", "`count` is missing"),
        ("#/lines/2", "must be an object"),
        ("#/note", "must be a string, or null"),
        ("#/payment", "`number` is missing"),
        ("#/state", "must be one of `open`, `paid`"),
        ("#/x~1y", "`x/y` is not allowed"),
    ];
    let expected: Vec<(String, String)> =
        expected.iter().map(|(at, detail)| ((*at).to_owned(), (*detail).to_owned())).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_valid_value_has_no_explanation() {
    assert_eq!(explained(r#"{"id": 1, "state": "open", "lines": [{"sku": "a", "count": 2}], "note": null}"#), []);
}

#[test]
fn an_unknown_tag_is_explained_by_the_known_ones() {
    let found = explained(r#"{"id": 1, "state": "open", "payment": {"kind": "gold"}}"#);
    assert_eq!(found, [("#/payment".to_owned(), "`kind` must be one of `card`, `cash`".to_owned())]);
    let found = explained(r#"{"id": 1, "state": "open", "payment": {}}"#);
    assert_eq!(found, [("#/payment".to_owned(), "`kind` is missing".to_owned())]);
}

#[test]
fn what_is_not_json_is_explained_once() {
    let found = explained("{");
    assert!(
        matches!(found.as_slice(), [(at, detail)] if at == "#" && detail.starts_with("is not JSON: ")),
        "{found:?}"
    );
}
