//! Values go from one place to another without a conversion if the document describes both in the same way.

use super::equal_types::client::{ListChargesError, ListRefundsError};
use super::equal_types::models::{Charge, ListRefundsParams, NotFound, Order, Refund};

#[test]
fn a_value_of_one_place_is_a_value_of_another() {
    let refund: Refund = serde_json::from_str(r#"{"object": "list", "status": "done"}"#).unwrap();
    let mut charge: Charge = serde_json::from_str(r#"{"object": "list", "status": "pending"}"#).unwrap();
    charge.status = refund.status;
    let params = ListRefundsParams { sort: Some(Order::Desc), status: Some(charge.status.clone()) };
    charge.billing = charge.address.clone();
    assert_eq!(serde_json::to_value(&charge).unwrap()["status"], "done");
    assert!(params.status == Some(charge.status));
}

#[test]
fn a_component_response_has_one_type() {
    let message = |body: NotFound| body.message;
    let of_charges = |error| if let ListChargesError::NotFound(body) = error { message(body) } else { String::new() };
    let of_refunds = |error| if let ListRefundsError::NotFound(body) = error { message(body) } else { String::new() };
    let body = NotFound::new("gone");
    assert_eq!(of_charges(ListChargesError::NotFound(body.clone())), "gone");
    assert_eq!(of_refunds(ListRefundsError::NotFound(body)), "gone");
}
