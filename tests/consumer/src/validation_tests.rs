//! What breaks the rules of the document is found: by who asks, and by the server before a handler runs.

use serde_json::{Value, json};

use super::validation::client::Client;
use super::validation::models::{Closed, Line, Order, Patch, PlaceOrderParams, Shape, Validate};
use super::validation::server::{Api, Context, PlaceOrderError, Server, ValidationApi};

struct App;

impl Api for App {}

impl ValidationApi for App {
    async fn place_order(
        &self,
        _: Context<()>,
        _: String,
        _: PlaceOrderParams,
        _: Vec<Order>,
    ) -> Result<(), PlaceOrderError> {
        Ok(())
    }
}

fn order() -> Value {
    json!({
        "name": "Eggs", "weight": 1.5, "email": "jane@example.com", "status": "open", "count": 4, "tags": ["a", "b"],
        "lines": [{"sku": "A-1"}, {"x-id": 7}], "labels": {"size": "XL"}, "mixed": 2.5, "flag": true,
        "pair": ["left", {"sku": "B-2"}], "head": ["text", 1, "anything"]
    })
}

/// The violations of an order with one property changed, as `location: detail`.
fn violations(change: impl FnOnce(&mut Value)) -> Vec<String> {
    let mut value = order();
    change(&mut value);
    let order: Order = serde_json::from_value(value).unwrap();
    let found = order.validate().err().map(|invalid| invalid.violations).unwrap_or_default();
    found.into_iter().map(|violation| format!("{}: {}", violation.location, violation.detail)).collect()
}

#[test]
fn what_satisfies_every_rule_passes() {
    assert_eq!(violations(|_| {}), Vec::<String>::new());
}

#[test]
fn every_rule_is_held_at_its_place() {
    let one = |change: &dyn Fn(&mut Value)| violations(change).join("\n");
    assert_eq!(one(&|v| v["name"] = json!("")), "#/name: must have at least 1 character");
    assert_eq!(one(&|v| v["weight"] = json!(0)), "#/weight: must be more than 0");
    assert_eq!(one(&|v| v["weight"] = json!(0.75)), "#/weight: must be a multiple of 0.5");
    assert_eq!(one(&|v| v["count"] = json!(3)), "#/count: must be a multiple of 2");
    assert_eq!(one(&|v| v["email"] = json!("nobody")), "#/email: must match `^[^@\\s]+@[^@\\s]+$`");
    assert_eq!(one(&|v| v["tags"] = json!(["a", "a"])), "#/tags: must not have equal items");
    assert_eq!(one(&|v| v["tags"] = json!(["a", ""])), "#/tags/1: must have at least 1 character");
    assert_eq!(one(&|v| v["grid"] = json!([[0], [1, 2]])), "#/grid/1/1: must be at most 1");
    assert_eq!(one(&|v| v["lines"] = json!([{}])), "#/lines/0: must have at least one of: sku; x-id");
    assert!(serde_json::from_value::<Line>(json!({"x-id": "text"})).is_err());
    assert!(one(&|v| v["lines"] = json!([{"sku": "A", "other": 1}])).starts_with("#/lines/0/other: "));
    assert_eq!(one(&|v| v["labels"] = json!({"Size": "XL"})), "#/labels: `Size` is not an allowed key");
    assert_eq!(one(&|v| v["labels"] = json!({"size": "XXXXXL"})), "#/labels/size: must have at most 5 characters");
    assert_eq!(one(&|v| v["flag"] = json!(false)), "#/flag: must be one of `true`");
    assert_eq!(one(&|v| v["grade"] = json!("b")), "#/grade: must not satisfy the schema of `not`");
    assert_eq!(one(&|v| v["grade"] = json!("c")), "");
    assert_eq!(one(&|v| v["pair"] = json!(["", {"sku": "B"}])), "#/pair/0: must have at least 1 character");
    assert!(one(&|v| v["head"] = json!([1])).starts_with("#/head/0: "));
    assert_eq!(one(&|v| v["secret"] = json!(1)), "#: must not satisfy the schema of `not`");
}

#[test]
fn rules_between_properties_are_held() {
    let without_tags = violations(|v| {
        v["note"] = json!("n");
        v.as_object_mut().unwrap().remove("tags");
    });
    assert_eq!(without_tags, ["#: `tags` is missing, which `note` requires"]);
    let closed = violations(|v| {
        v["status"] = json!("closed");
        v.as_object_mut().unwrap().remove("count");
    });
    assert_eq!(closed, ["#: `count` is missing"]);
}

#[test]
fn all_violations_are_collected() {
    let found = violations(|v| {
        v["name"] = json!("");
        v["weight"] = json!(-1);
        v["tags"] = json!([]);
    });
    assert_eq!(found.len(), 3, "{found:?}");
}

#[test]
fn absent_and_null_stay_what_they_are() {
    let note = |text: &str| {
        let mut value = order();
        value.as_object_mut().unwrap().extend(serde_json::from_str::<serde_json::Map<_, _>>(text).unwrap());
        let order: Order = serde_json::from_value(value).unwrap();
        let written = serde_json::to_value(&order).unwrap();
        (order.note, written.get("note").cloned())
    };
    assert_eq!(note("{}"), (Patch::Absent, None));
    assert_eq!(note(r#"{"note": null}"#), (Patch::Null, Some(Value::Null)));
    assert_eq!(note(r#"{"note": "n"}"#), (Patch::Value("n".to_owned()), Some(json!("n"))));
}

#[test]
fn unions_are_the_one_variant_that_fits() {
    let shape = |text: &str| serde_json::from_str::<Shape>(text);
    assert!(matches!(shape(r#"{"side": 1}"#), Ok(Shape::Object2(_))));
    assert!(matches!(shape(r#"{"unknown": 0, "radius": 1}"#), Ok(Shape::Object(_))));
    assert!(matches!(shape(r#""square""#), Ok(Shape::String(_))));
    let error = shape(r#"{"radius": "wide"}"#).unwrap_err().to_string();
    assert!(error.contains("as Object"), "{error}");
    assert!(shape("1").is_err());
}

#[test]
fn closed_objects_ignore_unknown_keys_unless_decoding_is_strict() {
    let text = r#"{"a": "1", "b": 2}"#;
    assert!(serde_json::from_str::<Closed>(text).is_ok());
    let strict = |text: &str| crategen_runtime::models::strict(|| serde_json::from_str::<Closed>(text));
    assert!(strict(r#"{"a": "1"}"#).is_ok());
    assert!(strict(text).unwrap_err().to_string().contains("`b` is not allowed"));
    assert!(strict(r#"{"gone": 1}"#).is_err());
}

#[tokio::test]
async fn the_server_refuses_what_breaks_the_rules_and_says_all_of_it() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, Server::new(App).into_app()).await });
    let client = Client::builder().base_url(url).build().unwrap();
    let good: Order = serde_json::from_value(order()).unwrap();
    client.place_order("AB", [good.clone()]).limit(5).await.unwrap();
    let bad = Order { name: String::new(), ..good };
    let error = client.place_order("a", [bad]).limit(0).await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(400));
    let problem = error.raw().and_then(|raw| raw.problem()).unwrap();
    let locations: Vec<String> = problem.errors.unwrap_or_default().into_iter().map(|found| found.location).collect();
    assert_eq!(locations, ["{code}", "{code}", "?limit", "#/0/name"]);
}
