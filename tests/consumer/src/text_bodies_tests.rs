//! `text/plain` of one value: what the schema says of it holds for the text (OpenAPI 3.1.0 §4.8.14).

use super::text_bodies::client::{Client, InProcess};
use super::text_bodies::models::{Level, SetEitherRequest, chrono, uuid};
use super::text_bodies::server::{
    AddWordError, Api, Context, GetLevelError, GetPageError, ReplaceWordsError, Server, SetAmountError, SetDayError,
    SetEitherError, SetLevelError, TextBodiesApi,
};

struct App;

impl Api for App {}

impl TextBodiesApi for App {
    async fn add_word(&self, _: Context<()>, word: String) -> Result<i64, AddWordError> {
        Ok(i64::try_from(word.len())?)
    }

    async fn replace_words(&self, _: Context<()>, _: String) -> Result<uuid::Uuid, ReplaceWordsError> {
        Ok(uuid::Uuid::nil())
    }

    async fn get_page(&self, cx: Context<()>) -> Result<(), GetPageError> {
        Err(match cx.header("x-want") {
            Some("conflict") => GetPageError::conflict(7),
            Some("default") => GetPageError::with_status(http::StatusCode::BAD_GATEWAY, Level::Low),
            _ => GetPageError::not_found("<p>no page</p>".to_owned()),
        })
    }

    async fn get_level(&self, _: Context<()>) -> Result<Level, GetLevelError> {
        Ok(Level::High)
    }

    async fn set_level(&self, _: Context<()>, level: Option<Level>) -> Result<bool, SetLevelError> {
        Ok(level.is_some())
    }

    async fn set_amount(&self, _: Context<()>, amount: i64) -> Result<f64, SetAmountError> {
        Ok(if amount == 1 { 0.25 } else { 0.5 })
    }

    async fn set_day(&self, _: Context<()>, day: chrono::NaiveDate) -> Result<(), SetDayError> {
        assert_eq!(day.to_string(), "2026-02-28");
        Ok(())
    }

    async fn set_either(&self, _: Context<()>, either: SetEitherRequest) -> Result<(), SetEitherError> {
        assert_eq!(either, SetEitherRequest::Boolean(true));
        Ok(())
    }
}

/// Sends a text over a socket, and returns the status and the text of the response.
async fn send(method: &str, path: &str, text: &'static str) -> (u16, String) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}{path}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, Server::new(App).into_app()).await });
    let request = reqwest::Client::new().request(method.parse().unwrap(), url);
    let response = request.header("content-type", "text/plain; charset=utf-8").body(text).send().await.unwrap();
    (response.status().as_u16(), response.text().await.unwrap())
}

#[tokio::test]
async fn texts_of_other_values_are_refused() {
    // (method, path, text, whether the schema allows it)
    let rows = [
        ("POST", "/words", "word", true),
        ("POST", "/words", "", false),
        ("POST", "/words", "toolongaword", false),
        ("POST", "/words", "Word", false),
        ("PUT", "/level", "low", true),
        ("PUT", "/level", "", true),
        ("PUT", "/level", "\"low\"", false),
        ("PUT", "/level", "medium", false),
        ("PUT", "/amount", "-3", true),
        ("PUT", "/amount", "4", false),
        ("PUT", "/amount", "1.5", false),
        ("PUT", "/amount", "", false),
        ("PUT", "/amount", "three", false),
        ("PUT", "/day", "2026-02-28", true),
        ("PUT", "/day", "2026-02-29", false),
        ("PUT", "/either", "true", true),
        ("PUT", "/either", "maybe", false),
    ];
    for (method, path, text, allowed) in rows {
        let (status, body) = send(method, path, text).await;
        assert_eq!(status < 300, allowed, "{method} {path} `{text}`: {status} {body}");
        assert!(allowed || status == 400, "{method} {path} `{text}`: {status} {body}");
    }
}

#[tokio::test]
async fn responses_are_the_text_of_the_value() {
    assert_eq!(send("POST", "/words", "word").await.1, "4");
    assert_eq!(send("PUT", "/words", "anything").await.1, "00000000-0000-0000-0000-000000000000");
    assert_eq!(send("GET", "/level", "").await.1, "high");
    assert_eq!(send("PUT", "/level", "low").await.1, "true");
    assert_eq!(send("PUT", "/amount", "1").await.1, "0.25");
}

/// Errors of text are sent as the media type that the document lists.
#[tokio::test]
async fn errors_of_text_arrive() {
    use super::text_bodies::client::GetPageError;
    let server = Server::new(App).into_app();
    let client = Client::builder().base_url("http://text.test").transport(InProcess(server)).build().unwrap();
    let error = async |want: &'static str| client.get_page().header("x-want", want).await.unwrap_err();
    let page = error("page").await;
    assert!(matches!(page.api(), Some(GetPageError::NotFound(text)) if text == "<p>no page</p>"), "{page:?}");
    assert_eq!(page.raw().unwrap().media_type(), "text/html");
    assert!(matches!(error("conflict").await.api(), Some(GetPageError::Conflict(7))));
    let other = error("default").await;
    assert!(matches!(other.api(), Some(GetPageError::Default(status, Level::Low)) if status.as_u16() == 502));
}

#[tokio::test]
async fn client_and_server_agree() {
    let server = Server::new(App).into_app();
    let client = Client::builder().base_url("http://text.test").transport(InProcess(server)).build().unwrap();
    let text = client;
    assert_eq!(text.add_word("word").await.unwrap(), 4);
    assert_eq!(text.replace_words("anything").await.unwrap(), uuid::Uuid::nil());
    assert_eq!(text.get_level().await.unwrap(), Level::High);
    assert!(text.set_level().body(Level::Low).await.unwrap());
    assert!(!text.set_level().await.unwrap());
    assert!((text.set_amount(1).await.unwrap() - 0.25).abs() < f64::EPSILON);
    text.set_day(chrono::NaiveDate::from_ymd_opt(2026, 2, 28).unwrap()).await.unwrap();
    text.set_either(SetEitherRequest::Boolean(true)).await.unwrap();
}
