//! Schemas of a single value are types of a single value.

use serde_json::json;

use super::enums::models::{Pet, PetOrigin, PetVersion, Status};

#[test]
fn constants_are_written_and_read_as_their_value() {
    let pet = Pet { version: Some(PetVersion), origin: Some(PetOrigin), ..Pet::default() };
    let written = json!({"version": 2, "origin": [0, 0]});
    assert_eq!(serde_json::to_value(&pet).expect("written"), written);
    assert_eq!(serde_json::from_value::<Pet>(written).expect("read"), pet);
    let equal = r#"{"version": 2.0, "origin": [0.0, 0]}"#;
    assert_eq!(serde_json::from_str::<Pet>(equal).expect("numbers of the same value"), pet);
}

#[test]
fn nothing_else_is_a_constant() {
    let refused = |text: &str| serde_json::from_str::<Pet>(text).expect_err("another value").to_string();
    assert!(refused(r#"{"version": 3}"#).contains("3 is not 2"), "{}", refused(r#"{"version": 3}"#));
    assert!(refused(r#"{"origin": [0, 1]}"#).contains("[0,1] is not [0,0]"), "{}", refused(r#"{"origin": [0, 1]}"#));
    assert!(serde_json::from_str::<Pet>(r#"{"version": "2"}"#).is_err());
}

#[test]
fn constants_say_what_they_are() {
    assert_eq!((PetVersion::VALUE, PetVersion.to_string()), (2, "2".to_owned()));
    assert_eq!((PetOrigin::VALUE, PetOrigin.to_string()), ("[0,0]", "[0,0]".to_owned()));
}

#[test]
fn other_lists_keep_what_they_do_not_know() {
    let status: Status = serde_json::from_value(json!("lost")).expect("read");
    assert_eq!((status.as_str(), serde_json::to_value(&status).expect("written")), ("lost", json!("lost")));
}
