//! Headers that the document describes are values of their types, on both sides.

use super::headers::client::{Client, InProcess};
use super::headers::models::{CreateNoteHeaders, ListNotesHeaders};
use super::headers::server::{
    Api, AuthError, Context, CreateNoteError, Credentials, DefaultApi, ListNotesError, RequestInfo, Server, WithHeaders, axum,
};

struct App;

impl Api for App {
    type Principal = ();

    async fn authenticate(&self, _: Credentials, _: &RequestInfo<'_>) -> Result<(), AuthError> {
        Ok(())
    }
}

impl DefaultApi for App {
    async fn list_notes(&self, _: Context<()>) -> Result<WithHeaders<Vec<String>, ListNotesHeaders>, ListNotesError> {
        Ok(WithHeaders::new(vec!["note".to_owned()], headers()))
    }

    async fn create_note(&self, _: Context<()>) -> Result<WithHeaders<(), CreateNoteHeaders>, CreateNoteError> {
        Ok(().into())
    }
}

fn headers() -> ListNotesHeaders {
    ListNotesHeaders::new(7)
        .with_x_tags(["a", "b,c"])
        .with_x_counts([("a".to_owned(), 1)].into())
        .with_set_cookie(["a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT", "b=2"])
}

#[tokio::test]
async fn headers_arrive_as_they_were_set() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, Server::new(App).into_app()).await });
    let client = Client::builder().base_url(url).build().unwrap();
    let response = client.default().list_notes().send_response().await.unwrap();
    assert_eq!((response.body, response.typed), (vec!["note".to_owned()], headers()));
    assert_eq!(response.headers["x-total-count"], "7");
    assert_eq!(response.headers["x-counts"], r#"{"a":1}"#);
    let cookies: Vec<_> = response.headers.get_all("set-cookie").iter().collect();
    assert_eq!(cookies, ["a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT", "b=2"], "one header per cookie (RFC 6265 §3)");
    let response = client.default().create_note().send_response().await.unwrap();
    assert_eq!((response.status.as_u16(), response.typed), (201, CreateNoteHeaders::default()));
}

#[tokio::test]
async fn a_required_header_that_is_missing_is_an_error_for_those_who_ask_for_headers() {
    let without = axum::Router::new().route("/notes", axum::routing::get(async || axum::Json(["note"])));
    let client = Client::builder().base_url("http://notes.test").transport(InProcess(without)).build().unwrap();
    assert_eq!(client.default().list_notes().await.unwrap(), ["note"], "the body does not depend on it");
    let error = client.default().list_notes().send_response().await.unwrap_err();
    assert!(error.to_string().contains("header:X-Total-Count"), "{error}");
}
