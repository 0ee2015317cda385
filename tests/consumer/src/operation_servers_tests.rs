//! Servers of paths and operations (OpenAPI 3.0.3 §4.7.9, §4.7.10).

use std::sync::{Arc, Mutex};

use super::operation_servers::client::{BoxError, BoxFuture, Client, Transport, reqwest};

/// Keeps the requests that it is given.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<Vec<reqwest::Request>>>);

impl Transport for Recorder {
    fn execute(&self, request: reqwest::Request) -> BoxFuture<'_, Result<reqwest::Response, BoxError>> {
        self.0.lock().unwrap().push(request);
        let response = http::Response::builder().status(204).body("").unwrap();
        Box::pin(async move { Ok(response.into()) })
    }
}

impl Recorder {
    fn urls(&self) -> Vec<String> {
        self.0.lock().unwrap().drain(..).map(|request| request.url().to_string()).collect()
    }
}

#[tokio::test]
async fn operations_are_called_at_their_servers() {
    let sent = Recorder::default();
    let client = Client::builder().key("k").project("p").transport(sent.clone()).build().unwrap();
    let api = client;
    api.get_pet().await.unwrap();
    api.put_pet().await.unwrap();
    api.put_pet().base_url("https://us.put.example").await.unwrap();
    api.get_root().await.unwrap();
    api.post_root().await.unwrap();
    api.get_relative().await.unwrap();
    let expected = [
        "https://api.pet.example/v2/pet",
        "https://eu.put.example/pet",
        "https://us.put.example/pet",
        "https://api.root.example/v3/root",
        "https://api.root.example/v3/root",
        "https://api.root.example/other/relative",
    ];
    assert_eq!(sent.urls(), expected);
}

#[tokio::test]
async fn one_base_url_can_stand_for_all_servers() {
    let sent = Recorder::default();
    let client =
        Client::builder().base_url("http://localhost:1").only_base_url().transport(sent.clone()).build().unwrap();
    client.get_pet().await.unwrap();
    assert_eq!(sent.urls(), ["http://localhost:1/pet"]);
}

#[tokio::test]
async fn other_hosts_get_the_credentials_of_the_operation_only() {
    let sent = Recorder::default();
    let builder = Client::builder().key("k").secret_header("X-Own", "s").default_header("X-Open", "o");
    let client = builder.transport(sent.clone()).build().unwrap();
    client.get_pet().await.unwrap();
    client.put_pet().await.unwrap();
    let sent = sent.0.lock().unwrap();
    let has = |index: usize, name: &str| sent[index].headers().contains_key(name);
    assert!(has(0, "x-key") && has(0, "x-open") && !has(0, "x-own"), "the document says that `getPet` needs the key");
    assert!(!has(1, "x-key") && has(1, "x-open") && !has(1, "x-own"));
}

#[tokio::test]
async fn a_missing_credential_of_several_is_named() {
    let sent = Recorder::default();
    let client = Client::builder().key("k").transport(sent.clone()).build().unwrap();
    let error = client.post_root().await.unwrap_err();
    let text = format!("{error}: {}", std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default());
    assert!(text.contains("`postRoot` needs the credentials `key`, `project` together; set `project`"), "{text}");
    assert!(sent.urls().is_empty());
    // The caller may set the header of a credential.
    client.post_root().header("X-Project", "p").await.unwrap();
    let sent = sent.0.lock().unwrap();
    assert!(sent[0].headers().contains_key("x-key") && sent[0].headers().contains_key("x-project"));
}
