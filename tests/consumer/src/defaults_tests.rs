//! What a request leaves out has the default of the document once it is at the handler, but for `PATCH`.

use super::defaults::client::{Client, InProcess};
use super::defaults::models::{
    About, AddNoteBody, AddNoteRequestForm, Line, Note, Order, Patch, PaymentCard, serde_json,
};
use super::defaults::server::{
    AddNoteError, Api, ChangeOrderError, Context, DefaultsApi, GetAboutError, PlaceOrderError, Server,
};
use serde_json::{Value, json};

/// Answers what arrived.
struct App;

impl Api for App {}

impl DefaultsApi for App {
    async fn place_order(&self, _: Context<()>, body: Order) -> Result<Value, PlaceOrderError> {
        Ok(serde_json::to_value(body)?)
    }

    async fn change_order(&self, _: Context<()>, body: Order) -> Result<Value, ChangeOrderError> {
        Ok(serde_json::to_value(body)?)
    }

    async fn get_about(&self, _: Context<()>) -> Result<About, GetAboutError> {
        Ok(Line::default().into())
    }

    async fn add_note(&self, _: Context<()>, body: Option<AddNoteBody>) -> Result<Value, AddNoteError> {
        Ok(match body {
            None => Value::Null,
            Some(AddNoteBody::Json(note)) => serde_json::to_value(note)?,
            Some(AddNoteBody::Form(form)) => serde_json::to_value(form)?,
            Some(AddNoteBody::Text(text)) => json!(text),
        })
    }
}

fn client() -> Client {
    Client::builder().base_url("http://localhost").transport(InProcess(Server::new(App).into_app())).build().unwrap()
}

#[tokio::test]
async fn what_is_absent_gets_its_default_at_any_depth_once_it_is_judged() {
    let order = Order::new([Line::default(), Line::default().with_quantity(2)])
        .with_payment(PaymentCard::new())
        .with_about(About::List(vec![Note::default()]))
        .with_notes([("a", Note::default())]);
    let arrived = client().place_order(order).await.unwrap();
    assert_eq!(
        arrived,
        json!({
            "currency": "EUR",
            "comment": "none",
            "gift": false,
            "about": [{ "pinned": true }],
            "lines": [{ "quantity": 1 }, { "quantity": 2 }],
            "payment": { "kind": "card", "saved": false },
            "notes": { "a": { "pinned": true } },
            "parent": { "lines": [] },
        })
    );
    // `currency` asks for `payment`; what is filled in does not.
    let arrived = client().place_order(Order::new([])).await.unwrap();
    assert_eq!(arrived["currency"], "EUR");
}

#[tokio::test]
async fn what_is_said_stays_and_null_is_said() {
    let order = Order::new([]).with_comment(Patch::Null).with_gift(true);
    let arrived = client().place_order(order).await.unwrap();
    assert_eq!((&arrived["comment"], &arrived["gift"]), (&Value::Null, &json!(true)));
    assert!(arrived.get("comment").is_some());
}

#[tokio::test]
async fn a_patch_leaves_out_what_it_does_not_change() {
    let order = Order::new([Line::default()]).with_payment(PaymentCard::new());
    let arrived = client().change_order(order).await.unwrap();
    assert_eq!(arrived, json!({ "lines": [{}], "payment": { "kind": "card" } }));
}

#[tokio::test]
async fn bodies_of_every_media_type_are_filled() {
    let add = |body: AddNoteBody| async move { client().add_note().body(body).await.unwrap() };
    assert_eq!(add(Note::default().into()).await, json!({ "pinned": true }));
    assert_eq!(add(AddNoteRequestForm::default().with_stars(2).into()).await, json!({ "stars": 2, "text": "none" }));
    assert_eq!(add("as it is".to_owned().into()).await, json!("as it is"));
    assert_eq!(client().add_note().await.unwrap(), Value::Null);
}
