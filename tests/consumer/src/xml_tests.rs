//! XML over a socket: what the document describes arrives, what it does not is refused.

use super::xml::client::{AddBookError as Refused, CallError, Client};
use super::xml::models::{Book, BookRequired, BoxModel, Conflict, Keyword, PutShelfBody, Shelf, ShelfItem};
use super::xml::server::{AddBookError, Api, Context, Server, ShelvesApi};
use super::xml::server::{GetCatalogueError, GetShelfError, PutShelfError};

struct App;

impl Api for App {}

impl ShelvesApi for App {
    async fn add_book(&self, _: Context<()>, book: Book) -> Result<Book, AddBookError> {
        if book.title == "there is one" {
            return Err(AddBookError::Conflict(Conflict::new(book.isbn)));
        }
        Ok(book)
    }

    async fn get_shelf(&self, _: Context<()>, id: i64) -> Result<Shelf, GetShelfError> {
        let things = vec![ShelfItem::Book(book()), ShelfItem::Box(BoxModel { size: id, full: Some(true) })];
        Ok(things)
    }

    async fn put_shelf(&self, _: Context<()>, id: i64, shelf: Option<PutShelfBody>) -> Result<(), PutShelfError> {
        match shelf.ok_or("there is no shelf")? {
            PutShelfBody::Xml(things) if things.len() == 2 => Ok(()),
            PutShelfBody::Box(thing) if thing == (BoxModel { size: id, full: Some(false) }) => Ok(()),
            other => Err(format!("{other:?}"))?,
        }
    }

    async fn get_catalogue(&self, _: Context<()>) -> Result<String, GetCatalogueError> {
        Ok("<anything/>".to_owned())
    }
}

fn of(isbn: &str, title: &str, authors: &[&str]) -> Book {
    let authors = authors.iter().copied().map(str::to_owned).collect();
    Book::new(BookRequired { isbn: isbn.into(), title: title.into(), authors })
}

fn book() -> Book {
    let keyword = Keyword { text: Some("a < b".to_owned()), weight: Some(0.5) };
    let sequel = of("978-2", "Sequel", &["A. Writer"]);
    of("978-1", "Rust & \"Iron\"", &["A. Writer", "B. Writer"])
        .with_pages(300)
        .with_keywords([keyword])
        .with_sequel(sequel)
}

async fn served() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, Server::new(App).into_app()).await });
    url
}

#[tokio::test]
async fn what_one_side_writes_the_other_reads() {
    let client = Client::builder().base_url(served().await).build().unwrap();
    let shelf = client.get_shelf(7).await.unwrap();
    assert_eq!(shelf, vec![ShelfItem::Book(book()), ShelfItem::Box(BoxModel { size: 7, full: Some(true) })]);
    client.put_shelf(7).body(PutShelfBody::Xml(shelf)).await.unwrap();
    client.put_shelf(7).body(BoxModel { size: 7, full: Some(false) }).await.unwrap();
    assert_eq!(client.get_catalogue().await.unwrap(), "<anything/>");
}

#[tokio::test]
async fn a_failure_may_be_xml() {
    let client = Client::builder().base_url(served().await).build().unwrap();
    let refused = client.add_book(of("978", "there is one", &["A. Writer"])).await.unwrap_err();
    assert!(matches!(refused, CallError::Api { error: Refused::Conflict(conflict), .. } if conflict.isbn == "978"));
}

const BOOK: &str = "<b:book xmlns:b='urn:books' isbn='978'><b:title>T</b:title><b:author>A</b:author></b:book>";

async fn post(media_type: &str, body: &str, accept: &str) -> (u16, String, String) {
    let request = reqwest::Client::new().post(format!("{}/books", served().await));
    let request = request.header("content-type", media_type).header("accept", accept).body(body.to_owned());
    let response = request.send().await.unwrap();
    let media_type = response.headers()["content-type"].to_str().unwrap().to_owned();
    (response.status().as_u16(), media_type, response.text().await.unwrap())
}

#[tokio::test]
async fn the_caller_chooses_between_json_and_xml() {
    let (status, media_type, body) = post("text/xml; charset=utf-8", BOOK, "*/*").await;
    assert_eq!((status, media_type.as_str()), (201, "application/json"));
    assert_eq!(body, r#"{"isbn":"978","title":"T","authors":["A"]}"#);
    let (status, media_type, xml) = post("application/json", &body, "application/xml, application/json;q=0.5").await;
    assert_eq!((status, media_type.as_str()), (201, "application/xml"));
    let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><book xmlns=\"urn:books\" isbn=\"978\">\
        <title>T</title><author>A</author></book>";
    assert_eq!(xml, expected);
}

#[tokio::test]
async fn what_does_not_match_is_refused_at_its_place() {
    let (status, _, body) = post("application/xml", &BOOK.replace("978", "9"), "*/*").await;
    assert_eq!(status, 400);
    assert!(body.contains("#/isbn"), "{body}");
    let (status, _, body) = post("application/xml", "<book isbn='978'><title>T</title>", "*/*").await;
    assert_eq!(status, 400);
    assert!(body.contains("unexpected end of the XML"), "{body}");
    let bomb = "<!DOCTYPE b [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><book isbn='&b;'/>";
    let (status, _, body) = post("application/xml", bomb, "*/*").await;
    assert_eq!(status, 400);
    assert!(body.contains("document type declarations are not supported"), "{body}");
    assert_eq!(post("application/yaml", "", "*/*").await.0, 415);
}
