//! Headers that the document describes are values of their types, on both sides.

use super::headers::client::Client;
use super::headers::models::{CreateNoteHeaders, ListNotesHeaders};
use super::headers::server::{
    Api, AuthError, Context, CreateNoteError, Credentials, DefaultApi, ListNotesError, RequestInfo, Server, WithHeaders,
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
        let headers = ListNotesHeaders::default().with_x_total_count(7).with_x_tags(["a", "b,c"]);
        Ok(WithHeaders::new(vec!["note".to_owned()], headers))
    }

    async fn create_note(&self, _: Context<()>) -> Result<WithHeaders<(), CreateNoteHeaders>, CreateNoteError> {
        Ok(().into())
    }
}

#[tokio::test]
async fn headers_arrive_as_they_were_set() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, Server::new(App).into_app()).await });
    let client = Client::builder().base_url(url).build().unwrap();
    let response = client.default().list_notes().send_response().await.unwrap();
    let expected = ListNotesHeaders::default().with_x_total_count(7).with_x_tags(["a", "b,c"]);
    assert_eq!((response.body, response.typed), (vec!["note".to_owned()], expected));
    assert_eq!(response.headers["x-total-count"], "7");
    let response = client.default().create_note().send_response().await.unwrap();
    assert_eq!((response.status.as_u16(), response.typed), (201, CreateNoteHeaders::default()));
}
