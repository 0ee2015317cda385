//! Unions: which variant a value is, and that nothing of it is lost.

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::discriminators::models::{
    ByCode, Component, Custom, Fancy, Mixed, Pet, Plain, Schedule, Switch, Toggle, Untoggled,
};
use super::inheritance::models::{self as inheritance, Rule, Shape};
use super::named_constants::models::{Change, Kind, Menu, MenuFlags, ZipType};
use super::recursive_unions::models::{
    Block, Customer, CustomerCard, Expression, JsonValue, Node, NodeChildrenItem, Primary, Secondary, Tertiary,
};
use crate::discriminators::models::Validate as _;

/// Reads a value, and writes it again without a loss.
#[track_caller]
fn kept<T: DeserializeOwned + Serialize + Debug>(value: Value) -> T {
    let read: T = serde_json::from_value(value.clone()).expect("read");
    assert_eq!(serde_json::to_value(&read).expect("written"), value);
    // From text, a value is read in one pass.
    let text = value.to_string();
    let read: T = serde_json::from_str(&text).expect("read from text");
    assert_eq!(serde_json::to_value(&read).expect("written"), value);
    read
}

#[test]
fn unions_may_contain_themselves() {
    let customer: Customer =
        kept(json!({"id": "c1", "card": {"last4": "4242", "customer": {"id": "c1", "card": "p1"}}}));
    let Some(CustomerCard::Card(card)) = customer.card.as_deref() else { panic!("{customer:?}") };
    assert_eq!(card.last4, "4242");
    let sum = json!({"kind": "operation", "left": {"kind": "literal", "value": 1.5}, "right": {"kind": "operation", "left": {"kind": "literal", "value": 2.0}}});
    let Expression::Operation(operation) = kept(sum) else { panic!("an operation") };
    assert!(matches!(operation.right.as_deref(), Some(Expression::Operation(_))));
    let node: Node = kept(
        json!({"name": "a", "children": [{"name": "b"}, {"value": ["x", {"y": "z"}]}], "byName": {"c": "d", "e": {"name": "f"}}}),
    );
    assert!(matches!(node.children(), [NodeChildrenItem::Node(_), NodeChildrenItem::Leaf(_)]));
    assert!(matches!(kept(json!([["a"], {"b": []}])), JsonValue::List(_)));
    assert!(matches!(kept(json!({"value": "a", "inside": {"name": "b"}})), Block::Quote(_)));
}

#[test]
fn unions_that_are_variants_of_each_other_have_the_same_values() {
    assert!(matches!(kept(json!("a")), Primary::String(_)));
    assert!(matches!(kept(json!(null)), Secondary::Null(())));
    assert!(matches!(kept(json!(7)), Tertiary::Integer(7)));
    assert!(serde_json::from_value::<Primary>(json!([])).is_err());
}

#[test]
fn a_discriminator_may_be_a_number_or_a_boolean() {
    let row: Component = kept(json!({"type": 1, "children": [{"type": 2, "label": "a"}]}));
    let Component::Row(row) = row else { panic!("{row:?}") };
    assert!(matches!(row.children.as_slice(), [Component::Button(_)]));
    // 2.0 is the same number as 2 (JSON Schema Core 2020-12 §4.2.3).
    let button = serde_json::from_str(r#"{"type": 2.0}"#).expect("read");
    assert!(matches!(button, Component::Button(_)), "{button:?}");
    assert!(matches!(kept(json!({"on": true, "since": "today"})), Switch::Toggle(Toggle { .. })));
    assert!(matches!(kept(json!({"on": false})), Switch::Untoggled(Untoggled { .. })));
    assert!(matches!(kept(json!({"code": 20, "b": "x"})), ByCode::Fancy(Fancy { .. })));
    // The union writes what the variant does not.
    let written = serde_json::to_value(ByCode::Plain(Plain::default())).expect("written");
    assert_eq!(written, json!({"code": 10}));
}

#[test]
fn a_discriminator_tells_the_objects_of_a_union_apart() {
    assert!(matches!(kept(json!({"t": "Once", "at": "noon"})), Mixed::Once(_)));
    assert!(matches!(kept(json!("noon")), Mixed::String(_)));
    assert!(matches!(kept(json!(["noon", "midnight"])), Mixed::List(_)));
    assert!(serde_json::from_value::<Mixed>(json!(7)).is_err());
    assert!(serde_json::from_value::<Mixed>(json!([7])).is_err());
}

#[test]
fn a_union_in_a_union_shares_its_discriminator() {
    assert!(matches!(kept(json!({"t": "Cron", "expr": "* *"})), Schedule::Custom(Custom::Cron(_))));
    assert!(matches!(kept(json!({"t": "Daily", "hour": 7})), Schedule::Daily(_)));
}

#[test]
fn a_parent_that_lists_its_children_reads_the_right_one() {
    assert!(matches!(kept(json!({"type": "dog", "barks": true, "friend": {"type": "cat"}})), Pet::Dog(_)));
    assert!(matches!(kept(json!({"type": "cat", "name": "Tom", "meows": true})), Pet::Cat(_)));
}

#[test]
fn heirs_of_heirs_and_the_base_itself_are_variants() {
    assert!(matches!(kept(json!({"petType": "Shark", "teeth": 300})), inheritance::Pet::Shark(_)));
    assert!(matches!(kept(json!({"petType": "Fish", "name": "Nemo"})), inheritance::Pet::Fish(_)));
    let pet: inheritance::Pet = kept(json!({"petType": "Bird", "name": "Tweety", "wings": 2}));
    let inheritance::Pet::Other(other) = &pet else { panic!("{pet:?}") };
    assert_eq!(other.name.as_deref(), Some("Tweety"));
    assert!(pet.validate().is_ok());
    assert!(matches!(kept(json!({"type": "daily", "seconds": 1})), Rule::Other(_)));
    assert!(matches!(kept(json!({"form": "circle", "radius": 1.0})), Shape::Circle(_)));
}

#[test]
fn constants_with_titles_are_an_enumeration() {
    let kind: Kind = kept(json!("channel"));
    assert!(matches!(kind, Kind::Channel));
    assert_eq!(kept::<Kind>(json!("thread")).as_str(), "thread");
    let menu: Menu = kept(json!({"kind": "role", "flags": 2, "size": 7, "model": "huge", "maybe": "there"}));
    assert!(matches!(menu.flags, Some(MenuFlags::Big)));
    assert!(matches!(kept(json!("Gzip")), ZipType::Gzip));
}

#[test]
fn the_only_branch_beside_null_keeps_its_rules() {
    let violations = |value: Value| {
        let change: Change = serde_json::from_value(value).expect("read");
        change.validate().err().map(|invalid| invalid.to_string()).unwrap_or_default()
    };
    assert_eq!(violations(json!({"must": null, "bounded": 5, "short": "abc", "few": ["a", "b"]})), "");
    assert_eq!(violations(json!({"must": null, "bounded": null, "short": null, "few": null})), "");
    for (key, value) in
        [("bounded", json!(4)), ("short", json!("abcd")), ("short", json!("A")), ("few", json!(["a", "b", "c"]))]
    {
        let found = violations(json!({"must": null, key: value}));
        assert!(found.contains(key), "{key}: {found}");
    }
}
